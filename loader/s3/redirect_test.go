package s3

import (
	"context"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pawprint/model"
)

// kinds are the kinds of requests that a store gets, and what to load so that they are sent.
var kinds = map[string]struct {
	is     func(*http.Request) bool
	prefix string
}{
	"list": {isList, "logs/"},
	"get":  {isGet, "logs/"},
	"head": {func(r *http.Request) bool { return r.Method == "HEAD" }, "logs/a.json"},
}

func TestARedirectWithoutEndIsFollowedFiveTimes(t *testing.T) {
	for name, where := range map[string]func(r *http.Request, n int64) string{
		"to itself":       func(r *http.Request, _ int64) string { return r.URL.RequestURI() },
		"back and forth":  func(r *http.Request, n int64) string { return fmt.Sprintf("%s&turn=%d", r.URL.RequestURI(), n%2) },
		"ever onward":     func(r *http.Request, n int64) string { return fmt.Sprintf("/audit-logs/%d?%s", n, r.URL.RawQuery) },
		"by its full URL": func(r *http.Request, _ int64) string { return "http://" + r.Host + r.URL.RequestURI() },
	} {
		for kind, c := range kinds {
			for _, status := range []int{307, 308} {
				t.Run(fmt.Sprint(name, " ", kind, " ", status), func(t *testing.T) {
					s := newStore(t)
					s.put("logs/a.json", events(0, 1))
					var n atomic.Int64
					s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
						if !c.is(r) && n.Load() == 0 {
							return false
						}
						w.Header().Set("Location", where(r, n.Add(1)))
						w.WriteHeader(status)
						return true
					})
					_, err := s.load(c.prefix, Options{})
					if err == nil || !strings.Contains(err.Error(), "the store redirects again and again") {
						t.Errorf("error %v", err)
					}
					if got := n.Load(); got > maxRedirects+1 {
						t.Errorf("%d requests", got)
					}
				})
			}
		}
	}
}

// stranger is a server that a redirect leads to, and that nothing must reach.
func stranger(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("reached: %s %s %v", r.Method, r.URL, r.Header)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestNothingIsSentToAnotherPlace(t *testing.T) {
	other := stranger(t)
	for name, to := range map[string]func(r *http.Request) string{
		"another port":     func(r *http.Request) string { return other.URL + r.URL.RequestURI() },
		"without a scheme": func(r *http.Request) string { return strings.TrimPrefix(other.URL, "http:") + r.URL.RequestURI() },
		"another name":     func(r *http.Request) string { return strings.Replace(other.URL, "127.0.0.1", "localhost", 1) },
		"another scheme":   func(r *http.Request) string { return "https://" + r.Host + r.URL.RequestURI() },
		"a user":           func(r *http.Request) string { return "http://user:word@" + r.Host + r.URL.RequestURI() },
		"no port":          func(r *http.Request) string { return "http://127.0.0.1" + r.URL.RequestURI() },
		"a presigned URL":  func(r *http.Request) string { return other.URL + "/x?X-Amz-Signature=s&X-Amz-Credential=c" },
		"after one at home": func(r *http.Request) string {
			if r.URL.Query().Has("turn") {
				return other.URL
			}
			return r.URL.RequestURI() + "&turn=1"
		},
	} {
		for kind, c := range kinds {
			for _, status := range []int{301, 302, 303, 307, 308} {
				if kind != "list" && status < 307 {
					continue
				}
				t.Run(fmt.Sprint(name, " ", kind, " ", status), func(t *testing.T) {
					s := newStore(t)
					s.put("logs/a.json", events(0, 1))
					s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
						if c.is(r) || r.URL.Query().Has("turn") {
							w.Header().Set("Location", to(r))
							w.WriteHeader(status)
							return true
						}
						return false
					})
					log, err := s.load(c.prefix, Options{})
					if err == nil || summary(log).Phase != model.Broken {
						t.Errorf("error %v, phase %v", err, summary(log).Phase)
					}
				})
			}
		}
	}
}

