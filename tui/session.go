package tui

import (
	"context"
	"reflect"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// keeper keeps where the user is between runs. Before it has read where he was last time, it stores nothing, and it stores nothing for
// somebody who only looked.
type keeper struct {
	store   kit.Sessions // nil keeps nothing
	display *kit.Display
	painted chan struct{} // closed after the first frame with events; nil if nobody tells
	looking kit.Slot      // for the last session
	waiting kit.Slot      // until it is time to store
	storing kit.Slot
	seeking kit.Slot // for the row of the session
	looked  bool
	touched bool               // the user has done something since
	due     bool               // it is time to store
	said    bool               // that something cannot be stored
	told    bool               // that there is a last session
	problem termsafe.Safe      // why nothing is kept, until that was said; empty for no reason
	resume  bool               // as soon as the last session is known
	offered *kit.Session       // the last session; nil for none
	seek    *kit.SessionRow    // where the cursor should go; nil to leave it where it is
	seekKey string             // the key that was pressed last when it began
	kept    kit.Session        // as it was stored last
	filters []string           // not stored yet
	known   func(old []string) // takes the earlier filters
	pace    time.Duration      // the pause between two stores
}

// keepPace is how much a run that is killed may lose.
const keepPace = 5 * time.Second

// newKeeper returns the keeper of a run; known takes the filters of earlier runs.
func newKeeper(disp *kit.Display, o *Options, known func(old []string)) keeper {
	k := keeper{store: o.Sessions, display: disp, resume: o.Resume, known: known, pace: keepPace}
	if tell := o.Painted; tell != nil {
		painted := make(chan struct{})
		k.painted = painted
		o.Painted = func() {
			close(painted)
			tell()
		}
	}
	return k
}

// sessionKnown brings where the user was last time, and the earlier filters.
type sessionKnown struct {
	kit.Job
	session *kit.Session
	filters []string
	err     error
}

// keepDue says that it is time to store.
type keepDue struct{ kit.Job }

// sessionKept says what was stored.
type sessionKept struct {
	kit.Job
	session kit.Session
	filters int   // how many of the waiting filters were stored
	err     error // why the others were not stored
}

// sessionRowFound brings the row of a session.
type sessionRowFound struct {
	kit.Job
	row model.Row
	ok  bool
}

// Take implements kit.Taker.
func (k *keeper) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case sessionKnown:
		k.looked, k.offered = true, m.session
		k.known(m.filters)
		k.failed(m.err)
	case keepDue:
		k.due = true
	case sessionKept:
		k.kept, k.filters = m.session, k.filters[m.filters:]
		k.failed(m.err)
	case sessionRowFound:
		if m.ok {
			return kit.Wish{Row: &m.row}
		}
		return kit.Wish{Toast: termsafe.Const("the row where you were is gone")}
	}
	return kit.Wish{}
}

// failed gives up until the end if there is an error, and has it said once, when no other message is shown.
func (k *keeper) failed(err error) {
	if err != nil && !k.said {
		k.said, k.problem = true, k.display.Said(err)
	}
}

// add keeps a filter that the user applied, unless it holds what looks like a secret.
func (k *keeper) add(text string) {
	if k.store != nil && kit.Masking(true).Shared(text) && text != "" {
		k.filters = append(k.filters, text)
	}
}

// workSession starts the jobs that are due for keeping where the user is: first the one that reads where he was.
func workSession(a *App) tea.Cmd {
	k := &a.views.session
	switch {
	case k.store == nil:
		return nil
	case !k.looked:
		return k.look(a.ctx)
	case a.list.Len() == 0 && !a.feed.settled():
		return nil
	}
	if offer(a); a.status.toast.Empty() {
		a.status.toast, k.problem = k.problem, termsafe.Safe{}
	}
	if cmd := k.find(a); cmd != nil {
		return cmd
	}
	k.touched = k.touched || a.key != "" && a.keys.Command(kit.InList, a.key) != kit.CmdQuit
	return k.keep(a)
}

// look starts the job that reads the last session, after the first frame with events.
func (k *keeper) look(ctx context.Context) tea.Cmd {
	if k.looking.Busy() {
		return nil
	}
	ctx, job := k.looking.Start(ctx, k)
	store, painted := k.store, k.painted
	return kit.Safely(func() tea.Msg {
		m := sessionKnown{Job: job}
		if painted != nil {
			select {
			case <-painted:
			case <-ctx.Done():
				return m
			}
		}
		var err error
		m.session, m.err = store.Session()
		if m.filters, err = store.Filters(); m.err == nil {
			m.err = err
		}
		return m
	})
}

// keep stores the session and the filters if they have changed, at most once in a while.
func (k *keeper) keep(a *App) tea.Cmd {
	if k.said || k.waiting.Busy() || k.storing.Busy() {
		return nil
	}
	now, ok := sessionOf(a)
	if (!ok || !k.touched || reflect.DeepEqual(now, k.kept)) && len(k.filters) == 0 {
		return nil
	}
	if !k.due {
		ctx, job := k.waiting.Start(a.ctx, k)
		timer := time.NewTimer(k.pace)
		return kit.Safely(func() tea.Msg {
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
			return keepDue{job}
		})
	}
	k.due = false
	ctx, job := k.storing.Start(a.ctx, k)
	store, filters, before := k.store, slices.Clone(k.filters), k.kept
	whole := ok && k.touched
	return kit.Safely(func() tea.Msg {
		m := sessionKept{Job: job, session: before}
		m.store(ctx, store, now, whole, filters)
		return m
	})
}

