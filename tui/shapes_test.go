package tui

import (
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/field/fieldtest"
	"pawprint/model/line"
	"pawprint/model/query"
)

// oneMember is a value that is not the value of the field, though it is the only one there.
var oneMember = fieldtest.Shape{Name: "an object with one member", Field: "param.a", Line: `{"actionParams":{"a":[{"b":"X"}]},"timestamp":"2026-11-02T10:00:00Z"}`,
	Texts: []string{"X"}, Value: `[{"b":"X"}]`}

// shapeDriver shows the line of a shape, with the cursor on a column for its field. A second line, without any value, is there to
// be told apart from it.
func shapeDriver(t *testing.T, s fieldtest.Shape) *driver {
	t.Helper()
	log := loadText(t, "x", s.Line+"\n"+`{"actionName":"OTHER","timestamp":"2026-11-02T10:00:01Z","actionParams":{"name":"other"}}`+"\n")
	d := newDriver(t, Options{Log: log}, 160, 24)
	d.press("c a")
	d.write(s.Field)
	d.press("enter esc esc g")
	shown := d.app.list.columns.shown()
	d.app.list.columns.at = slices.IndexFunc(shown, func(c columnSpec) bool { return c.name == s.Field })
	if d.app.list.columns.at < 0 {
		t.Fatalf("%s has no column", s.Field)
	}
	return d
}

// finds reports which of the two rows a filter selects.
func finds(t *testing.T, d *driver, e query.Expr) (first, second bool) {
	t.Helper()
	sel, err := model.Select(t.Context(), *d.app.list.sel.Snapshot(), query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for k := range sel.Len() {
		first, second = first || sel.At(k) == 0, second || sel.At(k) == 1
	}
	return first, second
}

// TestAColumnShowsWhatTheQueryFinds holds the list to the shapes that all surfaces share: what a column shows is what a query
// finds, and the filter for the value under the cursor keeps the row under the cursor.
func TestAColumnShowsWhatTheQueryFinds(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, oneMember) {
		t.Run(s.Name, func(t *testing.T) {
			d := shapeDriver(t, s)
			for _, text := range s.Texts {
				e, err := query.Parse(strings.Replace(query.Is(s.Field, text).String(), "=", ":", 1))
				if err != nil {
					t.Fatal(err)
				}
				if first, _ := finds(t, d, e); !first {
					t.Errorf("the query %s does not find the row", e)
				}
			}
			if first, _ := finds(t, d, query.Has(s.Field)); first != (s.Texts != nil) {
				t.Errorf("the query %s finds the row: %v", query.Has(s.Field), first)
			}
			c := d.app.list.columns.current()
			facts := d.app.list.facts.get(0)
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
			d.press("+")
			if rows := d.rows(); len(rows) == 0 || rows[0] != 0 {
				t.Errorf("+ on the cell makes the filter %q, which hides the row", d.app.feed.text)
			}
		})
	}
}

// TestEachValueOfTheDetailIsFoundByItsFilter holds the detail to the same: the filter for any value in it finds the event.
func TestEachValueOfTheDetailIsFoundByItsFilter(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, oneMember) {
		t.Run(s.Name, func(t *testing.T) {
			d, values := shapeDriver(t, s), 0
			doc := readDocument(t.Context(), d.app.list.sel.Snapshot(), 0, false)
			doc.walk(func(id string, n *line.Node) bool {
				v, ok := doc.valueOf(stepsOf(id), n)
				if !ok {
					return true
				}
				values++
				if first, _ := finds(t, d, v.expr()); !first {
					t.Errorf("the filter %s does not find the event", v.expr())
				}
				return true
			})
			if values == 0 {
				t.Error("no value of the detail can be filtered by")
			}
		})
	}
}

// TestSortingComparesWhatTheColumnShows sorts by the texts of the cells.
func TestSortingComparesWhatTheColumnShows(t *testing.T) {
	for _, s := range append(fieldtest.Shapes, oneMember) {
		d := shapeDriver(t, s)
		d.press("S S") // backwards: rows with a value come first
		if at, ok := d.app.list.facts.get(0).cellAt(s.Field); ok && !at.absent && at.text.Raw() > "" {
			if rows := d.rows(); rows[0] != 0 {
				t.Errorf("%s: sorted by %s, the rows are %v", s.Name, s.Field, rows)
			}
		}
	}
}
