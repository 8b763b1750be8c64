package list

import (
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestNextFailureGoesOnForEachKey(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(100)), 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g e", 9}, {"e", 19}, {"E", 9}, {"e e e", 39}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
	d.press("G e")
	if last := d.lines()[23]; !strings.Contains(last, "no failure after this event") {
		t.Errorf("the status line is %q, want that there is no failure", last)
	}
}

func TestKeysPressedWhileLookingForAFailureCount(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(100)), 100, 24)
	d.press("g")
	first := d.begin(kittest.KeyMsg("e"))
	d.run(d.begin(kittest.KeyMsg("e")))
	d.run(d.begin(kittest.KeyMsg("e")))
	d.run(first)
	if got, want := d.cursorEvent().Row, model.Row(29); got != want {
		t.Errorf("after three keys the cursor is on row %d, want %d", got, want)
	}
}
