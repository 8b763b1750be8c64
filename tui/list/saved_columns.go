package list

import (
	"slices"

	"pawprint/model/query"
	"pawprint/tui/kit"
)

// Saved returns the free columns as a view keeps them.
func (c *Columns) Saved() []kit.SavedColumn {
	var out []kit.SavedColumn
	for _, s := range c.all[firstFree:] {
		out = append(out, kit.SavedColumn{Name: s.name, Width: s.set, Hidden: s.hidden})
	}
	return out
}

// TakesColumns reports whether RestoreColumns would show the columns of a view.
func (l *List) TakesColumns(saved []kit.SavedColumn) bool {
	_, ok := restoredColumns(saved, l.display.Widther.ASCII)
	return ok || len(saved) == 0
}

// RestoreColumns shows the columns of a view; if it has none, the present ones stay. It returns false and changes nothing if they
// are invalid.
func (l *List) RestoreColumns(saved []kit.SavedColumn) bool {
	if len(saved) == 0 {
		return true
	}
	all, ok := restoredColumns(saved, l.display.Widther.ASCII)
	if ok {
		l.Columns = Columns{all: all, at: firstFree}
		l.Columns.settle()
	}
	return ok
}

// ShowColumnsFor shows the columns that a filter brings: those of the view that it narrows, or else the user's own. What the user changed
// comes back with the view, or with their own columns, for which it was changed.
func (l *List) ShowColumnsFor(view query.View) {
	if view.Name == l.view.Name {
		return
	}
	if l.left == nil {
		l.left = map[string]Columns{}
	}
	l.left[l.view.Name] = l.Columns
	l.view = view
	if known, ok := l.left[view.Name]; ok {
		l.Columns = known
		return
	}
	l.resetColumns()
}

// UseColumns shows columns where no view brings others; none are the usual ones, and so are invalid ones.
func (l *List) UseColumns(names []string) {
	l.usual = names
	l.resetColumns()
}

// namedColumns returns columns as a view keeps them.
func namedColumns(names []string) (out []kit.SavedColumn) {
	for _, name := range names {
		out = append(out, kit.SavedColumn{Name: name})
	}
	return out
}

// resetColumns shows the columns of the view, or the default ones, as if nobody had changed them.
func (l *List) resetColumns() {
	all := defaultColumns()
	if usual, ok := restoredColumns(namedColumns(l.usual), l.display.Widther.ASCII); ok {
		all = usual
	}
	if len(l.view.Columns) > 0 {
		all = viewColumns(&l.view, l.display.Widther.ASCII)
	}
	l.Columns = Columns{all: all, at: firstFree}
}

// viewColumns returns the columns of a view, which hold the answer of a ready one from the left. A file of views may name columns that
// cannot be: the default ones stand for them.
func viewColumns(v *query.View, ascii bool) []columnSpec {
	all, ok := restoredColumns(namedColumns(v.Columns), ascii)
	if !ok {
		return defaultColumns()
	}
	free := all[firstFree:]
	for i := range free[:min(len(v.Columns), len(free))] {
		if free[i].brought = true; i < v.Answer {
			free[i].answers()
		}
	}
	return all
}

// restoredColumns returns the saved columns after the fixed ones, then the known columns that are not among them, hidden. ok is
// false if one has no valid name or none is shown.
func restoredColumns(saved []kit.SavedColumn, ascii bool) (all []columnSpec, ok bool) {
	known := defaultColumns()
	all = slices.Clone(known[:firstFree])
	shown := false
	for _, s := range saved {
		c, ok := restoredColumn(s, known, ascii)
		if !ok {
			return nil, false
		}
		if hasColumn(all, c.name) {
			continue
		}
		shown = shown || !c.hidden
		all = append(all, c)
	}
	for _, k := range known[firstFree:] {
		if !hasColumn(all, k.name) {
			k.hidden = true
			all = append(all, k)
		}
	}
	return all, shown
}

// restoredColumn returns a saved column, which may be one of the known ones; ok is false if its name is invalid.
func restoredColumn(s kit.SavedColumn, known []columnSpec, ascii bool) (c columnSpec, ok bool) {
	c = newColumn(s.Name, ascii)
	if i := slices.IndexFunc(known, func(k columnSpec) bool { return k.name == s.Name }); i >= firstFree {
		c = known[i]
	} else if !columnName(s.Name) {
		return c, false
	}
	if c.hidden = s.Hidden; s.Width > 0 {
		c.set = max(setLeast, min(setMost, s.Width))
	}
	return c, true
}

func hasColumn(all []columnSpec, name string) bool {
	return slices.ContainsFunc(all, func(c columnSpec) bool { return c.name == name })
}

// columnName reports whether a name can be that of a column: a field or a path.
func columnName(name string) bool {
	e, err := query.Parse(query.Has(name).String())
	return name != "" && err == nil && len(query.Terms(e)) == 1
}
