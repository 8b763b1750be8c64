package list

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// edit is a mark that the user changed, on its way to the store.
type edit struct {
	snap          model.Snapshot
	row           model.Row
	before, after *marks.Words // as in marks.Change
	made          *marks.Mark  // the mark that the row has now; nil if it was removed

	result *marks.Mark // as it is kept; nil for none
	lost   error       // why it cannot be kept at all: the bytes cannot be read
	err    error       // why it is not kept yet
}

// keeper keeps edits in their order. None is lost when the program ends: finish keeps what no job has kept.
type keeper struct {
	store   kit.MarkStore // nil: marks are only known by their bytes, and not kept
	keeping kit.Slot
	fresh   bool // there are edits that no job has tried to keep

	turn    sync.Mutex // held while keeping
	mu      sync.Mutex
	pending []*edit
}

// add queues an edit.
func (k *keeper) add(e *edit) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pending, k.fresh = append(k.pending, e), true
}

// waiting returns the edits that are not kept yet, in order.
func (k *keeper) waiting() []*edit {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.pending)
}

// flush keeps all waiting edits as far as that is possible before ctx ends, and returns those that it tried. Those that the store did not
// take go on waiting.
func (k *keeper) flush(ctx context.Context) []edit {
	k.turn.Lock()
	defer k.turn.Unlock()
	var tried []edit
	for _, e := range k.waiting() {
		if ctx.Err() != nil {
			break
		}
		done := *e
		done.keep(ctx, k.store)
		tried = append(tried, done)
		if done.err == nil {
			k.mu.Lock()
			k.pending = slices.DeleteFunc(k.pending, func(o *edit) bool { return o == e })
			k.mu.Unlock()
		}
	}
	return tried
}

// keep finds out which event it is, and changes its mark in the store.
func (e *edit) keep(ctx context.Context, store kit.MarkStore) {
	mark, err := marks.Of(&e.snap, e.row)
	if err != nil {
		e.lost = err
		return
	}
	if e.made != nil {
		mark.Marked = e.made.Marked
	}
	c := marks.Change{Mark: mark, Before: e.before, After: e.after}
	if store == nil {
		if e.after != nil {
			mark.Words = *e.after
			e.result = &mark
		}
		return
	}
	e.result, e.err = store.Change(ctx, c)
}

// kept brings the edits that were tried.
type kept struct {
	kit.Job
	edits []edit
}

// work starts keeping the edits that were not tried yet.
func (k *keeper) work(ctx context.Context, owner kit.Taker) tea.Cmd {
	if !k.fresh || k.keeping.Busy() {
		return nil
	}
	k.fresh = false
	ctx, job := k.keeping.Start(ctx, owner)
	return kit.Safely(func() tea.Msg { return kept{job, k.flush(ctx)} })
}

// Finish keeps the marks that no job has kept yet, for as long as within. Call it after the interface has ended, when no job is started
// any more. The error says how many marks were not kept, and why.
func (m *Marks) Finish(within time.Duration) error {
	if m.keeper.store == nil || len(m.keeper.waiting()) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	errs, lost := map[string]error{}, 0
	for _, e := range m.keeper.flush(ctx) {
		if err := cmp.Or(e.err, e.lost); err != nil {
			errs[err.Error()] = err
		}
		if e.lost != nil {
			lost++
		}
	}
	n := len(m.keeper.waiting()) + lost
	if n == 0 {
		return nil
	}
	if len(errs) == 0 {
		errs[""] = errors.New("another pawprint is busy with them")
	}
	what := "1 change of marks was"
	if n > 1 {
		what = fmt.Sprint(n, " changes of marks were")
	}
	return fmt.Errorf("%s not saved: %w", what, errors.Join(slices.Collect(maps.Values(errs))...))
}

// took takes the outcome of edits.
func (m *Marks) took(disp *kit.Display, edits []edit) (w kit.Wish) {
	for i := range edits {
		e := &edits[i]
		switch {
		case e.lost != nil && e.made != nil:
			w.Toast = termsafe.Concat(termsafe.Const("marked until you quit, not saved: "), disp.Said(e.lost))
		case e.err != nil:
			w.Toast = m.sayOnce(disp, w.Toast, e.err)
		}
		if e.lost != nil {
			continue
		}
		w.Marked = true
		switch now := m.rows.Of(e.row); {
		case e.made == nil && e.result != nil && now == nil:
			w.Toast = termsafe.Const("another pawprint has added to this mark: it stays")
			m.rows = m.rows.With(marks.Place{Row: e.row, Mark: e.result})
			m.found(e.result)
		case e.made != nil && now == e.made && e.result != nil:
			known := now.Sum == e.result.Sum
			if m.put(now, e.result); !known {
				m.found(e.result)
			}
		}
	}
	return w
}

// found looks for a mark that was just learned in the rows that were searched already.
func (m *Marks) found(mark *marks.Mark) {
	m.learn(mark)
	m.seeker.late = append(m.seeker.late, mark)
}

// sayOnce returns the words for an error of the store, or otherwise if these words were shown before.
func (m *Marks) sayOnce(disp *kit.Display, otherwise termsafe.Safe, err error) termsafe.Safe {
	if m.told[err.Error()] {
		return otherwise
	}
	if m.told == nil {
		m.told = map[string]bool{}
	}
	m.told[err.Error()] = true
	return disp.Said(err)
}
