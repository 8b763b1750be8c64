package count

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/logtest"
)

// roleValue reads the value of the key role of the lines that add writes.
func roleValue() LineValue {
	return func(dst, line []byte) ([]byte, bool) {
		_, rest, ok := strings.Cut(string(line), `"role":"`)
		return append(dst, strings.TrimSuffix(rest, `"}`)...), ok && !strings.HasPrefix(rest, "role 4")
	}
}

// keyOf returns the value of a key the slow way; ok is false for none.
func keyOf(s *model.Snapshot, r model.Row, e *model.Event, k Key) (value string, ok bool) {
	seg, i := s.Segment(int(r/model.SegmentRows)), int(r%model.SegmentRows)
	switch k.kind {
	case keyColumn:
		id := seg.IDs(k.column).At(i)
		return s.Dictionary(k.column).Text(id).Raw(), id != model.IDAbsent
	case keyActor:
		if !k.named {
			return e.Actor.Identity().Raw(), !e.Actor.Identity().Empty()
		}
		return e.Actor.Label().Raw(), !e.Actor.Label().Empty()
	case keyClass:
		return e.Class().String(), !e.Reject()
	case keySource:
		return s.Sources()[e.Origin.Source].Name.Raw(), true
	case keyStep:
		start, _ := k.step.Bounds(e.Nanos)
		return string(appendStepStart(nil, start)), e.Flags&model.FlagNoTime == 0
	case keyNumber:
		n := k.number(e.Origin)
		return strconv.FormatInt(n, 10), n >= 0
	case keyReject:
		return s.WhyReject(r)
	case keyLine:
		if e.Reject() {
			return "", false
		}
		line, err := s.Raw(r)
		if err != nil {
			return "", false
		}
		v, ok := k.line()(nil, []byte(line.Raw()))
		return string(v), ok
	}
	return "", true
}

// naiveFacets counts each list of keys the slow way.
func naiveFacets(s *model.Snapshot, rows []model.Row, lists [][]Key) [][]Count {
	counts := make([]naiveCounts, len(lists))
	for i := range counts {
		counts[i] = naiveCounts{}
	}
	withRejects := NewFacets(lists...).withRejects()
	for _, r := range rows {
		e := s.Event(r)
		if e.Reject() && !withRejects {
			continue
		}
		for i, keys := range lists {
			counts[i].add(s, r, &e, keys)
		}
	}
	out := make([][]Count, len(lists))
	for i, found := range counts {
		out[i] = found.sorted()
	}
	return out
}

// naiveCounts are counts by the text of their values.
type naiveCounts map[string]*Count

func (found naiveCounts) add(s *model.Snapshot, r model.Row, e *model.Event, keys []Key) {
	values, name := make([]Value, 0, 4), make([]byte, 0, 64)
	for _, k := range keys {
		v, ok := keyOf(s, r, e, k)
		if !ok {
			v = ""
		}
		values = append(values, Value{model.NewText(v), !ok, k.kind == keyNumber})
		name = strconv.AppendQuote(strconv.AppendBool(name, ok), v)
	}
	c := found[string(name)]
	if c == nil {
		c = &Count{Values: values}
		found[string(name)] = c
	}
	c.Events++
	if e.Result.Bad() {
		c.Failed++
	}
	if e.Flags&model.FlagNoTime == 0 {
		if !c.Timed {
			c.First, c.Last, c.Timed = e.Nanos, e.Nanos, true
		}
		c.First, c.Last = min(c.First, e.Nanos), max(c.Last, e.Nanos)
	}
}

func (found naiveCounts) sorted() (out []Count) {
	for _, c := range found {
		if !c.Timed {
			c.First, c.Last = noTotal.first, noTotal.last
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
			if n, m := len(x.Text.Raw()), len(y.Text.Raw()); x.Number && n != m {
				return n - m
			}
			if c := cmp.Compare(x.Text.Raw(), y.Text.Raw()); c != 0 {
				return c
			}
		}
		return 0
	})
	return out
}

var sameText = gocmp.Comparer(func(a, b model.Text) bool { return a == b })

// rejectKeys are lists of keys of which one is about rejects, so that all lists count them.
var rejectKeys = [][]Key{{ByReject()}, {}, {ByColumn(model.ColAction)}, {ByReject(), ByLine(roleValue)}, {ByClass(), BySource()}, {ByActor(), ByReject(), ByNumber(tenthLine)}}

// tenthLine is a number of one to several digits, or none.
func tenthLine(o model.Origin) int64 { return o.Line/10%2000 - 1 }

