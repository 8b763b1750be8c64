package tui

import (
	"errors"

	"pawprint/tui/termsafe"
)

var errWrongFilter = errors.New("the filter is wrong")

// currentView returns what is shown, as a view without a name. A view with a wrong filter could not be shown again.
func (a *App) currentView() (SavedView, error) {
	v := newSavedView("", a.feed.filterText, a.list.wanted)
	v.Zone, v.Columns = a.display.zone.String(), a.list.columns.saved()
	if a.bar.err != nil {
		return v, errWrongFilter
	}
	return v, nil
}

// applyView shows a view. An invalid one, which may come from an edited file, changes nothing.
func (a *App) applyView(v SavedView) wish {
	f, by := v.filter(), v.order()
	if _, err := f.parse(); err != nil {
		return wish{toast: termsafe.Concat(termsafe.Const("the view's query is wrong: "), a.display.quoted(err.Error()))}
	}
	if !a.list.restoreColumns(v.Columns) {
		return wish{toast: termsafe.Const("the view has a column without a name, or none to show")}
	}
	if v.Zone != "" && v.Zone != a.display.zone.String() && v.Zone == a.display.other.String() {
		a.switchZone()
	}
	a.change(f)
	if by.column != "" && !a.list.columns.has(by.column) {
		by = sorting{}
	}
	if by != a.list.wanted {
		a.needWholeLog()
		a.list.sortBy(by)
	}
	return wish{toast: termsafe.Concat(termsafe.Const("view "), a.display.quoted(v.Name), termsafe.Const("; u goes back"))}
}
