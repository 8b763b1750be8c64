package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
)

// grew takes a newer snapshot of the main log.
func (a *App) grew(m logGrew) tea.Cmd {
	a.feed.snap, a.feed.gaveUp = m.snap, false
	a.display.fit(&m.snap)
	if a.feed.previewing && a.feed.settled() {
		a.needWholeLog()
	}
	if a.feed.settled() && !a.bar.typing {
		a.dateFilter() // the filter may be from before the end of the log was known
	}
	return a.feed.wait(a.ctx, a)
}

// needWholeLog leaves the preview: the next selection is of the main log, with the cursor on the same event.
func (a *App) needWholeLog() {
	if !a.feed.previewing {
		return
	}
	a.feed.previewing, a.feed.leavingPreview = false, true
	if row, ok := a.list.row(); ok {
		a.feed.sought = placeOf(a.list.sel.Snapshot(), row)
	}
}

// selected shows the selected rows.
func (a *App) selected(m selected) {
	if m.err != nil {
		a.feed.gaveUp = true
		a.status.toast = a.display.own("selecting: " + m.err.Error())
		if query.Files(a.feed.expr) != nil {
			a.bar.err = m.err // it stays until the filter is changed
		}
		return
	}
	f, extends := &a.feed, a.feed.previous != nil && a.feed.previous.Matcher() == m.sel.Matcher()
	f.previous, f.shown, f.undecided = m.sel, f.filter, m.undecided
	if f.leavingPreview {
		a.replacePreview(m)
	} else {
		if m.ok {
			a.list.startAt(m.found)
		}
		a.list.selected(m.sel, extends)
	}
	if _, held := a.list.anchored(); m.ok || held || f.settled() {
		f.sought = nil
	}
}

// replacePreview replaces the rows of the preview by those of the main log.
func (a *App) replacePreview(m selected) {
	f := &a.feed
	f.leavingPreview = false
	a.list.replaceLog(m.sel, m.found, m.ok)
	row, ok := a.list.row()
	a.detail.replaceLog(row, ok && m.ok && row == m.found)
	for _, c := range f.pendingMoves {
		if m.ok || c == cmdTop {
			a.list.move(c)
		}
	}
	f.pendingMoves = nil
	if f.pendingTime != nil {
		a.obey(wish{time: f.pendingTime})
		f.pendingTime = nil
	}
}