var testKeys = [][]Key{
	{ByColumn(model.ColAction)}, {ByColumn(model.ColResult)}, {ByColumn(model.ColUserAgent)}, {ByColumn(model.ColVersion)}, {ByActor()}, {ByIdentity()}, {ByClass()}, {BySource()},
	{ByStep(clock.Step{Length: time.Hour})}, {ByLine(roleValue)}, {}, {{}}, {ByNumber(tenthLine)},
	{ByActor(), ByColumn(model.ColResult)}, {ByIdentity(), ByColumn(model.ColResult)}, {ByLine(roleValue), ByClass(), ByStep(clock.Step{Length: 6 * time.Hour})},
}

func TestFacetsOfAGrowingLogCountWhatIsThere(t *testing.T) {
	t.Parallel()
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s := logtest.NewSampler(step)
			all, failed := NewFacets(testKeys...), NewFacets(testKeys...)
			var allRows, failedRows *model.Selection
			var calls atomic.Int64
			for s.Rows() < model.SegmentRows+3000 {
				s.Add(1 + s.IntN(9000))
				snap := s.Log.Snapshot()
				allRows, failedRows = logtest.Select(t, snap, nil, allRows), logtest.Select(t, snap, logtest.Failing{Calls: &calls}, failedRows)
				all, failed = extendFacets(t, all, allRows), extendFacets(t, failed, failedRows)
			}
			for _, x := range []struct {
				f   *Facets
				sel *model.Selection
			}{{all, allRows}, {failed, failedRows}} {
				rows, err := Sorted(context.Background(), x.sel, Order{})
				if err != nil {
					t.Fatal(err)
				}
				for i, want := range naiveFacets(x.sel.Snapshot(), rows, testKeys) {
					f := x.f.Facet(i)
					checkCounts(t, i, want, f.Top(0))
					checkCounts(t, i, want[:min(len(want), 7)], f.Top(7))
					if f.Len() != len(want) {
						t.Errorf("keys %d: Len = %d, want %d", i, f.Len(), len(want))
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
	t.Parallel()
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s := logtest.NewSampler(step)
			for _, s.Odd = range []int{1 << 30, 200, 20} {
				s.Add(model.SegmentRows + 1000) // so that segments begin with rows of one kind and go on with those of the next
			}
			snap := s.Log.Snapshot()
			var calls atomic.Int64
			for _, keys := range [][][]Key{testKeys[:7], rejectKeys} {
				for _, m := range []model.Matcher{nil, logtest.Failing{Calls: &calls}} {
					sel := logtest.Select(t, snap, m, nil)
					f := extendFacets(t, NewFacets(keys...), sel)
					for i, want := range naiveFacets(&snap, sel.InSourceOrder(), keys) {
						checkCounts(t, i, want, f.Facet(i).Top(0))
					}
				}
			}
		})
	}
}

func extendFacets(t *testing.T, f *Facets, sel *model.Selection) *Facets {
	t.Helper()
	next, err := f.Extend(context.Background(), sel)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func TestFacetsNeverChangeWhenTheyAreExtended(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["nearly sorted"])
	s.Add(5000)
	sel := logtest.Select(t, s.Log.Snapshot(), nil, nil)
	before := extendFacets(t, NewFacets(testKeys...), sel)
	var want [][]Count
	for i := range testKeys {
		want = append(want, before.Facet(i).Top(0))
	}
	s.Add(20_000)
	sel = logtest.Select(t, s.Log.Snapshot(), nil, sel)
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
	s := logtest.NewSampler(logtest.Steps["sorted"])
	s.Add(20_000)
	var n atomic.Int64
	sel := logtest.Select(t, s.Log.Snapshot(), nil, nil)
	f := extendFacets(t, NewFacets([]Key{ByLine(reads(&n))}), sel)
	n.Store(0)
	s.Add(100)
	f = extendFacets(t, f, logtest.Select(t, s.Log.Snapshot(), nil, sel))
	if got := n.Load(); got == 0 || got > 100 {
		t.Errorf("%d lines were read for 100 new ones", got)
	}
	var calls atomic.Int64
	failed := logtest.Select(t, s.Log.Snapshot(), logtest.Failing{Calls: &calls}, nil)
	if got, _ := extendFacets(t, f, failed).Facet(0).Events(); got == 0 || got > failed.Len() {
		t.Errorf("%d events were counted of %d rows of another query", got, failed.Len())
	}
}

