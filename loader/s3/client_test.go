package s3

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"pawprint/model"
)

func TestTheClientOfTheSDKIsReachedThroughThreeCallsAlone(t *testing.T) {
	allowed := map[string][]string{
		"github.com/aws/aws-sdk-go-v2/service/s3": {"NewFromConfig", "Options", "HTTPClient", "ListObjectsV2Input", "ListObjectsV2Output",
			"GetObjectInput", "GetObjectOutput", "HeadObjectInput", "HeadObjectOutput"},
		"github.com/aws/aws-sdk-go-v2/service/sqs": {"NewFromConfig", "Options", "ReceiveMessageInput", "ReceiveMessageOutput",
			"DeleteMessageBatchInput", "DeleteMessageBatchOutput"},
	}
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	uses := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string][]string{}
		for _, spec := range f.Imports {
			if words, ok := allowed[strings.Trim(spec.Path.Value, `"`)]; ok {
				if spec.Name != nil {
					t.Errorf("%s renames %s", path, spec.Path.Value)
				}
				names[filepath.Base(strings.Trim(spec.Path.Value, `"`))] = words
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && names[x.Name] != nil {
					uses++
					if !slices.Contains(names[x.Name], sel.Sel.Name) {
						t.Errorf("%s uses %s.%s", path, x.Name, sel.Sel.Name)
					}
				}
			}
			return true
		})
	}
	if uses < 20 {
		t.Errorf("only %d uses were seen: the test looks at the wrong place", uses)
	}
}

func TestTheRegionOfTheBucketIsFound(t *testing.T) {
	for _, region := range []string{"", "us-west-2"} {
		for name, fault := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
			"by a header": nil,
			"by a message": func(w http.ResponseWriter, r *http.Request) bool {
				if strings.Contains(r.Header.Get("Authorization"), "/eu-test-1/") {
					return false
				}
				w.WriteHeader(400)
				fmt.Fprint(w, "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'x' is wrong; expecting 'eu-test-1'</Message></Error>")
				return true
			},
		} {
			t.Run(name+" "+region, func(t *testing.T) {
				s := newStore(t)
				t.Setenv("AWS_REGION", region)
				s.failWith(fault)
				for i := range 5 {
					s.put(fmt.Sprintf("logs/%d.json", i), events(i, 1))
				}
				wantNumbers(t, s.must("logs/", Options{}), 5)
			})
		}
	}
}

func TestAPublicBucketIsReadWithoutSigning(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") != "" {
			t.Error("a request is signed")
		}
		return false
	})
	wantNumbers(t, s.must("logs/", Options{Anonymous: true}), 1)
}

func TestTheRequesterPaysOnlyIfAsked(t *testing.T) {
	for _, pay := range []bool{false, true} {
		s := newStore(t)
		s.put("logs/a.json", events(0, 1))
		s.put("logs/b.json.gz", gz(events(1, 1)))
		s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			if got := r.Header.Get("X-Amz-Request-Payer") == "requester"; got != pay {
				t.Errorf("%s %s: pays %v", r.Method, r.URL, got)
			}
			return false
		})
		wantNumbers(t, s.must("logs/", Options{RequestPayer: pay}), 2)
		s.must("logs/a.json", Options{RequestPayer: pay})
	}
}

func TestTheMetadataAddressIsAskedOnlyWhenNothingElseGaveCredentials(t *testing.T) {
	var asked atomic.Int64
	metadata := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.NotFound(w, r)
	}))
	defer metadata.Close()
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.URL)
	t.Setenv("AWS_REGION", "")
	wantNumbers(t, s.must("logs/", Options{}), 1)
	wantNumbers(t, s.must("logs/", Options{Anonymous: true}), 1)
	if n := asked.Load(); n != 0 {
		t.Errorf("asked %d times although there are credentials", n)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	if _, err := New("s3://audit-logs/logs/", Options{}); err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("asked %d times before anything is loaded", n)
	}
	_, err := s.load("logs/", Options{})
	if err == nil || !strings.Contains(err.Error(), "no credentials were found") || !strings.Contains(err.Error(), "--profile") {
		t.Errorf("error %v", err)
	}
	if asked.Load() == 0 {
		t.Error("never asked")
	}
}

func TestAProfileGivesCredentialsRegionAndEndpoint(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_ENDPOINT_URL_S3"} {
		t.Setenv(name, "")
	}
	text := "[profile audit]\nregion = eu-test-1\naws_access_key_id = k\naws_secret_access_key = s\nendpoint_url = " + s.URL + "\n"
	if err := os.WriteFile(os.Getenv("AWS_CONFIG_FILE"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, s.must("logs/", Options{Profile: "audit"}), 1)
}

// recorded loads while everything that is written to standard output and error is recorded.
func recorded(t *testing.T, load func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = w, w
	text := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		text <- string(b)
	}()
	func() {
		defer func() { os.Stdout, os.Stderr = out, errs }()
		load()
	}()
	_ = w.Close()
	return <-text
}

