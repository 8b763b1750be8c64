package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"pawprint/loader"
	"pawprint/model"
)

// first reports whether a request is the first of its kind.
func first(kind func(*http.Request) bool) func(*http.Request) bool {
	var n atomic.Int64
	return func(r *http.Request) bool { return kind(r) && n.Add(1) == 1 }
}

func isList(r *http.Request) bool { return r.URL.Query().Get("list-type") == "2" }

func TestAListingThatBreaksOrStallsIsAskedAgain(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w http.ResponseWriter, r *http.Request){
		"cut":   func(t *testing.T, w http.ResponseWriter, r *http.Request) { _ = hijack(t, w).Close() },
		"reset": func(t *testing.T, w http.ResponseWriter, r *http.Request) { reset(hijack(t, w)) },
		"stall": func(t *testing.T, w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put("logs/a.json", events(0, 3))
			once := first(isList)
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				broken := once(r)
				if broken {
					w.Header().Set("Content-Length", "5000")
					_, _ = fmt.Fprint(w, "<ListBucketResult>")
					_ = http.NewResponseController(w).Flush()
					end(t, w, r)
				}
				return broken
			})
			src := s.source("logs/", Options{})
			src.timing.silence = 300 * time.Millisecond
			log, err := run(context.Background(), src)
			if err != nil {
				t.Fatal(err)
			}
			wantNumbers(t, log, 3)
			if note := summary(log).Note.Raw(); !strings.Contains(note, "1 retry") {
				t.Errorf("note %s", note)
			}
		})
	}
}

func TestAnAnswerThatNeverEndsIsNotKept(t *testing.T) {
	s := newStore(t)
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		fmt.Fprint(w, "<ListBucketResult>")
		for chunk := make([]byte, 1<<20); r.Context().Err() == nil; {
			if _, err := w.Write(chunk); err != nil {
				break
			}
		}
		return true
	})
	if _, err := s.load("logs/", Options{}); err == nil || !strings.Contains(err.Error(), "cannot be understood") {
		t.Errorf("error %v", err)
	}
}

func TestAStoreThatIsNotThereIsGivenUpSoon(t *testing.T) {
	s := newStore(t)
	s.Server.Close()
	log, err := s.load("logs/", Options{})
	if err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("error %v", err)
	}
	if note := summary(log).Note.Raw(); !strings.Contains(note, "2 retries") {
		t.Errorf("note %s", note)
	}
}

func TestOneObjectOfTheCacheNeedsNoNetwork(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 5))
	o := Options{Cache: &Cache{Dir: t.TempDir() + "/s3"}}
	wantNumbers(t, s.must("logs/a.json", o), 5)
	s.Server.Close()
	o.Offline = true
	wantNumbers(t, s.must("logs/a.json", o), 5)
}

func TestANetworkThatGoesInTheMiddleOfAListingDoublesNothing(t *testing.T) {
	for _, eager := range []bool{false, true} {
		s := newStore(t)
		s.pages = 3
		for i := range 60 {
			s.put(fmt.Sprintf("logs/%02d.json", i), events(i, 1))
		}
		o := Options{Cache: &Cache{Dir: t.TempDir() + "/s3"}, Eager: eager}
		if eager {
			o.Confirm = func(Plan) bool { return true }
		}
		s.must("logs/", o)
		var lists atomic.Int64
		s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			gone := isList(r) && lists.Add(1) > 9 // the pages that show that there is much, the layout, and then some of all
			if gone {
				refuse(w, r, 503, "SlowDown")
			}
			return gone
		})
		log, err := s.load("logs/", o)
		got := numbers(t, log)
		if err == nil || len(got) == 0 || len(got) != len(slices.Compact(got)) {
			t.Errorf("eager %v: error %v, %v", eager, err, got)
		}
	}
}

func TestAListingOfLessThanIsAskedSaysSo(t *testing.T) {
	s := newStore(t)
	hourly(s, "logs/", utc("2026-01-05 00:00"), utc("2026-01-07 00:00"))
	o := Options{Cache: &Cache{Dir: t.TempDir() + "/s3"}, From: utc("2026-01-06 00:00")}
	s.must("logs/", o)
	s.Server.Close()
	o.From, o.Offline = time.Time{}, true
	if note := summary(s.must("logs/", o)).Note.Raw(); !strings.Contains(note, "the listing has only objects from 2026-01-06 00:00:00 UTC on") {
		t.Errorf("note %s", note)
	}
	o.From = utc("2026-01-06 10:00")
	if note := summary(s.must("logs/", o)).Note.Raw(); strings.Contains(note, "has only") {
		t.Errorf("note %s", note)
	}
}

