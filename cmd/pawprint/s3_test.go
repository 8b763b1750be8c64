package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// fakeStore starts a server for s3:// sources, with credentials that must never show.
func fakeStore(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	if own, err := net.Listen("tcp", "127.53.0.3:0"); err == nil { // the port of a closed server goes to others soon, but not on this address
		server.Listener.Close()
		server.Listener = own
	}
	server.Start()
	t.Cleanup(server.Close)
	remoteEnvironment(t, map[string]string{"AWS_ENDPOINT_URL_S3": server.URL, "AWS_ACCESS_KEY_ID": "CANARYKEYID",
		"AWS_SECRET_ACCESS_KEY": "canary-secret-key", "AWS_SESSION_TOKEN": "canary-session-token", "AWS_REGION": "eu-test-1"})
	return server
}

// remoteEnvironment sets the environment variables for a store, and hides the AWS configuration of this machine.
func remoteEnvironment(t *testing.T, env map[string]string) {
	home := t.TempDir()
	for name, value := range map[string]string{"AWS_CONFIG_FILE": home + "/config", "AWS_SHARED_CREDENTIALS_FILE": home + "/credentials",
		"AWS_PROFILE": "", "AWS_ENDPOINT_URL": "", "AWS_EC2_METADATA_DISABLED": "true", "XDG_CACHE_HOME": home, "HTTP_PROXY": "", "HTTPS_PROXY": ""} {
		t.Setenv(name, value)
	}
	for name, value := range env {
		t.Setenv(name, value)
	}
}

// outcomeOf runs pawprint without a terminal and returns its outputs and exit code.
func outcomeOf(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pawprint")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(name, args...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	_ = c.Run() // the exit code is in the result
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}

// listing answers with a list of one object of a size.
func listing(w http.ResponseWriter, key string, size int64) {
	fmt.Fprintf(w, "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>%s</Key><ETag>e</ETag><Size>%d</Size><LastModified>2026-11-22T10:00:00.000Z</LastModified></Contents></ListBucketResult>", key, size)
}

func TestALargeDownloadIsAskedForOnTheTerminal(t *testing.T) {
	line := event("GET_FIRST", "SUCCEEDED")
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", 2_000_000_000)
			return
		}
		w.Header().Set("ETag", "f") // the object was overwritten and is smaller
		fmt.Fprint(w, line)
	})
	for answer, code := range map[string]int{"n\r": 2, "\r": 2, "y\r": 0} {
		x := start(t, nil, "query", "-o", "jsonl", "", "s3://audit-logs/logs/")
		x.waitUntil("the question", nil, func() bool {
			return strings.Contains(x.screen(), "s3://audit-logs/logs/: 1 object, 1.9 GiB. Download them? [y/N]")
		})
		x.typeKeys(answer)
		x.waitForExit(code)
		want := map[int]string{0: "GET_FIRST", 2: "the download was declined"}[code]
		x.waitUntil(want, nil, func() bool { return strings.Contains(x.screen(), want) })
	}
	x := start(t, nil, "query", "-o", "jsonl", "--yes", "", "s3://audit-logs/logs/")
	x.waitForExit(0)
	if s := x.screen(); strings.Contains(s, "Download") {
		t.Errorf("--yes does not keep from asking:\n%s", s)
	}
}

// TestCredentialsAreNeverSeen serves errors that quote the credentials of the request, as careless stores do.
func TestCredentialsAreNeverSeen(t *testing.T) {
	var now sync.Mutex
	status, code, objects := 403, "SignatureDoesNotMatch", false
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		now.Lock()
		defer now.Unlock()
		if objects && r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", 100)
			return
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s %s canary-secret-key</Message></Error>", code, r.Header.Get("Authorization"), r.Header.Get("X-Amz-Security-Token"))
	})
	for _, listed := range []bool{false, true} {
		for _, c := range []struct {
			status int
			code   string
		}{{403, "SignatureDoesNotMatch"}, {400, "canary-secret-key"}, {400, "ExpiredToken"}, {404, "NoSuchKey"}} {
			now.Lock()
			status, code, objects = c.status, c.code, listed
			now.Unlock()
			out, errs, exit := outcomeOf(t, "check", "s3://audit-logs/logs/")
			if exit == 0 || !strings.Contains(errs, "s3://audit-logs/logs/") {
				t.Errorf("exit code %d: %s", exit, errs)
			}
			hasNoCanary(t, out+errs)
		}
		x := start(t, nil, "s3://audit-logs/logs/")
		x.waitForText("broken")
		x.typeKeys("q")
		x.waitForExit(0)
		x.mu.Lock()
		hasNoCanary(t, x.raw.String())
		x.mu.Unlock()
	}
}

