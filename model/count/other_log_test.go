package count

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/logtest"
)

// Counts that were made of one log are never extended by another one, even where both are counted as a whole.
func TestCountsOfAnotherLogAreCountedAnew(t *testing.T) {
	ctx := context.Background()
	var selections [2]*model.Selection
	for i := range selections {
		s := logtest.NewSampler(logtest.Steps["sorted"])
		s.Rand = rand.New(rand.NewPCG(7, uint64(i)))
		s.Add(1000 + 500*i)
		selections[i] = logtest.Select(t, s.Log.Snapshot(), nil, nil)
	}
	first, second := selections[0], selections[1]

	facets := NewFacets([]Key{ByColumn(model.ColAction)})
	want := extendFacets(t, facets, second).Facet(0)
	got := extendFacets(t, extendFacets(t, facets, first), second).Facet(0)
	checkCounts(t, 1, want.Top(0), got.Top(0))

	checkHistogram(t, extendHistogram(t, extendHistogram(t, NewHistogram(clock.Step{Length: time.Hour}), first), second), second)

	l, other := model.NewLog(), model.NewLog()
	addProblems(l, rand.New(rand.NewPCG(5, 8)), l.AddSource(model.NewText("a")), 500)
	addProblems(other, rand.New(rand.NewPCG(5, 9)), other.AddSource(model.NewText("a")), 700)
	mine, others := logtest.Select(t, l.Snapshot(), nil, nil), logtest.Select(t, other.Snapshot(), nil, nil)
	counts, err := new(ProblemCounts).Extend(ctx, mine)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := model.Select(ctx, other.Snapshot(), counts.Groups(1)[0].Matcher(), nil); !errors.Is(err, model.ErrOtherLog) {
		t.Errorf("the problems of one log in another: %v, want ErrOtherLog", err)
	}
	anew, err := counts.Extend(ctx, others)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := problems(ctx, others)
	if diff := gocmp.Diff(len(fresh), len(anew.Groups(0))); diff != "" || err != nil {
		t.Errorf("groups of another log: %v\n%s", err, diff)
	}
	if diff := sameGroups(fresh, anew.Groups(0)); diff != "" {
		t.Errorf("groups of another log (-want +got):\n%s", diff)
	}
}
