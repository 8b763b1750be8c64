package count

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pawprint/model"
	"pawprint/model/logtest"
)

// addProblems appends a batch of n rows to a source, some of them with one problem or several.
func addProblems(l *model.Log, r *rand.Rand, id model.SourceID, n int) {
	b := &model.Batch{Source: id, Raw: bytes.NewReader(nil), Line: 1, Lines: int64(n), Vocabulary: model.NewVocabulary()}
	for i := range n {
		record := model.RowRecord{Nanos: r.Int64N(1e15), Line: uint32(i)}
		record.Columns[model.ColResult] = []uint32{model.IDSucceeded, model.IDFailed}[r.IntN(2)]
		if r.IntN(5) == 0 {
			for range 1 + r.IntN(4) {
				switch r.IntN(4) {
				case 0:
					b.AddProblem(model.UnknownField, model.FieldNone, r.Int32N(90), b.Vocabulary.KeyID(fmt.Appendf(nil, "key %d", r.IntN(9))), 0)
				case 1:
					b.AddProblem(model.WrongType, []model.Field{model.FieldActor, model.FieldErrors}[r.IntN(2)], 3, 0, model.FoundList)
				case 2:
					b.AddProblem(model.Missing, model.FieldActionName, 0, 0, 0)
				case 3:
					b.AddProblem(model.HiddenText, model.FieldNone, 1, 0, 1)
				}
			}
		}
		b.AddRow(&record)
	}
	l.Append(b)
}

// naiveProblems counts problems one by one.
func naiveProblems(s *model.Snapshot, has func(model.Row) bool) []ProblemGroup {
	type kind struct {
		code  model.Code
		field model.Field
		key   model.Text
	}
	var kinds []kind
	groups := map[kind]*ProblemGroup{}
	bySource := map[kind]map[model.SourceID]int{}
	for r := range model.Row(s.Rows()) {
		if !has(r) {
			continue
		}
		met := map[kind]bool{}
		for _, p := range s.Problems(r) {
			k := kind{p.Code, p.Field, p.Key}
			if groups[k] == nil {
				kinds = append(kinds, k)
				groups[k] = &ProblemGroup{Code: p.Code, Field: p.Field, Key: p.Key, First: r}
				bySource[k] = map[model.SourceID]int{}
			}
			g := groups[k]
			g.Count++
			if !met[k] {
				g.Rows++
			}
			met[k], g.Last = true, r
			bySource[k][p.Origin.Source]++
		}
	}
	var out []ProblemGroup
	for _, k := range kinds {
		g := *groups[k]
		for id := range model.SourceID(len(s.Sources())) {
			if n := bySource[k][id]; n > 0 {
				g.Sources = append(g.Sources, SourceCount{id, n})
			}
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b ProblemGroup) int {
		return cmp.Or(cmp.Compare(b.Severity(), a.Severity()), cmp.Compare(b.Count, a.Count), cmp.Compare(a.First, b.First))
	})
	return out
}

// sameGroups compares groups; those that tie in everything but their place in the line may stand in either order.
func sameGroups(want, got []ProblemGroup) string {
	tied := func(a, b ProblemGroup) int {
		return cmp.Or(cmp.Compare(b.Severity(), a.Severity()), cmp.Compare(b.Count, a.Count), cmp.Compare(a.First, b.First),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Key.Raw(), b.Key.Raw()))
	}
	got, want = slices.Clone(got), slices.Clone(want)
	slices.SortFunc(got, tied)
	slices.SortFunc(want, tied)
	return gocmp.Diff(want, got, sameText, cmpopts.IgnoreUnexported(ProblemGroup{}), cmpopts.EquateEmpty())
}

func TestProblemCountsOfAGrowingLogAgreeWithCountingOneByOne(t *testing.T) {
	l, r := model.NewLog(), rand.New(rand.NewPCG(5, 6))
	ids := []model.SourceID{l.AddSource(model.NewText("a")), l.AddSource(model.NewText("b")), l.AddSource(model.NewText("c"))}
	var calls atomic.Int64
	for _, m := range []model.Matcher{nil, logtest.Failing{Calls: &calls}} {
		var sel *model.Selection
		counts := new(ProblemCounts)
		for sel == nil || m == nil && sel.Snapshot().Rows() < 2*model.SegmentRows {
			for range 3 {
				addProblems(l, r, ids[r.IntN(len(ids))], r.IntN(4000))
			}
			snap := l.Snapshot()
			sel = logtest.Select(t, snap, m, sel)
			before, earlier := counts.Groups(0), counts
			var err error
			if counts, err = counts.Extend(context.Background(), sel); err != nil {
				t.Fatal(err)
			}
			if diff := sameGroups(naiveProblems(&snap, sel.Has), counts.Groups(0)); diff != "" {
				t.Fatalf("groups (-want +got):\n%s", diff)
			}
			if diff := sameGroups(before, earlier.Groups(0)); diff != "" {
				t.Fatalf("extending changed the counts before:\n%s", diff)
			}
			all, err := problems(context.Background(), sel)
			if diff := gocmp.Diff(all, counts.Groups(0), sameText, cmpopts.IgnoreUnexported(ProblemGroup{})); diff != "" || err != nil {
				t.Fatalf("Problems = %v; another order or other groups than Extend:\n%s", err, diff)
			}
		}
	}
}

