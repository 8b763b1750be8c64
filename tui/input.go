package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/termsafe"
)

// pressed routes a key to the modal, the filter bar or the panes.
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
		return a.obey(a.modals.press(c, k.Text))
	case scope == inFilter:
		return a.obey(a.bar.press(c, k.Text))
	}
	a.key = k.String()
	return a.command(c, scope)
}

// command runs a command of the panes.
func (a *App) command(c command, scope scope) tea.Cmd {
	if a.commands.has(c) {
		return a.obey(a.commands[c](a, c))
	}
	if c == cmdBack && scope != inSide && a.stopWork() {
		return nil
	}
	s := a.scene()
	wanted, known := a.panes.focused().command(c, &s)
	switch {
	case c == cmdBack && !known && scope == inSide:
		wanted.focus = listPane
	case c == cmdBack && !known:
		a.leave()
	}
	return a.obey(wanted)
}

// stopSelecting cancels a slow selection and restores the filter of the shown rows.
func (a *App) stopSelecting() {
	a.bar.show(a.feed.shown.text)
	a.filter(a.feed.shown.filterText)
	a.status.toast = termsafe.Const("stopped: this is the filter before")
}

// stopWork stops the running job that the user waits for, and reports whether there was one.
func (a *App) stopWork() bool {
	switch {
	case a.exporter.stop():
	case a.list.stop():
	case a.feed.fresh() && a.feed.filtered():
		a.stopSelecting()
	default:
		return false
	}
	return true
}

// leave leaves the detail, stops loading or closes the detail: the first of these that applies.
func (a *App) leave() {
	switch {
	case a.panes.shown.focus == detailPane:
		a.panes.leaveDetail()
	case a.feed.stopLoading():
		a.status.toast = stoppedLoading
	default:
		a.panes.closeDetail()
	}
}

// pasted inserts a pasted text into the filter or the prompt, if the user is typing in one.
func (a *App) pasted(text string) tea.Cmd {
	switch a.scope() {
	case inFilter:
		a.status.toast = termsafe.Safe{}
		return a.obey(a.bar.paste(text))
	case inPrompt:
		return a.obey(a.modals.press(noCommand, text))
	}
	return nil
}

// filter applies a filter. If it is invalid, the bar shows the error, nothing else changes, and filter returns false.
func (a *App) filter(f filterText) bool {
	if a.bar.err = a.feed.setFilter(f, a.env()); a.bar.err != nil {
		return false
	}
	a.needWholeLog()
	a.selectAgain()
	a.panes.arrange()
	return true
}

// marksChanged selects the rows again if the filter depends on marks.
func (a *App) marksChanged() {
	if strings.Contains(a.feed.text, "marked") {
		a.feed.compile(a.env())
		a.selectAgain()
	}
}

// switchZone switches to the other time zone. It recompiles the filter, as its times are read in the zone.
func (a *App) switchZone() {
	a.display.switchZone(&a.feed.snap)
	if a.feed.filtered() {
		a.feed.compile(a.env())
		a.selectAgain()
	}
}

// selectAgain selects all rows again, and stops what goes on in the shown ones.
func (a *App) selectAgain() {
	a.list.stopSearch()
	a.feed.reselect()
	a.bar.applied(a.feed.text)
}