func TestFacetsTellOfLinesThatCannotBeRead(t *testing.T) {
	l := model.NewLog()
	text := []byte("{\"a\":1}\n")
	b := &model.Batch{Source: l.AddSource(model.NewText("a")), Raw: bytes.NewReader(text), Line: 1, Lines: 1, Length: 8, Summed: 8, Sum: model.Checksum(text), Vocabulary: model.NewVocabulary()}
	b.AddRow(&model.RowRecord{Length: 7, Nanos: 5})
	l.Append(b)
	text[5] = '2'
	f := extendFacets(t, NewFacets([]Key{ByLine(roleValue)}), logtest.Select(t, l.Snapshot(), nil, nil)).Facet(0)
	want := []Count{{Values: []Value{{Absent: true}}, Events: 1, First: 5, Last: 5, Timed: true}}
	if diff := gocmp.Diff(want, f.Top(0), sameText); diff != "" {
		t.Error(diff)
	}
	if n, err := f.Unread(); n != 1 || !errors.Is(err, model.ErrChanged) {
		t.Errorf("Unread = %d, %v; want 1, ErrChanged", n, err)
	}
}

// TestLabelsOfSeveralColumnsAreOneValue counts actors of which one name is the id of others, and of which some have an empty id or none.
func TestLabelsOfSeveralColumnsAreOneValue(t *testing.T) {
	l := model.NewLog()
	v := model.NewVocabulary()
	b := &model.Batch{Source: l.AddSource(model.NewText("a")), Raw: bytes.NewReader(nil), Line: 1, Vocabulary: v}
	for _, actor := range [][3]string{{"ann", "", "1"}, {"ann", "", "2"}, {"", "ann", "3"}, {"", "", "ann"}, {"", "", "4"}, {"bob", "", ""}, {"", "ann", ""}} {
		r := model.RowRecord{Nanos: int64(b.Lines)}
		for i, c := range []model.Column{model.ColActorName, model.ColActorEmail, model.ColActorID} {
			if actor[i] != "" {
				r.Columns[c] = v.ID(c, []byte(actor[i]))
			}
		}
		b.AddRow(&r)
		b.Lines++
	}
	b.AddRow(&model.RowRecord{Nanos: 7})
	b.AddRow(&model.RowRecord{Nanos: 8, Columns: [model.NumColumns]uint32{model.ColActorID: v.ID(model.ColActorID, nil)}})
	b.Lines += 2
	l.Append(b)
	got := map[string]int{}
	for _, c := range extendFacets(t, NewFacets([]Key{ByActor()}), logtest.Select(t, l.Snapshot(), nil, nil)).Facet(0).Top(0) {
		got[fmt.Sprintf("%s %t", c.Values[0].Text.Raw(), c.Values[0].Absent)] = c.Events
	}
	want := map[string]int{"ann false": 5, "4 false": 1, "bob false": 1, " true": 1, " false": 1}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFacetsStopWhenTheyAreCancelled(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["sorted"])
	s.Add(40_000)
	sel := logtest.Select(t, s.Log.Snapshot(), nil, nil)
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
	f := extendFacets(t, NewFacets(testKeys...), logtest.Select(t, model.NewLog().Snapshot(), nil, nil))
	for i := range testKeys {
		if got := f.Facet(i).Top(0); len(got) != 0 {
			t.Errorf("keys %d: %v", i, got)
		}
	}
}

// countFloor counts columns and nothing else: what no facet can do faster on one core.
func countFloor(s *model.Snapshot, by [][]Key) (counts [model.NumColumns][]uint32) {
	for _, keys := range by {
		column := keys[0].column
		n := make([]uint32, s.Dictionary(column).Len())
		for k := range s.Segments() {
			switch ids := s.Segment(k).IDs(column); {
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
	five := [][]Key{{ByColumn(model.ColAction)}, {ByColumn(model.ColResult)}, {ByActor()}, {ByColumn(model.ColSourceIP)}, {ByColumn(model.ColUserAgent)}}
	columns := [][]Key{{ByColumn(model.ColAction)}, {ByColumn(model.ColResult)}, {ByColumn(model.ColActorName)}, {ByColumn(model.ColSourceIP)}, {ByColumn(model.ColUserAgent)}}
	for _, log := range []string{"sorted", "nearly sorted"} {
		l := logtest.Big(rows, logtest.Steps[log])
		all, err := model.Select(context.Background(), l.Snapshot(), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(log+"/floor on one core", func(b *testing.B) {
			for range b.N {
				countFloor(all.Snapshot(), columns)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
		})
		var calls atomic.Int64
		failed, err := model.Select(context.Background(), l.Snapshot(), logtest.Failing{Calls: &calls}, nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, x := range []struct {
			name string
			sel  *model.Selection
			keys [][]Key
		}{
			{"five columns", all, columns}, {"five of the screen", all, five}, {"five of failures", failed, five},
			{"result", all, [][]Key{{ByColumn(model.ColResult)}}}, {"ip", all, [][]Key{{ByColumn(model.ColSourceIP)}}}, {"nothing", all, [][]Key{{{}}}},
			{"actor,result", all, [][]Key{{ByActor(), ByColumn(model.ColResult)}}},
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
