package s3

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// alone makes a source that must not open a connection.
func alone(s *store, prefix string, o Options) *Source {
	s.Helper()
	o.Offline = true
	src := s.source(prefix, o)
	src.timing.network = func(tr *http.Transport) {
		tr.DialContext = func(_ context.Context, _, address string) (net.Conn, error) {
			s.Errorf("a connection is opened to %s", address)
			return nil, errors.New("offline")
		}
	}
	return src
}

func TestOfflineOpensNoConnectionAndReadsWhatWasKept(t *testing.T) {
	s := newStore(t)
	for i := range 130 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i, 1))
	}
	cache := &Cache{Dir: t.TempDir() + "/s3"}
	s.must("logs/", Options{Cache: cache})
	s.must("logs/007.json", Options{Cache: cache})
	asked := len(s.requests())
	for prefix, want := range map[string]int{"logs/": 130, "logs/007.json": 1} {
		log, err := run(t.Context(), alone(s, prefix, Options{Cache: cache}))
		if got := numbers(t, log); err != nil || len(got) != want {
			t.Errorf("%s: %d events, error %v", prefix, len(got), err)
		}
	}
	for prefix, o := range map[string]Options{"other/": {Cache: cache}, "logs/999.json": {Cache: cache}, "": {}} {
		if _, err := run(t.Context(), alone(s, prefix, o)); err == nil || !strings.Contains(err.Error(), "it is not in the cache; read it once with --cache and without --offline") {
			t.Errorf("%s: error %v", prefix, err)
		}
	}
	if got := len(s.requests()) - asked; got != 0 {
		t.Errorf("%d requests", got)
	}
}

func TestOfflineObjectsThatWereNotKeptAreBrokenAndTheOthersAreRead(t *testing.T) {
	s := newStore(t)
	for i := range 150 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i, 1))
	}
	cache := &Cache{Dir: t.TempDir() + "/s3"}
	s.must("logs/", Options{Cache: cache})
	at, err := cache.use()
	if at == nil || err != nil {
		t.Fatal(err)
	}
	for i := range 120 { // more in a row than failures that end a load
		key := fmt.Sprintf("logs/%03d.json", i)
		if err := at.root.Remove(entryName(objectEnding, s.URL, s.bucket, key, strings.Trim(s.objects[key].etag(), `"`))); err != nil {
			t.Fatal(err)
		}
	}
	log, err := run(t.Context(), alone(s, "logs/", Options{Cache: cache}))
	var all *LoadError
	if snap := log.Snapshot(); !errors.As(err, &all) || all.Failed != 120 || snap.Rows() != 30 {
		t.Errorf("%d rows, error %v", snap.Rows(), err)
	}
}

func TestFollowingCannotBeDoneOffline(t *testing.T) {
	if _, err := New("s3://audit-logs/", Options{Offline: true, Follow: true}); err == nil || !strings.Contains(err.Error(), "offline") {
		t.Errorf("error %v", err)
	}
}

func TestWhatIsFollowedFromAnOldListingIsWholeOnceTheStoreIsThereAgain(t *testing.T) {
	s := newStore(t)
	s.put(at(0, "a.json"), events(0, 1))
	cache := &Cache{Dir: t.TempDir() + "/s3"}
	earlier := time.Now().Add(-30 * time.Hour)
	before := s.source("logs/", Options{Cache: cache})
	before.now = func() time.Time { return earlier }
	if _, err := run(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 20; i++ {
		s.put(at(i, "b.json"), events(i, 1))
	}
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, 503, "SlowDown"); return true })
	f := follow(t, s.source("logs/", Options{Cache: cache, Follow: true, Poll: time.Millisecond}))
	eventually(t, "the old listing is read", func() bool { return strings.Contains(summary(f.log).Note.Raw(), "no network") })
	s.failWith(nil)
	f.rows(20)
	eventually(t, "it is taken back", func() bool { return !strings.Contains(summary(f.log).Note.Raw(), "no network") })
	if err := f.stop(); err != nil {
		t.Error(err)
	}
	wantNumbers(t, f.log, 20)
}
