package s3

import (
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"pawprint/loader/sourcetest"
	"pawprint/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stored is an object of a store.
type stored struct {
	data     []byte
	modified time.Time
	class    string
}

func (o *stored) etag() string {
	sum := md5.Sum(o.data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// store is a store in memory that speaks as S3 does, with faults on demand.
type store struct {
	*testing.T
	*httptest.Server
	bucket string
	region string // where the bucket is; requests that are signed for another are sent there

	mu      sync.Mutex
	objects map[string]*stored
	log     []string // methods and paths of the requests
	pages   int      // keys of a page
	plain   bool     // knows no encoding of names
	// fault may answer a request instead of the store; it returns false to leave it to that.
	fault func(w http.ResponseWriter, r *http.Request) bool
}

func newStore(t *testing.T) *store {
	t.Helper()
	s := &store{T: t, bucket: "audit-logs", region: "eu-test-1", objects: map[string]*stored{}, pages: 1000}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Server.Close)
	home := t.TempDir()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "test-key", "AWS_SECRET_ACCESS_KEY": "test-secret", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_REGION": s.region, "AWS_DEFAULT_REGION": "", "AWS_ENDPOINT_URL": "", "AWS_ENDPOINT_URL_S3": s.URL, "AWS_ENDPOINT_URL_SQS": "",
		"AWS_CONFIG_FILE": home + "/config", "AWS_SHARED_CREDENTIALS_FILE": home + "/credentials", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CA_BUNDLE": "", "AWS_MAX_ATTEMPTS": "", "HTTP_PROXY": "", "HTTPS_PROXY": "", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "", "AWS_WEB_IDENTITY_TOKEN_FILE": "", "AWS_ROLE_ARN": "",
	} {
		t.Setenv(name, value)
	}
	return s
}

func (s *store) put(key string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[key] = &stored{data: data, modified: time.Now()}
}

func (s *store) remove(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.objects, key)
}

func (s *store) failWith(fault func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

func (s *store) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// listings counts the requests that list.
func (s *store) listings() int {
	n := 0
	for _, r := range s.requests() {
		if strings.Contains(r, "list-type=2") {
			n++
		}
	}
	return n
}

// ServeHTTP implements http.Handler.
func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.log = append(s.log, r.Method+" "+r.URL.RequestURI())
	fault := s.fault
	s.mu.Unlock()
	if fault != nil && fault(w, r) {
		return
	}
	if signed := r.Header.Get("Authorization"); signed != "" && !strings.Contains(signed, "/"+s.region+"/s3/") {
		w.Header().Set("X-Amz-Bucket-Region", s.region)
		refuse(w, r, 301, "PermanentRedirect")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case bucket != s.bucket:
		refuse(w, r, 404, "NoSuchBucket")
	case r.Method == "GET" && r.URL.Query().Get("list-type") == "2":
		s.list(w, r)
	case r.Method == "GET" || r.Method == "HEAD":
		s.get(w, r, key)
	default:
		s.Errorf("a request that changes something: %s %s", r.Method, r.URL)
		refuse(w, r, 405, "MethodNotAllowed")
	}
}

// refuse answers with an error of S3.
func refuse(w http.ResponseWriter, r *http.Request, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method != "HEAD" {
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s; you sent %s %s</Message></Error>", code, "no", // as careless stores do
			xmlText(r.Header.Get("Authorization")), xmlText(r.Header.Get("X-Amz-Security-Token")))
	}
}

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func (s *store) get(w http.ResponseWriter, r *http.Request, key string) {
	s.mu.Lock()
	o, ok := s.objects[key]
	if ok {
		o = &stored{o.data, o.modified, o.class}
	}
	s.mu.Unlock()
	switch {
	case !ok:
		refuse(w, r, 404, "NoSuchKey")
		return
	case o.class == "GLACIER" && r.Method == "GET":
		refuse(w, r, 403, "InvalidObjectState")
		return
	case r.Header.Get("If-Match") != "" && r.Header.Get("If-Match") != o.etag():
		refuse(w, r, 412, "PreconditionFailed")
		return
	}
	w.Header().Set("ETag", o.etag())
	w.Header().Set("Content-Type", "binary/octet-stream")
	http.ServeContent(w, r, "", o.modified, bytes.NewReader(o.data))
}