func TestNoSecretIsEverTold(t *testing.T) {
	secrets := []string{"CANARYKEYID", "canary-secret-key", "canary-session-token", "canary-process"}
	faults := map[string]func(w http.ResponseWriter, r *http.Request) bool{"none": nil}
	for _, status := range []int{301, 400, 403, 404, 412, 416, 500, 503} {
		for _, code := range []string{"AccessDenied", "SignatureDoesNotMatch", "ExpiredToken", "InvalidAccessKeyId", "SlowDown", "CANARYKEYID", "canary-session-token"} {
			faults[fmt.Sprint(status, code)] = func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, status, code); return true }
		}
	}
	faults["redirect"] = func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Location", "http://127.0.0.1:1/canary-session-token")
		w.Header().Set("X-Amz-Bucket-Region", "canary-session-token")
		w.WriteHeader(307)
		return true
	}
	faults["echo"] = func(w http.ResponseWriter, r *http.Request) bool {
		fmt.Fprint(w, r.Header)
		return true
	}
	s := newStore(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "CANARYKEYID")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "canary-secret-key")
	t.Setenv("AWS_SESSION_TOKEN", "canary-session-token")
	s.put("logs/a.json", events(0, 1))
	s.put("logs/b.json", events(1, 1))
	check := func(name string, o Options) {
		var told bytes.Buffer
		told.WriteString(recorded(t, func() {
			log, err := s.load("logs/", o)
			fmt.Fprintf(&told, "%v %+v %#v", err, err, err)
			snap := log.Snapshot()
			for _, state := range snap.Sources() {
				told.WriteString(state.Name.Raw() + state.Note.Raw() + state.Err.Raw() + state.Form)
			}
		}))
		for _, secret := range secrets {
			if strings.Contains(told.String(), secret) {
				t.Errorf("%s: told %q in %s", name, secret, told.String())
			}
		}
	}
	for name, fault := range faults {
		s.failWith(fault)
		check(name, Options{})
		s.failWith(func(w http.ResponseWriter, r *http.Request) bool { return fault != nil && isGet(r) && fault(w, r) })
		check(name+" of an object", Options{})
	}
	s.failWith(nil)
	config := "[profile p]\ncredential_process = sh -c 'echo canary-process >&2; echo canary-process; exit 3'\n"
	if err := os.WriteFile(os.Getenv("AWS_CONFIG_FILE"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	check("a process", Options{Profile: "p"})
}

func TestNothingIsWrittenToTheTerminal(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("X-Amz-Checksum-Crc32", "AAAAAA==") // as of another object
		return false
	})
	t.Setenv("AWS_SDK_LOAD_CONFIG", "maybe")
	if err := os.WriteFile(os.Getenv("AWS_CONFIG_FILE"), []byte("[profile x]\nregion\n[y]\na=b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var log *model.Log
	if text := recorded(t, func() { log, _ = run(context.Background(), s.source("logs/", Options{})) }); text != "" {
		t.Errorf("written: %q", text)
	}
	wantNumbers(t, log, 1)
}

func TestAProcessThatGivesCredentialsDoesNotReachTheTerminal(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	config := `[profile p]
credential_process = sh -c 'echo hello >&2; cat >&2; echo "{\"Version\":1,\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\"}"'
`
	if err := os.WriteFile(os.Getenv("AWS_CONFIG_FILE"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if text := recorded(t, func() { wantNumbers(t, s.must("logs/", Options{Profile: "p"}), 1) }); text != "" {
		t.Errorf("written: %q", text)
	}
}

func TestKeysOfAnyBytesAreReadAndShownAsTheyAre(t *testing.T) {
	keys := []string{"../../x.json", "a//b.json", "\x1b[31m\x1b]0;title\a.json", "%2F.json", "a%2Fb+c d&e=f?g#h.json", "<&>'\".json",
		"\xff\xfe.json", "long/" + strings.Repeat("x", 1014) + ".json", "./.json/a.json", "ü\u202e.json", "a\nb.json", "a\\b.json"}
	for _, plain := range []bool{false, true} {
		s := newStore(t)
		s.plain = plain
		dir := t.TempDir() + "/s3"
		n := 0
		for _, key := range keys {
			if plain && (!utf8.ValidString(key) || strings.ContainsAny(key, "\x1b\n")) {
				continue // XML cannot hold them: a store without the encoding has no such keys
			}
			s.put(key, events(n, 1))
			n++
		}
		log := s.must("", Options{Cache: &Cache{Dir: dir}})
		wantNumbers(t, log, n)
		for key := range s.objects {
			if got := state(t, log, "s3://audit-logs/"+key); got.Phase != model.Complete {
				t.Errorf("%q: %+v", key, got)
			}
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != n+2 {
			t.Errorf("%d files for %d objects, a listing and a key: %v", len(entries), n, err)
		}
		for _, e := range entries {
			if strings.Trim(e.Name(), "0123456789abcdefghijklmnopqrstuvwxyz.") != "" {
				t.Errorf("file %q", e.Name())
			}
		}
	}
}

func TestErrorsOfHostileKeysAreOnePrintableLine(t *testing.T) {
	s := newStore(t)
	s.put("logs/\x1b[2J\n\u202e.json", events(0, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if isGet(r) {
			refuse(w, r, 403, "AccessDenied")
		}
		return isGet(r)
	})
	log, err := s.load("logs/", Options{})
	texts := []string{fmt.Sprint(err), summary(log).Note.Raw(), summary(log).Err.Raw()}
	for _, text := range texts {
		for i := range len(text) {
			if text[i] < ' ' || text[i] > '~' {
				t.Fatalf("not printable: %q", text)
			}
		}
	}
	if !strings.Contains(texts[0], `\x1b[2J\n\u202e.json`) {
		t.Errorf("error %s", texts[0])
	}
}
