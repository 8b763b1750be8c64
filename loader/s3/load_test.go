package s3

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"pawprint/loader/sourcetest"
	"pawprint/model"
)

func gz(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func TestAPrefixLoadsEveryLogBelowItAndNothingElse(t *testing.T) {
	s := newStore(t)
	s.pages = 3
	s.put("logs/a/2026.json.gz", gz(events(0, 10)))
	s.put("logs/a/plain.jsonl", events(10, 5))
	s.put("logs/b/firehose-1-2026-11-22-10-00-00-4b1d", events(15, 5))
	s.put("logs/large.log", events(20, 12_000))
	s.put("logs/members.json.gz", append(gz(events(12_020, 3)), gz(events(12_023, 2))...))
	s.put("other/x.json", events(90_000, 1))
	for _, key := range []string{"logs/manifest.json", "logs/_SUCCESS", "logs/x.tmp", "logs/y.parquet", "logs/z.tar.gz"} {
		s.put(key, []byte("no log"))
	}
	s.put("logs/empty.json", nil)
	s.put("logs/a/", nil)
	log := s.must("logs/", Options{})
	wantNumbers(t, log, 12_025)
	sum := summary(log)
	if sum.Name.Raw() != "s3://audit-logs/logs/" || sum.Phase != model.Complete || sum.Stored != sum.Size || sum.Size < 1_000_000 {
		t.Errorf("the prefix: %+v", sum)
	}
	for _, part := range []string{"5 objects", "7 left out", "folders 1", ".parquet 1", "empty 1"} {
		if !strings.Contains(sum.Remarks().Raw(), part) {
			t.Errorf("%v does not say %q", sum.Remarks(), part)
		}
	}
	if got := state(t, log, "s3://audit-logs/logs/a/2026.json.gz"); got.Phase != model.Complete || got.Form == "" || got.Books.Events != 10 {
		t.Errorf("a source: %+v", got)
	}
}

func TestOneObjectLoadsAloneWithoutBeingListed(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json.gz", gz(events(0, 3)))
	s.put("logs/a.json.gz.json", events(90, 3))
	wantNumbers(t, s.must("logs/a.json.gz", Options{}), 3)
	if n := s.listings(); n != 0 {
		t.Errorf("%d listings", n)
	}
}

func TestAnObjectWithoutAnEndingLoadsByItsName(t *testing.T) {
	s := newStore(t)
	s.put("logs/x.strange", events(0, 3))
	wantNumbers(t, s.must("logs/x.strange", Options{}), 3)
}

func TestOnlyListGetAndHeadAreSent(t *testing.T) {
	s := newStore(t)
	s.pages = 2
	now := time.Now().UTC()
	for i := range 20 {
		s.put(fmt.Sprintf("logs/%s%02d.json", (&layout{}).prefix(partition{now.Add(-time.Duration(i) * time.Hour).Truncate(time.Hour), hour}), i), events(i, 1))
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	src := s.source("logs/", Options{Follow: true, Poll: time.Millisecond, From: now.AddDate(0, 0, -2), Cache: &Cache{Dir: t.TempDir()}, Confirm: func(Plan) bool { return true }})
	log := model.NewLog()
	ended := make(chan error, 1)
	go func() { ended <- src.Load(ctx, log) }()
	eventually(t, "the log is followed", func() bool { return summary(log).Phase == model.Following })
	s.put("logs/"+(&layout{}).prefix(partition{now.Truncate(time.Hour), hour})+"new.json", events(20, 1))
	eventually(t, "a new object", func() bool { snap := log.Snapshot(); return snap.Rows() == 21 })
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	one := s.source("logs/"+(&layout{}).prefix(partition{now.Truncate(time.Hour), hour})+"new.json", Options{})
	if _, err := run(context.Background(), one); err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^(GET /audit-logs\?(.*&)?list-type=2.*|(GET|HEAD) /audit-logs/[^?]+(\?x-id=[A-Za-z]+)?)$`)
	heads := 0
	for _, r := range s.requests() {
		if !form.MatchString(r) {
			t.Errorf("sent: %s", r)
		}
		if strings.HasPrefix(r, "HEAD") {
			heads++
		}
	}
	if heads == 0 {
		t.Error("no HEAD was seen: the test looks at the wrong place")
	}
}

func TestWhatWouldChangeAStoreDoesNotLeave(t *testing.T) {
	for _, method := range []string{"PUT", "POST", "DELETE", "PATCH"} {
		r, err := http.NewRequest(method, "http://192.0.2.1/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := (safeClient{HTTPClient: unreachable{t}, reach: new(reachability), home: new(home)}).Do(r); err == nil {
			t.Errorf("%s was sent", method)
		}
	}
}

type unreachable struct{ *testing.T }

func (u unreachable) Do(r *http.Request) (*http.Response, error) {
	u.Errorf("sent: %s", r.Method)
	return nil, http.ErrNotSupported
}

func TestManyObjectsLoadOnceEachWhileNewOnesArrive(t *testing.T) {
	s := newStore(t)
	s.pages = 100
	hourly := func(i int) string {
		at := time.Now().UTC().Add(-time.Duration(i%3) * time.Hour).Truncate(time.Hour)
		// New keys sort before old ones as often as behind them.
		return "logs/panther_audit/" + (&layout{}).prefix(partition{at, hour}) + fmt.Sprintf("%04x-%d.json.gz", i*40503%65536, i)
	}
	for i := range 700 { // several pages of each hour
		s.put(hourly(i), gz(event0(i)))
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log := model.NewLog()
	ended := make(chan error, 1)
	src := s.source("logs/", Options{Follow: true, Poll: 5 * time.Millisecond})
	var writer sync.WaitGroup
	writer.Add(1)
	go func() {
		defer writer.Done()
		for i := 700; i < 1000; i++ {
			s.put(hourly(i), gz(event0(i)))
			if i%50 == 0 {
				eventually(t, "the load goes on", func() bool { snap := log.Snapshot(); return snap.Rows() >= (i-700)*3 })
			}
		}
	}()
	go func() { ended <- src.Load(ctx, log) }()
	writer.Wait()
	eventually(t, "all objects are read", func() bool { snap := log.Snapshot(); return snap.Rows() >= 1000 })
	looks := s.listings()
	eventually(t, "some more looks", func() bool { return s.listings() > looks+10 })
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, log, 1000)
	if phase := summary(log).Phase; phase != model.Complete {
		t.Errorf("phase %v", phase)
	}
}

func event0(i int) []byte { return []byte(event(i)) }

func TestALargeDownloadIsAskedForWithItsSize(t *testing.T) {
	s := newStore(t)
	s.pages = 2
	for i := range 9 {
		s.put(fmt.Sprintf("logs/%d.json", i), events(i, 1))
	}
	for _, answer := range []bool{true, false} {
		var plans []Plan
		o := Options{ConfirmObjects: 8, Confirm: func(p Plan) bool { plans = append(plans, p); return answer }}
		log, err := s.load("logs/", o)
		if len(plans) != 1 || plans[0].Objects != 9 || plans[0].Bytes != 9*int64(len(event(0))) || plans[0].URL.Raw() != "s3://audit-logs/logs/" {
			t.Fatalf("plans %+v", plans)
		}
		if answer {
			if err != nil {
				t.Fatal(err)
			}
			wantNumbers(t, log, 9)
		} else if snap := log.Snapshot(); err == nil || snap.Rows() != 0 || summary(log).Phase != model.Cancelled {
			t.Errorf("declined: %v, %d rows, %v", err, snap.Rows(), summary(log).Phase)
		}
	}
	if _, err := s.load("logs/", Options{Confirm: func(Plan) bool { t.Error("asked for a small one"); return true }}); err != nil {
		t.Fatal(err)
	}
}

func TestACancelledLoadEndsAtOnceAndKeepsWhatIsLoaded(t *testing.T) {
	s := newStore(t)
	for i := range 40 {
		s.put(fmt.Sprintf("logs/%02d.json", i), events(i, 1))
	}
	stalled := make(chan struct{}, 40)
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/logs/3") {
			return false
		}
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write([]byte(event(0)))
		_ = http.NewResponseController(w).Flush()
		stalled <- struct{}{}
		<-r.Context().Done()
		return true
	})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log := model.NewLog()
	ended := make(chan error, 1)
	go func() { ended <- s.source("logs/", Options{}).Load(ctx, log) }()
	<-stalled
	eventually(t, "the others are read", func() bool { snap := log.Snapshot(); return snap.Rows() >= 30 })
	cancel()
	select {
	case err := <-ended:
		if err != context.Canceled || summary(log).Phase != model.Cancelled {
			t.Errorf("error %v, %v", err, summary(log).Phase)
		}
	case <-time.After(sourcetest.Timeout()):
		t.Fatal("the load does not end")
	}
	if snap := log.Snapshot(); snap.Rows() < 30 {
		t.Errorf("%d rows are left", snap.Rows())
	}
}

// Keys may end in any way. Each is read, or counted with the reason why not.
func TestKeysWithOddEndsAreReadOrCounted(t *testing.T) {
	read := []string{"odd/a b+c.jsonl", "odd/pct%2Fx.jsonl", "odd/pct%.jsonl", "odd/new\nline.jsonl", "odd/trail.jsonl ", "odd/trail.jsonl\n", "odd/dot.jsonl.", "odd//double.jsonl", "odd/ ", "odd/%",
		"odd/../up.jsonl", "odd/./here.jsonl", "odd/\xff\xfe.jsonl", "odd/\xff", "odd/+", "odd/dir/", "odd/tab\t", "odd/nul\x00.jsonl", "odd/q?x#y&z=1.jsonl", "odd/audit.jsonl.1", "odd/audit.jsonl-20261101"}
	left := []string{"odd/marker/", "odd/marker//", "odd/x_$folder$", "odd/.", "odd/..", "odd/.hidden", "odd/_SUCCESS", "odd/a.PARQUET", "odd/empty.jsonl"}
	for way, change := range ways {
		t.Run(way, func(t *testing.T) {
			s := newStore(t)
			s.pages = 4
			for i, key := range read {
				s.put(key, events(i, 1))
			}
			for _, key := range left {
				s.put(key, nil)
			}
			var o Options
			change(&o)
			log := s.must("odd/", o)
			wantNumbers(t, log, len(read))
			if diff := cmp.Diff(slices.Sorted(slices.Values(read)), keysOf(log)); diff != "" {
				t.Error(diff)
			}
			if out := summary(log).LeftOut; out.Words() != "hidden 4, folders 3, .parquet 1, empty 1" {
				t.Errorf("left out: %s", out.Words())
			}
		})
	}
}