func TestProblemGroupsStandErrorsFirstThenByCount(t *testing.T) {
	l, r := model.NewLog(), rand.New(rand.NewPCG(5, 7))
	addProblems(l, r, l.AddSource(model.NewText("a")), 3000)
	groups, err := problems(context.Background(), logtest.Select(t, l.Snapshot(), nil, nil))
	if err != nil || len(groups) < 10 {
		t.Fatalf("Problems = %d groups, %v", len(groups), err)
	}
	for i := 1; i < len(groups); i++ {
		a, b := groups[i-1], groups[i]
		if a.Severity() < b.Severity() || a.Severity() == b.Severity() && a.Count < b.Count {
			t.Errorf("%v, %d times, stands before %v, %d times", a.Code, a.Count, b.Code, b.Count)
		}
	}
	counts, _ := new(ProblemCounts).Extend(context.Background(), logtest.Select(t, l.Snapshot(), nil, nil))
	if diff := gocmp.Diff(groups[:3], counts.Groups(3), sameText, cmpopts.IgnoreUnexported(ProblemGroup{})); diff != "" {
		t.Errorf("the first three groups:\n%s", diff)
	}
}

func TestMatcherOfAGroupSelectsItsRows(t *testing.T) {
	l, r := model.NewLog(), rand.New(rand.NewPCG(5, 8))
	id := l.AddSource(model.NewText("a"))
	for range 8 {
		addProblems(l, r, id, 4000)
	}
	snap := l.Snapshot()
	groups, err := problems(context.Background(), logtest.Select(t, snap, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		has := func(r model.Row) bool {
			return slices.ContainsFunc(snap.Problems(r), func(p model.Problem) bool { return p.Code == g.Code && p.Field == g.Field && p.Key == g.Key })
		}
		sel := logtest.Select(t, snap, g.Matcher(), nil)
		if diff := gocmp.Diff(logtest.Match(&snap, has), logtest.Rows(sel)); diff != "" || sel.Len() != g.Rows {
			t.Errorf("%v %v %v: %d rows, want %d:\n%s", g.Code, g.Field, g.Key, sel.Len(), g.Rows, diff)
		}
	}
}

func TestProblemRowsGoThroughTheLogAsItWasAppended(t *testing.T) {
	l, r := model.NewLog(), rand.New(rand.NewPCG(5, 9))
	id := l.AddSource(model.NewText("a"))
	for range 9 {
		addProblems(l, r, id, 4000)
	}
	snap := l.Snapshot()
	for _, from := range []model.Row{0, 1, 777, model.SegmentRows - 1, model.SegmentRows, 2*model.SegmentRows + 5, model.Row(snap.Rows())} {
		var want []model.Row
		for r := from; int(r) < snap.Rows(); r++ {
			if len(snap.Problems(r)) > 0 {
				want = append(want, r)
			}
		}
		if got := slices.Collect(snap.ProblemRows(from)); !slices.Equal(got, want) {
			t.Errorf("ProblemRows(%d) = %d rows, want %d", from, len(got), len(want))
		}
	}
	for r := range snap.ProblemRows(50) {
		if len(snap.Problems(r)) == 0 || r < 50 {
			t.Errorf("row %d", r)
		}
		break
	}
}

func TestProblemCountsStopWhenCancelled(t *testing.T) {
	l, r := model.NewLog(), rand.New(rand.NewPCG(1, 9))
	addProblems(l, r, l.AddSource(model.NewText("a")), 400)
	ctx, cancel := context.WithCancel(context.Background())
	sel := logtest.Select(t, l.Snapshot(), nil, nil)
	cancel()
	if groups, err := problems(ctx, sel); err == nil {
		t.Errorf("Problems = %v, want an error", groups)
	}
}

// problems groups the problems of the rows of sel.
func problems(ctx context.Context, sel *model.Selection) ([]ProblemGroup, error) {
	counts, err := new(ProblemCounts).Extend(ctx, sel)
	if err != nil {
		return nil, err
	}
	return counts.Groups(0), nil
}
