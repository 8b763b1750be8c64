package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Take takes the answers to the jobs of the feed.
func (a *App) Take(msg tea.Msg) kit.Wish {
	switch msg := msg.(type) {
	case logGrew:
		return a.grew(msg)
	case selected:
		if msg.err != nil {
			return kit.Wish{Toast: a.notSelected(msg.err)}
		}
		a.selected(&msg)
	}
	return kit.Wish{}
}

// grew takes a newer snapshot of the main log, and waits for the next one.
func (a *App) grew(m logGrew) kit.Wish {
	a.news.compare(a.feed.snap.Sources(), m.snap.Sources())
	a.feed.grow(m.snap)
	a.display.Fit(&m.snap)
	if a.feed.settled() {
		a.needWholeLog()
		if !a.bar.Typing {
			a.dateFilter() // the filter may be from before the end of the log was known
		}
	}
	return kit.Wish{Cmd: a.feed.wait(a.ctx, a)}
}

// needWholeLog leaves the preview: the next selection is of the main log, with the cursor on the same event.
func (a *App) needWholeLog() {
	if !a.feed.previewing {
		return
	}
	var at *place
	if row, ok := a.list.Row(); ok {
		at = placeOf(a.list.Sel.Snapshot(), row)
	}
	a.feed.leavePreview(at)
}

// notSelected says why the rows could not be selected.
func (a *App) notSelected(err error) termsafe.Safe {
	a.feed.gaveUp = true
	if query.Files(a.feed.Expr) != nil {
		a.bar.Err = err // it stays until the filter is changed
	}
	return a.display.Own("selecting: " + err.Error())
}

// selected shows the selected rows.
func (a *App) selected(m *selected) {
	extends := a.feed.accept(m)
	if a.feed.leavingPreview {
		a.replacePreview(m)
	} else {
		if m.ok {
			a.list.StartAt(m.found)
		}
		a.list.Selected(m.sel, extends)
		a.news.came(m.late[:a.list.Above(m.late)])
	}
	if _, held := a.list.Anchored(); m.ok || held || a.feed.settled() {
		a.feed.sought = nil
	}
}

// replacePreview replaces the rows of the preview by those of the main log.
func (a *App) replacePreview(m *selected) {
	moves, at := a.feed.arrived()
	a.list.ReplaceLog(m.sel, m.found, m.ok)
	row, ok := a.list.Row()
	a.detail.ReplaceLog(row, ok && m.ok && row == m.found)
	for _, c := range moves {
		if m.ok || c == kit.CmdTop {
			a.list.Move(c)
		}
	}
	if at != nil {
		a.obey(kit.Wish{Time: at})
	}
}