func (s *store) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.Get("delimiter") != "" && q.Get("start-after") != "" {
		s.Errorf("delimiter and start-after in one request: %s", r.URL)
	}
	max := s.pages
	if n, err := strconv.Atoi(q.Get("max-keys")); err == nil {
		max = min(max, n)
	}
	after := cmp.Or(q.Get("continuation-token"), q.Get("start-after"))
	encoded := q.Get("encoding-type") == "url" && !s.plain
	name := func(n string) string {
		if encoded {
			return url.QueryEscape(n)
		}
		return xmlText(n)
	}
	var keys []string
	for key := range s.objects {
		if strings.HasPrefix(key, q.Get("prefix")) && key > after {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var b strings.Builder
	n, last, seen := 0, "", ""
	truncated := false
	for _, key := range keys {
		if d := q.Get("delimiter"); d != "" {
			if head, _, ok := strings.Cut(key[len(q.Get("prefix")):], d); ok {
				if head = q.Get("prefix") + head + d; head != seen {
					seen, n = head, n+1
					fmt.Fprintf(&b, "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>", name(head))
				}
				continue
			}
		}
		if n >= max {
			truncated = true
			break
		}
		o := s.objects[key]
		fmt.Fprintf(&b, "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size><StorageClass>%s</StorageClass></Contents>",
			name(key), o.modified.UTC().Format("2006-01-02T15:04:05.000Z"), xmlText(o.etag()), len(o.data), cmp.Or(o.class, "STANDARD"))
		n, last = n+1, key
	}
	w.Header().Set("Content-Type", "application/xml")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>%s</Name><KeyCount>%d</KeyCount><IsTruncated>%t</IsTruncated>`, s.bucket, n, truncated)
	if encoded {
		fmt.Fprint(w, "<EncodingType>url</EncodingType>")
	}
	if truncated {
		fmt.Fprintf(w, "<NextContinuationToken>%s</NextContinuationToken>", xmlText(last))
	}
	_, _ = io.WriteString(w, b.String()+"</ListBucketResult>")
}

// hijack takes the connection of a request, to break it.
func hijack(t *testing.T, w http.ResponseWriter) net.Conn {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
	}
	return conn
}

// reset breaks a connection as a crash does.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// source makes a source of the store that loses no time.
func (s *store) source(prefix string, o Options) *Source {
	s.Helper()
	src, err := New("s3://"+s.bucket+"/"+prefix, o)
	if err != nil {
		s.Fatal(err)
	}
	src.timing = timing{silence: 20 * time.Second, pause: func(int) time.Duration { return time.Millisecond }, tick: 5 * time.Millisecond}
	return src
}

// load loads a prefix.
func (s *store) load(prefix string, o Options) (*model.Log, error) {
	s.Helper()
	return run(context.Background(), s.source(prefix, o))
}

func run(ctx context.Context, src *Source) (*model.Log, error) {
	log := model.NewLog()
	err := src.Load(ctx, log)
	return log, err
}

// must loads a prefix without an error.
func (s *store) must(prefix string, o Options) *model.Log {
	s.Helper()
	log, err := s.load(prefix, o)
	if err != nil {
		s.Fatal(err)
	}
	return log
}

// event is a line with a number.
func event(n int) string {
	return fmt.Sprintf(`{"actionName":"LIST_RULES","actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.1.1","actionParams":{"n":%d}}`+"\n", n)
}

func events(from, n int) []byte {
	var b bytes.Buffer
	for i := range n {
		b.WriteString(event(from + i))
	}
	return b.Bytes()
}

// numbers gives the numbers of the events of a log, sorted.
func numbers(t *testing.T, log *model.Log) []int {
	t.Helper()
	snap := log.Snapshot()
	var all []int
	for row := range model.Row(snap.Rows()) {
		raw, err := snap.Raw(row)
		if err != nil {
			t.Fatalf("raw of row %d: %v", row, err)
		}
		_, rest, ok := strings.Cut(raw.Raw(), `"n":`)
		n, err := strconv.Atoi(strings.TrimRight(rest, "}\n"))
		if !ok || err != nil {
			t.Fatalf("row %d is %v", row, raw)
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// wantNumbers compares the events of a log with 0 to n-1: none lost, none doubled.
func wantNumbers(t *testing.T, log *model.Log, n int) {
	t.Helper()
	got := numbers(t, log)
	for i := range max(n, len(got)) {
		if i >= len(got) || i >= n || got[i] != i {
			t.Fatalf("%d events, want 0 to %d; the first difference is at %d", len(got), n-1, i)
		}
	}
}

// state gives a source of a log by its name.
func state(t *testing.T, log *model.Log, name string) model.SourceState {
	t.Helper()
	snap := log.Snapshot()
	for _, s := range snap.Sources() {
		if s.Name.Raw() == name {
			return s
		}
	}
	t.Fatalf("there is no source %q", name)
	return model.SourceState{}
}

// summary gives the source of the prefix; the zero one if it is not announced yet.
func summary(log *model.Log) model.SourceState {
	snap := log.Snapshot()
	if len(snap.Sources()) == 0 {
		return model.SourceState{}
	}
	return snap.Sources()[0]
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ticker := time.NewTicker(2 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(sourcetest.Timeout())
	for !holds() {
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("in vain: %s", what)
		}
	}
}
