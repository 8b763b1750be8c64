package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// viewsLoaded brings the saved views.
type viewsLoaded struct {
	job
	views []SavedView
	err   error
}

// viewSaved says that a view was saved, or why not. It does not answer a job, so that each outcome is shown even if the next
// view is being saved already.
type viewSaved struct {
	name string
	err  error
}

// maxViewName is the maximum length of a view's name, in bytes.
const maxViewName = 80

var (
	errNoViewName   = errors.New("a view needs a name")
	errLongViewName = errors.New("the name is too long")
	errWrongFilter  = errors.New("the filter is wrong")
)

// promptViewName opens the prompt for the name under which to save the current view.
func (a *App) promptViewName() {
	if a.saver.views == nil {
		a.status.toast = termsafe.Const("views cannot be saved here")
		return
	}
	a.obey(wish{ask: &ask{label: termsafe.Const("save the view as "), help: termsafe.Const("filter, columns, order and zone; V lists views"),
		done: func(text string) (wish, error) {
			name := strings.TrimSpace(text)
			switch {
			case name == "":
				return wish{}, errNoViewName
			case len(name) > maxViewName:
				return wish{}, errLongViewName
			case a.bar.err != nil:
				return wish{}, errWrongFilter
			}
			return wish{cmd: a.saveView(a.viewAs(name))}, nil
		}}})
}

func (a *App) saveView(v SavedView) tea.Cmd {
	s := a.saver.add(v)
	return safely(func() tea.Msg {
		a.saver.flush(a.ctx)
		return a.saver.outcome(s)
	})
}

// viewWasSaved shows the outcome of saving a view.
func (a *App) viewWasSaved(m viewSaved) {
	if m.err != nil {
		a.status.toast = a.display.said(m.err)
		return
	}
	a.status.toast = termsafe.Concat(termsafe.Const("saved as "), a.display.quoted(m.name), termsafe.Const("; V lists views"))
}

// listViews starts loading the saved views for the list to choose from.
func (a *App) listViews() tea.Cmd {
	_, job := a.loading.start(a.ctx, a)
	views := a.saver.views
	return safely(func() tea.Msg {
		if views == nil {
			return viewsLoaded{job: job}
		}
		saved, err := views.Load()
		return viewsLoaded{job, saved, err}
	})
}

// readyView is the saved view that shows a ready one.
func readyView(v *query.View) SavedView {
	saved := SavedView{Name: v.Title, Query: v.Term()}
	for _, name := range v.Columns {
		saved.Columns = append(saved.Columns, SavedColumn{Name: name})
	}
	return saved
}

// viewsToChoose opens the list of views: saved ones, then the ready ones.
func (a *App) viewsToChoose(m viewsLoaded) {
	if m.err != nil {
		a.status.toast = a.display.said(m.err)
	}
	var choices []choice
	for _, v := range m.views {
		choices = append(choices, a.viewChoice(v, v.summary()))
	}
	for _, v := range query.Views() {
		choices = append(choices, a.viewChoice(readyView(&v), v.Query))
	}
	a.modals = append(a.modals, newPicker(&a.display, termsafe.Const("Views"), choices))
}

func (a *App) viewChoice(v SavedView, does string) choice {
	return choice{name: a.display.quoted(v.Name), does: a.display.quoted(does), take: func() wish { return a.applyView(v) }}
}

// summary describes a view in a few words.
func (v *SavedView) summary() string {
	var parts []string
	if v.FailedOnly {
		parts = append(parts, failuresOnly.String())
	}
	if v.HideReads {
		parts = append(parts, withoutReads.String())
	}
	if v.Query != "" {
		parts = append(parts, v.Query)
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, " ")
}

// viewAs returns the current view under a name.
func (a *App) viewAs(name string) SavedView {
	f, by := a.feed.filterText, a.list.wanted
	v := SavedView{Name: name, Query: f.text, FailedOnly: f.failedOnly, HideReads: f.hideReads,
		Sort: by.column, Reversed: by.reversed, Appended: by.appended, Zone: a.display.zone.String()}
	if f.off != "" {
		v.Off = strings.Split(f.off, "\n")
	}
	for _, c := range a.list.columns.all[firstFree:] {
		v.Columns = append(v.Columns, SavedColumn{c.name, c.set, c.hidden})
	}
	return v
}

// applyView shows a view. An invalid one, which may come from an edited file, changes nothing.
func (a *App) applyView(v SavedView) wish {
	f := filterText{text: v.Query, failedOnly: v.FailedOnly, hideReads: v.HideReads, off: strings.Join(v.Off, "\n")}
	if _, err := f.expr(); err != nil {
		return wish{toast: termsafe.Concat(termsafe.Const("the view's query is wrong: "), a.display.quoted(err.Error()))}
	}
	columns, ok := savedColumns(v.Columns, a.display.widther.ASCII)
	if !ok {
		return wish{toast: termsafe.Const("the view has a column without a name, or none to show")}
	}
	if columns != nil {
		a.list.columns = *columns
		a.list.columnsChanged()
	}
	if v.Zone != "" && v.Zone != a.zones[0].String() && v.Zone == a.zones[1].String() {
		a.switchZone()
	}
	a.change(f)
	by := sorting{column: v.Sort, reversed: v.Reversed, appended: v.Appended}
	if by.column != "" && !a.list.columns.has(by.column) {
		by = sorting{}
	}
	if by != a.list.wanted {
		a.needWholeLog()
		a.sortBy(by)
	}
	return wish{toast: termsafe.Concat(termsafe.Const("view "), a.display.quoted(v.Name), termsafe.Const("; u goes back"))}
}

// savedColumns returns the columns of a view; nil if it has none. ok is false if they are invalid.
func savedColumns(saved []SavedColumn, ascii bool) (out *columns, ok bool) {
	if len(saved) == 0 {
		return nil, true
	}
	known := defaultColumns()
	all := slices.Clone(known[:firstFree])
	shown := false
	for _, s := range saved {
		c := newColumn(s.Name, ascii)
		if i := slices.IndexFunc(known, func(k columnSpec) bool { return k.name == s.Name }); i >= firstFree {
			c = known[i]
		} else if !columnName(s.Name) {
			return nil, false
		}
		if slices.ContainsFunc(all, func(k columnSpec) bool { return k.name == s.Name }) {
			continue
		}
		if c.hidden = s.Hidden; s.Width > 0 {
			c.set = max(setLeast, min(setMost, s.Width))
		}
		shown = shown || !c.hidden
		all = append(all, c)
	}
	for _, k := range known[firstFree:] {
		if !slices.ContainsFunc(all, func(c columnSpec) bool { return c.name == k.name }) {
			k.hidden = true
			all = append(all, k)
		}
	}
	return &columns{all: all, at: firstFree}, shown
}

// columnName reports whether a name can be that of a column: a field or a path.
func columnName(name string) bool {
	e, err := query.Parse(query.Has(name).String())
	return name != "" && err == nil && len(query.Terms(e)) == 1
}
