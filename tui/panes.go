package tui

import (
	tea "charm.land/bubbletea/v2"
)

// namedPane is a side pane with its name.
type namedPane struct {
	id pane
	sidePane
}

// newPanes returns the side panes.
func newPanes(disp *display) []namedPane {
	return []namedPane{{timelinePane, &timeline{display: disp}}, {facetsPane, &facetPane{display: disp}}}
}

// pane returns the side pane with a name, nil for the list, the detail and unknown names.
func (a *App) pane(id pane) sidePane {
	for _, p := range a.panes {
		if p.id == id {
			return p.sidePane
		}
	}
	return nil
}

// scene returns what all panes show now.
func (a *App) scene() scene {
	l := &a.list
	s := scene{sel: l.sel, filter: a.feed.shown, complete: a.feed.settled(), preview: a.feed.previewing || a.feed.leavingPreview, env: a.env()}
	s.cursor, s.ok = l.row()
	if from, to := l.visible(); from < to {
		snap := l.sel.Snapshot()
		s.from, s.to = snap.Nanos(l.at(from)), snap.Nanos(l.at(to-1))
		if s.from > s.to {
			s.from, s.to = s.to, s.from
		}
	}
	return s
}

// panesWork starts the jobs that the visible panes, the modals and the completer need.
func (a *App) panesWork() tea.Cmd {
	var cmds []tea.Cmd
	s := a.scene()
	for _, p := range a.panes {
		if !a.layout.of(p.id).empty() {
			cmds = append(cmds, p.work(a.ctx, &s))
		}
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
	case viewsLoaded:
		a.viewsToChoose(msg)
	case exported:
		return a.exportEnded(msg)
	}
	return wish{}
}

func (a *App) focus(p pane) {
	a.shown.focus = p
	a.arrange()
}

// nextPane moves the focus to the next pane that can have it, in the direction of step.
func (a *App) nextPane(step int) {
	id := a.shown.focus
	for range numPanes {
		id = (id + numPanes + pane(step)) % numPanes
		if a.reachable(id) {
			a.focus(id)
			return
		}
	}
}

// reachable reports whether a pane can have the focus: it is on the screen, or the focus puts it there.
func (a *App) reachable(id pane) bool {
	switch id {
	case listPane:
		return true
	case detailPane:
		return a.shown.detail
	}
	return a.pane(id) != nil && (!a.layout.of(id).empty() || a.shown.zoom && a.wantsShown(id))
}

func (a *App) wantsShown(id pane) bool {
	return id == facetsPane && a.shown.facets || id == timelinePane && a.shown.timeline
}

// showPane shows a side pane and focuses it, or hides it. If there is no space for it, it covers the list while focused.
func (a *App) showPane(id pane, shown *bool) {
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
