package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
)

// View implements tea.Model. It builds a new frame if the state changed and the last frame is old enough. A panic in drawing
// ends the program at once, as there may be no further message that could.
func (a *App) View() tea.View {
	s := &a.screen
	if !s.begin() {
		return s.view
	}
	v := a.terminal.view(a.feed.snap.Sources())
	err := fault.Safely(func() error {
		a.draw(&v)
		v.Content = s.frame.String()
		if painted := a.options.Painted; painted != nil && a.list.len() > 0 && a.panes.layout.width > 0 {
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
	s.view = v
	return v
}

// draw draws the whole screen into the frame.
func (a *App) draw(v *tea.View) {
	f, l := a.screen.frame, &a.panes.layout
	f.Reset(a.display.widther, l.width, l.height)
	if l.tooSmall {
		a.panes.drawTooSmall(f)
		return
	}
	title := titleLine{display: &a.display}
	title.draw(f, l.title, titleState{snap: &a.feed.snap, shown: a.list.len(), filtered: a.feed.filtered(), stopped: a.feed.stopped, sel: a.list.sel})
	cursorX := a.bar.draw(f, l.filter, filterState{filter: a.feed.filterText, chips: !l.chips.empty(), matches: a.list.len(), undecided: a.feed.undecided.len(), working: a.feed.fresh()})
	if a.bar.typing {
		v.Cursor = tea.NewCursor(min(cursorX, l.filter.x+l.filter.w-1), l.filter.y)
	}
	if !l.chips.empty() {
		a.chips.draw(f, l.chips, a.feed.chips, a.chips.highlighted(a.feed.chips))
	}
	a.panes.draw(f)
	a.bar.drawBelow(f, l.body(), min(cursorX, l.width-1))
	a.status.draw(f, l.status, a.statusState())
	if c := a.modals.draw(f, l.body(), l.status); c != nil {
		v.Cursor = c
	}
}

// statusState collects what the status line shows.
func (a *App) statusState() statusState {
	s := statusState{listStatus: a.list.status(), scope: a.scope(), part: a.feed.partial(), unread: unreadWords(a.feed.unread, &a.display)}
	if exporting := a.exporter.words(); !exporting.Empty() {
		s.busy = exporting
	}
	return s
}

// emptyState says why there are no rows.
func (a *App) emptyState() emptyState {
	return emptyState{snap: &a.feed.snap, filter: a.feed.text, failedOnly: a.feed.failedOnly, hideReads: a.feed.hideReads, undecided: a.feed.undecided.len(),
		loading: !a.feed.settled(), selecting: a.feed.selecting.busy(), advice: a.bar.lines()}
}
