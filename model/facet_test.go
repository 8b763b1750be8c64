package model

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"pawprint/model/clock"
)

// sampler invents rows for logs of facets, histograms and orders.
type sampler struct {
	*rand.Rand
	log  *Log
	id   SourceID
	line int64
	now  int64
	step func(r *rand.Rand, now int64) int64
	odd  int // one row in so many is a reject, and as many have no time
}

func newSampler(step func(r *rand.Rand, now int64) int64) *sampler {
	l := NewLog()
	return &sampler{Rand: rand.New(rand.NewPCG(3, 4)), log: l, id: l.AddSource(NewText("a")), line: 1, now: 1e18, step: step, odd: 20}
}

// add appends n rows in small batches.
func (s *sampler) add(n int) {
	for ; n > 250; n -= 250 {
		s.addBatch(250)
	}
	s.addBatch(n)
}

// addBatch appends n rows, among them rejects, events without a time and actors without a name.
func (s *sampler) addBatch(n int) {
	var raw bytes.Buffer
	b := &Batch{Source: s.id, Line: s.line, Vocabulary: NewVocabulary()}
	for i := range n {
		s.now = s.step(s.Rand, s.now)
		r := RowRecord{Nanos: s.now, Offset: uint32(raw.Len()), Line: uint32(i)}
		text := fmt.Sprintf(`{"role":"role %d"}`, s.IntN(5))
		switch s.IntN(s.odd) {
		case 0:
			r.Flags = FlagReject | FlagNoTime | FlagError
		case 1:
			r.Flags = FlagNoTime
		}
		set := func(c Column, format string, n int) {
			if k := s.IntN(n); k > 0 {
				r.Columns[c] = b.Vocabulary.ID(c, fmt.Appendf(nil, format, k))
			}
		}
		if r.Flags&FlagReject == 0 {
			set(ColAction, []string{"GET_%d", "DELETE_%d", "X_%d"}[s.IntN(3)], 300)
			r.Columns[ColResult] = []uint32{IDSucceeded, IDSucceeded, IDSucceeded, IDFailed, IDPartiallyFailed, IDAbsent}[s.IntN(6)]
			set(ColActorName, "actor %d", 3)
			set(ColActorEmail, "actor %d", 4)
			set(ColActorID, "actor %d", 9)
			set(ColUserAgent, "agent %d", 40_000)
		}
		r.Length = uint32(len(text))
		b.AddRow(&r)
		raw.WriteString(text + "\n")
		b.Lines++
	}
	b.Raw, b.Length = bytes.NewReader(raw.Bytes()), int64(raw.Len())
	b.Sum, b.Summed = Checksum(raw.Bytes()), int64(raw.Len())
	s.line += int64(n)
	s.log.Append(b)
}

var steps = map[string]func(r *rand.Rand, now int64) int64{
	"sorted":        func(r *rand.Rand, now int64) int64 { return now + r.Int64N(3e9) },
	"nearly sorted": func(r *rand.Rand, now int64) int64 { return now + r.Int64N(30e9) - 1e9 },
	"random":        func(r *rand.Rand, _ int64) int64 { return r.Int64N(1 << 50) },
	"falling":       func(r *rand.Rand, now int64) int64 { return now - r.Int64N(3e9) },
	"in files": func(r *rand.Rand, now int64) int64 {
		if r.IntN(7000) == 0 {
			return now - r.Int64N(20e12)
		}
		return now + r.Int64N(3e9)
	},
	"in files of many": func(r *rand.Rand, now int64) int64 {
		if r.IntN(300) == 0 {
			return now - r.Int64N(1e12)
		}
		return now + r.Int64N(3e9)
	},
}

// roleValue reads the value of the key role of the lines that add writes.
func roleValue() LineValue {
	return func(dst, line []byte) ([]byte, bool) {
		_, rest, ok := strings.Cut(string(line), `"role":"`)
		return append(dst, strings.TrimSuffix(rest, `"}`)...), ok && !strings.HasPrefix(rest, "role 4")
	}
}

// keyOf gives the value of a key the slow way; ok is false for none.
func keyOf(s *Snapshot, r Row, k Key) (value string, ok bool) {
	e := s.Event(r)
	seg, i := s.place(r)
	switch k.kind {
	case keyColumn:
		id := seg.columns[k.column].At(i)
		return s.dictionaries[k.column].Text(id).Raw(), id != IDAbsent
	case keyActor:
		return e.Actor.Label().Raw(), !e.Actor.Label().Empty()
	case keyClass:
		return e.Class().String(), !e.Action.Empty()
	case keySource:
		return s.sources[e.Origin.Source].Name.Raw(), true
	case keyStep:
		start, _ := k.step.Bounds(e.Nanos)
		return string(appendStepStart(nil, start)), e.Flags&FlagNoTime == 0
	case keyLine:
		line, err := s.Raw(r)
		if err != nil {
			return "", false
		}
		v, ok := k.line()(nil, []byte(line.Raw()))
		return string(v), ok
	}
	return "", true
}

