package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

// isGet reports whether a request reads an object.
func isGet(r *http.Request) bool { return r.Method == "GET" && r.URL.Query().Get("list-type") == "" }

func TestStormsOfErrorsPass(t *testing.T) {
	for _, status := range []int{500, 503, 429} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			s := newStore(t)
			for i := range 50 {
				s.put(fmt.Sprintf("logs/%d.json", i), events(i, 1))
			}
			var n atomic.Int64
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				if n.Add(1)%4 == 0 {
					return false
				}
				refuse(w, r, status, map[int]string{500: "InternalError", 503: "SlowDown", 429: "Busy"}[status])
				return true
			})
			log := s.must("logs/", Options{Fetchers: 1})
			wantNumbers(t, log, 50)
			if note := summary(log).Note.Raw(); !strings.Contains(note, "retries") {
				t.Errorf("the note does not tell of retries: %s", note)
			}
		})
	}
}

func TestAStoreThatStaysDownIsGivenUpAndWhatIsLoadedStays(t *testing.T) {
	s := newStore(t)
	for i := range 300 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i, 1))
	}
	var n atomic.Int64
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if isGet(r) && n.Add(1) > 20 {
			refuse(w, r, 503, "SlowDown")
			return true
		}
		return false
	})
	log, err := s.load("logs/", Options{Fetchers: 2})
	var all *LoadError
	if snap := log.Snapshot(); !errors.As(err, &all) || all.Failed < maxInARow || all.Failed > maxInARow+30 || snap.Rows() != 20 {
		t.Fatalf("%d rows, error %v", snap.Rows(), err)
	}
	if !strings.Contains(err.Error(), "slow down") || summary(log).Phase != model.Broken {
		t.Errorf("error %v, phase %v", err, summary(log).Phase)
	}
	if got := n.Load(); got > 20+maxAttempts*int64(maxInARow+30) {
		t.Errorf("%d requests", got)
	}
}

// breaking serves an object in parts: each connection ends, in its own way, after some bytes.
func breaking(t *testing.T, s *store, key string, every int, end func(w http.ResponseWriter, r *http.Request)) {
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isGet(r) || !strings.HasSuffix(r.URL.Path, key) {
			return false
		}
		s.mu.Lock()
		o := *s.objects[key]
		s.mu.Unlock()
		from := 0
		if spec := r.Header.Get("Range"); spec != "" {
			if _, err := fmt.Sscanf(spec, "bytes=%d-", &from); err != nil || r.Header.Get("If-Match") != o.etag() {
				t.Errorf("Range %q, If-Match %q", spec, r.Header.Get("If-Match"))
			}
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(o.data)-1, len(o.data)))
		}
		w.Header().Set("ETag", o.etag())
		w.Header().Set("Content-Length", strconv.Itoa(len(o.data)-from))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		to := min(from+every, len(o.data))
		_, _ = w.Write(o.data[from:to])
		_ = http.NewResponseController(w).Flush()
		if to < len(o.data) {
			end(w, r)
		}
		return true
	})
}

func TestABodyThatBreaksIsReadOnByteExactly(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w http.ResponseWriter, r *http.Request){
		"cut":   func(t *testing.T, w http.ResponseWriter, r *http.Request) { _ = hijack(t, w).Close() },
		"reset": func(t *testing.T, w http.ResponseWriter, r *http.Request) { reset(hijack(t, w)) },
		"stall": func(t *testing.T, w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/big.json.gz", gz(events(0, 40_000)))
			packed := len(s.objects["logs/big.json.gz"].data)
			breaking(t, s, "logs/big.json.gz", packed/6, func(w http.ResponseWriter, r *http.Request) { end(t, w, r) })
			src := s.source("logs/", Options{})
			src.timing.silence = 300 * time.Millisecond
			log, err := run(context.Background(), src)
			if err != nil {
				t.Fatal(err)
			}
			wantNumbers(t, log, 40_000)
			if sum := summary(log); sum.Stored != int64(packed) || !strings.Contains(sum.Note.Raw(), "6 retries") {
				t.Errorf("stored %d of %d, note %v", sum.Stored, packed, sum.Note)
			}
		})
	}
}

