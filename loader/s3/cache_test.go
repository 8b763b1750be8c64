package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model"
)

// gets counts the requests that read objects.
func (s *store) gets() int {
	n := 0
	for _, r := range s.requests() {
		if strings.HasPrefix(r, "GET") && !strings.Contains(r, "list-type=2") {
			n++
		}
	}
	return n
}

func TestASecondLookFetchesOnlyWhatChanged(t *testing.T) {
	s := newStore(t)
	for i := range 20 {
		s.put(fmt.Sprintf("logs/%02d.json.gz", i), gz(events(i*10, 10)))
	}
	cache := &Cache{Dir: filepath.Join(t.TempDir(), "new", "cache")}
	wantNumbers(t, s.must("logs/", Options{Cache: cache}), 200)
	s.put("logs/07.json.gz", gz(events(70, 10)[:0])) // another version
	s.put("logs/07.json.gz", append(gz(events(70, 5)), gz(events(75, 5))...))
	before := s.gets()
	log := s.must("logs/", Options{Cache: &Cache{Dir: cache.Dir}})
	wantNumbers(t, log, 200)
	if got := s.gets() - before; got != 1 {
		t.Errorf("%d objects were fetched again", got)
	}
	if sum := summary(log); !strings.Contains(sum.Note.Raw(), "19 from the cache") || sum.Stored != sum.Size {
		t.Errorf("prefix %+v", sum)
	}
	info, err := os.Stat(cache.Dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(cache.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 || strings.Contains(e.Name(), partialEnding) {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestASecondLookNeedsNoNetwork(t *testing.T) {
	for name, confirm := range map[string]func(Plan) bool{"streaming": nil, "counting": func(Plan) bool { return true }} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			n := hourly(s, "logs/", utc("2026-01-05 00:00"), utc("2026-01-07 00:00"))
			cache := &Cache{Dir: t.TempDir() + "/s3"}
			s.must("logs/", Options{Cache: cache, Confirm: confirm})
			s.Server.Close()
			for _, c := range []struct {
				to   time.Time
				want int
			}{{time.Time{}, n}, {utc("2026-01-06 00:00"), 24}} {
				for offline, note := range map[bool]string{false: "no network: the listing of 20", true: "offline: the listing of 20"} {
					log, err := s.load("logs/", Options{Cache: cache, Confirm: confirm, Offline: offline, To: c.to})
					wantNumbers(t, log, c.want)
					var stale *StaleError
					if errors.As(err, &stale) == offline || offline && err != nil {
						t.Errorf("offline %v: error %v", offline, err)
					}
					if got := summary(log); !strings.Contains(got.Note.Raw(), note) || (got.Phase == model.Complete) != offline {
						t.Errorf("offline %v: %+v", offline, got)
					}
				}
			}
			if _, err := s.load("other/", Options{Cache: cache, Confirm: confirm}); err == nil {
				t.Error("a prefix that was never listed gives no error")
			}
		})
	}
}

func TestADamagedFileOfTheCacheIsFetchedAgain(t *testing.T) {
	damages := map[string]func(data []byte) []byte{
		"a byte":     func(data []byte) []byte { data[len(data)/3] ^= 1; return data },
		"cut":        func(data []byte) []byte { return data[:len(data)-1] },
		"empty":      func([]byte) []byte { return nil },
		"longer":     func(data []byte) []byte { return append(data, 'x') },
		"no trailer": func(data []byte) []byte { return data[:len(data)-trailerBytes] },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/a.json", events(0, 100))
			cache := &Cache{Dir: t.TempDir() + "/s3"}
			s.must("logs/", Options{Cache: cache})
			paths, err := filepath.Glob(filepath.Join(cache.Dir, "*.*"))
			if err != nil || len(paths) != 2 {
				t.Fatalf("%v %v", paths, err)
			}
			for _, path := range paths {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, damage(data), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			before := s.gets()
			wantNumbers(t, s.must("logs/", Options{Cache: cache}), 100)
			if got := s.gets() - before; got != 1 {
				t.Errorf("fetched %d times", got)
			}
		})
	}
}

func TestTheCacheStaysBelowItsSizeAndForgetsWhatIsUnusedFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s3")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(other, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &Cache{Dir: dir, MaxBytes: 50_000}
	b := &bucket{name: "audit-logs"}
	o := func(i int) *object { return &object{key: fmt.Sprint(i), etag: "e", size: 1000} }
	for i := range 100 {
		e := c.create(b, o(i).key, "e")
		e.write(make([]byte, 1000))
		e.close(true)
		old := time.Now().Add(time.Duration(i-1000) * time.Hour)
		if err := os.Chtimes(filepath.Join(c.Dir, entryName(objectEnding, b.endpoint, b.name, o(i).key, "e")), old, old); err != nil {
			t.Fatal(err)
		}
		if kept := c.object(context.Background(), b, o(0)); kept == nil { // it is used again and again
			t.Fatalf("the first is gone after %d", i)
		} else if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	}
	at, err := c.use()
	if at == nil || err != nil {
		t.Fatal(err)
	}
	files, err := at.files()
	if err != nil || len(files) > 50 || len(files) < 30 {
		t.Errorf("%d files, %v", len(files), err)
	}
	if kept := c.object(context.Background(), b, o(50)); kept != nil {
		t.Error("one that was not used for long is still there")
	}
	if kept := c.object(context.Background(), b, o(99)); kept == nil {
		t.Error("the last one is gone")
	} else if err := kept.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("a file that is not the cache's: %v", err)
	}
}

func TestACacheThatCannotBeWrittenHarmsNoLoad(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 10))
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, s.must("logs/", Options{Cache: &Cache{Dir: filepath.Join(file, "cache")}}), 10)
}

func TestNothingOfAnObjectThatDidNotComeWholeIsKept(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 100))
	cache := &Cache{Dir: t.TempDir() + "/s3"}
	var broken atomic.Bool
	broken.Store(true)
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if isGet(r) && broken.Load() {
			w.Header().Set("ETag", s.objects["logs/a.json"].etag())
			w.Header().Set("Content-Length", "99999")
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
			reset(hijack(t, w))
			return true
		}
		return false
	})
	if _, err := run(context.Background(), s.source("logs/", Options{Cache: cache})); err == nil {
		t.Fatal("no error")
	}
	if files, err := filepath.Glob(filepath.Join(cache.Dir, "*"+objectEnding)); err != nil || len(files) > 0 {
		t.Errorf("files %v, %v", files, err)
	}
	broken.Store(false)
	log := s.must("logs/", Options{Cache: cache})
	wantNumbers(t, log, 100)
	if state := state(t, log, "s3://audit-logs/logs/a.json"); state.Phase != model.Complete {
		t.Errorf("%+v", state)
	}
}
