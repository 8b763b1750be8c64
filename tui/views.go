package tui

import (
	"errors"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/modal"
	"pawprint/tui/snippet"
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
		return kit.Wish{Toast: termsafe.Const("no filter is active")}
	}
	a.enterContext()
	return kit.Wish{}
}

// enterContext shows all events, until the user returns to the filter.
func (a *App) enterContext() {
	before := a.view()
	a.change(kit.FilterText{})
	a.views.context = &before
	a.status.toast = a.display.Keyed("in context: {} goes back to the filter", kit.CmdInContext)
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

var errWrongFilter = errors.New("the filter is wrong: correct it first")

// currentView returns what is shown, as a view without a name. A view with a wrong filter could not be shown again.
func (a *App) currentView() (kit.SavedView, error) {
	v := kit.NewSavedView("", a.feed.FilterText, a.list.Wanted)
	v.Zone, v.Columns = a.display.Zone.String(), a.list.Columns.Saved()
	if c := a.panes.counting(); c != nil {
		v.Facets = c.Fields()
	}
	if a.bar.Err != nil {
		return v, errWrongFilter
	}
	return v, nil
}

// takeViews reads the filter again with the views that were loaded since, where it means something else with them.
func takeViews(a *App) {
	l := a.saved.Library()
	if l == a.feed.library {
		return
	}
	before := a.feed.FilterText
	changes := a.feed.changes(l)
	a.feed.library = l
	switch {
	case a.bar.Err != nil:
		if f := before.WithText(a.bar.Editor.Text); a.filter(f) && !a.bar.Typing {
			a.bar.Show(f.Text)
		}
	case changes:
		a.filter(before)
	}
}

// applyView shows a view. An invalid one, which may come from an edited file, changes nothing.
func (a *App) applyView(v kit.SavedView) kit.Wish {
	return applyFilter(a, v, v.Filter())
}

// applyFilter shows a view with another filter, which has more conditions.
func applyFilter(a *App, v kit.SavedView, f kit.FilterText) kit.Wish {
	by := v.Order()
	if _, err := f.ParseIn(a.feed.library); err != nil {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the view's query is wrong: "), a.display.Quoted(err.Error()))}
	}
	if !a.list.TakesColumns(v.Columns) {
		return kit.Wish{Toast: termsafe.Const("the view has a column without a name, or none to show")}
	}
	facets := a.panes.counting()
	if facets != nil && !facets.Takes(v.Facets) {
		return kit.Wish{Toast: termsafe.Const("the view has a facet that cannot be counted")}
	}
	if v.Zone != "" && v.Zone != a.display.Zone.String() && v.Zone == a.display.Other.String() {
		a.switchZone()
	}
	a.feed.name(v)
	a.change(f)
	a.list.RestoreColumns(v.Columns) // after the filter, which may bring columns of its own
	if facets != nil && len(v.Facets) > 0 {
		facets.ShowFields(v.Facets)
	}
	if by.Column != "" && !a.list.Columns.Has(by.Column) {
		by = kit.Sorting{}
	}
	if by != a.list.Wanted {
		a.needWholeLog()
		a.list.SortBy(by)
	}
	return kit.Wish{Toast: termsafe.Concat(termsafe.Const("view "), a.display.Quoted(v.Name), a.display.Keyed("; {} goes back", kit.CmdUndo))}
}

// copiedView returns what can be copied of the present view.
func copiedView(a *App) modal.CopiedView {
	return modal.CopiedView{Saved: a.currentView, Rows: func() (snippet.Rows, error) {
		v, err := a.currentView()
		if err != nil {
			return snippet.Rows{}, err
		}
		rows, err := copiedRows(a, a.feed.Expr)
		rows.Fields, rows.Sort = a.list.Columns.Fields(), list.SortFlag(v.Order())
		return rows, err
	}}
}

// copiedRows returns the rows of a query as a command asks for them, without columns and an order. The error says why no command can.
func copiedRows(a *App, e query.Expr) (rows snippet.Rows, err error) {
	e = query.Fixed(e, a.env())
	rows = snippet.Rows{Query: e.String(), Sources: a.options.Program.Sources, Zone: a.display.Zone.String(), Masked: bool(a.display.Redact), First: query.RestsOnFirsts(e)}
	if rows.Sources == nil {
		rows.Sources = placesOf(&a.feed.snap)
	}
	switch {
	case a.feed.partial():
		err = errors.New("the log is not read yet, try again in a moment")
	case a.options.Marks == nil && query.AsksForMarks(e):
		err = errors.New("a command cannot see marks that are not saved: start without --no-state")
	}
	return rows, err
}

// copiedComparison copies the command that counts two periods.
func copiedComparison(a *App, c *kit.Comparison) kit.Wish {
	rows, err := copiedRows(a, c.Query)
	command, zone := "", a.display.Zone
	if err == nil {
		periods := writtenPeriod(query.During(c.Before, zone)) + " vs " + writtenPeriod(query.During(c.After, zone))
		command, err = rows.Stats(a.options.Program, periods, c.By)
	}
	return a.copier.Command(rows.Query, command, err)
}

// writtenPeriod returns a term for a stretch of time as --compare takes it.
func writtenPeriod(e query.Expr) string {
	return strings.Trim(strings.TrimPrefix(e.String(), "time:"), `"`)
}

// placesOf lists where the sources of a log can be read again, each once. It is empty if one cannot.
func placesOf(snap *model.Snapshot) (places []string) {
	sources := snap.Sources()
	for i := range sources {
		place := sources[i].Place.Raw()
		if place == "" {
			return nil
		}
		if !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return places
}
