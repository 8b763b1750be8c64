package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/modal"
)

// work starts the jobs that are needed and not running yet. If a pane begins to read what it is about to show, the next frame
// waits for it, and the first frame for the first rows.
func (a *App) work() tea.Cmd {
	var cmds []tea.Cmd
	takeViews(a)
	if a.feed.behind() {
		cmds = append(cmds, a.feed.selectRows(a.ctx, a))
	}
	cmds = append(cmds, workSession(a), a.asks.work(a), a.alerts.work(a.ctx, &a.feed.snap, a.env))
	s := a.scene()
	read, begun := a.panes.work(a.ctx, &s)
	if a.list.Len() > 0 {
		a.screen.filled()
	}
	first := a.screen.built.IsZero() && a.options.Start == nil && a.list.Len() == 0 && a.feed.coming() // rows mostly come within an interval
	if begun || first {
		a.screen.hold()
	}
	a.screen.reading = first || a.panes.Waits(&s)
	advised := a.feed.advised()
	if partly(a) {
		advised = nil
	}
	return tea.Batch(append(cmds, read, a.modals.Work(a.ctx, &s), a.bar.Work(a.ctx, &s, advised))...)
}

// scene returns what all panes show now.
func (a *App) scene() kit.Scene {
	s := kit.Scene{
		Log: &a.feed.snap, Newest: a.feed.previous, Filter: a.feed.shown, Current: a.feed.Filter,
		Complete: a.feed.settled(), Preview: a.feed.partial(), Part: a.asks.part(a.feed.Expr, &a.feed.snap), PartLog: a.asks.part(query.Everything(), &a.feed.snap), Env: a.env(), Library: a.feed.library, Key: a.key,
	}
	a.list.Describe(&s)
	if s.Part && !s.Preview {
		s.All = a.asks.all.all(s.Sel)
	}
	return s
}

// exportable says which rows can be exported now.
func (a *App) exportable() modal.Exportable {
	l := &a.list
	return modal.Exportable{Preview: a.feed.partial(), Shown: l.Sel, Columns: l.Columns.Names(), Query: a.feed.shown.Expr.String(),
		Snap: a.feed.snap, Marks: l.Marks.Rows(), All: l.Marks.Whole(&a.feed.snap), Order: l.InOrder(), Pace: 4 * a.feed.pace}
}