// naiveFacet counts the slow way.
func naiveFacet(s *Snapshot, rows []Row, keys []Key) []Count {
	found := map[string]*Count{}
	for _, r := range rows {
		e := s.Event(r)
		if e.Reject() {
			continue
		}
		c := &Count{}
		name := ""
		for _, k := range keys {
			v, ok := keyOf(s, r, k)
			if !ok {
				v = ""
			}
			c.Values = append(c.Values, Value{NewText(v), !ok})
			name += fmt.Sprintf("%t %q,", ok, v)
		}
		if known := found[name]; known != nil {
			c = known
		}
		found[name] = c
		c.Events++
		if e.Result.Bad() {
			c.Failed++
		}
		if e.Flags&FlagNoTime == 0 {
			if !c.Timed {
				c.First, c.Last, c.Timed = e.Nanos, e.Nanos, true
			}
			c.First, c.Last = min(c.First, e.Nanos), max(c.Last, e.Nanos)
		}
	}
	var out []Count
	for _, c := range found {
		if !c.Timed {
			c.First, c.Last = newTally.first, newTally.last
		}
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int {
		if a.Events != b.Events {
			return b.Events - a.Events
		}
		for k := range a.Values {
			x, y := a.Values[k], b.Values[k]
			if x.Absent != y.Absent {
				if x.Absent {
					return -1
				}
				return 1
			}
			if c := cmp.Compare(x.Text.Raw(), y.Text.Raw()); c != 0 {
				return c
			}
		}
		return 0
	})
	return out
}

var sameText = gocmp.Comparer(func(a, b Text) bool { return a == b })

var testKeys = [][]Key{
	{ByColumn(ColAction)}, {ByColumn(ColResult)}, {ByColumn(ColUserAgent)}, {ByColumn(ColVersion)}, {ByActor()}, {ByClass()}, {BySource()},
	{ByStep(clock.Step{Length: time.Hour})}, {ByLine(roleValue)}, {}, {{}},
	{ByActor(), ByColumn(ColResult)}, {ByLine(roleValue), ByClass(), ByStep(clock.Step{Length: 6 * time.Hour})},
}

func TestFacetsOfAGrowingLogCountWhatIsThere(t *testing.T) {
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			s := newSampler(step)
			all, failed := NewFacets(testKeys...), NewFacets(testKeys...)
			var allRows, failedRows *Selection
			var calls atomic.Int64
			for s.log.Snapshot().rows < SegmentRows+3000 {
				s.add(1 + s.IntN(9000))
				snap := s.log.Snapshot()
				allRows, failedRows = extend(t, snap, nil, allRows), extend(t, snap, failing{&calls}, failedRows)
				all, failed = extendFacets(t, all, allRows), extendFacets(t, failed, failedRows)
			}
			for i, keys := range testKeys {
				for _, x := range []struct {
					f   *Facet
					sel *Selection
				}{{all.Facet(i), allRows}, {failed.Facet(i), failedRows}} {
					rows, err := Sorted(context.Background(), x.sel, Order{})
					if err != nil {
						t.Fatal(err)
					}
					want := naiveFacet(&x.sel.snap, rows, keys)
					checkCounts(t, i, want, x.f.Top(0))
					checkCounts(t, i, want[:min(len(want), 7)], x.f.Top(7))
					if x.f.Len() != len(want) {
						t.Errorf("keys %d: Len = %d, want %d", i, x.f.Len(), len(want))
					}
				}
			}
		})
	}
}

func checkCounts(t *testing.T, keys int, want, got []Count) {
	t.Helper()
	same := func(a, b Count) bool {
		return slices.Equal(a.Values, b.Values) && a.Events == b.Events && a.Failed == b.Failed && a.First == b.First && a.Last == b.Last && a.Timed == b.Timed
	}
	for i := range min(len(want), len(got)) {
		if !same(want[i], got[i]) {
			t.Fatalf("keys %d: count %d (-want +got):\n%s", keys, i, gocmp.Diff(want[i], got[i], sameText))
		}
	}
	if len(want) != len(got) {
		t.Fatalf("keys %d: %d counts, want %d", keys, len(got), len(want))
	}
}