func TestARedirectWithinTheHostIsFollowedAndSaid(t *testing.T) {
	s := newStore(t)
	for i := range 3 {
		s.put(fmt.Sprintf("logs/%d.json", i), events(i, 1))
	}
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Has("moved") {
			return false
		}
		q := r.URL.Query()
		q.Set("moved", "1")
		w.Header().Set("Location", r.URL.Path+"?"+q.Encode())
		w.WriteHeader(307)
		return true
	})
	var notices []string
	log := s.must("logs/", Options{Fetchers: 1, Notice: func(text string) { notices = append(notices, text) }})
	wantNumbers(t, log, 3)
	if len(notices) != 1 || notices[0] != "s3://audit-logs/logs/: the store redirects requests within the same host" {
		t.Errorf("notices %q", notices)
	}
	if note := summary(log).Note.Raw(); !strings.Contains(note, "redirects") {
		t.Errorf("note %s", note)
	}
}

func TestTheServiceThatGivesCredentialsIsNotFollowedElsewhere(t *testing.T) {
	other := stranger(t)
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "canary-token" {
			t.Error("the token is missing: the test looks at the wrong place")
		}
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}))
	defer home.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", home.URL+"/credentials")
	t.Setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "canary-token")
	_, err := s.load("logs/", Options{})
	if err == nil || !strings.Contains(err.Error(), "the service that provides credentials redirects to another host") || strings.Contains(err.Error(), "canary") {
		t.Errorf("error %v", err)
	}
}

func TestTheQueueIsNotFollowedElsewhere(t *testing.T) {
	other := stranger(t)
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != "POST" {
			return false
		}
		http.Redirect(w, r, other.URL, http.StatusPermanentRedirect)
		return true
	})
	f := follow(t, s.source("logs/", Options{Follow: true, Queue: s.URL + "/123/queue"}))
	eventually(t, "the trouble is shown", func() bool { return strings.Contains(summary(f.log).Note.Raw(), "trying again: asking a queue") })
	if err := f.stop(); err != nil {
		t.Error(err)
	}
}

// amazon makes a store answer for all hosts of Amazon's, over TLS, and returns a source of it and the hosts that were asked.
func amazon(t *testing.T, s *store) (src *Source, asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var hosts []string
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		hosts = append(hosts, r.Host)
		mu.Unlock()
		if strings.HasPrefix(r.Host, s.bucket+".") { // the store knows buckets in paths
			r.URL.Path = "/" + s.bucket + r.URL.Path
		}
		s.ServeHTTP(w, r)
	}))
	server.StartTLS()
	t.Cleanup(server.Close)
	bundle := filepath.Join(t.TempDir(), "bundle.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(bundle, text, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CA_BUNDLE", bundle)
	t.Setenv("AWS_ENDPOINT_URL_S3", "")
	src = s.source("logs/", Options{})
	src.timing.network = func(tr *http.Transport) {
		tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
		}
		tr.TLSClientConfig.ServerName = "example.com" // of the certificate
	}
	return src, func() []string { mu.Lock(); defer mu.Unlock(); return hosts }
}

