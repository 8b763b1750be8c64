package main

import (
	"context"
	"fmt"
	"sync"

	"pawprint/cmd/internal/rows"
	"pawprint/cmd/internal/state"
	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui"
)

// marks returns what keeps the marks of the user between runs, nil with --no-state.
func (s *settings) marks() tui.MarkStore {
	if s.noState {
		return nil
	}
	return state.UserMarks()
}

// keptMarks are the marks of the user, loaded when a command first asks for them.
type keptMarks struct {
	once   sync.Once
	marks  []*marks.Mark // not nil once they were loaded
	wanted *marks.Wanted
	err    error
}

func (k *keptMarks) load() (*marks.Wanted, error) {
	k.once.Do(func() {
		k.marks, k.err = state.UserMarks().Load()
		k.marks = append([]*marks.Mark{}, k.marks...)
		k.wanted = marks.NewWanted(k.marks)
	})
	return k.wanted, k.err
}

// searchMarks finds the marked events of a log. It fails if not all marks can be read, or with --no-state.
func (s *settings) searchMarks(ctx context.Context, snap *model.Snapshot, from, to model.Row) (marks.Found, error) {
	if s.noState {
		return query.NoMarks(ctx, snap, from, to)
	}
	wanted, err := s.kept.load()
	if err != nil {
		return marks.Found{}, err
	}
	return wanted.Search(ctx, snap, from, to)
}

// checkMarks returns an error if some field needs marks that cannot be read.
func (s *settings) checkMarks(fields []rows.Field) (err error) {
	for i := range fields {
		if fields[i].OfMark() {
			_, err = s.searchMarks(context.Background(), new(model.Snapshot), 0, 0)
		}
	}
	return err
}

// rowReader returns a reader of rows as the flags want them, with what the user said about them and which are the first of their kind if
// the printed fields show it.
func (q *queryCommand) rowReader(ctx context.Context, snap *model.Snapshot) (*rows.Reader, error) {
	reader := rows.NewReader(snap, q.mask())
	if q.showsFirsts {
		var err error
		if reader.Firsts, err = snap.Firsts(context.WithoutCancel(ctx)); err != nil {
			return nil, fmt.Errorf("looking for first events: %w", err)
		}
	}
	if q.showsMarks {
		reader.Marks = func(r model.Row) *marks.Mark {
			found, err := q.searchMarks(context.Background(), snap, r, r+1)
			if err != nil || len(found.Places) == 0 {
				return nil // checkMarks has loaded them
			}
			return found.Places[0].Mark
		}
	}
	return reader, nil
}