func hasNoCanary(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(strings.ToLower(text), "canary") {
		t.Errorf("a credential is told: %s", text)
	}
}

func TestRedirectsAreToldOnStandardError(t *testing.T) {
	for name, c := range map[string]struct {
		to   func(r *http.Request) string
		code int
		told string
	}{
		"to itself": {func(r *http.Request) string { return r.URL.RequestURI() }, 2, "listing s3://audit-logs/logs/ in eu-test-1: the store redirects again and again"},
		"elsewhere": {func(*http.Request) string { return "http://192.0.2.1/" }, 2, "listing s3://audit-logs/logs/ in eu-test-1: the store redirects to another host"},
		"at home":   {func(r *http.Request) string { return r.URL.RequestURI() + "&moved=1" }, 0, "note: s3://audit-logs/logs/: the store redirects requests within the same host"},
	} {
		t.Run(name, func(t *testing.T) {
			fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Query().Get("list-type") != "2":
					w.Header().Set("ETag", "e")
					fmt.Fprint(w, event("LIST_RULES", "SUCCEEDED"))
				case r.URL.Query().Has("moved"):
					listing(w, "logs/a.json", int64(len(event("LIST_RULES", "SUCCEEDED"))))
				default:
					w.Header().Set("Location", c.to(r))
					w.WriteHeader(http.StatusPermanentRedirect)
				}
			})
			_, errs, code := outcomeOf(t, "query", "-c", "", "s3://audit-logs/logs/")
			if code != c.code || strings.Count(errs, c.told) != 1 {
				t.Errorf("exit code %d: %s", code, errs)
			}
		})
	}
}

// oneObject is a store with a single object.
func oneObject(t *testing.T) *httptest.Server {
	line := event("LIST_RULES", "SUCCEEDED")
	return fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", int64(len(line)))
			return
		}
		w.Header().Set("ETag", "e")
		fmt.Fprint(w, line)
	})
}

func TestACacheThatOthersMayWriteIsRefused(t *testing.T) {
	oneObject(t)
	dir := filepath.Join(os.Getenv("XDG_CACHE_HOME"), "pawprint", "s3")
	if out, errs, code := outcomeOf(t, "query", "-c", "", "--cache", "s3://audit-logs/logs/"); code != 0 || out != "1\n" {
		t.Fatalf("exit code %d: %s %s", code, out, errs)
	}
	for _, bad := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(bad, 0o777); err != nil {
			t.Fatal(err)
		}
		out, errs, code := outcomeOf(t, "query", "-c", "", "--cache", "s3://audit-logs/logs/")
		if code != 2 || out != "0\n" || !strings.Contains(errs, "using the cache folder "+bad+": others can write to it") {
			t.Errorf("exit code %d: %s %s", code, out, errs)
		}
		if err := os.Chmod(bad, 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnOldListingIsNotTakenForANewOne(t *testing.T) {
	server := oneObject(t)
	const url = "s3://audit-logs/logs/"
	if out, errs, code := outcomeOf(t, "query", "-c", "", "--cache", url); code != 0 || out != "1\n" {
		t.Fatalf("exit code %d: %s %s", code, out, errs)
	}
	server.Close()
	for _, c := range []struct {
		args []string
		out  string
		code int
		told string
	}{
		{[]string{"query", "-c", "", "--cache", url}, "1\n", 2, "these objects are from the listing of 20"},
		{[]string{"query", "-c", "is:failed", "--cache", url}, "0\n", 2, "--offline accepts an old listing"},
		{[]string{"query", "-c", "", "--offline", url}, "1\n", 0, "note: s3://audit-logs/logs/: offline: the listing of 20"},
		{[]string{"query", "-c", "is:failed", "--offline", url}, "0\n", 1, "note: "},
		{[]string{"query", "-c", "", "--offline", "s3://audit-logs/other/"}, "0\n", 2, "it is not in the cache"},
		{[]string{"query", "-f", "", "--offline", url}, "", 2, "it needs the network"},
	} {
		out, errs, code := outcomeOf(t, c.args...)
		if out != c.out || code != c.code || !strings.Contains(errs, c.told) {
			t.Errorf("%q: exit code %d: %s %s", c.args, code, out, errs)
		}
	}
}

func TestAQueueNeedsFollowing(t *testing.T) {
	_, errs, code := outcomeOf(t, "query", "--sqs", "https://sqs.example.com/1/q", "", "s3://audit-logs/logs/")
	if code != 2 || !strings.Contains(errs, "--sqs") || !strings.Contains(errs, "--follow") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
