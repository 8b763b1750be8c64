package model_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

// shuffled is a log of several sources whose batches arrive in a random order.
type shuffled struct {
	*rand.Rand
	log    *model.Log
	ranks  []model.Rank // by source
	from   []model.Row  // the rows of the batches, the first of each
	of     []model.SourceID
	rows   model.Row
	now    int64
	step   logtest.Step
	coarse int64 // times are multiples of it, so that many are equal
}

func (s *shuffled) addSource() {
	rank := model.Rank{Argument: s.IntN(3), Key: fmt.Sprintf("%03d", s.IntN(50))}
	s.ranks = append(s.ranks, rank)
	s.log.AddRanked(model.NewText(rank.Key), rank)
}

func (s *shuffled) addBatch() {
	id := model.SourceID(s.IntN(len(s.ranks)))
	b := &model.Batch{Source: id, Raw: strings.NewReader(""), Line: 1, Vocabulary: model.NewVocabulary()}
	for range 1 + s.IntN(400) {
		s.now = s.step(s.Rand, s.now)
		r := model.RowRecord{Nanos: s.now - s.now%s.coarse}
		if s.IntN(50) == 0 {
			r.Flags = model.FlagNoTime
		}
		b.AddRow(&r)
		b.Lines++
	}
	s.from, s.of = append(s.from, s.rows), append(s.of, id)
	s.rows += model.Row(b.Rows())
	s.log.Append(b)
}

// source is the source of a row.
func (s *shuffled) source(r model.Row) model.SourceID {
	k, found := slices.BinarySearch(s.from, r)
	if !found {
		k--
	}
	return s.of[k]
}

// compareSources compares the sources of rows by their ranks, and then the rows.
func (s *shuffled) compareSources(a, b model.Row) int {
	x, y := s.source(a), s.source(b)
	return cmp.Or(cmp.Compare(s.ranks[x].Argument, s.ranks[y].Argument), strings.Compare(s.ranks[x].Key, s.ranks[y].Key), cmp.Compare(x, y), cmp.Compare(a, b))
}

func TestEventsStandInTheOrderOfTimesThenSourcesThenLines(t *testing.T) {
	for name, step := range logtest.EachStep() {
		for _, coarse := range []int64{60e9, 1 << 60} {
			t.Run(fmt.Sprintf("%s to %d", name, coarse), func(t *testing.T) {
				s := &shuffled{Rand: rand.New(rand.NewPCG(7, uint64(coarse))), log: model.NewLog(), now: 1e18, step: step, coarse: coarse}
				previous := map[int]*model.Selection{}
				for range 6 {
					for range 1 + s.IntN(4) {
						s.addSource()
					}
					for range s.IntN(60) {
						s.addBatch()
					}
					snap := s.log.Snapshot()
					for _, so := range []int{1, 50} {
						sel := logtest.Select(t, snap, everySo(so), previous[so])
						s.check(t, &snap, sel, so)
						previous[so] = sel
					}
				}
			})
		}
	}
}

// check compares a selection with the rows that it must hold, in both orders.
func (s *shuffled) check(t *testing.T, snap *model.Snapshot, sel *model.Selection, so int) {
	t.Helper()
	want := []model.Row{}
	for r := model.Row(0); int(r) < snap.Rows(); r += model.Row(so) {
		want = append(want, r)
	}
	slices.SortFunc(want, s.compareSources)
	if got := sel.InSourceOrder(); !slices.Equal(got, want) {
		t.Fatalf("one row in %d by source: %d rows in another order", so, len(got))
	}
	slices.SortFunc(want, func(a, b model.Row) int {
		return cmp.Or(cmp.Compare(snap.Nanos(a), snap.Nanos(b)), s.compareSources(a, b))
	})
	if got := logtest.Rows(sel); !slices.Equal(got, want) {
		t.Fatalf("one row in %d by time: %d rows in another order", so, len(got))
	}
	for k := range want {
		if k%97 == 0 && sel.Place(want[k]) != k {
			t.Fatalf("row %d has place %d, want %d", want[k], sel.Place(want[k]), k)
		}
		if k > 0 && (!snap.Before(want[k-1], want[k]) || snap.Before(want[k], want[k-1])) {
			t.Fatalf("Before disagrees about rows %d and %d", want[k-1], want[k])
		}
	}
}

func TestSourcesAreListedByTheirRanks(t *testing.T) {
	log := model.NewLog()
	for _, r := range []model.Rank{{2, "a"}, {0, "b"}, {0, "a"}, {}, {0, "b"}} {
		log.AddRanked(model.NewText(r.Key), r)
		log.Snapshot()
	}
	snap := log.Snapshot()
	if got, want := snap.SourceOrder(), []model.SourceID{3, 2, 1, 4, 0}; !slices.Equal(got, want) {
		t.Errorf("SourceOrder() = %v, want %v", got, want)
	}
}
