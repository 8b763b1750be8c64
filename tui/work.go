package tui

import tea "charm.land/bubbletea/v2"

// work starts the jobs that are needed and not running yet. If a pane begins to read what it is about to show, the next frame
// waits for it.
func (a *App) work() tea.Cmd {
	var cmds []tea.Cmd
	if a.feed.behind() {
		cmds = append(cmds, a.feed.selectRows(a.ctx, a))
	}
	s := a.scene()
	read, begun := a.panes.work(a.ctx, &s)
	if begun {
		a.screen.hold()
	}
	a.screen.reading = a.panes.waits(&s)
	return tea.Batch(append(cmds, read, a.modals.work(a.ctx, &s), a.bar.work(a.ctx, &s, a.feed.advised()))...)
}

// scene returns what all panes show now.
func (a *App) scene() scene {
	s := scene{log: &a.feed.snap, filter: a.feed.shown, complete: a.feed.settled(), key: a.key, preview: a.feed.partial(), env: a.env(), current: a.feed.filter, newest: a.feed.previous}
	a.list.describe(&s)
	return s
}

// exportable says which rows can be exported now.
func (a *App) exportable() exportable {
	l := &a.list
	return exportable{preview: a.feed.partial(), shown: l.sel, columns: l.columns.names(), query: a.feed.shown.expr.String(),
		snap: a.feed.snap, marks: l.marks.len(), marked: l.marks.marked(), order: l.inOrder(), pace: 4 * a.feed.pace}
}
