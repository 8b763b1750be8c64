package tui

import (
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// In a large log that grows and is sorted, rows are being put into order nearly all the time. That must not eat the key.
func TestEscapeLeavesTheDetailWhileNewRowsAreSorted(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 100, 24)
	d.press("l l l S enter tab")
	if d.app.list.By.ByTime() || d.app.panes.shown.focus != kit.DetailPane {
		t.Fatalf("sorted by %+v, the focus is on %v: the keys do something else", d.app.list.By, d.app.panes.shown.focus)
	}
	d.app.list.Sorting.Start(d.app.ctx, d.app) // for new rows
	d.press("esc")
	if d.app.panes.shown.focus != kit.ListPane {
		t.Error("esc does not leave the detail")
	}
	by := d.app.list.By
	d.app.list.Wanted = kit.Sorting{Column: "actor"} // which the user asked for
	d.app.list.Sorting.Start(d.app.ctx, d.app)
	d.press("esc")
	if d.app.list.Wanted != by || !d.app.panes.shown.detail {
		t.Errorf("esc stops sorting by %+v, want %+v, and nothing else", d.app.list.Wanted, by)
	}
}
