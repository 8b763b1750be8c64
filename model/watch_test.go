package model_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/query"
)

// phase sets what the only source of a sampler's log is doing.
func phase(s *logtest.Sampler, p model.Phase, note string) {
	s.Log.UpdateSource(0, func(state *model.SourceState) { state.Phase, state.Note = p, model.NewText(note) })
}

// look looks at the log as it is now.
func look(t *testing.T, w *model.Watch, s *logtest.Sampler) []model.Row {
	t.Helper()
	fresh, err := w.Look(t.Context(), s.Log.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestAWatchFindsEachRowThatArrivesAfterTheLoadOnce(t *testing.T) {
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s, calls := logtest.NewSampler(step), new(atomic.Int64)
			w := model.NewWatch(logtest.Failing{Calls: calls})
			phase(s, model.Loading, "")
			for range 3 {
				s.Add(7000)
				if got := look(t, w, s); len(got) > 0 {
					t.Fatalf("while loading the watch finds %d rows", len(got))
				}
			}
			phase(s, model.Following, "")
			if got := look(t, w, s); len(got) > 0 || calls.Load() > 0 {
				t.Fatalf("what was loaded: %d rows found, %d looked at, want none", len(got), calls.Load())
			}
			from := s.Rows()
			var got []model.Row
			for range 40 {
				s.Add(rand.IntN(1500))
				got = append(got, look(t, w, s)...)
				phase(s, []model.Phase{model.Loading, model.Following}[s.IntN(2)], "") // as when a file was rotated
				got = append(got, look(t, w, s)...)
			}
			snap := s.Log.Snapshot()
			want := logtest.Match(&snap, func(r model.Row) bool { return int(r) >= from && snap.Result(r).Bad() })
			slices.Sort(want)
			if !slices.Equal(got, want) || !slices.Equal(w.Rows(), want) {
				t.Errorf("the watch found %d rows and keeps %d, want %d", len(got), len(w.Rows()), len(want))
			}
			if most := int64(s.Rows() - from); calls.Load() > most {
				t.Errorf("%d rows were looked at, want at most %d", calls.Load(), most)
			}
		})
	}
}

func TestAWatchBeginsWhenNothingIsThereYet(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["sorted"])
	w := model.NewWatch(nil)
	look(t, w, s)
	phase(s, model.Waiting, "waiting: the file does not exist")
	look(t, w, s)
	phase(s, model.Loading, "")
	s.Add(5)
	if got := look(t, w, s); len(got) != 5 {
		t.Errorf("of a file that appears later %d rows are found, want all 5", len(got))
	}
}

func TestAWatchOfFirstsFindsNoRowTwice(t *testing.T) {
	e, err := query.Parse("is:first-seen")
	if err != nil {
		t.Fatal(err)
	}
	s := logtest.NewSampler(logtest.Steps["falling"]) // each event takes the place of a later one as the first
	w := model.NewWatch(query.Compile(e, query.Env{}))
	phase(s, model.Following, "")
	look(t, w, s)
	seen := map[model.Row]bool{}
	for range 30 {
		s.Add(20)
		for _, r := range look(t, w, s) {
			if seen[r] {
				t.Fatalf("row %d is found twice", r)
			}
			seen[r] = true
		}
	}
	if len(seen) == 0 || len(seen) != len(w.Rows()) {
		t.Errorf("%d rows were found, %d are kept", len(seen), len(w.Rows()))
	}
}

func TestAWatchThatWasStoppedLooksAgain(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["sorted"])
	w := model.NewWatch(nil)
	phase(s, model.Following, "")
	look(t, w, s)
	s.Add(9)
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Look(stopped, s.Log.Snapshot()); err == nil {
		t.Fatal("a cancelled look returns no error")
	}
	if got := look(t, w, s); len(got) != 9 {
		t.Errorf("after a cancelled look %d rows are found, want 9", len(got))
	}
}
