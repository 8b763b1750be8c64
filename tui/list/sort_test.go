package list

import (
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestSortingKeepsTheEventUnderTheCursor(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	d.press("g j j")
	for _, keys := range []string{"S", "S", "S", "l S", "h h S S"} {
		d.press(keys)
		if got := d.cursorEvent().Row; got != 2 {
			t.Errorf("after %q the cursor is on row %d, want 2", keys, got)
		}
	}
}

func TestNewEventsAreSortedIn(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	d.press("S")
	d.add(kittest.Event("AAA", "SUCCEEDED", 1400))
	d.wantRows("S and a new event", 5, 3, 1, 2, 4, 0)
	if head := d.lines()[2]; !strings.Contains(head, "Action ▾") {
		t.Errorf("the header is %q, want the sign of the order", head)
	}
}

func TestEscStopsSorting(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	slow := d.begin(kittest.KeyMsg("S"))
	if last := d.lines()[23]; !strings.Contains(last, "sorting") {
		t.Errorf("the status line is %q", last)
	}
	d.press("esc")
	d.run(slow)
	d.wantRows("S esc", 0, 1, 2, 3, 4)
}

func TestNumbersSortBySize(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	for _, name := range []string{"line", "offset"} {
		spec := newColumn(name, false)
		o, err := newRowOrder(t.Context(), d.list.Sel, kit.Sorting{Column: name}, spec.key(nil))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(o.rows) || len(o.rows) != d.list.Len() {
			t.Errorf("by %s the rows are %v", name, o.rows)
		}
	}
}

func TestRowsAreSortedByVerdictAndStaySo(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	d.list.UseColumns([]string{"verdict"})
	d.press("g Y Y j j Y j Y Y Y") // suspicious, none, benign, malicious
	d.press("h h h h l l S")
	d.wantRows("by verdict", 2, 0, 3, 1, 4)
	d.press("g Y Y")
	d.wantRows("once the first one is malicious", 0, 2, 3, 1, 4)
	if got := d.cursorEvent().Row; got != 2 {
		t.Errorf("the cursor is on row %d, want 2", got)
	}
	d.press("S")
	d.wantRows("backwards", 2, 3, 0, 1, 4)
}
