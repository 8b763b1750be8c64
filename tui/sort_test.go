package tui

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
)

func TestSortingByAnyColumn(t *testing.T) {
	for _, tt := range []struct {
		keys string
		want []model.Row
	}{
		{"S", []model.Row{3, 1, 2, 4, 0}},         // action
		{"S S", []model.Row{0, 4, 1, 2, 3}},       // backwards
		{"S S S", []model.Row{0, 1, 2, 3, 4}},     // by time again
		{"l S", []model.Row{4, 0, 2, 1, 3}},       // actor
		{"h S", []model.Row{1, 4, 0, 2, 3}},       // result
		{"l l S", []model.Row{3, 1, 2, 4, 0}},     // target
		{"l l l S S", []model.Row{4, 1, 0, 2, 3}}, // address, backwards
		{"h h S", []model.Row{4, 3, 2, 1, 0}},     // the newest first
		{"h h S S S", []model.Row{0, 1, 2, 3, 4}}, // by time again
		{"S l S u", []model.Row{3, 1, 2, 4, 0}},   // undone
		{"S f", []model.Row{1, 4}},                // with a filter
	} {
		t.Run(tt.keys, func(t *testing.T) {
			d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
			d.press(tt.keys)
			d.wantRows(tt.keys, tt.want...)
		})
	}
}

func TestSortingKeepsTheEventUnderTheCursor(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("g j j")
	for _, keys := range []string{"S", "S", "S", "l S", "h h S S"} {
		d.press(keys)
		if got := d.cursorEvent().Row; got != 2 {
			t.Errorf("after %q the cursor is on row %d, want 2", keys, got)
		}
	}
}

func TestNewEventsAreSortedIn(t *testing.T) {
	log := mixedLog(t)
	d := newDriver(t, Options{Log: log}, 120, 24)
	d.press("S")
	appendText(t, log.Log, event("AAA", "SUCCEEDED", 1400))
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	d.wantRows("S and a new event", 5, 3, 1, 2, 4, 0)
	if head := d.lines()[2]; !strings.Contains(head, "Action ▾") {
		t.Errorf("the header is %q, want the sign of the order", head)
	}
}

func TestTimeIsNotGoneToInAnotherOrder(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("S g }")
	if got := d.app.list.cursor; got != 0 {
		t.Errorf("the cursor went to place %d", got)
	}
	if last := d.lines()[23]; !strings.Contains(last, "not in the order of time") {
		t.Errorf("the status line is %q", last)
	}
}

func TestEscStopsSorting(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	_, slow := d.app.Update(keyMsg("S"))
	if last := d.lines()[23]; !strings.Contains(last, "sorting") {
		t.Errorf("the status line is %q", last)
	}
	d.press("esc")
	d.run(slow)
	d.wantRows("S esc", 0, 1, 2, 3, 4)
}

func TestColumnsAreChosen(t *testing.T) {
	head := func(d *driver) string { return d.lines()[2] }
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("c space esc")
	if strings.Contains(head(d), "Action") {
		t.Errorf("the header is %q, want no action", head(d))
	}
	d.press("c g space J esc")
	if h := head(d); strings.Index(h, "Actor") > strings.Index(h, "Action") {
		t.Errorf("the header is %q, want the actor before the action", h)
	}
	d.press("c a")
	d.write("p_source_label")
	d.press("enter K K K K K esc")
	if h := head(d); !strings.Contains(h, "p_source_label") {
		t.Fatalf("the header is %q, want the new column", h)
	}
	if row := d.lines()[3]; !strings.Contains(row, "homer logs") {
		t.Errorf("the row is %q, want the value at the path", row)
	}
	for d.app.list.columns.current().name != "p_source_label" {
		d.press("h")
	}
	d.press("g j +")
	d.wantRows("+ in the new column", 1, 3)
	d.press("u S S")
	d.wantRows("S S in the new column", 1, 3, 0, 2, 4)
}

