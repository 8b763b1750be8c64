package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// pressed routes a key to what has the keyboard.
func (a *App) pressed(k tea.KeyPressMsg) tea.Cmd {
	a.status.toast = termsafe.Safe{}
	scope := a.scope()
	c := a.keys.command(scope, k.String())
	switch {
	case c == cmdQuit:
		return tea.Quit
	case c == cmdSuspend:
		return tea.Suspend
	case scope == inHelp:
		if a.modals[len(a.modals)-1].command(c) {
			a.modals = a.modals[:len(a.modals)-1]
		}
		return nil
	case scope == inFilter:
		return a.typed(c, k.Text)
	}
	return a.command(c, scope)
}

// command does what a key of the panes asks for.
func (a *App) command(c command, scope scope) tea.Cmd {
	switch c {
	case cmdHelp:
		a.modals = append(a.modals, &helpPane{look: &a.look, keys: a.keys, version: a.version})
	case cmdFilter:
		a.bar.begin()
	case cmdFailedOnly:
		a.filter(a.feed.text, !a.feed.failedOnly)
	case cmdFollow:
		a.needWholeLog()
		a.list.toggleFollow()
	case cmdNextFailure, cmdPreviousFailure:
		return a.find(c)
	case cmdZone:
		a.switchZone()
	case cmdRelative:
		a.look.relative = !a.look.relative
		a.look.version++
	case cmdNextPane:
		a.nextPane()
	case cmdZoom:
		a.wish.zoom = !a.wish.zoom
		a.arrange()
	case cmdBack:
		a.back()
	default:
		a.move(c, scope)
	}
	return nil
}

// move moves in the focused pane.
func (a *App) move(c command, scope scope) {
	if scope == inDetail {
		a.detail.move(c)
		return
	}
	if c == cmdEnter {
		a.open()
		return
	}
	if (a.feed.previewing || a.feed.swap) && (c == cmdTop || isUp(c) && a.list.atTop()) {
		a.needWholeLog()
		a.feed.owed = append(a.feed.owed, c)
		return
	}
	if a.list.move(c) {
		a.stopFinding()
	}
}

func isUp(c command) bool { return c == cmdUp || c == cmdHalfUp || c == cmdPageUp }

// open opens the detail, and gives it the focus if it is open already or covers the list.
func (a *App) open() {
	if a.list.len() == 0 {
		return
	}
	again := a.wish.detail
	a.wish.detail = true
	a.arrange()
	if again || a.layout.detail.empty() {
		a.focus(detailPane)
	}
}

func (a *App) focus(p pane) {
	a.wish.focus = p
	a.arrange()
}

func (a *App) nextPane() {
	if a.wish.focus == listPane && a.wish.detail {
		a.focus(detailPane)
		return
	}
	a.focus(listPane)
}

// stopSelecting goes back to the filter whose rows are shown.
func (a *App) stopSelecting() {
	a.bar.editor.set(a.feed.shown.text)
	a.filter(a.feed.shown.text, a.feed.shown.failedOnly)
	a.status.toast = termsafe.Const("stopped: this is the filter before")
}

// back stops what takes long, leaves the detail, or closes it: whatever comes first.
func (a *App) back() {
	switch {
	case a.jobs.busy(findRoom):
		a.stopFinding()
	case a.feed.fresh(&a.jobs) && a.feed.filtered():
		a.stopSelecting()
	case a.wish.focus == detailPane:
		covered := a.layout.list.empty() && !a.wish.zoom
		a.wish.zoom = false
		a.wish.detail = !covered
		a.focus(listPane)
	default:
		a.wish.detail, a.wish.zoom = false, false
		a.arrange()
	}
}

// typed edits the filter, which is applied at once as long as it is right.
func (a *App) typed(c command, text string) tea.Cmd {
	switch c {
	case cmdKeep:
		if a.bar.err == nil {
			a.bar.typing = false
		}
		return nil
	case cmdRestore:
		a.bar.typing = false
		a.bar.editor.set(a.bar.before)
		a.refilter()
		return nil
	case cmdDown, cmdUp, cmdPageDown, cmdPageUp:
		a.list.move(c)
		return nil
	}
	changed, known := a.bar.editor.edit(c)
	if !known && text != "" {
		a.status.toast, changed = leftOut(a.bar.editor.insert(text)), true
	}
	if changed {
		a.refilter()
	}
	return nil
}

func (a *App) pasted(text string) tea.Cmd {
	if a.scope() == inFilter {
		a.status.toast = leftOut(a.bar.editor.insert(text))
		a.refilter()
	}
	return nil
}

// refilter applies the text of the filter bar, if it changes anything.
func (a *App) refilter() {
	if a.bar.editor.text == a.feed.text {
		a.bar.err = nil
		return
	}
	a.filter(a.bar.editor.text, a.feed.failedOnly)
}