func TestWhatCameDuringAnOutageIsFoundHoweverLongItWas(t *testing.T) {
	s := newStore(t)
	s.put(at(0, "a.json"), events(0, 1))
	src := s.source("logs/", Options{Follow: true, Poll: time.Millisecond})
	var later atomic.Int64 // how far the clock went on
	src.now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	f := follow(t, src)
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool { refuse(w, r, 403, "AccessDenied"); return true })
	eventually(t, "the trouble is shown", func() bool { return strings.Contains(summary(f.log).Note.Raw(), "trying again") })
	for i := 1; i < 30; i++ {
		s.put(at(-i, "x.json"), events(i, 1))
	}
	later.Store(int64(30 * time.Hour))
	s.failWith(nil)
	f.rows(30)
	if err := f.stop(); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, f.log, 30)
}

func TestNothingThatIsNewerThanTheLastLookIsForgotten(t *testing.T) {
	s := newSeen()
	now := utc("2026-11-22 10:00")
	s.noteComplete(now)
	for i := range 2 * manySeen { // newest first, of many hours
		o := object{key: fmt.Sprint(i), etag: "e", modified: now.Add(time.Duration(2*manySeen-i) * time.Second)}
		if !s.add(&o) {
			t.Fatalf("object %d is taken for one that was seen", i)
		}
	}
}

func TestTheMessageOfAnObjectThatWasNotLoadedStays(t *testing.T) {
	s := newStore(t)
	s.put("logs/0.json", events(0, 1))
	q := &fakeQueue{wake: make(chan struct{}, 1)}
	src := s.source("logs/", Options{Follow: true, Queue: "https://sqs.example.com/1/q"})
	src.queue = func(context.Context) (queue, error) { return q, nil }
	f := follow(t, src)
	stalled := make(chan struct{})
	s.put("logs/1.json", events(1, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/1.json") {
			return false
		}
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write([]byte(event(1)))
		_ = http.NewResponseController(w).Flush()
		close(stalled)
		<-r.Context().Done()
		return true
	})
	q.send(notification("ObjectCreated:Put", s.bucket, "logs/1.json", events(1, 1)))
	<-stalled
	if err := f.stop(); err != nil {
		t.Errorf("error %v", err)
	}
	if gone := q.gone(); len(gone) != 0 {
		t.Errorf("deleted: %v", gone)
	}
}

// manyKeys lists a bucket that exists only as a number of keys.
type manyKeys struct {
	api
	keys int
}

func (m manyKeys) ListObjectsV2(_ context.Context, in *awss3.ListObjectsV2Input, _ ...func(*awss3.Options)) (*awss3.ListObjectsV2Output, error) {
	n, _ := strconv.Atoi(aws.ToString(in.ContinuationToken))
	out := &awss3.ListObjectsV2Output{}
	for i := n; i < min(n+1000, m.keys); i++ {
		out.Contents = append(out.Contents, types.Object{Key: aws.String(fmt.Sprintf("logs/%012d.json", i)), ETag: aws.String("e"), Size: aws.Int64(1),
			LastModified: aws.Time(utc("2026-11-22 10:00"))}) // all at one time, as when a bucket was copied
	}
	out.IsTruncated = aws.Bool(n+1000 < m.keys)
	out.NextContinuationToken = aws.String(strconv.Itoa(n + 1000))
	return out, nil
}

