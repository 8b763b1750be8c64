package list

import (
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/field/fieldtest"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// shapeRig shows the line of a shape, with the cursor on a column for its field.
func shapeRig(t *testing.T, s fieldtest.Shape) *listRig {
	t.Helper()
	r := newListRig(t, kittest.ShapeLog(t, s.Line), 160, 24)
	if !r.list.RestoreColumns([]kit.SavedColumn{{Name: s.Field}}) || r.list.Columns.current().name != s.Field {
		t.Fatalf("%s has no column", s.Field)
	}
	r.list.GoTo(0)
	r.settle()
	return r
}

// TestAColumnShowsWhatTheQueryFinds holds the list to the shapes that all surfaces share: what a column shows is what a query
// finds, and the filter for the value under the cursor keeps the row under the cursor.
func TestAColumnShowsWhatTheQueryFinds(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, fieldtest.OneMember) {
		t.Run(s.Name, func(t *testing.T) {
			r := shapeRig(t, s)
			snap := r.Sel.Snapshot()
			for _, text := range s.Texts {
				e, err := query.Parse(strings.Replace(query.Is(s.Field, text).String(), "=", ":", 1))
				if err != nil {
					t.Fatal(err)
				}
				if !kittest.SelectedBy(t, snap, e).Has(0) {
					t.Errorf("the query %s does not find the row", e)
				}
			}
			if has := kittest.SelectedBy(t, snap, query.Has(s.Field)).Has(0); has != (s.Texts != nil) {
				t.Errorf("the query %s finds the row: %v", query.Has(s.Field), has)
			}
			c := r.list.Columns.current()
			facts := r.list.facts.get(0)
			shown, absent := facts.target.text.Raw(), facts.target.text.Empty()
			switch at, ok := facts.cellAt(s.Field); {
			case ok:
				shown, absent = at.text.Raw(), at.absent
			case c.kind == messageColumn:
				shown = facts.message.text.Raw() + strings.Repeat(", …", facts.more)
				absent = facts.message.text.Empty()
			}
			want := strings.Join(s.Texts, ", ")
			if c.kind == messageColumn && len(s.Texts) > 1 {
				want = s.Texts[0] + strings.Repeat(", …", len(s.Texts)-1)
			}
			if shown != want || absent != (s.Texts == nil) {
				t.Errorf("the column shows %q, absent %v, want %q", shown, absent, want)
			}
			if v, ok := r.list.Focused(); ok && !kittest.SelectedBy(t, snap, v.Expr()).Has(0) {
				t.Errorf("the filter %s for the cell hides the row", v.Expr())
			}
		})
	}
}

// TestSortingComparesWhatTheColumnShows sorts by the texts of the cells.
func TestSortingComparesWhatTheColumnShows(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, fieldtest.OneMember) {
		r := shapeRig(t, s)
		r.list.SortBy(kit.Sorting{Column: s.Field, Reversed: true}) // rows with a value come first
		r.settle()
		if at, ok := r.list.facts.get(0).cellAt(s.Field); ok && !at.absent && at.text.Raw() > "" {
			if first := r.list.at(0); first != model.Row(0) {
				t.Errorf("%s: sorted by %s, the first row is %v", s.Name, s.Field, first)
			}
		}
	}
}
