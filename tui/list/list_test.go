package list

import (
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestListOpensAtTheNewestEvent(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(100)), 100, 24)
	if got, want := d.cursorEvent().Row, model.Row(99); got != want {
		t.Errorf("the cursor is on row %d, want %d", got, want)
	}
	lines := d.lines()
	if last := lines[len(lines)-2]; !strings.Contains(last, "01:39:00") {
		t.Errorf("the last row is %q, want the newest event", last)
	}
}

func TestMovingStaysInTheList(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(100)), 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{
		{"j", 99}, {"k", 98}, {"up", 97}, {"down", 98}, {"g", 0}, {"k", 0}, {"pgup", 0}, {"pgdown", 18}, {"ctrl+d", 27}, {"ctrl+u", 18},
		{"G", 99}, {"pgdown", 99}, {"home", 0}, {"end", 99},
	} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
		if l := d.list; l.cursor < l.top || l.cursor >= l.top+l.height {
			t.Fatalf("after %q the cursor %d is outside of the window from %d", tt.keys, l.cursor, l.top)
		}
	}
}

func TestCursorKeepsItsEventWhenOlderEventsArrive(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(100)), 100, 24)
	d.press("k k")
	before, line := d.cursorEvent().Row, d.list.cursor-d.list.top
	var old strings.Builder
	for range 30 {
		old.WriteString(kittest.Event("LIST_ROLES", "SUCCEEDED", 0))
	}
	d.add(old.String())
	if got := d.cursorEvent().Row; got != before {
		t.Errorf("the cursor is on row %d, want %d", got, before)
	}
	if got := d.list.cursor - d.list.top; got != line {
		t.Errorf("the cursor is on line %d of the window, want %d", got, line)
	}
	if n := d.list.Len(); n != 130 {
		t.Errorf("the list has %d rows, want 130", n)
	}
}

func TestVerdictsAreToldApart(t *testing.T) {
	const rest = `"actor":{"id":"u1","type":"USER"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.1.1"}`
	tests := []struct{ name, line, want string }{
		{"succeeded", `{"actionName":"A","actionResult":"SUCCEEDED",` + rest, "· ok"},
		{"failed", `{"actionName":"A","actionResult":"FAILED",` + rest, "✗ FAILED"},
		{"partial", `{"actionName":"A","actionResult":"PARTIALLY_FAILED",` + rest, "◐ PARTIALLY_FAILED"},
		{"invalid", `{"actionName":"A","actionResult":"MAYBE",` + rest, "! INVALID"},
		{"failed and invalid", `{"actionName":7,"actionResult":"FAILED",` + rest, "✗ FAILED  !"},
		{"suspicious", `{"actionName":"A\u202e","actionResult":"SUCCEEDED",` + rest, "⚑ SUSPECT"},
		{"failed and suspicious", `{"actionName":"A\u202e","actionResult":"FAILED",` + rest, "✗ FAILED   ⚑"},
		{"reject", `{"actionName":"A"`, "▒ REJECT     cut: the line ends inside a value"},
		{"a warning alone", `{"actionName":"A","actionResult":"SUCCEEDED","actor":{"id":"u1","type":"USER"},"timestamp":"2026-11-22 10:00:00","pantherVersion":"1.1.1"}`, "· ok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newListRig(t, kittest.LoadText(t, "x", tt.line+"\n"), 100, 24)
			if row := d.lines()[3]; !strings.Contains(row, tt.want) {
				t.Errorf("the row is %q, want %q in it", row, tt.want)
			}
		})
	}
}

func TestGapsInTimeAreMarked(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	for i, want := range []bool{false, false, true, true, true} {
		if row := d.lines()[3+i]; strings.Contains(row, "┆") != want {
			t.Errorf("row %d is %q, want a gap: %v", i, row, want)
		}
	}
}

func TestStepsBackInTimeAreMarkedInTheOrderOfLines(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Event("A", "SUCCEEDED", 5)+kittest.Event("B", "SUCCEEDED", 3)+kittest.Event("C", "SUCCEEDED", 4)), 99, 24)
	d.wantRows("", 1, 2, 0)
	d.press("h h S S")
	d.wantRows("S S", 0, 1, 2)
	if row := d.lines()[4]; !strings.Contains(row, "↶") {
		t.Errorf("the row of the step back is %q", row)
	}
	if row := d.lines()[5]; strings.Contains(row, "↶") {
		t.Errorf("the row behind it is %q", row)
	}
}

func TestErrorsStandBelowTheirRows(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(8)+kittest.FailedEvent+"\n"+strings.Replace(kittest.FailedEvent, "18:04", "18:05", 1)+"\n")
	const message = "└ cannot delete: the rule is part of a pack"
	count := func(d *listRig) int { return strings.Count(strings.Join(d.lines(), "\n"), message) }
	d := newListRig(t, log, 80, 24)
	if n := count(d); n != 1 {
		t.Errorf("%d errors are shown, want that of the row under the cursor", n)
	}
	d.press("L")
	if n := count(d); n != 2 {
		t.Errorf("below all rows %d errors are shown, want 2", n)
	}
	d.press("L")
	if n := count(d); n != 0 {
		t.Errorf("switched off, %d errors are shown", n)
	}
	d.press("L G")
	d.resize(80, 11)
	if lines := d.lines(); !strings.Contains(lines[8], "✗") || !strings.Contains(lines[9], message) {
		t.Errorf("at the end of a full window the last lines are\n%s", strings.Join(lines, "\n"))
	}
	d.resize(185, 24)
	if n := count(d); n != 0 {
		t.Errorf("with the message in its column %d errors are shown below", n)
	}
}
