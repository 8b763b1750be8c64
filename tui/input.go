package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/filter"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// pressed routes a key to the modal, the filter bar or the panes.
func (a *App) pressed(k tea.KeyPressMsg) tea.Cmd {
	scope := a.scope()
	a.seen(scope)
	c := a.keys.Command(scope, k.String())
	switch {
	case c == kit.CmdQuit:
		return tea.Quit
	case c == kit.CmdSuspend:
		return tea.Suspend
	case a.modals.Keep(c, k):
		return nil
	case len(a.modals) > 0:
		return a.obey(a.modals.Press(c, k.Text))
	case scope == kit.InFilter:
		return a.obey(a.bar.Press(c, k.Text))
	}
	a.key = k.String()
	if c == kit.NoCommand {
		a.status.toast = a.elsewhere(k.String())
	}
	left, cmd := a.status.tour.pressed(c), a.command(c, scope)
	if left && a.status.toast.Empty() {
		a.status.toast = leftTour
	}
	return cmd
}

// seen drops the message of the status line, or else the news, which a line of text that is edited there hides.
func (a *App) seen(scope kit.Scope) {
	switch hushed := a.bar.Hush(); {
	case hushed, !a.status.toast.Empty():
		a.status.toast = termsafe.Safe{}
	case scope&kit.InPanes != 0:
		a.news.read()
	}
}

// command runs a command of the panes.
func (a *App) command(c kit.Command, scope kit.Scope) tea.Cmd {
	if a.commands.has(c) {
		return a.obey(a.commands[c](a, c))
	}
	if c == kit.CmdBack && scope != kit.InSide && a.stopWork() {
		return nil
	}
	s := a.scene()
	wanted, known := a.panes.focused().Command(c, &s)
	switch {
	case c == kit.CmdBack && !known && scope == kit.InSide:
		wanted.Focus = kit.ListPane
	case c == kit.CmdBack && !known:
		a.leave()
	case !known && wanted.Toast.Empty():
		wanted.Toast = a.notHere(c)
	}
	return a.obey(wanted)
}

// stopSelecting cancels a slow selection and restores the filter of the shown rows.
func (a *App) stopSelecting() {
	a.bar.Show(a.feed.shown.Text)
	a.filter(a.feed.shown.FilterText)
	a.status.toast = termsafe.Const("stopped: back to the previous filter")
}

// stopWork stops the running job that the user waits for, and reports whether there was one.
func (a *App) stopWork() bool {
	switch {
	case a.exporter.Stop():
	case a.asks.all.end():
		a.status.toast = termsafe.Const("stopped counting: the counts are still those of the loaded rows")
	case a.asks.end():
	case a.list.Stop():
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
	case a.panes.shown.focus == kit.DetailPane:
		a.panes.leaveDetail()
	case a.feed.stopLoading():
		a.status.toast = stoppedLoading
	default:
		a.panes.closeDetail()
	}
}

// pasted inserts a pasted text into the filter or the prompt, if the user is typing in one. In the panes it opens the filter: what is
// pasted there is an address or an id to look for.
func (a *App) pasted(text string) tea.Cmd {
	switch scope := a.scope(); {
	case a.modals.Keep(kit.NoCommand, tea.PasteMsg{Content: text}):
		return nil
	case scope == kit.InPrompt:
		return a.obey(a.modals.Press(kit.NoCommand, text))
	case scope&kit.InPanes != 0 && strings.TrimSpace(text) != "":
		a.obey(kit.Wish{Typing: kit.TypingBegins})
		text = a.bar.Separated(text)
	case scope != kit.InFilter:
		return nil
	}
	a.status.toast = termsafe.Safe{}
	return a.obey(a.bar.Paste(text))
}

// filter applies a filter. If it is invalid, the bar shows the error, nothing else changes, and filter returns false.
func (a *App) filter(f kit.FilterText) bool {
	if a.bar.Err = a.feed.setFilter(f, a.env()); a.bar.Err != nil {
		return false
	}
	a.list.ShowColumnsFor(a.feed.Shows)
	a.needWholeLog()
	a.selectAgain()
	a.panes.arrange()
	return true
}

// marksChanged selects the rows again if the filter depends on marks.
func (a *App) marksChanged() {
	if query.AsksForMarks(a.feed.Expr) {
		a.feed.compile(a.env())
		a.selectAgain()
	}
}

// switchZone switches to the other time zone. It recompiles the filter, as its times are read in the zone. It says so if both zones
// are UTC.
func (a *App) switchZone() termsafe.Safe {
	a.display.SwitchZone(&a.feed.snap)
	if a.feed.filtered() {
		a.feed.compile(a.env())
		a.selectAgain()
	}
	now := a.display.Now()
	one, offset := now.In(a.display.Zone).Zone()
	if other, o := now.In(a.display.Other).Zone(); other == one && o == offset {
		return termsafe.Const("local time is UTC as well: times stay the same")
	}
	return termsafe.Safe{}
}

// selectAgain selects all rows again, and stops the jobs about the shown ones.
func (a *App) selectAgain() {
	a.list.StopSearch()
	a.feed.reselect()
	a.bar.Applied(a.feed.Text, a.feed.env)
}

// typeFilter fulfils the wishes about the filter that the user types.
func (a *App) typeFilter(s *kit.Wish) {
	if s.Typing == kit.TypingBegins {
		a.views.typed = a.view()
		a.bar.Begin(a.list.CursorTime())
		s.Cmd = tea.Batch(s.Cmd, a.saved.Look(a.ctx)) // another run may have saved views
	}
	if s.Typed != nil {
		a.bar.Fill(*s.Typed)
		if a.bar.Err = nil; *s.Typed != a.feed.Text {
			a.filter(a.feed.WithText(*s.Typed))
		}
	}
	switch s.Typing {
	case kit.TypingKept:
		a.dateFilter()
		a.bar.End()
		a.views.keepTyped(a.feed.FilterText)
		a.views.session.add(a.feed.Text)
	case kit.TypingGivenUp:
		a.bar.End()
		a.bar.Show(a.views.typed.filter.Text)
		if a.views.typed.filter != a.feed.FilterText {
			a.filter(a.views.typed.filter)
		}
	}
}

// dateFilter completes the times of the filter as far as they are known.
func (a *App) dateFilter() {
	if text, ok := filter.Dated(&a.feed.Filter, a.env()); ok {
		before := a.feed.Expr.String()
		defer func() { a.asks.dated(before, a.feed.Expr) }()
		a.typeFilter(&kit.Wish{Typed: &text})
	}
}
