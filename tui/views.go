package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// view returns the current view.
func (a *App) view() view {
	v := view{filter: a.feed.filterText, by: a.list.by}
	if !a.feed.partial() && a.list.len() > 0 {
		v.cursor, v.held = a.list.anchored()
	}
	return v
}

// change applies a filter and keeps the current view for undo. The cursor keeps its event.
func (a *App) change(f filterText) {
	if f == a.feed.filterText {
		a.bar.show(f.text)
		return
	}
	now := a.view()
	if a.filter(f) {
		a.views.push(now)
		a.views.context = nil
		a.bar.show(f.text)
	}
}

// restore shows a view again, with its cursor if whole.
func (a *App) restore(v view, whole bool) {
	if whole && v.held && int(v.cursor) < a.feed.snap.Rows() {
		a.list.hold(v.cursor)
	}
	a.bar.show(v.filter.text)
	a.list.sortBy(v.by)
	if v.filter != a.feed.filterText {
		a.filter(v.filter)
	}
}

// travel goes back or forward through the views.
func (a *App) travel(c command) wish {
	forward := c == cmdRedo || c == cmdForwardView
	v, ok := a.views.travel(forward, a.view())
	switch {
	case ok:
		a.restore(v, c == cmdBackView || c == cmdForwardView)
		return wish{}
	case forward:
		return wish{toast: termsafe.Const("no later view")}
	}
	return wish{toast: termsafe.Const("no earlier view")}
}

// switchContext shows all events around the one under the cursor, or returns to the filter before.
func (a *App) switchContext() wish {
	if back, ok := a.views.leaveContext(a.view()); ok {
		a.restore(back, false)
		return wish{}
	}
	if a.feed.filterText.empty() {
		return wish{toast: termsafe.Const("this is everything already")}
	}
	a.enterContext()
	return wish{}
}

// enterContext shows all events, until the user returns to the filter.
func (a *App) enterContext() {
	before := a.view()
	a.change(filterText{})
	a.views.context = &before
	a.status.toast = termsafe.Const("in context: \\ goes back to the filter")
}

// showRow moves to a row of the log. If the filter hides the row, the list shows the row in context, without the filter.
func (a *App) showRow(r model.Row) {
	if _, listed := a.list.placed(r); listed && !a.feed.partial() {
		a.list.goTo(r)
		return
	}
	if a.feed.partial() {
		a.feed.leavePreview(placeOf(&a.feed.snap, r))
	}
	if !a.feed.filterText.empty() {
		a.enterContext()
	}
	a.list.hold(r)
}