func TestAnObjectThatNeverComesWholeIsIncompleteAtAByte(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 100))
	s.put("logs/b.json", events(100, 1))
	size := len(s.objects["logs/a.json"].data)
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isGet(r) || !strings.HasSuffix(r.URL.Path, "a.json") {
			return false
		}
		s.mu.Lock()
		o := *s.objects["logs/a.json"]
		s.mu.Unlock()
		w.Header().Set("ETag", o.etag())
		if r.Header.Get("Range") != "" {
			refuse(w, r, 416, "InvalidRange")
			return true
		}
		w.Header().Set("Content-Length", "1000") // less than the listing says
		_, _ = w.Write(o.data[:1000])
		return true
	})
	log, err := s.load("logs/", Options{})
	want := fmt.Sprintf("reading s3://audit-logs/logs/a.json in eu-test-1: incomplete at byte 1000 of %d", size)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	got := state(t, log, "s3://audit-logs/logs/a.json")
	if got.Phase != model.Broken || got.Books.Events == 0 || !strings.Contains(got.Err.Raw(), "byte 1000") {
		t.Errorf("source %+v", got)
	}
	if other := state(t, log, "s3://audit-logs/logs/b.json"); other.Phase != model.Complete {
		t.Errorf("another source %+v", other)
	}
}

func TestAnObjectThatChangesBeforeItIsDecodedIsReadInItsNewVersion(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(90_000, 50))
	var once sync.Once
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		broken := false
		if isGet(r) {
			once.Do(func() {
				broken = true
				w.Header().Set("ETag", s.objects["logs/a.json"].etag())
				w.Header().Set("Content-Length", strconv.Itoa(len(s.objects["logs/a.json"].data)))
				_, _ = w.Write(s.objects["logs/a.json"].data[:700])
				_ = http.NewResponseController(w).Flush()
				s.put("logs/a.json", events(0, 60))
				reset(hijack(t, w))
			})
		}
		return broken
	})
	wantNumbers(t, s.must("logs/", Options{}), 60)
}

func TestAnObjectThatChangesWhileItIsDecodedIsNeverMixed(t *testing.T) {
	for name, ignore := range map[string]bool{"412": false, "a store that ignores If-Match": true} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			old := events(100_000, 40_000) // more than is held before decoding begins
			s.put("logs/a.json", old)
			s.put("logs/b.json", events(0, 1))
			log := model.NewLog()
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				if !isGet(r) || !strings.HasSuffix(r.URL.Path, "a.json") {
					return false
				}
				if r.Header.Get("Range") != "" {
					if ignore {
						r.Header.Del("If-Match")
					}
					return false
				}
				w.Header().Set("ETag", (&stored{data: old}).etag())
				w.Header().Set("Content-Length", strconv.Itoa(len(old)))
				_, _ = w.Write(old[:len(old)-1000])
				_ = http.NewResponseController(w).Flush()
				eventually(t, "decoding has begun", func() bool { snap := log.Snapshot(); return snap.Rows() > 10 })
				s.put("logs/a.json", events(200_000, 40_000))
				reset(hijack(t, w))
				return true
			})
			err := s.source("logs/", Options{}).Load(context.Background(), log)
			got := state(t, log, "s3://audit-logs/logs/a.json")
			if err == nil || got.Phase != model.Broken || !strings.Contains(got.Err.Raw(), "changed while it was read") {
				t.Fatalf("error %v, source %+v", err, got)
			}
			snap := log.Snapshot()
			for row := range model.Row(snap.Rows()) {
				if raw, err := snap.Raw(row); err != nil || strings.Contains(raw.Raw(), `"n":2`) {
					t.Fatalf("row %d is of the new version: %v %v", row, raw, err)
				}
			}
		})
	}
}