func TestFacetsOfManySegmentsCountWhatIsThere(t *testing.T) {
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			s := newSampler(step)
			for _, s.odd = range []int{1 << 30, 200, 20} {
				s.add(2 * SegmentRows)
			}
			snap := s.log.Snapshot()
			var calls atomic.Int64
			keys := testKeys[:7]
			for _, m := range []Matcher{nil, failing{&calls}} {
				sel := extend(t, snap, m, nil)
				f := extendFacets(t, NewFacets(keys...), sel)
				for i, k := range keys {
					checkCounts(t, i, naiveFacet(&snap, sel.rowsFrom(0), k), f.Facet(i).Top(0))
				}
			}
		})
	}
}

func extendFacets(t *testing.T, f *Facets, sel *Selection) *Facets {
	t.Helper()
	next, err := f.Extend(context.Background(), sel)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func TestFacetsNeverChangeWhenTheyAreExtended(t *testing.T) {
	s := newSampler(steps["nearly sorted"])
	s.add(5000)
	sel := extend(t, s.log.Snapshot(), nil, nil)
	before := extendFacets(t, NewFacets(testKeys...), sel)
	var want [][]Count
	for i := range testKeys {
		want = append(want, before.Facet(i).Top(0))
	}
	s.add(20_000)
	sel = extend(t, s.log.Snapshot(), nil, sel)
	extendFacets(t, before, sel)
	extendFacets(t, before, sel)
	for i := range testKeys {
		if diff := gocmp.Diff(want[i], before.Facet(i).Top(0), sameText); diff != "" {
			t.Errorf("keys %d changed:\n%s", i, diff)
		}
	}
}

// reads counts the lines that are read.
func reads(n *atomic.Int64) func() LineValue {
	return func() LineValue {
		return func(dst, _ []byte) ([]byte, bool) {
			n.Add(1)
			return dst, true
		}
	}
}

func TestExtendedFacetsLookAtNewRowsOnly(t *testing.T) {
	s := newSampler(steps["sorted"])
	s.add(20_000)
	var n atomic.Int64
	sel := extend(t, s.log.Snapshot(), nil, nil)
	f := extendFacets(t, NewFacets([]Key{ByLine(reads(&n))}), sel)
	n.Store(0)
	s.add(100)
	f = extendFacets(t, f, extend(t, s.log.Snapshot(), nil, sel))
	if got := n.Load(); got == 0 || got > 100 {
		t.Errorf("%d lines were read for 100 new ones", got)
	}
	var calls atomic.Int64
	failed := extend(t, s.log.Snapshot(), failing{&calls}, nil)
	if got, _ := extendFacets(t, f, failed).Facet(0).Events(); got == 0 || got > failed.Len() {
		t.Errorf("%d events were counted of %d rows of another query", got, failed.Len())
	}
}

func TestFacetsTellOfLinesThatCannotBeRead(t *testing.T) {
	l := NewLog()
	raw := &changing{[]byte("{\"a\":1}\n")}
	b := &Batch{Source: l.AddSource(NewText("a")), Raw: raw, Line: 1, Lines: 1, Length: 8, Summed: 8, Sum: Checksum(raw.b), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{Length: 7, Nanos: 5})
	l.Append(b)
	raw.b[5] = '2'
	f := extendFacets(t, NewFacets([]Key{ByLine(roleValue)}), extend(t, l.Snapshot(), nil, nil)).Facet(0)
	want := []Count{{Values: []Value{{Absent: true}}, Events: 1, First: 5, Last: 5, Timed: true}}
	if diff := gocmp.Diff(want, f.Top(0), sameText); diff != "" {
		t.Error(diff)
	}
	if n, err := f.Unread(); n != 1 || !errors.Is(err, ErrChanged) {
		t.Errorf("Unread = %d, %v; want 1, ErrChanged", n, err)
	}
}

func TestFacetsStopWhenTheyAreCancelled(t *testing.T) {
	s := newSampler(steps["sorted"])
	s.add(40_000)
	sel := extend(t, s.log.Snapshot(), nil, nil)
	ctx, cancel := context.WithCancel(context.Background())
	stopping := func() LineValue {
		return func(dst, _ []byte) ([]byte, bool) {
			cancel()
			return dst, true
		}
	}
	if _, err := NewFacets([]Key{ByLine(stopping)}).Extend(ctx, sel); !errors.Is(err, context.Canceled) {
		t.Errorf("Extend = %v, want context.Canceled", err)
	}
}

func TestFacetsOfNothingAreEmpty(t *testing.T) {
	f := extendFacets(t, NewFacets(testKeys...), extend(t, NewLog().Snapshot(), nil, nil))
	for i := range testKeys {
		if got := f.Facet(i).Top(0); len(got) != 0 {
			t.Errorf("keys %d: %v", i, got)
		}
	}
}

// bigLog is a million events as real logs have them: most things happen often, some seldom.
func bigLog(rows int, step func(r *rand.Rand, now int64) int64) *Log {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	r := rand.New(rand.NewPCG(1, 2))
	sizes := [NumColumns]uint64{ColAction: 150, ColResult: 3, ColActorID: 1200, ColActorName: 1200, ColActorType: 2, ColActorEmail: 1000, ColSourceIP: 4000, ColUserAgent: 60, ColVersion: 12}
	var zipfs [NumColumns]*rand.Zipf
	for c, n := range sizes {
		zipfs[c] = rand.NewZipf(r, 1.1, 3, n-1)
	}
	v := NewVocabulary()
	var ids [NumColumns][]uint32
	for c, n := range sizes {
		for k := range n {
			ids[c] = append(ids[c], v.ID(Column(c), fmt.Appendf(nil, "value %d", k)))
		}
	}
	b := &Batch{Source: id, Line: 1, Vocabulary: v}
	now := int64(1e18)
	for i := range rows {
		now = step(r, now)
		record := RowRecord{Nanos: now - now%1e6}
		for c := range record.Columns {
			record.Columns[c] = ids[c][zipfs[c].Uint64()]
		}
		record.Columns[ColResult] = IDSucceeded
		if k := r.IntN(100); k < 6 {
			record.Columns[ColResult] = IDFailed + uint32(k&1)
		}
		b.AddRow(&record)
		if b.Rows() == 4096 || i == rows-1 {
			b.Lines = int64(b.Rows())
			l.Append(b)
			b.Reset()
		}
	}
	return l
}

// countFloor counts columns and nothing else: what no facet can do faster on one core.
func countFloor(s *Snapshot, by [][]Key) (counts [NumColumns][]uint32) {
	for _, keys := range by {
		column := keys[0].column
		n := make([]uint32, s.dictionaries[column].Len())
		for k := range s.Segments() {
			switch ids := &s.Segment(k).columns[column]; {
			case ids.U8 != nil:
				countPlain(n, ids.U8)
			case ids.U16 != nil:
				countPlain(n, ids.U16)
			case ids.U32 != nil:
				countPlain(n, ids.U32)
			}
		}
		counts[column] = n
	}
	return counts
}

func countPlain[T uint8 | uint16 | uint32](n []uint32, ids []T) {
	for _, id := range ids {
		n[id]++
	}
}

func BenchmarkFacets(b *testing.B) {
	const rows = 1_000_000
	five := [][]Key{{ByColumn(ColAction)}, {ByColumn(ColResult)}, {ByActor()}, {ByColumn(ColSourceIP)}, {ByColumn(ColUserAgent)}}
	columns := [][]Key{{ByColumn(ColAction)}, {ByColumn(ColResult)}, {ByColumn(ColActorName)}, {ByColumn(ColSourceIP)}, {ByColumn(ColUserAgent)}}
	for _, log := range []string{"sorted", "nearly sorted"} {
		l := bigLog(rows, steps[log])
		all, err := Select(context.Background(), l.Snapshot(), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(log+"/floor on one core", func(b *testing.B) {
			for range b.N {
				countFloor(&all.snap, columns)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
		})
		var calls atomic.Int64
		failed, err := Select(context.Background(), l.Snapshot(), failing{&calls}, nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, x := range []struct {
			name string
			sel  *Selection
			keys [][]Key
		}{
			{"five columns", all, columns}, {"five of the screen", all, five}, {"five of failures", failed, five},
			{"result", all, [][]Key{{ByColumn(ColResult)}}}, {"ip", all, [][]Key{{ByColumn(ColSourceIP)}}}, {"nothing", all, [][]Key{{{}}}},
			{"actor,result", all, [][]Key{{ByActor(), ByColumn(ColResult)}}},
		} {
			b.Run(log+"/"+x.name, func(b *testing.B) {
				for range b.N {
					f, err := NewFacets(x.keys...).Extend(context.Background(), x.sel)
					if err != nil {
						b.Fatal(err)
					}
					for i := range x.keys {
						f.Facet(i).Top(10)
					}
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
			})
		}
	}
}
