package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
	"pawprint/model/query"
	"pawprint/tui/filter"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/termsafe"
)

// View implements tea.Model. It builds a new frame if the state changed and the last frame is old enough. A panic in drawing
// ends the program at once, as there may be no further message that could.
func (a *App) View() tea.View {
	s := &a.screen
	if !s.begin() {
		return s.view
	}
	v := a.terminal.view(a.feed.snap.Sources(), a.alerts.unseen())
	err := fault.Safely(func() error {
		a.draw(&v)
		v.Content = s.frame.String()
		if painted := a.options.Painted; painted != nil && a.list.Len() > 0 && a.panes.layout.width > 0 {
			painted()
			a.options.Painted = nil
		}
		return nil
	})
	if e := fault.In(err); e != nil {
		v.Content = ""
		a.crash(e)
		a.abort()
	}
	s.view, s.empty = v, a.list.Len() == 0
	s.flusher.soon()
	return v
}

// draw draws the whole screen into the frame.
func (a *App) draw(v *tea.View) {
	f, l := a.screen.frame, &a.panes.layout
	f.Reset(a.display.Widther, l.width, l.height)
	if l.tooSmall {
		a.panes.drawTooSmall(f)
		return
	}
	title := titleLine{display: &a.display}
	title.draw(f, l.title, titleState{
		snap: &a.feed.snap, shown: a.list.Len(), filtered: a.feed.filtered(), stopped: a.feed.stopped, sel: a.list.Sel, alerts: a.alerts.unseen(), partly: partly(a),
		match: a.asks.total(a.feed.Expr.String(), &a.feed.snap), mixed: a.asks.mixed(&a.feed.snap),
	})
	cursorX := a.bar.Draw(f, l.filter, a.filterState())
	if a.bar.Typing {
		v.Cursor = tea.NewCursor(min(cursorX, l.filter.X+l.filter.W-1), l.filter.Y)
	}
	a.panes.draw(f, a.covered())
	a.bar.DrawBelow(f, l.body(), min(cursorX, l.width-1))
	a.status.draw(f, l.status, a.statusState())
	if len(a.modals) == 0 && !a.bar.Typing {
		a.status.tour.draw(f, l.body())
	}
	if c := a.modals.Draw(f, l.body(), l.status); c != nil {
		v.Cursor = c
	}
	if x, y, ok := f.Selected(); ok && v.Cursor == nil {
		v.Cursor = resting(x, y)
	}
}

// resting returns the cursor of the terminal while nobody types: at the selected line, where screen readers and multiplexers look for it,
// as thin as the sign that stands there anyway.
func resting(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

// filterState is what the filter bar shows besides its text.
func (a *App) filterState() filter.State {
	loaded := 0
	if a.asks.part(a.feed.Expr, &a.feed.snap) {
		loaded = a.feed.snap.Rows()
	}
	return filter.State{Loaded: loaded, Filter: &a.feed.Filter, Rows: a.feed.previous, Matches: a.list.Len(), Undecided: a.feed.undecided.Len(), Working: a.feed.fresh(), Partly: partly(a)}
}

// partly reports whether the filter may find more rows in the same log, as it asks for marks, and those are still being looked for.
func partly(a *App) bool {
	sought, _ := a.list.Marks.Sought()
	return sought && query.AsksForMarks(a.feed.Expr)
}

// covered reports whether something over the panes has the keys, and with them the band. A prompt in the status line has none.
func (a *App) covered() bool {
	if top := a.modals.Top(); top != nil {
		_, below := top.(*kit.Prompt)
		return !below
	}
	return a.bar.Typing
}

// statusState collects what the status line shows.
func (a *App) statusState() statusState {
	s := statusState{Status: a.list.Status(), scope: a.scope(), hints: a.hints(), first: a.key == "" && len(a.modals) == 0 && !a.bar.Typing && a.list.Len() > 0, part: a.feed.partial(), news: a.news.words(), unread: unreadWords(a.feed.unread, &a.display), change: a.bar.Change(a.filterState())}
	if _, long := a.list.Marks.Sought(); !long && !partly(a) {
		s.Sought = termsafe.Safe{}
	}
	if s.unread.Empty() {
		s.unread = unreadWords(&a.alerts.unread, &a.display)
	}
	if asking := a.asks.words(&a.feed.snap); !asking.Empty() && (a.asks.asking.Busy() || a.status.toast.Empty()) {
		s.Busy = asking
	}
	if exporting := a.exporter.Words(); !exporting.Empty() {
		s.Busy = exporting
	}
	if a.covered() { // its keys matter more than what can be read below it
		s.Note, s.unread = termsafe.Safe{}, termsafe.Safe{}
	}
	return s
}

// hints returns the hints of what takes the keys.
func (a *App) hints() []kit.Hint {
	switch scope := a.scope(); {
	case len(a.modals) > 0:
		return kit.HintsOf(a.modals.Top(), scope)
	case scope == kit.InFilter:
		return kit.HintsOf(&a.bar, scope)
	case scope == kit.InList:
		return a.asks.hints(kit.HintsOf(a.panes.focused(), scope))
	default:
		return kit.HintsOf(a.panes.focused(), scope)
	}
}

// emptyState says why there are no rows.
func (a *App) emptyState() list.EmptyState {
	advice := append(a.bar.Lines(), a.bar.Blame(a.filterState())...)
	if _, ok := query.FromEnd(a.feed.Expr); ok && a.feed.settled() {
		advice = append(advice, termsafe.Const("press , to count the time from the end of the log"))
	}
	return list.EmptyState{
		Snap: &a.feed.snap, Part: a.asks.part(a.feed.Expr, &a.feed.snap), Filter: a.feed.Text, FailedOnly: a.feed.FailedOnly, HideReads: a.feed.HideReads,
		Undecided: a.feed.undecided.Len(), Loading: !a.feed.settled(), Selecting: a.feed.selecting.Busy() || partly(a), Advice: advice,
	}
}
