package list

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// seeker finds the rows of marked events, in new rows as the log grows. The zero value has not loaded the kept marks yet.
type seeker struct {
	seeking kit.Slot
	loaded  bool          // the kept marks were loaded, or there is nothing to load
	upTo    model.Row     // all rows before it were searched for all marks but late
	late    []*marks.Mark // marks that were learned since
	again   bool          // a job looks for late marks
	long    bool          // a job looks through many rows
	wanted  *marks.Wanted // all of them; nil if it is to be made anew
	changes int           // of the marks to be looked for
	looked  *atomic.Int64 // rows that the running job has looked through, nil before the first one …
	rows    int64         // … of so many
	unread  int           // rows that may be marked events, but cannot be read any more
}

// sought brings the marked rows among those that were searched.
type sought struct {
	kit.Job
	loaded []*marks.Mark // the kept marks, of the first search
	err    error         // of loading them, or of ctx
	wanted *marks.Wanted // as of that many changes
	at     int
	found  marks.Found
	upTo   model.Row
}

// changed says that other marks are to be looked for.
func (k *seeker) changed() { k.wanted, k.changes = nil, k.changes+1 }

// searched reports whether a row was searched for all marks.
func (k *seeker) searched(r model.Row) bool { return k.searchedTo(r + 1) }

// searchedTo reports whether the rows before a row were searched for all marks.
func (k *seeker) searchedTo(end model.Row) bool { return end <= k.upTo && len(k.late) == 0 && !k.again }

// manyRows is how many rows it takes a while to look through.
const manyRows = 1 << 20

// Sought reports whether kept marks are still being looked for, so that more rows may turn out to be marked; long says that it takes a while.
func (m *Marks) Sought() (sought, long bool) {
	k := &m.seeker
	if k.loaded {
		return k.seeking.Busy(), k.seeking.Busy() && k.long
	}
	return m.keeper.store != nil, false
}

// soughtWords says which marks are being looked for.
func (m *Marks) soughtWords() termsafe.Safe {
	if len(m.kept) == 0 {
		return termsafe.Const("looking for marks")
	}
	return termsafe.Concat(termsafe.Const("looking for "), termsafe.Count(int64(len(m.kept)), "mark", "marks"))
}

// SoughtWords says which marks are being looked for, and how far the search is.
func (m *Marks) SoughtWords() termsafe.Safe {
	k := &m.seeker
	if k.looked == nil {
		return m.soughtWords()
	}
	return termsafe.Concat(m.soughtWords(), termsafe.Const(" in "), termsafe.Int(k.looked.Load()), termsafe.Const(" of "), termsafe.Count(k.rows, "row", "rows"))
}

// Found reports whether the first so many rows of the log were searched for all kept marks.
func (m *Marks) Found(rows int) bool {
	k := &m.seeker
	return (k.loaded || m.keeper.store == nil) && k.searchedTo(model.Row(rows))
}

// Whole returns a function that finds all marked rows of a snapshot, of which some may not have been found yet. Any goroutine may call it.
func (m *Marks) Whole(snap *model.Snapshot) func(ctx context.Context) (marks.Rows, error) {
	known, k := m.rows, &m.seeker
	rest := search{snap: *snap, kept: slices.Collect(maps.Values(m.kept)), from: k.upTo, looked: new(atomic.Int64)}
	if len(k.late) > 0 || k.again {
		rest.from = 0
	}
	return func(ctx context.Context) (marks.Rows, error) {
		if int(rest.from) >= rest.snap.Rows() {
			return known, nil
		}
		_, found, err := rest.run(ctx)
		return known.With(slices.DeleteFunc(found.Places, func(p marks.Place) bool { return known.Of(p.Row) != nil })...), err
	}
}