func TestManyKeysAreFedInBoundedMemory(t *testing.T) {
	const keys = 400_000
	src := newStore(t).source("logs/", Options{})
	l := &load{source: src, aim: aim{prefix: src.prefix}, progress: newProgress(model.NewLog(), src.Name(), src.now), seen: newSeen(), bucket: &bucket{api: manyKeys{keys: keys}, name: "audit-logs"}}
	l.seen.off = !src.o.Follow
	l.bucket.region.Store(new(string))
	var m runtime.MemStats
	heap := func() uint64 {
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, most, n := heap(), uint64(0), 0
	if err := l.stream(t.Context(), func(object) error {
		if n++; n%100_000 == 0 {
			most = max(most, heap())
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != keys || most > before+20<<20 {
		t.Errorf("%d keys, the heap grew from %d to %d MiB", n, before>>20, most>>20)
	}
}

func TestAQueueThatIsNoURLIsRefusedWithoutQuotingIt(t *testing.T) {
	for _, queue := range []string{"q", "sqs.example.com/1/q", "ftp://sqs.example.com/1/q", "https://user:canary-secret@sqs.example.com/1/q", "https://sqs.example.com/", "https:///canary-secret", "\x1b://canary-secret"} {
		if _, err := New("s3://audit-logs/", Options{Follow: true, Queue: queue}); err == nil || strings.Contains(err.Error(), "canary-secret") {
			t.Errorf("New with %q: %v", queue, err)
		}
	}
}

func TestALargePartitionIsDividedWithoutLosingWhatStandsBesideItsParts(t *testing.T) {
	s := newStore(t)
	s.pages = 5
	n := hourly(s, "logs/", utc("2025-12-30 00:00"), utc("2026-01-03 00:00"))
	for _, key := range []string{"logs/year=2025/a.json", "logs/year=2026/zz.json", "logs/year=2026/month=01/beside.json", "logs/year=2026/month=01/day=02/zz.json",
		"logs/year=2026/month=01/more/x.json", "logs/year=2026/month=1/day=9/single.json", "logs/year=2026/month=77/x.json"} {
		s.put(key, events(n, 1))
		n++
	}
	for i := range 60 { // a day without hours
		s.put(fmt.Sprintf("logs/year=2026/month=01/day=20/%02d.json", i), events(n, 1))
		n++
	}
	wantNumbers(t, s.must("logs/", Options{}), n)
	wantNumbers(t, s.must("logs/", Options{From: utc("2020-01-01 00:00")}), n)
}

func TestALayoutThatChangedBetweenYearsIsListedByWhatIsCommon(t *testing.T) {
	for name, keys := range map[string][]string{
		"hours, then days": {"logs/year=2025/month=12/day=31/hour=23/a.json", "logs/year=2026/month=11/day=22/b.json"},
		"days, then hours": {"logs/year=2025/month=12/day=31/a.json", "logs/year=2026/month=11/day=22/hour=10/b.json"},
		"no partitions":    {"logs/year=2025/month=12/a.json", "logs/year=2026/month=99/b.json"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			s.put(keys[0], events(1, 1))
			s.put(keys[1], events(0, 1))
			wantNumbers(t, s.must("logs/", Options{From: utc("2026-11-22 10:00"), To: utc("2026-11-22 11:00")}), 1)
		})
	}
}

func TestWhatNeedNotBeAskedAboutIsReadWhileTheRestIsCounted(t *testing.T) {
	for _, answer := range []bool{true, false} {
		s := newStore(t)
		s.pages = 3
		for i := range 20 {
			s.put(fmt.Sprintf("logs/%02d.json", i), events(i, 1))
		}
		log := model.NewLog()
		var plans []Plan
		src := s.source("logs/", Options{Eager: true, ConfirmObjects: 8, Confirm: func(p Plan) bool {
			eventually(t, "the first are there", func() bool { snap := log.Snapshot(); return snap.Rows() == 8 })
			plans = append(plans, p)
			return answer
		}})
		err := src.Load(context.Background(), log)
		if len(plans) != 1 || plans[0].Objects != 12 || plans[0].Bytes == 0 {
			t.Errorf("plans %+v", plans)
		}
		if answer && err == nil {
			wantNumbers(t, log, 20)
		} else if wantNumbers(t, log, 8); answer || !errors.Is(err, loader.ErrDeclined) || summary(log).Phase != model.Cancelled {
			t.Errorf("answer %v: error %v, phase %v", answer, err, summary(log).Phase)
		}
	}
	s := newStore(t)
	s.put("logs/a.json", events(0, 3))
	wantNumbers(t, s.must("logs/", Options{Eager: true, Confirm: func(Plan) bool { t.Error("asked for a small one"); return false }}), 3)
}

func TestAQuestionThatNobodyAnswersDoesNotHoldUpACancellation(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 1))
	s.put("logs/b.json", events(1, 1))
	asked, leave := make(chan struct{}), make(chan struct{})
	defer close(leave)
	src := s.source("logs/", Options{ConfirmObjects: 1, Confirm: func(Plan) bool { close(asked); <-leave; return true }})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-asked; cancel() }()
	if log, err := run(ctx, src); err != context.Canceled || summary(log).Phase != model.Cancelled {
		t.Errorf("error %v, phase %v", err, summary(log).Phase)
	}
}
