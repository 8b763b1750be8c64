package tui

import "testing"

// In a large log that grows and is sorted, rows are being put into order nearly all the time. That must not eat the key.
func TestEscapeLeavesTheDetailWhileNewRowsAreSorted(t *testing.T) {
	log := loadText(t, "x", events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 100, 24)
	d.press("l l l S enter tab")
	if d.app.list.by.byTime() || d.app.panes.shown.focus != detailPane {
		t.Fatalf("sorted by %+v, the focus is on %v: the keys do something else", d.app.list.by, d.app.panes.shown.focus)
	}
	d.app.list.sorting.start(d.app.ctx, d.app) // for new rows
	d.press("esc")
	if d.app.panes.shown.focus != listPane {
		t.Error("esc does not leave the detail")
	}
	by := d.app.list.by
	d.app.list.wanted = sorting{column: "actor"} // which the user asked for
	d.app.list.sorting.start(d.app.ctx, d.app)
	d.press("esc")
	if d.app.list.wanted != by || !d.app.panes.shown.detail {
		t.Errorf("esc stops sorting by %+v, want %+v, and nothing else", d.app.list.wanted, by)
	}
}