// filter shows other rows. A wrong filter changes nothing but what the bar says.
func (a *App) filter(text string, failedOnly bool) {
	if a.bar.err = a.feed.setQuery(text, failedOnly, a.env()); a.bar.err != nil {
		return
	}
	a.needWholeLog()
	a.reselect()
}

// reselect begins a new selection, in place of one that is being made.
func (a *App) reselect() {
	a.stopFinding()
	a.jobs.stop(selectRoom)
	a.feed.previous = nil
}

// switchZone shows times in the other zone; a filter by time means another time then.
func (a *App) switchZone() {
	a.zones[0], a.zones[1] = a.zones[1], a.zones[0]
	a.look.zone = a.zones[0]
	a.look.version++
	if a.feed.filtered() {
		a.feed.compile(a.env())
		a.reselect()
	}
}

// find goes to the next failure in one direction, or remembers to if one is being looked for.
func (a *App) find(c command) tea.Cmd {
	step := 1
	if c == cmdPreviousFailure {
		step = -1
	}
	if a.jobs.busy(findRoom) {
		a.finds += step
		return nil
	}
	if a.list.len() == 0 {
		return nil
	}
	return findFailure(&a.jobs, a.list.sel, a.list.cursor, step)
}

func (a *App) stopFinding() {
	a.jobs.stop(findRoom)
	a.finds = 0
}

// found moves to a failure, and goes on if keys were pressed in the meantime.
func (a *App) found(m failureFound) tea.Cmd {
	if !m.ok {
		a.finds = 0
		a.status.toast = termsafe.Const("no failure after this event")
		if m.step < 0 {
			a.status.toast = termsafe.Const("no failure before this event")
		}
		if a.feed.previewing {
			a.needWholeLog()
			a.status.toast = termsafe.Const("no failure so far: the log is still being loaded")
		}
		return nil
	}
	a.list.moveTo(a.list.sel.Place(m.row))
	a.list.reveal()
	if a.finds == 0 {
		return nil
	}
	step := 1
	if a.finds < 0 {
		step = -1
	}
	a.finds -= step
	return findFailure(&a.jobs, a.list.sel, a.list.cursor, step)
}

// grew takes news of the main log.
func (a *App) grew(m logGrew) tea.Cmd {
	a.feed.snap, a.feed.gaveUp = m.snap, false
	a.look.year = a.needsYear(&m.snap)
	if a.feed.previewing && a.feed.settled() {
		a.needWholeLog()
	}
	return a.feed.wait(&a.jobs)
}

// needWholeLog leaves the preview: the next selection is of the main log, with the cursor on the same event.
func (a *App) needWholeLog() {
	if !a.feed.previewing {
		return
	}
	a.feed.previewing, a.feed.swap = false, true
	if row, ok := a.list.row(); ok {
		a.feed.sought = placeOf(a.list.sel.Snapshot(), row)
	}
}

// selected shows the rows that were selected.
func (a *App) selected(m selected) {
	if m.err != nil {
		a.feed.gaveUp = true
		a.status.toast = a.look.own("selecting: " + m.err.Error())
		return
	}
	f, extends := &a.feed, a.feed.previous != nil
	f.previous, f.shown = m.sel, f.filterText
	switch {
	case f.swap:
		a.swapLog(m)
	case m.ok && !a.list.held:
		a.list.anchor, a.list.held = m.found, true
		a.list.selectRows(m.sel, extends)
	default:
		a.list.selectRows(m.sel, extends)
	}
	if m.ok || a.list.held || f.settled() {
		f.sought = nil
	}
}

// swapLog replaces the rows of the preview.
func (a *App) swapLog(m selected) {
	f := &a.feed
	f.swap = false
	a.jobs.stop(rowsRoom)
	a.jobs.stop(detailRoom)
	a.stopFinding()
	a.list.replaceLog(m.sel, m.found, m.ok)
	if d := a.detail.doc; d != nil {
		if row, ok := a.list.row(); ok && m.ok && row == m.found {
			d.event.Row = row
		} else {
			a.detail.doc = nil
		}
	}
	for _, c := range f.owed {
		if m.ok || c == cmdTop {
			a.list.move(c)
		}
	}
	f.owed = nil
}

// needsYear reports whether times must show the year: not all of the log is of this one.
func (a *App) needsYear(snap *model.Snapshot) bool {
	year := a.look.now().In(a.look.zone).Year()
	for i := range snap.Segments() {
		lo, hi := snap.Segment(i).Bounds()
		if time.Unix(0, lo).In(a.look.zone).Year() != year || time.Unix(0, hi).In(a.look.zone).Year() != year {
			return true
		}
	}
	return false
}