// store stores the filters and, if whole, the session: each of them even if the other one cannot be.
func (m *sessionKept) store(ctx context.Context, store kit.Sessions, now kit.Session, whole bool, filters []string) {
	if whole {
		if m.err = store.Keep(ctx, now); m.err == nil {
			m.session = now
		}
	}
	if len(filters) == 0 {
		return
	}
	err := store.AddFilters(ctx, filters)
	if err == nil {
		m.filters = len(filters)
	} else if m.err == nil {
		m.err = err
	}
}

// finishSession stores where the user is when he leaves, also if that failed before: the disk may have room again. Call it after the
// interface has ended. The error is one that was not said yet.
func finishSession(a *App, within time.Duration) error {
	k := &a.views.session
	now, ok := sessionOf(a)
	whole := k.looked && k.touched && ok && !reflect.DeepEqual(now, k.kept)
	if k.store == nil || !whole && len(k.filters) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	m := sessionKept{session: k.kept}
	m.store(ctx, k.store, now, whole, k.filters)
	k.kept, k.filters = m.session, k.filters[m.filters:]
	if k.said {
		return nil
	}
	return m.err
}

// sessionOf returns where the user is; ok is false if that cannot be kept: the filter is wrong, or holds what looks like a secret.
func sessionOf(a *App) (s kit.Session, ok bool) {
	v, err := a.currentView()
	if err != nil || !kit.Masking(true).Shared(v.Query) || a.feed.partial() {
		return s, false
	}
	s.View, s.Detail = v, a.panes.shown.detail
	for i := range sidePanes {
		if a.panes.shown.sides[i] {
			s.Sides = append(s.Sides, sidePanes[i].key.Help().Desc)
		}
	}
	if r, ok := a.list.Row(); ok {
		o := a.feed.snap.Origin(r)
		at, _ := a.list.Placed(r)
		s.Row = kit.SessionRow{Source: a.feed.snap.Sources()[o.Source].Name.Raw(), Line: o.Line, Offset: o.Offset, Place: at + 1}
	}
	return s, true
}

// offer says once how to go back to where the user was, or goes there if that was asked for at the start.
func offer(a *App) {
	k := &a.views.session
	if k.offered == nil || k.told {
		return
	}
	k.told = true
	now, _ := sessionOf(a)
	switch {
	case k.resume:
		a.status.toast = resume(a, a.feed.FilterText.Empty() && a.options.View == nil).Toast
	case !a.options.Fresh && a.status.toast.Empty() && !reflect.DeepEqual(now, *k.offered):
		a.status.toast = offerWords(&a.display, k.offered)
	}
}

// resumed is what r does.
func resumed(a *App, _ kit.Command) kit.Wish {
	if a.views.session.offered == nil {
		return kit.Wish{Toast: termsafe.Const("there is no earlier session in this log")}
	}
	return resume(a, true)
}

// resume goes back to where the user was last time; without the filter, only to the rest of it.
func resume(a *App, whole bool) kit.Wish {
	k := &a.views.session
	s := *k.offered
	f := s.View.Filter()
	if !whole {
		f = a.feed.FilterText
	}
	if _, err := f.ParseIn(a.feed.library); err != nil {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the filter of the last session is wrong: "), a.display.Quoted(err.Error()))}
	}
	w := applyFilter(a, s.View, f)
	for i := range sidePanes {
		a.panes.shown.sides[i] = slices.Contains(s.Sides, sidePanes[i].key.Help().Desc)
	}
	if a.panes.shown.detail = s.Detail; !s.Detail && a.panes.shown.focus == kit.DetailPane {
		a.panes.focus(kit.ListPane)
	}
	a.panes.arrange()
	k.seek, k.seekKey = nil, a.key
	if s.Row != (kit.SessionRow{}) {
		k.seek = &s.Row
	}
	w.Toast = termsafe.Concat(termsafe.Const("back where you were; "), a.display.Key(kit.CmdUndo), termsafe.Const(" goes back"))
	return w
}

// find starts the job that finds the row of the session, once all rows are there and in their order. A key of the user ends that.
func (k *keeper) find(a *App) tea.Cmd {
	switch {
	case k.seek == nil || k.seeking.Busy():
		return nil
	case a.key != k.seekKey:
		k.seek = nil
		return nil
	case !a.feed.settled() || a.feed.behind() || a.feed.selecting.Busy() || a.feed.partial() || a.list.Working():
		return nil
	}
	ctx, job := k.seeking.Start(a.ctx, k)
	snap, want := a.feed.snap, *k.seek
	k.seek = nil
	return kit.Safely(func() tea.Msg {
		m := sessionRowFound{Job: job}
		m.row, m.ok = findPlace(ctx, &snap, &place{model.NewText(want.Source), want.Offset})
		m.ok = m.ok && snap.Origin(m.row).Line == want.Line
		return m
	})
}

// offerWords says in the footer what r goes back to.
func offerWords(disp *kit.Display, s *kit.Session) termsafe.Safe {
	const most = 24 // cells of the filter, so that the row fits behind it at 80 cells
	what := termsafe.Const("no filter")
	if f, err := s.View.Filter().Parse(); err == nil && !f.Empty() {
		what = termsafe.Concat(termsafe.Const("filter "), disp.Widther.Truncate(disp.Quoted(f.Expr.String()), most))
	}
	out := termsafe.Concat(disp.KeyNamed(resumeCommand), termsafe.Const(" goes back to where you were ("), what)
	if s.Row.Place > 0 {
		out = termsafe.Concat(out, termsafe.Const(", row "), termsafe.Int(int64(s.Row.Place)))
	}
	return termsafe.Concat(out, termsafe.Const(")"))
}