func TestOnAmazonARedirectLeadsOnlyToTheSameBucketInAnotherRegion(t *testing.T) {
	for to, want := range map[string]struct {
		text  string // of the error; empty is none
		hosts string // that were asked for, besides the first one
	}{
		"https://audit-logs.s3.eu-test-1.amazonaws.com/":           {"", "audit-logs.s3.eu-test-1.amazonaws.com"},
		"https://audit-logs.s3-eu-test-1.amazonaws.com/?list":      {"", "audit-logs.s3.eu-test-1.amazonaws.com"},
		"https://other-logs.s3.eu-test-1.amazonaws.com/":           {"redirects to another host", ""},
		"https://audit-logs.s3.eu-test-1.amazonaws.com.evil.test/": {"redirects to another host", ""},
		"https://audit-logs.s3.eu-test-1.example.com/":             {"redirects to another host", ""},
		"https://audit-logs.s3.eu-test-1.amazonaws.com:8443/":      {"redirects to another host", ""},
		"http://audit-logs.s3.eu-test-1.amazonaws.com/":            {"redirects to another host", ""},
		"https://audit-logs.s3.cn-north-1.amazonaws.com.cn/":       {"redirects to another host", ""},
		"https://192.0.2.1/": {"redirects to another host", ""},
	} {
		t.Run(to, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/a.json", events(0, 1))
			t.Setenv("AWS_REGION", "us-west-2")
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				away := !strings.Contains(r.Header.Get("Authorization"), "/eu-test-1/")
				if away {
					w.Header().Set("Location", to)
					w.WriteHeader(307)
				}
				return away
			})
			src, asked := amazon(t, s)
			log, err := run(context.Background(), src)
			if want.text == "" {
				if err != nil {
					t.Fatal(err)
				}
				wantNumbers(t, log, 1)
			} else if err == nil || !strings.Contains(err.Error(), want.text) {
				t.Errorf("error %v, want %s", err, want.text)
			}
			for i, host := range asked() {
				if i == 0 && host != "audit-logs.s3.us-west-2.amazonaws.com" || i > 0 && host != want.hosts {
					t.Errorf("asked for %s", host)
				}
			}
		})
	}
}

func TestAHeaderCannotMoveTheBucketOutOfItsPartition(t *testing.T) {
	for _, region := range []string{"cn-north-1", "us-iso-east-1", "us-isob-east-1", "x.example.com", "evil.test/", "us-west-2"} {
		s := newStore(t)
		t.Setenv("AWS_REGION", "us-west-2")
		s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("X-Amz-Bucket-Region", region)
			refuse(w, r, 301, "PermanentRedirect")
			return true
		})
		src, asked := amazon(t, s)
		if _, err := run(context.Background(), src); err == nil {
			t.Errorf("%s: no error", region)
		}
		for _, host := range asked() {
			if host != "audit-logs.s3.us-west-2.amazonaws.com" {
				t.Errorf("%s: asked for %s", region, host)
			}
		}
	}
}

func TestRegionsThatPointAtEachOtherAreLeft(t *testing.T) {
	s := newStore(t)
	t.Setenv("AWS_REGION", "us-west-2")
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		next := "us-west-2"
		if strings.Contains(r.Header.Get("Authorization"), "/us-west-2/") {
			next = "eu-test-1"
		}
		w.Header().Set("X-Amz-Bucket-Region", next)
		refuse(w, r, 301, "PermanentRedirect")
		return true
	})
	if _, err := s.load("logs/", Options{}); err == nil || !strings.Contains(err.Error(), "another region") {
		t.Errorf("error %v", err)
	}
	if n := len(s.requests()); n > maxRedirects+1 {
		t.Errorf("%d requests", n)
	}
}

func TestOriginsAreTheSameWithTheirPortsAndCases(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"http://example.com/a", "http://example.com/b?c", true},
		{"http://example.com", "http://EXAMPLE.com:80", true},
		{"https://example.com:443/", "HTTPS://example.com/", true},
		{"https://example.com", "http://example.com", false},
		{"http://example.com:443", "https://example.com:443", false},
		{"http://example.com", "http://example.com:8080", false},
		{"http://example.com", "http://example.com.", false},
		{"http://example.com", "http://a.example.com", false},
		{"http://[::1]:9000", "http://[::1]:9000/x", true},
		{"http://127.0.0.1", "http://127.0.0.2", false},
	} {
		a, errA := url.Parse(c.a)
		b, errB := url.Parse(c.b)
		if errA != nil || errB != nil || sameOrigin(a, b) != c.want {
			t.Errorf("%s and %s: %v, want %v", c.a, c.b, !c.want, c.want)
		}
	}
}
