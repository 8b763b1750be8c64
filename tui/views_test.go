package tui

import (
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// rows lists the rows that are shown.
func (d *driver) rows() []model.Row {
	if rows := d.app.list.InOrder(); rows != nil {
		return slices.Clone(rows)
	}
	var out []model.Row
	for k := range d.app.list.Len() {
		out = append(out, d.app.list.Sel.At(k))
	}
	return out
}

// wantRows fails unless exactly these rows are shown.
func (d *driver) wantRows(after string, want ...model.Row) {
	d.t.Helper()
	got := d.rows()
	if len(got) != len(want) {
		d.t.Fatalf("after %q the rows are %v, want %v; the filter is %q", after, got, want, d.app.feed.Text)
	}
	for i := range got {
		if got[i] != want[i] {
			d.t.Fatalf("after %q the rows are %v, want %v; the filter is %q", after, got, want, d.app.feed.Text)
		}
	}
}

func TestPlusAndMinusFilterByTheCell(t *testing.T) {
	for _, tt := range []struct {
		keys   string
		filter string
		rows   []model.Row
	}{
		{"g j +", "action=DELETE_RULE", []model.Row{1, 2}},
		{"g j -", "-action=DELETE_RULE", []model.Row{0, 3, 4}},
		{"g l +", "actor=homer", []model.Row{0, 2}},
		{"g h +", "result=SUCCEEDED", []model.Row{0, 2, 3}},
		{"g l l +", "target=LIST_RULES-1", []model.Row{0}},
		{"g l l l +", "ip=192.0.2.1", []model.Row{0, 2, 3}},
		{"g l l l + h h +", "ip=192.0.2.1 actor=homer", []model.Row{0, 2}},
		{"g + +", "action=LIST_RULES", []model.Row{0}},
		{"g h h +", "", []model.Row{0, 1, 2, 3, 4}},
	} {
		t.Run(tt.keys, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
			d.press(tt.keys)
			d.wantRows(tt.keys, tt.rows...)
			if got := d.app.feed.Text; got != tt.filter {
				t.Errorf("the filter is %q, want %q", got, tt.filter)
			}
			if got := d.typed(); got != tt.filter {
				t.Errorf("the bar says %q, want %q", got, tt.filter)
			}
		})
	}
}

func TestTheDetailFiltersByItsValue(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 40)
	d.press("g enter tab")
	for range 60 {
		if v, ok := d.app.detail.Focused(); ok && v.Text == model.NewText("homer") {
			d.press("+")
			d.wantRows("+", 0, 2)
			return
		}
		d.press("j")
	}
	t.Fatal("the cursor never comes to the name of the actor")
}

func TestMovesFromAnEvent(t *testing.T) {
	for _, tt := range []struct {
		keys string
		rows []model.Row
	}{
		{"g a", []model.Row{0, 2}},
		{"g i", []model.Row{0, 2, 3}},
		{"g ~", []model.Row{0, 1}},
		{"g ~ a", []model.Row{0}},
		{"g a ~", []model.Row{0}},
		{"f g a", []model.Row{1, 3}},
		{"g i a", []model.Row{0, 2}},
		{"w", []model.Row{1, 2, 3}},
		{"w w", []model.Row{0, 1, 2, 3, 4}},
		{"f g \\", []model.Row{0, 1, 2, 3, 4}},
		{"f g \\ \\", []model.Row{1, 4}},
	} {
		t.Run(tt.keys, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
			d.press(tt.keys)
			d.wantRows(tt.keys, tt.rows...)
		})
	}
}

func TestViewInContextKeepsTheEvent(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("f g j j j")
	want := d.cursorEvent().Row
	d.press("\\")
	if got := d.cursorEvent().Row; got != want || d.app.list.Len() != 100 {
		t.Errorf("in context the cursor is on row %d of %d, want %d of 100", got, d.app.list.Len(), want)
	}
	d.press("\\")
	if got := d.cursorEvent().Row; got != want || d.app.list.Len() != 10 {
		t.Errorf("back, the cursor is on row %d of %d, want %d of 10", got, d.app.list.Len(), want)
	}
}

