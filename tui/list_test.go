package tui

import (
	"strings"
	"testing"

	"pawprint/model"
)

func TestListOpensAtTheNewestEvent(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
	if got, want := d.cursorEvent().Row, model.Row(99); got != want {
		t.Errorf("the cursor is on row %d, want %d", got, want)
	}
	lines := d.lines()
	if last := lines[len(lines)-2]; !strings.Contains(last, "01:39:00") {
		t.Errorf("the last row is %q, want the newest event", last)
	}
}

func TestMovingStaysInTheList(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{
		{"j", 99}, {"k", 98}, {"up", 97}, {"down", 98}, {"g", 0}, {"k", 0}, {"pgup", 0}, {"pgdown", 19}, {"ctrl+d", 29}, {"ctrl+u", 19},
		{"G", 99}, {"pgdown", 99}, {"home", 0}, {"end", 99},
	} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
		if l := &d.app.list; l.cursor < l.top || l.cursor >= l.top+l.height {
			t.Fatalf("after %q the cursor %d is outside of the window from %d", tt.keys, l.cursor, l.top)
		}
	}
}

func TestCursorKeepsItsEventWhenTheFilterChanges(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
	d.press("g")
	for range 39 {
		d.press("j")
	}
	d.press("f")
	if got, want := d.cursorEvent().Row, model.Row(39); got != want {
		t.Fatalf("failed only: the cursor is on row %d, want %d", got, want)
	}
	d.press("f k f")
	if got, want := d.cursorEvent().Row, model.Row(39); got != want {
		t.Fatalf("an event that the filter hides: the cursor is on row %d, want the next one that it shows, %d", got, want)
	}
	d.press("f")
	if got, want := d.cursorEvent().Row, model.Row(38); got != want {
		t.Errorf("without the filter the cursor is on row %d, want %d again", got, want)
	}
}

func TestCursorKeepsItsEventWhenOlderEventsArrive(t *testing.T) {
	log := loadText(t, "x", events(100))
	d := newDriver(t, Options{Log: log}, 100, 24)
	d.press("k k")
	before, line := d.cursorEvent().Row, d.app.list.cursor-d.app.list.top
	var old strings.Builder
	for range 30 {
		old.WriteString(event("LIST_ROLES", "SUCCEEDED", 0))
	}
	appendText(t, log.Log, old.String())
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	if got := d.cursorEvent().Row; got != before {
		t.Errorf("the cursor is on row %d, want %d", got, before)
	}
	if got := d.app.list.cursor - d.app.list.top; got != line {
		t.Errorf("the cursor is on line %d of the window, want %d", got, line)
	}
	if n := d.app.list.len(); n != 130 {
		t.Errorf("the list has %d rows, want 130", n)
	}
}

func TestFollowingSticksToTheEndAndPausesWhenLeft(t *testing.T) {
	log := loadText(t, "x", events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 100, 24)
	grow := func() {
		appendText(t, log.Log, event("LIST_ROLES", "SUCCEEDED", 1000)+event("LIST_ROLES", "FAILED", 1001))
		d.run(d.app.feed.wait(d.app.ctx, d.app))
	}
	grow()
	if got, want := d.cursorEvent().Row, model.Row(51); got != want {
		t.Fatalf("following: the cursor is on row %d, want %d", got, want)
	}
	d.press("k")
	grow()
	if got, want := d.cursorEvent().Row, model.Row(50); got != want {
		t.Errorf("paused: the cursor is on row %d, want %d", got, want)
	}
	if last := d.lines()[23]; !strings.Contains(last, "+2 new") {
		t.Errorf("the status line is %q, want +2 new", last)
	}
	d.press("G")
	grow()
	if got, want := d.cursorEvent().Row, model.Row(55); got != want {
		t.Errorf("resumed: the cursor is on row %d, want %d", got, want)
	}
	d.press("F")
	grow()
	if got, want := d.cursorEvent().Row, model.Row(55); got != want {
		t.Errorf("not following: the cursor is on row %d, want %d", got, want)
	}
}

func TestNextFailureGoesOnForEachKey(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
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
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
	d.press("g")
	_, first := d.app.Update(keyMsg("e"))
	d.send(keyMsg("e"))
	d.send(keyMsg("e"))
	d.run(first)
	if got, want := d.cursorEvent().Row, model.Row(29); got != want {
		t.Errorf("after three keys the cursor is on row %d, want %d", got, want)
	}
}

func TestVerdictsAreToldApart(t *testing.T) {
	const rest = `"actor":{"id":"u1","type":"USER"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.1.1"}`
	tests := []struct{ name, line, want string }{
		{"succeeded", `{"actionName":"A","actionResult":"SUCCEEDED",` + rest, "· ok"},
		{"failed", `{"actionName":"A","actionResult":"FAILED",` + rest, "✗ FAILED"},
		{"partial", `{"actionName":"A","actionResult":"PARTIALLY_FAILED",` + rest, "◐ PARTIAL"},
		{"invalid", `{"actionName":"A","actionResult":"MAYBE",` + rest, "! INVALID"},
		{"failed and invalid", `{"actionName":7,"actionResult":"FAILED",` + rest, "✗ FAILED  !"},
		{"suspicious", `{"actionName":"A\u202e","actionResult":"SUCCEEDED",` + rest, "⚑ SUSPECT"},
		{"failed and suspicious", `{"actionName":"A\u202e","actionResult":"FAILED",` + rest, "✗ FAILED   ⚑"},
		{"reject", `{"actionName":"A"`, "▒ REJECT     cut: the line ends inside a value"},
		{"a warning alone", `{"actionName":"A","actionResult":"SUCCEEDED","actor":{"id":"u1","type":"USER"},"timestamp":"2026-11-22 10:00:00","pantherVersion":"1.1.1"}`, "· ok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: loadText(t, "x", tt.line+"\n")}, 100, 24)
			if row := d.lines()[3]; !strings.Contains(row, tt.want) {
				t.Errorf("the row is %q, want %q in it", row, tt.want)
			}
		})
	}
}

func TestColumnsScroll(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", failedEvent+"\n")}, 80, 24)
	if head := d.lines()[2]; !strings.Contains(head, "Action") || strings.Contains(head, "Message") {
		t.Fatalf("the header is %q", head)
	}
	d.press("l l l l")
	if head := d.lines()[2]; strings.Contains(head, "Action") || !strings.Contains(head, "Message") {
		t.Errorf("scrolled, the header is %q", head)
	}
	if row := d.lines()[3]; !strings.Contains(row, "cannot delete: the rule is part of a pack") {
		t.Errorf("scrolled, the row is %q, want the message", row)
	}
	d.press("h h h h h")
	if head := d.lines()[2]; !strings.Contains(head, "Action") {
		t.Errorf("scrolled back, the header is %q", head)
	}
}