func TestWhatCannotBeReadIsABrokenSourceAndTheLoadGoesOn(t *testing.T) {
	s := newStore(t)
	for i := range 10 {
		s.put(fmt.Sprintf("logs/%d.json", i), events(i, 1))
	}
	s.put("logs/archived.json", events(50, 1))
	s.objects["logs/archived.json"].class = "GLACIER"
	s.put("logs/gone.json", events(51, 1))
	s.put("logs/secret.json", events(52, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case isGet(r) && strings.HasSuffix(r.URL.Path, "gone.json"):
			s.remove("logs/gone.json")
		case isGet(r) && strings.HasSuffix(r.URL.Path, "secret.json"):
			refuse(w, r, 403, "AccessDenied")
			return true
		}
		return false
	})
	log, err := s.load("logs/", Options{})
	wantNumbers(t, log, 10)
	var all *LoadError
	if !errors.As(err, &all) || all.Failed != 3 || all.Of != 13 {
		t.Fatalf("error %v", err)
	}
	for name, want := range map[string]string{"archived": "restore it first", "gone": "the object is gone", "secret": "s3:GetObject"} {
		got := state(t, log, "s3://audit-logs/logs/"+name+".json")
		if got.Phase != model.Broken || !strings.Contains(got.Err.Raw(), want) {
			t.Errorf("%s: %v %v, want %q", name, got.Phase, got.Err, want)
		}
	}
	if note := summary(log).Note.Raw(); !strings.Contains(note, "3 objects could not be read") {
		t.Errorf("note %s", note)
	}
}

func TestATokenThatExpiresKeepsThePartThatIsLoaded(t *testing.T) {
	s := newStore(t)
	for i := range 500 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i, 1))
	}
	var n atomic.Int64
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if isGet(r) && n.Add(1) > 100 {
			refuse(w, r, 400, "ExpiredToken")
			return true
		}
		return false
	})
	log, err := s.load("logs/", Options{Fetchers: 4})
	if got := slices.Compact(numbers(t, log)); len(got) != 100 {
		t.Errorf("%d events", len(got))
	}
	if err == nil || !strings.Contains(err.Error(), "the credentials have expired") || !strings.Contains(err.Error(), "sso login") {
		t.Errorf("error %v", err)
	}
	if got := summary(log); got.Phase != model.Broken || !strings.Contains(got.Err.Raw(), "expired") {
		t.Errorf("prefix %+v", got)
	}
	if n.Load() > 120 {
		t.Errorf("%d objects were asked for", n.Load())
	}
}

func TestTroubleWithTheWholeNamesBucketAndRegionAndSaysAHint(t *testing.T) {
	s := newStore(t)
	for name, c := range map[string]struct {
		fault func(w http.ResponseWriter, r *http.Request) bool
		url   string
		o     Options
		want  []string
	}{
		"forbidden": {func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, 403, "AccessDenied"); return true }, "s3://audit-logs/x/", Options{},
			[]string{"s3://audit-logs/x/ in eu-test-1", "access is denied", "s3:ListBucket"}},
		"no bucket": {nil, "s3://other-logs/x.json", Options{}, []string{"s3://other-logs/x.json in eu-test-1", "no such bucket"}},
		"wrong key": {func(w http.ResponseWriter, r *http.Request) bool {
			refuse(w, r, 403, "InvalidAccessKeyId")
			return true
		}, "s3://audit-logs/", Options{},
			[]string{"s3://audit-logs/ in eu-test-1", "the access key is not known", "--profile"}},
		"wrong region": {func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, 301, "PermanentRedirect"); return true }, "s3://audit-logs/", Options{},
			[]string{"s3://audit-logs/ in eu-test-1", "another region", "--region"}},
		"no profile":   {nil, "s3://audit-logs/", Options{Profile: "nobody"}, []string{"s3://audit-logs/", "no profile nobody"}},
		"nobody there": {nil, "s3://audit-logs/", Options{Endpoint: "http://127.0.0.1:1"}, []string{"s3://audit-logs/", "connection refused", "endpoint"}},
		"no XML":       {func(w http.ResponseWriter, r *http.Request) bool { fmt.Fprint(w, "<html>Welcome"); return true }, "s3://audit-logs/", Options{}, []string{"a web page, not a listing"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.failWith(c.fault)
			src, err := New(c.url, c.o)
			if err != nil {
				t.Fatal(err)
			}
			src.timing = s.source("", Options{}).timing
			log, err := run(context.Background(), src)
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q", err, want)
				}
			}
			if got := summary(log); got.Phase != model.Broken || got.Err.Raw() != err.Error() {
				t.Errorf("prefix %+v", got)
			}
		})
	}
}

