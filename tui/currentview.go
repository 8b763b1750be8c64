package tui

import (
	"errors"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

var errWrongFilter = errors.New("the filter is wrong")

// currentView returns what is shown, as a view without a name. A view with a wrong filter could not be shown again.
func (a *App) currentView() (kit.SavedView, error) {
	v := kit.NewSavedView("", a.feed.FilterText, a.list.Wanted)
	v.Zone, v.Columns = a.display.Zone.String(), a.list.Columns.Saved()
	if a.bar.Err != nil {
		return v, errWrongFilter
	}
	return v, nil
}

// applyView shows a view. An invalid one, which may come from an edited file, changes nothing.
func (a *App) applyView(v kit.SavedView) kit.Wish {
	f, by := v.Filter(), v.Order()
	if _, err := f.Parse(); err != nil {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the view's query is wrong: "), a.display.Quoted(err.Error()))}
	}
	if !a.list.RestoreColumns(v.Columns) {
		return kit.Wish{Toast: termsafe.Const("the view has a column without a name, or none to show")}
	}
	if v.Zone != "" && v.Zone != a.display.Zone.String() && v.Zone == a.display.Other.String() {
		a.switchZone()
	}
	a.change(f)
	if by.Column != "" && !a.list.Columns.Has(by.Column) {
		by = kit.Sorting{}
	}
	if by != a.list.Wanted {
		a.needWholeLog()
		a.list.SortBy(by)
	}
	return kit.Wish{Toast: termsafe.Concat(termsafe.Const("view "), a.display.Quoted(v.Name), termsafe.Const("; u goes back"))}
}
