package tui

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// view returns the current view.
func (a *App) view() view {
	v := view{filter: a.feed.FilterText, by: a.list.By}
	if !a.feed.partial() && a.list.Len() > 0 {
		v.cursor, v.held = a.list.Anchored()
	}
	return v
}

// change applies a filter and keeps the current view for undo. The cursor keeps its event.
func (a *App) change(f kit.FilterText) {
	if f == a.feed.FilterText {
		a.bar.Show(f.Text)
		return
	}
	now := a.view()
	if a.filter(f) {
		a.views.push(now)
		a.views.context = nil
		a.bar.Show(f.Text)
	}
}

// restore shows a view again, with its cursor if whole.
func (a *App) restore(v view, whole bool) {
	if whole && v.held && int(v.cursor) < a.feed.snap.Rows() {
		a.list.Hold(v.cursor)
	}
	a.bar.Show(v.filter.Text)
	a.list.SortBy(v.by)
	if v.filter != a.feed.FilterText {
		a.filter(v.filter)
	}
}

// travel goes back or forward through the views.
func (a *App) travel(c kit.Command) kit.Wish {
	forward := c == kit.CmdRedo || c == kit.CmdForwardView
	v, ok := a.views.travel(forward, a.view())
	switch {
	case ok:
		a.restore(v, c == kit.CmdBackView || c == kit.CmdForwardView)
		return kit.Wish{}
	case forward:
		return kit.Wish{Toast: termsafe.Const("no later view")}
	}
	return kit.Wish{Toast: termsafe.Const("no earlier view")}
}

// switchContext shows all events around the one under the cursor, or returns to the filter before.
func (a *App) switchContext() kit.Wish {
	if back, ok := a.views.leaveContext(a.view()); ok {
		a.restore(back, false)
		return kit.Wish{}
	}
	if a.feed.FilterText.Empty() {
		return kit.Wish{Toast: termsafe.Const("this is everything already")}
	}
	a.enterContext()
	return kit.Wish{}
}

// enterContext shows all events, until the user returns to the filter.
func (a *App) enterContext() {
	before := a.view()
	a.change(kit.FilterText{})
	a.views.context = &before
	a.status.toast = termsafe.Const("in context: \\ goes back to the filter")
}

// showRow moves to a row of the log. If the filter hides the row, the list shows the row in context, without the filter.
func (a *App) showRow(r model.Row) {
	if _, listed := a.list.Placed(r); listed && !a.feed.partial() {
		a.list.GoTo(r)
		return
	}
	if a.feed.partial() {
		a.feed.leavePreview(placeOf(&a.feed.snap, r))
	}
	if !a.feed.FilterText.Empty() {
		a.enterContext()
	}
	a.list.Hold(r)
}