func TestUndoAndRedoGoThroughTheFilters(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
	d.press("g j +")
	d.press("f")
	d.wantRows("+ f", 1)
	d.press("/")
	d.write(" marge")
	d.press("enter")
	d.press("u")
	if got := d.app.feed.FilterText; got.Text != "action=DELETE_RULE" || !got.FailedOnly {
		t.Fatalf("after the first u the filter is %+v", got)
	}
	d.press("u")
	d.wantRows("u u", 1, 2)
	d.press("u")
	d.wantRows("u u u", 0, 1, 2, 3, 4)
	d.press("u")
	if last := d.lines()[23]; !strings.Contains(last, "no earlier view") {
		t.Errorf("the status line is %q", last)
	}
	d.press("ctrl+r ctrl+r")
	d.wantRows("^r ^r", 1)
	d.press("w ctrl+r")
	if last := d.lines()[23]; !strings.Contains(last, "no later view") {
		t.Errorf("after a change the status line is %q, want that nothing can be redone", last)
	}
}

func TestBackAndForwardBringTheCursorAlong(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("g j j j j j")
	d.press("f G")
	d.press("alt+left")
	if got := d.cursorEvent().Row; got != 5 || d.app.list.Len() != 100 {
		t.Errorf("back, the cursor is on row %d of %d, want 5 of 100", got, d.app.list.Len())
	}
	d.press("alt+right")
	if got := d.cursorEvent().Row; got != 99 || d.app.list.Len() != 10 {
		t.Errorf("forward, the cursor is on row %d of %d, want 99 of 10", got, d.app.list.Len())
	}
}

func TestConditionsAreDroppedAndSwitchedOff(t *testing.T) {
	for _, tt := range []struct {
		keys string
		rows []model.Row
	}{
		{"f x", []model.Row{0, 1, 2, 3, 4}},
		{"f g + x", []model.Row{1, 4}},
		{"f g + |", []model.Row{1, 4}},
		{"f g + | |", []model.Row{1}},
		{"g l l l + g - | ", []model.Row{0, 1, 2, 3, 4}}, // out took the place of in
		{"g l l l + [ | |", []model.Row{0, 2, 3}},
		{"f g + [ x", []model.Row{1, 2}},
		{"x | [ ]", []model.Row{0, 1, 2, 3, 4}},
	} {
		t.Run(tt.keys, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
			d.press(tt.keys)
			d.wantRows(tt.keys, tt.rows...)
		})
	}
}

func TestASwitchedOffConditionSurvivesTypingAnotherOne(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
	d.press("/")
	d.write("action:delete homer")
	d.press("enter |")
	d.wantRows("|", 1, 2)
	d.press("/")
	d.write(" -marge")
	d.press("enter")
	d.wantRows("-marge", 2)
	if d.app.feed.Off != "homer\n" {
		t.Errorf("switched off is %q, want homer", d.app.feed.Off)
	}
	d.press("/ ctrl+u")
	d.write("rule")
	d.press("enter")
	if d.app.feed.Off != "" {
		t.Errorf("switched off is still %q", d.app.feed.Off)
	}
}

// What still holds beside everything by an actor or from an address is said.
func TestEverythingBySomebodySaysWhatElseHolds(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(30))}, 160, 24)
	d.press("/")
	d.write("since:2020 homer")
	d.press("enter a")
	d.mustShow("actor homer within since:2020 · 30 of 30 · a again: all time")
	d.press("a")
	d.mustShow("everything with actor homer · u goes back")
	d.press("u u u /")
	d.write("homer")
	d.press("enter i")
	d.mustShow("everything with ip 192.0.2.1 · u goes back")
}
