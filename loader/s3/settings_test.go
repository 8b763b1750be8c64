package s3

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsThatCannotBeUsedAreNamedAndNothingIsAsked(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage")
	if err := os.WriteFile(garbage, []byte("canary-secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  map[string]string
		want string
	}{
		"no bundle":           {map[string]string{"AWS_CA_BUNDLE": dir + "/none"}, "the file of AWS_CA_BUNDLE cannot be read: no such file or directory"},
		"a folder as bundle":  {map[string]string{"AWS_CA_BUNDLE": dir}, "the file of AWS_CA_BUNDLE cannot be read: is a directory"},
		"no certificates":     {map[string]string{"AWS_CA_BUNDLE": garbage}, "there is no certificate in the file of AWS_CA_BUNDLE"},
		"a folder as config":  {map[string]string{"AWS_CONFIG_FILE": dir}, "the configuration file " + dir + " cannot be read"},
		"a folder as secrets": {map[string]string{"AWS_SHARED_CREDENTIALS_FILE": dir}, "the configuration file " + dir + " cannot be read"},
		"attempts":            {map[string]string{"AWS_MAX_ATTEMPTS": "canary-secret"}, "the value of AWS_MAX_ATTEMPTS cannot be used"},
		"a mode of retries":   {map[string]string{"AWS_RETRY_MODE": "canary-secret"}, "the value of AWS_RETRY_MODE cannot be used"},
		"a switch":            {map[string]string{"AWS_USE_FIPS_ENDPOINT": "canary-secret"}, "the value of AWS_USE_FIPS_ENDPOINT cannot be used"},
		"no endpoint":         {map[string]string{"AWS_ENDPOINT_URL_S3": "::canary-secret"}, "the request could not be made; check the endpoint"},
		"half an endpoint":    {map[string]string{"AWS_ENDPOINT_URL_S3": "localhost:9000"}, "the request could not be made; check the endpoint"},
		"another protocol":    {map[string]string{"AWS_ENDPOINT_URL_S3": "ftp://example.com/"}, "the request could not be made; check the endpoint"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			_, err := s.load("logs/", Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "understood") || strings.Contains(err.Error(), "canary") {
				t.Errorf("error %v, want %s", err, c.want)
			}
			if n := len(s.requests()); n > 0 {
				t.Errorf("%d requests", n)
			}
		})
	}
}
