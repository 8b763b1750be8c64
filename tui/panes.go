package tui

import (
	tea "charm.land/bubbletea/v2"
)

// namedPane is a pane with its name.
type namedPane struct {
	id paneID
	pane
}

// newPanes returns the panes, in the order in which they are drawn.
func newPanes(disp *display, l *list, d *detail) []namedPane {
	return []namedPane{{timelinePane, newTimeline(disp)}, {facetsPane, newFacetPane(disp)}, {listPane, l}, {detailPane, d}}
}

// pane returns the pane with a name.
func (a *App) pane(id paneID) pane {
	for _, p := range a.panes {
		if p.id == id {
			return p.pane
		}
	}
	return nil
}

// scene returns what all panes show now.
func (a *App) scene() scene {
	l := &a.list
	s := scene{sel: l.sel, log: &a.feed.snap, filter: a.feed.shown, complete: a.feed.settled(), key: a.key, preview: a.feed.previewing || a.feed.leavingPreview, env: a.env(), current: a.feed.filter}
	s.cursor, s.ok = l.row()
	s.mark, s.hasMark = a.marks.last, a.marks.has(a.marks.last)
	if from, to := l.visible(); from < to {
		snap := l.sel.Snapshot()
		s.from, s.to = snap.Nanos(l.at(from)), snap.Nanos(l.at(to-1))
		if s.from > s.to {
			s.from, s.to = s.to, s.from
		}
	}
	return s
}

// panesWork starts the jobs that the visible panes, the modals and the completer need. If a pane begins to read what it is about
// to show, the next frame waits for it.
func (a *App) panesWork() tea.Cmd {
	var cmds []tea.Cmd
	s, before := a.scene(), a.reads()
	for _, p := range a.panes {
		if a.working(p.id) {
			cmds = append(cmds, p.work(a.ctx, &s))
		}
	}
	if a.reads() != before {
		a.hold()
	}
	for _, m := range a.modals {
		if w, ok := m.(worker); ok {
			cmds = append(cmds, w.work(a.ctx, &s))
		}
	}
	if a.bar.offers != nil && a.bar.typing {
		cmds = append(cmds, a.bar.offers.work(a.ctx, &s))
	}
	return tea.Batch(cmds...)
}

// take takes the answers to the jobs that the App starts itself.
func (a *App) take(msg tea.Msg) wish {
	switch msg := msg.(type) {
	case logGrew:
		return wish{cmd: a.grew(msg)}
	case selected:
		a.selected(msg)
	case rowFound:
		return wish{cmd: a.found(msg)}
	case hitsSelected:
		return wish{cmd: a.hitsSelected(msg)}
	case sorted:
		a.sorted(msg)
	}
	return wish{}
}

// exportable says which rows can be exported now.
func (a *App) exportable() exportable {
	l := &a.list
	e := exportable{preview: a.feed.previewing || a.feed.leavingPreview, shown: l.sel, columns: l.columns.names(), query: a.feed.shown.expr.String(),
		snap: a.feed.snap, marks: len(a.marks.notes), marked: a.marks.marked()}
	if l.order != nil {
		e.order = l.order.rows
	}
	return e
}

// working reports whether a pane needs its jobs: it is on the screen, or is read before it covers the list.
func (a *App) working(id paneID) bool {
	switch id {
	case listPane:
		return true
	case detailPane:
		return a.shown.detail
	}
	return !a.layout.of(id).empty()
}

// reads counts the reads that the panes have begun for the screen.
func (a *App) reads() (n int) {
	for _, p := range a.panes {
		if r, ok := p.pane.(reader); ok {
			n += r.reads()
		}
	}
	return n
}

func (a *App) focus(p paneID) {
	a.shown.focus = p
	a.arrange()
}

// nextPane moves the focus to the next pane that can have it, in the direction of step.
func (a *App) nextPane(step int) {
	id := a.shown.focus
	for range numPanes {
		id = (id + numPanes + paneID(step)) % numPanes
		if a.reachable(id) {
			a.focus(id)
			return
		}
	}
}

// reachable reports whether a pane can have the focus: it is on the screen, or the focus puts it there.
func (a *App) reachable(id paneID) bool {
	switch id {
	case listPane:
		return true
	case detailPane:
		return a.shown.detail
	}
	return id != noPane && (!a.layout.of(id).empty() || a.shown.zoom && a.wantsShown(id))
}

func (a *App) wantsShown(id paneID) bool {
	return id == facetsPane && a.shown.facets || id == timelinePane && a.shown.timeline
}

// showPane shows a side pane and focuses it, or hides it. If there is no space for it, it covers the list while focused.
func (a *App) showPane(id paneID, shown *bool) {
	if a.shown.focus == id || *shown && !a.layout.of(id).empty() {
		*shown = false
		if a.shown.focus == id {
			a.shown.focus = listPane
		}
		a.arrange()
		return
	}
	*shown = true
	a.focus(id)
}
