package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/page"
	"pawprint/tui/termsafe"
)

// obey fulfils the wish of a pane.
func (a *App) obey(s kit.Wish) tea.Cmd {
	var do tea.Cmd
	a.obeyPanes(&s)
	a.obeyFilter(&s)
	a.obeyRows(&s)
	a.obeyModals(&s)
	if s.Do != kit.NoCommand {
		do = a.command(s.Do, a.scope())
	}
	if !s.Toast.Empty() {
		a.status.toast = s.Toast
	}
	do = tea.Batch(do, s.Cmd)
	if s.Modal != nil && a.modals.Top() == s.Modal {
		for _, msg := range s.Pressed {
			do = tea.Batch(do, a.route(msg))
		}
	}
	return do
}

// obeyPanes fulfils the wishes about what is shown of the log, and where.
func (a *App) obeyPanes(s *kit.Wish) {
	if s.Open && a.list.Len() > 0 {
		a.panes.openDetail()
	}
	if s.Focus != kit.NoPane {
		a.panes.focus(s.Focus)
	}
	if s.Move != kit.NoCommand {
		a.list.Move(s.Move)
	}
	if s.Whole {
		a.needWholeLog()
	}
	if s.After != kit.NoCommand {
		a.feed.pendingMoves = append(a.feed.pendingMoves, s.After)
	}
	if s.TimeAfter != nil {
		a.feed.pendingTime = s.TimeAfter
	}
}

// obeyFilter fulfils the wishes about the filter.
func (a *App) obeyFilter(s *kit.Wish) {
	if s.With != nil {
		a.narrow(s.With)
	}
	if s.Only != nil {
		a.only(s.Only)
	}
	if s.Filter != nil {
		a.change(a.feed.WithText(*s.Filter))
	}
	if s.Change != nil {
		a.change(*s.Change)
	}
	if s.Typing != kit.NoTyping || s.Typed != nil {
		a.typeFilter(s)
	}
	if s.Marked {
		a.marksChanged()
	}
}

// obeyRows fulfils the wishes about the rows, their order and the cursor.
func (a *App) obeyRows(s *kit.Wish) {
	if s.View != nil {
		a.obey(a.applyView(*s.View))
	}
	if s.Time != nil {
		a.obey(a.list.GoToTime(*s.Time, a.feed.previewing))
	}
	if s.Row != nil {
		a.list.GoTo(*s.Row)
	}
	if s.Show != nil {
		a.showRow(*s.Show)
	}
	if s.Order != nil {
		a.needWholeLog()
		a.views.push(a.view())
		a.list.SortBy(*s.Order)
	}
}

// obeyModals fulfils the wishes about modals.
func (a *App) obeyModals(s *kit.Wish) {
	if s.Close != nil {
		a.modals.Close(s.Close)
	}
	if s.Leave {
		a.modals.Leave()
	}
	if s.Count != "" {
		a.obey(page.AskFrequencies(&a.display, s.Count))
	}
	if s.Export != nil {
		a.obey(a.exporter.TableMenu(a.ctx, *s.Export, a.exportable()))
	}
	if !s.Copy.Empty() {
		a.obeyCopy(s)
	}
	if s.Compared != nil {
		w := copiedComparison(a, s.Compared)
		s.Cmd, s.Toast = tea.Batch(s.Cmd, w.Cmd), w.Toast
	}
	if s.Ask != nil {
		a.modals.Open(kit.NewPrompt(&a.display, *s.Ask))
	}
	switch {
	case s.Modal == nil:
	case len(a.modals) > 0 && !s.OrElse.Empty():
		a.status.toast = s.OrElse
	default:
		a.modals.Open(s.Modal)
	}
}

// obeyCopy sends a row to the clipboard of the terminal.
func (a *App) obeyCopy(s *kit.Wish) {
	w := a.copier.Clipboard.Text(termsafe.Const("the row"), s.Copy)
	s.Cmd, s.Toast = tea.Batch(s.Cmd, w.Cmd), w.Toast
}

// narrow adds a condition to the filter.
func (a *App) narrow(e query.Expr) {
	if !a.display.Redact.Sharable(e) {
		a.status.toast = a.display.MaskedWords()
		return
	}
	before, chips := a.feed.previous, len(a.feed.Chips)
	if a.change(a.feed.With(e)); a.bar.Err != nil {
		return
	}
	if len(a.feed.Chips) != chips+1 {
		before = nil // an opposite condition has given way
	}
	a.bar.Narrowed(e, before)
}

// only filters by conditions alone, of which the last is the one that was asked for.
func (a *App) only(e query.Expr) {
	a.change(kit.FilterText{Text: e.String()})
	if terms := query.Terms(e); a.bar.Err == nil && len(terms) > 0 {
		a.bar.Narrowed(terms[len(terms)-1], nil)
	}
}

// switchRedaction switches masking on or off, and reads again what was read for the other state.
func (a *App) switchRedaction() {
	a.display.Redact = !a.display.Redact
	a.display.Version++
	a.list.ReadAgain()
	a.detail.ReadAgain()
	if a.status.toast = termsafe.Const("secrets are shown"); a.display.Redact {
		a.status.toast = termsafe.Const("what looks like a secret is masked; others may remain")
	}
}