func TestDamagedObjectsGiveWhatComesBeforeTheFault(t *testing.T) {
	s := newStore(t)
	whole := gz(events(0, 5000))
	wrongSum := bytes.Clone(whole)
	wrongSum[len(wrongSum)-8] ^= 1
	s.put("logs/cut.json.gz", whole[:len(whole)/2])
	s.put("logs/sum.json.gz", wrongSum)
	s.put("logs/plain.json.gz", events(0, 7)) // not packed at all
	s.put("logs/two.json.gz", append(gz(events(0, 3)), gz(events(3, 3))...))
	log, err := s.load("logs/", Options{})
	var all *LoadError
	if !errors.As(err, &all) || all.Failed != 2 {
		t.Fatalf("error %v", err)
	}
	for name, want := range map[string]struct {
		phase   model.Phase
		damaged bool
		least   int64
	}{"cut": {model.Broken, true, 1000}, "sum": {model.Broken, true, 5000}, "plain": {model.Complete, false, 7}, "two": {model.Complete, false, 6}} {
		got := state(t, log, "s3://audit-logs/logs/"+name+".json.gz")
		if got.Phase != want.phase || got.Damaged != want.damaged || got.Books.Events < want.least {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestABombIsDisarmed(t *testing.T) {
	s := newStore(t)
	s.put("logs/bomb.json.gz", gz(make([]byte, 4<<20)))
	s.put("logs/good.json", events(0, 1))
	log, err := s.load("logs/", Options{Limits: loader.Limits{UnpackedBytes: 1 << 20}})
	if got := state(t, log, "s3://audit-logs/logs/bomb.json.gz"); err == nil || got.Phase != model.Broken || got.Books.Bytes > 2<<20 {
		t.Errorf("error %v, %+v", err, got)
	}
	if got := state(t, log, "s3://audit-logs/logs/good.json"); got.Phase != model.Complete {
		t.Errorf("another object: %+v", got)
	}
}

func TestAMemoryLimitEndsTheLoadAndKeepsWhatIsLoaded(t *testing.T) {
	s := newStore(t)
	for i := range 200 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i*100, 100))
	}
	log, err := s.load("logs/", Options{Fetchers: 1, Workers: 1, Limits: loader.Limits{Memory: loader.NewBudget(1 << 18)}})
	var memory *loader.MemoryError
	if snap := log.Snapshot(); !errors.As(err, &memory) || snap.Rows() == 0 || snap.Rows() > 19_000 {
		t.Errorf("%d rows, error %v", snap.Rows(), err)
	}
	if gets := len(s.requests()); gets > 195 {
		t.Errorf("%d requests", gets)
	}
}

func TestAPanicEndsTheLoadWithAnError(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	src := s.source("logs/", Options{})
	src.read = func(context.Context, loader.Sink, model.SourceID, io.Reader, int64, loader.Limits) error {
		panic("a fault")
	}
	log, err := run(context.Background(), src)
	if fault.In(err) == nil || summary(log).Phase != model.Broken {
		t.Errorf("error %v, phase %v", err, summary(log).Phase)
	}
}
