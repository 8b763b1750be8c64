package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// obey fulfils the wish of a pane.
func (a *App) obey(s wish) tea.Cmd {
	var do tea.Cmd
	a.obeyPanes(&s)
	a.obeyFilter(&s)
	a.obeyRows(&s)
	a.obeyModals(&s)
	if s.do != noCommand {
		do = a.command(s.do, a.scope())
	}
	if !s.toast.Empty() {
		a.status.toast = s.toast
	}
	return tea.Batch(do, s.cmd)
}

// obeyPanes fulfils the wishes about what is shown of the log, and where.
func (a *App) obeyPanes(s *wish) {
	if s.open && a.list.len() > 0 {
		a.panes.openDetail()
	}
	if s.focus != noPane {
		a.panes.focus(s.focus)
	}
	if s.move != noCommand {
		a.list.move(s.move)
	}
	if s.whole {
		a.needWholeLog()
	}
	if s.after != noCommand {
		a.feed.pendingMoves = append(a.feed.pendingMoves, s.after)
	}
	if s.timeAfter != nil {
		a.feed.pendingTime = s.timeAfter
	}
}

// obeyFilter fulfils the wishes about the filter.
func (a *App) obeyFilter(s *wish) {
	if s.with != nil {
		a.narrow(s.with)
	}
	if s.only != nil {
		a.change(filterText{text: s.only.String()})
	}
	if s.filter != nil {
		a.change(a.feed.withText(*s.filter))
	}
	if s.change != nil {
		a.change(*s.change)
	}
	if s.typing != noTyping || s.typed != nil {
		a.typeFilter(s)
	}
	if s.marked {
		a.marksChanged()
	}
}

// obeyRows fulfils the wishes about the rows, their order and the cursor.
func (a *App) obeyRows(s *wish) {
	if s.view != nil {
		a.obey(a.applyView(*s.view))
	}
	if s.time != nil {
		a.obey(a.list.goToTime(*s.time, a.feed.previewing))
	}
	if s.row != nil {
		a.list.goTo(*s.row)
	}
	if s.show != nil {
		a.showRow(*s.show)
	}
	if s.order != nil {
		a.needWholeLog()
		a.views.push(a.view())
		a.list.sortBy(*s.order)
	}
}

// obeyModals fulfils the wishes about modals.
func (a *App) obeyModals(s *wish) {
	if s.close != nil {
		a.modals.close(s.close)
	}
	if s.ask != nil {
		a.modals.open(newPrompt(&a.display, *s.ask))
	}
	switch {
	case s.modal == nil:
	case len(a.modals) > 0 && !s.orElse.Empty():
		a.status.toast = s.orElse
	default:
		a.modals.open(s.modal)
	}
}

// narrow adds a condition to the filter.
func (a *App) narrow(e query.Expr) {
	if !a.display.redact.sharable(e) {
		a.status.toast = errMasked
		return
	}
	a.change(a.feed.with(e))
	if a.bar.err == nil {
		a.status.toast = termsafe.Concat(termsafe.Const("+ "), a.display.quoted(e.String()))
	}
}
