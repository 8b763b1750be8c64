package list

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestColumnsScroll(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.FailedEvent+"\n"), 80, 24)
	if head := d.lines()[2]; !strings.Contains(head, "Action") || strings.Contains(head, "Message") {
		t.Fatalf("the header is %q", head)
	}
	d.press("l l l l")
	if head := d.lines()[2]; strings.Contains(head, "Action") || !strings.Contains(head, "Message") {
		t.Errorf("scrolled, the header is %q", head)
	}
	if row := d.lines()[3]; !strings.Contains(row, "cannot delete: the rule is part of") {
		t.Errorf("scrolled, the row is %q, want the message", row)
	}
	d.press("h h h h h")
	if head := d.lines()[2]; !strings.Contains(head, "Action") {
		t.Errorf("scrolled back, the header is %q", head)
	}
}

func TestColumnsTakeAWidth(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	width := func() int {
		return d.list.layout().columns[0].width
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
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	d.press("c a enter")
	if last := d.lines()[23]; !strings.Contains(last, "not a field or a path") {
		t.Errorf("the status line is %q", last)
	}
	d.write("ip")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "already has a column") {
		t.Errorf("the status line is %q", last)
	}
	d.press("esc")
	for range 10 {
		d.press("space j")
	}
	if n := len(d.list.Columns.shown()); n < firstFree+1 {
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

// TestEveryNameIsAColumn adds a column for each name and sorts by it, or is told what to write instead.
func TestEveryNameIsAColumn(t *testing.T) {
	for _, n := range field.Names() {
		t.Run(n.Name, func(t *testing.T) {
			d := newListRig(t, kittest.MixedLog(t), 99, 24)
			d.press("c a")
			d.write(n.Name)
			d.press("enter")
			if n.Kind == field.Condition {
				if last := d.lines()[23]; !strings.Contains(last, "a condition and not a value: write it in a query") {
					t.Errorf("the status line is %q", last)
				}
				return
			}
			if !d.list.Columns.Has(n.Name) {
				t.Fatalf("there is no column; the status line is %q", d.lines()[23])
			}
			if c := newColumn(n.Name, false); n.Kind != field.Time && reflect.DeepEqual(c.key(marks.Rows{}.Search), count.Key{}) {
				t.Error("there is nothing to sort by")
			}
		})
	}
}

func TestColumnsFillTheWidth(t *testing.T) {
	free := defaultColumns()[firstFree:]
	for width := 24; width < 300; width++ {
		for first := range free {
			x := 35
			cols := fitColumns(x, width, free, first)
			last := cols[len(cols)-1]
			if end := last.x + last.width; width >= x+free[first].least && end != width {
				t.Fatalf("width %d, from column %d: the columns end at %d", width, first, end)
			}
			for i := 1; i < len(cols); i++ {
				if cols[i].x != cols[i-1].x+cols[i-1].width+kit.Gap {
					t.Fatalf("width %d: column %d begins at %d", width, i, cols[i].x)
				}
			}
		}
	}
}

func TestTheColumnUnderTheCursorIsDrawn(t *testing.T) {
	c := Columns{all: defaultColumns()}
	for _, width := range []int{24, 60, 80, 120, 200} {
		for _, at := range []int{0, 1, 2, 3, 4, 5, 6, 3, 2, 0, 6} {
			c.at = at
			drawn := c.place(35, width, c.shown()[firstFree:])
			if at < firstFree {
				continue
			}
			if !slices.ContainsFunc(drawn, func(d column) bool { return d.number == at }) {
				t.Errorf("width %d: column %d is not among those drawn", width, at)
			}
		}
	}
}