func TestColumnsTakeAWidth(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	width := func() int {
		return d.app.list.columns.place(columnsAt(&d.app.display, d.app.list.width), d.app.list.width)[0].width
	}
	d.press("c")
	before := width()
	d.press("> > > esc")
	if got := width(); got <= before {
		t.Errorf("the column is %d wide, want more than %d", got, before)
	}
	d.press("c < < < < < < < < < < < < < < < < < < < < < < < esc")
	if got := width(); got != setLeast {
		t.Errorf("the column is %d wide, want %d", got, setLeast)
	}
	d.press("c R esc")
	if got := width(); got != before {
		t.Errorf("reset, the column is %d wide, want %d", got, before)
	}
}

func TestNoPathIsNoColumn(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("c a enter")
	if last := d.lines()[23]; !strings.Contains(last, "no name of a field") {
		t.Errorf("the status line is %q", last)
	}
	d.write("ip")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "has a column already") {
		t.Errorf("the status line is %q", last)
	}
	d.press("esc")
	for range 10 {
		d.press("space j")
	}
	if n := len(d.app.list.columns.shown()); n < firstFree+1 {
		t.Errorf("%d columns are left", n)
	}
}

func TestPathsOfColumns(t *testing.T) {
	row := field.Row{Line: []byte(`{"actor":{"attributes":{"email":"e@example.com"}},"a.b":"dotted","list":[{"k":1},{"k":2}],` +
		`"actionParams":{"dynamic":{"input":{"id":"d"}},"id":"top"},"none":null,"empty":"","errors":[{"message":"m"}]}`)}
	for _, tt := range []struct{ name, want string }{
		{"a.b", "dotted"}, {"list.k", "1, 2"}, {"list[].k", "1, 2"},
		{"param.id", "d"}, {"actionParams.id", "top"}, {".actionParams.dynamic.input.id", "d"}, {"error", "m"}, {"none", "-"}, {"nowhere", "-"}, {"empty", ""},
	} {
		at := newCellReader(tt.name).read(&row, cellOptions{ascii: true})
		got := at.show.String()
		if at.absent {
			got = "-"
		}
		if got != tt.want {
			t.Errorf("the cell of %q is %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestMarksAndNotes(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("g m j j j M")
	d.write("ask marge")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "note: ask marge") {
		t.Errorf("the status line is %q", last)
	}
	for _, want := range []model.Row{0, 3, 0} {
		d.press("'")
		if got := d.cursorEvent().Row; got != want {
			t.Errorf("the next mark is row %d, want %d", got, want)
		}
	}
	if row := d.lines()[3]; !strings.Contains(row, "★") {
		t.Errorf("the marked row is %q", row)
	}
	d.press("/")
	d.write("is:marked")
	d.press("enter")
	d.wantRows("is:marked", 0, 3)
	d.press("g m")
	d.wantRows("m takes a mark away", 3)
	d.press("u")
	d.wantRows("u", 0, 1, 2, 3, 4)
	d.press("f '")
	if last := d.lines()[23]; !strings.Contains(last, "hides all marked events") {
		t.Errorf("the status line is %q", last)
	}
}

// TestEveryNameIsAColumn adds a column for each name and sorts by it, or is told what to write instead.
func TestEveryNameIsAColumn(t *testing.T) {
	for _, n := range field.Names() {
		t.Run(n.Name, func(t *testing.T) {
			d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
			d.press("c a")
			d.write(n.Name)
			d.press("enter")
			if n.Kind == field.Condition {
				if last := d.lines()[23]; !strings.Contains(last, "a condition and not a value: write it in a query") {
					t.Errorf("the status line is %q", last)
				}
				return
			}
			if !d.app.list.columns.has(n.Name) {
				t.Fatalf("there is no column; the status line is %q", d.lines()[23])
			}
			if c := newColumn(n.Name, false); n.Kind != field.Time && reflect.DeepEqual(c.key(), count.Key{}) {
				t.Error("there is nothing to sort by")
			}
		})
	}
}

func TestNumbersSortBySize(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	rows := d.rows()
	for _, name := range []string{"line", "offset"} {
		spec := newColumn(name, false)
		o, err := newRowOrder(t.Context(), d.app.list.sel, sorting{column: name}, spec.key())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(o.rows) || len(o.rows) != len(rows) {
			t.Errorf("by %s the rows are %v", name, o.rows)
		}
	}
}
