package tui

import (
	tea "charm.land/bubbletea/v2"

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
	case len(a.modals) > 0:
		return a.pressModal(c, k.Text)
	case scope == inFilter:
		return a.typed(c, k.Text)
	}
	a.key = k.String()
	return a.command(c, scope)
}

// pressModal hands a key to the topmost modal, which may be done then.
func (a *App) pressModal(c command, text string) tea.Cmd {
	last := len(a.modals) - 1
	top := a.modals[last]
	if _, own := top.(mover); isMove(c) && top.scope() == inPrompt && !own {
		a.list.move(c)
		return nil
	}
	wanted, done := top.press(c, text)
	if done {
		a.modals = append(a.modals[:last:last], a.modals[last+1:]...)
	}
	return a.obey(wanted)
}

// isMove reports whether a command moves in the list while something is typed.
func isMove(c command) bool {
	return c == cmdDown || c == cmdUp || c == cmdPageDown || c == cmdPageUp
}

// command does what a key of the panes asks for.
func (a *App) command(c command, scope scope) tea.Cmd {
	if int(c) < len(a.commands) && a.commands[c] != nil {
		return a.commands[c](a, c)
	}
	if p := a.pane(a.shown.focus); p != nil && scope == inSide {
		wanted, known := p.command(c)
		wanted.leave = wanted.leave || c == cmdBack && !known
		return a.obey(wanted)
	}
	if c == cmdBack {
		a.back()
		return nil
	}
	a.move(c, scope)
	return nil
}

// move moves in the focused pane.
func (a *App) move(c command, scope scope) {
	if scope == inDetail {
		a.detailKey(c, a.key)
		return
	}
	if c == cmdEnter {
		a.open()
		return
	}
	if (a.feed.previewing || a.feed.leavingPreview) && (c == cmdTop || isUp(c) && a.list.atTop()) {
		a.needWholeLog()
		a.feed.pendingMoves = append(a.feed.pendingMoves, c)
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
	again := a.shown.detail
	a.shown.detail = true
	a.arrange()
	if again || a.layout.detail.empty() {
		a.focus(detailPane)
	}
}

// stopSelecting goes back to the filter whose rows are shown.
func (a *App) stopSelecting() {
	a.bar.show(a.feed.shown.text)
	a.filter(a.feed.shown)
	a.status.toast = termsafe.Const("stopped: this is the filter before")
}

// back stops what takes long, leaves the detail, or closes it: whatever comes first.
func (a *App) back() {
	switch {
	case a.stopExport():
	case a.jobs.busy(findSlot):
		a.stopFinding()
	case a.jobs.busy(sortSlot) && a.list.wanted != a.list.by: // not where new rows are put into the same order
		a.sortBy(a.list.by)
	case a.jobs.busy(hitsSlot) && a.finder.hits == nil:
		_ = a.find("")
	case a.feed.fresh(&a.jobs) && a.feed.filtered():
		a.stopSelecting()
	case a.shown.focus == detailPane && a.detail.back():
	case a.shown.focus == detailPane:
		covered := a.layout.list.empty() && !a.shown.zoom
		a.shown.zoom = false
		a.shown.detail = !covered
		a.focus(listPane)
	case a.stopLoading():
	default:
		a.shown.detail, a.shown.zoom = false, false
		a.arrange()
	}
}

// typed edits the filter, which is applied at once as long as it is right.
func (a *App) typed(c command, text string) tea.Cmd {
	if changed, taken := a.bar.offered(c); taken {
		if changed {
			a.refilter()
		}
		return nil
	}
	switch {
	case c == cmdKeep:
		a.keepFilter()
		return nil
	case c == cmdRestore:
		a.restoreFilter()
		return nil
	case isMove(c):
		a.list.move(c)
		return nil
	}
	changed, known := a.bar.editor.edit(c)
	if !known && text != "" {
		a.status.toast, changed = leftOut(a.bar.editor.insert(text)), true
	}
	a.bar.edited()
	if changed {
		a.refilter()
	}
	return nil
}

// restoreFilter ends typing and goes back to the filter before.
func (a *App) restoreFilter() {
	a.bar.end()
	a.bar.show(a.bar.before.filter.text)
	if a.bar.before.filter != a.feed.filterText {
		a.filter(a.bar.before.filter)
	}
}

// keepFilter ends typing, unless there is an error in the text.
func (a *App) keepFilter() {
	if a.bar.err != nil {
		return
	}
	a.bar.end()
	if a.bar.before.filter != a.feed.filterText {
		a.views.push(a.bar.before)
		a.views.context = nil
	}
}

// pasted types a text into what is being typed in, if anything is.
func (a *App) pasted(text string) tea.Cmd {
	switch a.scope() {
	case inFilter:
		a.status.toast = leftOut(a.bar.editor.insert(text))
		a.bar.edited()
		a.refilter()
	case inPrompt:
		return a.pressModal(noCommand, text)
	}
	return nil
}

// refilter applies the text of the filter bar, if it changes anything.
func (a *App) refilter() {
	if a.bar.editor.text == a.feed.text {
		a.bar.err = nil
		return
	}
	a.filter(a.feed.filterText.withText(a.bar.editor.text))
}

// filter shows other rows. A wrong filter changes nothing but what the bar says, and gives false.
func (a *App) filter(f filterText) bool {
	before := a.unread
	if a.bar.err = a.feed.setFilter(f, a.filterEnv()); a.bar.err != nil {
		a.unread = before
		return false
	}
	if a.feed.within.sel != nil {
		a.unread.Inherit(before)
	}
	a.needWholeLog()
	a.reselect()
	a.arrange()
	return true
}

// reselect begins a new selection, in place of one that is being made.
func (a *App) reselect() {
	a.stopFinding()
	a.jobs.stop(selectSlot)
	a.feed.previous = nil
}

// switchZone shows times in the other zone; a filter by time means another time then.
func (a *App) switchZone() {
	a.zones[0], a.zones[1] = a.zones[1], a.zones[0]
	a.display.zone = a.zones[0]
	a.display.version++
	if a.feed.filtered() {
		a.feed.compile(a.filterEnv())
		a.reselect()
	}
}
