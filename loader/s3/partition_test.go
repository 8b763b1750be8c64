package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func utc(s string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return at
}

func TestAStretchOfTimeIsCoveredByTheFewestPartitions(t *testing.T) {
	l := layout{root: "r/", deepest: hour, first: 2022, last: 2026}
	for name, c := range map[string]struct {
		from, to string
		want     []string
	}{
		"an hour":               {"2026-11-22 10:00", "2026-11-22 11:00", []string{"year=2026/month=11/day=22/hour=10/"}},
		"part of an hour":       {"2026-11-22 10:10", "2026-11-22 10:20", []string{"year=2026/month=11/day=22/hour=10/"}},
		"over midnight":         {"2026-11-22 23:30", "2026-11-23 00:30", []string{"year=2026/month=11/day=22/hour=23/", "year=2026/month=11/day=23/hour=00/"}},
		"days and hours":        {"2026-11-20 00:00", "2026-11-23 02:00", []string{"year=2026/month=11/day=20/", "year=2026/month=11/day=21/", "year=2026/month=11/day=22/", "year=2026/month=11/day=23/hour=00/", "year=2026/month=11/day=23/hour=01/"}},
		"five years":            {"2022-01-01 00:00", "2027-01-01 00:00", []string{"year=2022/", "year=2023/", "year=2024/", "year=2025/", "year=2026/"}},
		"a leap day":            {"2024-02-29 00:00", "2024-03-01 00:00", []string{"year=2024/month=02/day=29/"}},
		"years that are not":    {"2018-01-01 00:00", "2022-02-01 00:00", []string{"year=2022/month=01/"}},
		"nothing":               {"2026-11-22 10:00", "2026-11-22 10:00", nil},
		"the end before begin":  {"2026-11-22 10:00", "2026-11-21 10:00", nil},
		"the end of the year":   {"2025-12-31 23:00", "2026-01-01 01:00", []string{"year=2025/month=12/day=31/hour=23/", "year=2026/month=01/day=01/hour=00/"}},
		"a month and a half of": {"2026-10-01 00:00", "2026-11-01 05:00", []string{"year=2026/month=10/", "year=2026/month=11/day=01/hour=00/", "year=2026/month=11/day=01/hour=01/", "year=2026/month=11/day=01/hour=02/", "year=2026/month=11/day=01/hour=03/", "year=2026/month=11/day=01/hour=04/"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range l.cover(utc(c.from), utc(c.to)) {
				got = append(got, strings.TrimPrefix(l.prefix(c), "r/"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := len(l.cover(time.Time{}, time.Time{})); got != 5 {
		t.Errorf("without times: %d partitions", got)
	}
	daily := layout{deepest: day, bare: true, first: 2026, last: 2026}
	if got := daily.cover(utc("2026-01-02 10:00"), utc("2026-01-02 11:00")); len(got) != 1 || daily.prefix(got[0]) != "year=2026/month=1/day=2/" {
		t.Errorf("a layout of days: %v", got)
	}
}

func TestCoverHoldsExactlyTheHoursOfAStretch(t *testing.T) {
	l := layout{deepest: hour, first: 2025, last: 2026}
	for at := utc("2025-12-29 00:00"); at.Before(utc("2026-01-04 00:00")); at = at.Add(5 * time.Hour) {
		for _, length := range []time.Duration{time.Hour, 7 * time.Hour, 24 * time.Hour, 53 * time.Hour, 800 * time.Hour} {
			hours := map[time.Time]bool{}
			for _, c := range l.cover(at, at.Add(length)) {
				for h := c.at; h.Before(c.end()); h = h.Add(time.Hour) {
					if hours[h] {
						t.Fatalf("%v+%v: %v twice", at, length, h)
					}
					hours[h] = true
				}
			}
			if len(hours) != int(length/time.Hour) || !hours[at] || !hours[at.Add(length-time.Hour)] {
				t.Fatalf("%v+%v: %d hours", at, length, len(hours))
			}
		}
	}
}

func TestKeysTellTheirPartition(t *testing.T) {
	for key, want := range map[string]string{
		"logs/panther_audit/year=2026/month=11/day=22/hour=10/x.json.gz": "logs/panther_audit/ 2026-11-22 10:00 3 false",
		"year=2026/month=1/day=2/x.json":                                 " 2026-01-02 00:00 2 true",
		"a/year=2026/x.json":                                             "a/ 2026-01-01 00:00 0 false",
		"a/year=2026/month=13/x.json":                                    "none",
		"a/year=2026/month=02/day=30/x.json":                             "none",
		"a/year=26/x.json":                                               "none",
		"a/year=2026":                                                    "none",
		"a/myyear=2026/x.json":                                           "none",
		"a/b.json":                                                       "none",
	} {
		got := "none"
		if root, c, bare, ok := placed(key); ok {
			got = fmt.Sprint(root, " ", c.at.Format("2006-01-02 15:04"), " ", c.unit, " ", bare)
		}
		if got != want {
			t.Errorf("placed(%q) = %s, want %s", key, got, want)
		}
	}
}

// hourly fills a store with an object for every hour of a stretch, and gives how many.
func hourly(s *store, root string, from, to time.Time) int {
	n := 0
	l := layout{root: root}
	for at := from; at.Before(to); at = at.Add(time.Hour) {
		s.put(l.prefix(partition{at, hour})+"x.json", events(n, 1))
		n++
	}
	return n
}

func TestOnlyThePartitionsOfTheTimesAreListed(t *testing.T) {
	s := newStore(t)
	from := utc("2025-12-01 00:00")
	hourly(s, "logs/panther_audit/", from, utc("2026-02-01 00:00"))
	for name, c := range map[string]struct {
		prefix   string
		o        Options
		events   int
		listings int // with those that look at the layout: each folder on the way, and a key of the first and the last year
	}{
		"an hour":                     {"logs/panther_audit/", Options{From: utc("2026-01-05 10:00"), To: utc("2026-01-05 11:00")}, 1, 4},
		"an hour, from above":         {"logs/", Options{From: utc("2026-01-05 10:00"), To: utc("2026-01-05 11:00")}, 1, 5},
		"days and hours":              {"logs/panther_audit/", Options{From: utc("2026-01-05 00:00"), To: utc("2026-01-08 02:00")}, 74, 8},
		"all of it":                   {"logs/panther_audit/", Options{From: utc("2025-01-01 00:00"), To: utc("2030-01-01 00:00")}, 62 * 24, 5},
		"a partition":                 {"logs/panther_audit/year=2026/month=01/", Options{From: utc("2026-01-31 00:00")}, 24, 2},
		"a partition cut in its name": {"logs/panther_audit/year=2026/month=0", Options{From: utc("2026-01-31 00:00")}, 24, 1},
	} {
		t.Run(name, func(t *testing.T) {
			before := s.listings()
			log := s.must(c.prefix, c.o)
			if snap := log.Snapshot(); snap.Rows() != c.events {
				t.Errorf("%d events, want %d", snap.Rows(), c.events)
			}
			if got := s.listings() - before; got != c.listings {
				t.Errorf("%d listings, want %d: %q", got, c.listings, s.requests()[len(s.requests())-c.events-got:][:got])
			}
		})
	}
}

func TestAnUnknownLayoutIsReadInFullAndSaidToBe(t *testing.T) {
	s := newStore(t)
	for i := range 10 {
		s.put(fmt.Sprintf("raw/%d/%d.json", i, i), events(i, 1))
	}
	log := s.must("raw/", Options{From: utc("2026-01-05 10:00")})
	wantNumbers(t, log, 10)
	if note := summary(log).Note.Raw(); !strings.Contains(note, "not all keys contain a time") {
		t.Errorf("note %s", note)
	}
}

func TestObjectsBesidePartitionsAreReadToo(t *testing.T) {
	s := newStore(t)
	n := hourly(s, "logs/a/", utc("2026-01-05 10:00"), utc("2026-01-05 12:00"))
	s.put("logs/a/beside.json", events(n, 1))
	s.put("logs/a/more/other.json", events(n+1, 1))
	s.put("logs/a/zebra.json", events(n+2, 1))
	wantNumbers(t, s.must("logs/a/", Options{From: utc("2026-01-05 10:00")}), n+3)
}

func TestTheNewestPartitionsComeFirst(t *testing.T) {
	s := newStore(t)
	s.pages = 20
	n := hourly(s, "logs/", utc("2025-12-28 00:00"), utc("2026-01-09 00:00"))
	wantNumbers(t, s.must("logs/", Options{Fetchers: 1}), n)
	var order []time.Time
	for _, r := range s.requests() {
		if key, ok := strings.CutPrefix(r, "GET /audit-logs/"); ok {
			key, err := url.PathUnescape(key)
			_, c, _, placed := placed(key)
			if err != nil || !placed {
				t.Fatalf("request %s: %v", r, err)
			}
			order = append(order, c.at)
		}
	}
	if !slices.IsSortedFunc(order, func(a, b time.Time) int { return b.Compare(a) }) || len(order) != n {
		t.Errorf("%d objects in the order %v", len(order), order)
	}
}

// endless lists a bucket that exists only as a number of keys.
type endless struct {
	keys int
	page page
}

func (e *endless) remark(string) {}

func (e *endless) list(ctx context.Context, r request) (page, error) {
	if err := ctx.Err(); err != nil {
		return page{}, err
	}
	n := 0
	if r.token != "" {
		_, _ = fmt.Sscan(r.token, &n)
	}
	e.page.objects = e.page.objects[:0]
	for i := n; i < min(n+1000, e.keys); i++ {
		e.page.objects = append(e.page.objects, object{key: fmt.Sprintf("%s%012d.json", r.prefix, i), etag: "e", size: 100})
	}
	p := page{objects: e.page.objects}
	if n+1000 < e.keys {
		p.next = fmt.Sprint(n + 1000)
	}
	return p, nil
}

// listAll walks a bucket of so many keys and gives how much memory it took at most, and what it counted.
func listAll(tb testing.TB, keys int) (uint64, held) {
	tb.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most, seen := m.HeapAlloc, uint64(0), 0
	w, err := newPrefixLister(context.Background(), &endless{keys: keys}, []string{"logs/"}, time.Time{}, time.Time{})
	if err != nil {
		tb.Fatal(err)
	}
	h, err := w.hold(context.Background(), maxHeld, func(*object) bool { return true }, func(tally) {
		if seen++; seen%200 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc-min(before, m.HeapAlloc))
		}
	})
	if err != nil {
		tb.Fatal(err)
	}
	return most, h
}

func TestMillionsOfKeysAreCountedInBoundedMemory(t *testing.T) {
	most, h := listAll(t, 1_000_000)
	if h.tally != (tally{1_000_000, 100_000_000}) || len(h.first) > maxHeld || len(h.rest) != 1 {
		t.Errorf("counted %+v, %d held, rest %+v", h.tally, len(h.first), h.rest)
	}
	if most > 40<<20 {
		t.Errorf("%d MiB", most>>20)
	}
}

func TestWhatIsBeyondTheRoomIsListedAgainWithoutLossOrDoubling(t *testing.T) {
	s := newStore(t)
	s.pages = 7
	n := hourly(s, "logs/a/", utc("2025-12-28 00:00"), utc("2026-01-03 00:00"))
	for i := range 60 {
		s.put(fmt.Sprintf("logs/a/more/%02d.json", i), events(n+i, 1))
	}
	b, err := newBucket(context.Background(), s.bucket, &Options{}, s.source("", Options{}).timing, func() {}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	for room := 1; room < 230; room += 13 {
		all := func(*object) bool { return true }
		w, err := newPrefixLister(context.Background(), b, []string{"logs/"}, time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		h, err := w.hold(context.Background(), room, all, func(tally) {})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, o := range h.first {
			got[o.key]++
		}
		again := &prefixLister{lister: b, spans: h.rest, visit: func(_ *span, found []object, _ bool) error {
			for _, o := range found {
				got[o.key]++
			}
			return nil
		}}
		if err := again.run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if len(got) != n+60 || h.tally.objects != int64(n+60) {
			t.Errorf("room for %d: %d of %d keys, counted %d", room, len(got), n+60, h.tally.objects)
		}
		for key, times := range got {
			if times != 1 {
				t.Fatalf("room for %d: %s %d times", room, key, times)
			}
		}
	}
}

// circling gives the same pages again and again.
type circling struct {
	period   int
	newToken bool
	asked    int
}

func (c *circling) remark(string) {}

func (c *circling) list(_ context.Context, r request) (page, error) {
	n := c.asked % c.period
	c.asked++
	token := fmt.Sprint("token ", n)
	if c.newToken {
		token = fmt.Sprint("token ", c.asked)
	}
	return page{objects: []object{{key: fmt.Sprint(r.prefix, n), etag: "e", size: 1}}, next: token}, nil
}

func TestAListingThatGoesInCirclesEndsWithAnErrorAndDoublesNothing(t *testing.T) {
	for period := 1; period < 9; period++ {
		for _, newToken := range []bool{false, true} {
			c := &circling{period: period, newToken: newToken}
			found := map[string]int{}
			err := pages(context.Background(), c, request{prefix: "x/"}, func(p page) (bool, error) {
				found[p.objects[0].key]++
				return true, nil
			})
			if err == nil || !strings.Contains(err.Error(), "twice") || c.asked > period+1 {
				t.Errorf("period %d: error %v after %d", period, err, c.asked)
			}
			for key, n := range found {
				if n != 1 {
					t.Errorf("period %d: %s came %d times", period, key, n)
				}
			}
		}
	}
}

func TestAnErrorInTheMiddleOfAListingKeepsWhatWasListed(t *testing.T) {
	s := newStore(t)
	s.pages = 10
	for i := range 100 {
		s.put(fmt.Sprintf("logs/%03d.json", i), events(i, 1))
	}
	var lists atomic.Int64
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isGet(r) {
			if lists.Add(1) > 7 {
				refuse(w, r, 403, "AccessDenied")
				return true
			}
		}
		return false
	})
	log, err := s.load("logs/", Options{})
	var e *Error
	if snap := log.Snapshot(); !errors.As(err, &e) || e.Op != "listing" || snap.Rows() == 0 {
		t.Errorf("%d rows, error %v", snap.Rows(), err)
	}
}

func BenchmarkListingTenMillionKeys(b *testing.B) {
	for b.Loop() {
		most, h := listAll(b, 10_000_000)
		b.ReportMetric(float64(most)/(1<<20), "MiB")
		if most > 40<<20 {
			b.Fatalf("%d MiB", most>>20)
		}
		if h.tally.objects != 10_000_000 {
			b.Fatal(h.tally)
		}
	}
}