// seek starts to look for the marked events among rows that were not searched yet.
func (m *Marks) seek(ctx context.Context, owner kit.Taker, s *kit.Scene) tea.Cmd {
	k := &m.seeker
	if s.Preview || s.Log == nil || k.seeking.Busy() {
		return nil
	}
	store, rows := m.keeper.store, model.Row(s.Log.Rows())
	if k.loaded = k.loaded || store == nil; k.loaded && len(m.kept) == 0 {
		k.upTo, k.late = rows, nil
	}
	if k.loaded && k.upTo >= rows && len(k.late) == 0 {
		return nil
	}
	ctx, job := k.seeking.Start(ctx, owner)
	k.long = rows-k.upTo >= manyRows
	k.looked, k.rows = new(atomic.Int64), int64(rows)
	k.looked.Store(int64(k.upTo))
	search, at := search{snap: *s.Log, late: k.late, wanted: k.wanted, from: k.upTo, looked: k.looked}, k.changes
	if k.again, k.late = len(k.late) > 0, nil; search.wanted == nil {
		search.kept = slices.Collect(maps.Values(m.kept))
	}
	if k.loaded {
		store = nil
	}
	return kit.Safely(func() tea.Msg {
		answer := sought{Job: job, upTo: rows, at: at}
		if store != nil {
			answer.loaded, answer.err = store.Load()
			search.kept = append(search.kept, answer.loaded...)
		}
		var err error
		if answer.wanted, answer.found, err = search.run(ctx); err != nil {
			answer.err = err
		}
		return answer
	})
}

// search is what a job of the seeker does.
type search struct {
	snap   model.Snapshot
	late   []*marks.Mark // to be looked for in the rows before from
	wanted *marks.Wanted // to be looked for in the rows from there on; nil: kept
	kept   []*marks.Mark
	from   model.Row
	looked *atomic.Int64 // the row from which on rows are still to be searched
}

// rowsPerLook is how many rows are searched between two reports of the progress.
const rowsPerLook = 1 << 18

func (s *search) run(ctx context.Context) (wanted *marks.Wanted, found marks.Found, err error) {
	if wanted = s.wanted; wanted == nil {
		wanted = marks.NewWanted(s.kept)
	}
	before, err := marks.NewWanted(s.late).Search(ctx, &s.snap, 0, s.from)
	if err != nil {
		return nil, found, err
	}
	found = before
	for from, end := s.from, model.Row(s.snap.Rows()); from < end && err == nil; from += rowsPerLook {
		var more marks.Found
		more, err = wanted.Search(ctx, &s.snap, from, min(end, from+rowsPerLook))
		found.Places, found.Unread = append(found.Places, more.Places...), append(found.Unread, more.Unread...)
		s.looked.Store(int64(min(end, from+rowsPerLook)))
	}
	return wanted, found, err
}

// sought takes the marked rows that were found.
func (m *Marks) sought(disp *kit.Display, s *sought) (w kit.Wish) {
	k := &m.seeker
	if s.err != nil {
		w.Toast = m.sayOnce(disp, w.Toast, s.err)
	}
	if !k.loaded {
		k.loaded = true
		for _, mark := range s.loaded {
			if m.kept[mark.Sum] == nil {
				m.learn(mark)
			}
		}
	} else if k.changes == s.at {
		k.wanted = s.wanted
	}
	k.upTo, k.again = s.upTo, false
	var places []marks.Place
	for _, p := range s.found.Places {
		if mark := m.kept[p.Mark.Sum]; mark != nil && m.rows.Of(p.Row) == nil {
			places = append(places, marks.Place{Row: p.Row, Mark: mark})
		}
	}
	if len(places) > 0 {
		m.rows, w.Marked = m.rows.With(places...), true
	}
	if k.unread == 0 && len(s.found.Unread) > 0 {
		w.Toast = termsafe.Concat(termsafe.Count(int64(len(s.found.Unread)), "row", "rows"), termsafe.Const(" may be marked but can no longer be read"))
	}
	k.unread += len(s.found.Unread)
	return w
}
