package tui

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/loader"
	"pawprint/model"
)

func TestFindGoesToHitsAndHidesNothing(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(30)+event("DELETE_RULE", "SUCCEEDED", 40)+events(30)+event("DELETE_RULE", "SUCCEEDED", 50))}, 100, 24)
	d.press("g ctrl+f")
	d.write("delete_rule")
	if last := d.lines()[23]; !strings.Contains(last, "find delete_rule") || !strings.Contains(last, "2 hits") {
		t.Errorf("while typing the status line is %q", last)
	}
	d.press("enter")
	first := d.app.list.cursor
	if got := d.cursorEvent().Action; got != model.NewText("DELETE_RULE") || d.app.list.len() != 62 {
		t.Fatalf("the cursor is on %v of %d rows, want the first DELETE_RULE of 62", got, d.app.list.len())
	}
	if last := d.lines()[23]; !strings.Contains(last, "hit 1 of 2") {
		t.Errorf("the status line is %q, want hit 1 of 2", last)
	}
	d.press("n")
	if d.app.list.cursor <= first || !strings.Contains(d.lines()[23], "hit 2 of 2") {
		t.Errorf("n goes to place %d: %q", d.app.list.cursor, d.lines()[23])
	}
	second := d.app.list.cursor
	for range 2 { // in the order of time, then in that of the lines, for which a job searches
		for _, step := range []struct {
			keys string
			to   int
			says string
		}{
			{"n", first, "no hit after this event: on from the start"},
			{"N", second, "no hit before this event: on from the end"},
			{"N", first, "hit 1 of 2"},
			{"k N", second, "on from the end"},
			{"j n", first, "on from the start"},
			{"n", second, "hit 2 of 2"},
		} {
			d.press(step.keys)
			if last := d.lines()[23]; d.app.list.cursor != step.to || !strings.Contains(last, step.says) {
				t.Errorf("%s goes to place %d, want %d: %q, want %s", step.keys, d.app.list.cursor, step.to, last, step.says)
			}
		}
		d.app.list.sortBy(sorting{appended: true})
		d.frame()
		first = 30 // the lines are not in the order of time
	}
	d.press("f n")
	if last := d.lines()[23]; !strings.Contains(last, "not found") {
		t.Errorf("among failures alone the status line is %q", last)
	}
}

func TestFoundTextStandsOut(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(10))}, 100, 24)
	plainFrame := d.frame()
	d.press("ctrl+f")
	d.write("homer")
	d.press("enter")
	if d.frame() == plainFrame {
		t.Error("what was found looks like before")
	}
	if row := d.lines()[5]; !strings.Contains(row, "›") {
		t.Errorf("the row of a hit is %q, want the sign of one", row)
	}
	d.press("ctrl+f esc")
	d.press("ctrl+f ctrl+u enter")
	if row := d.lines()[5]; strings.Contains(row, "›") {
		t.Errorf("after finding nothing the row is %q", row)
	}
}

func TestFindGoesOnInALogThatGrows(t *testing.T) {
	log := loadText(t, "x", events(10))
	d := newDriver(t, Options{Log: log}, 100, 24)
	d.press("ctrl+f")
	d.write("delete")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "not found") {
		t.Fatalf("the status line is %q", last)
	}
	appendText(t, log.Log, event("DELETE_RULE", "FAILED", 1000))
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	d.press("g n")
	if got := d.cursorEvent().Action; got != model.NewText("DELETE_RULE") {
		t.Errorf("the cursor is on %v, want the event that came later", got)
	}
}

func TestNextHitIsLookedForFromARowThatCameAfterTheHits(t *testing.T) {
	for name, text := range map[string]string{"in the order of times": events(30), "in another": events(30) + event("LIST_RULES", "SUCCEEDED", 3)} {
		t.Run(name, func(t *testing.T) {
			log := loadText(t, "x", text)
			d := newDriver(t, Options{Log: log, Follow: true}, 100, 24)
			d.press("ctrl+f")
			d.write("failed")
			d.press("enter G")
			d.app.list.finder.searching.start(d.app.ctx, d.app) // which does not come to its end
			appendText(t, log.Log, event("LIST_ROLES", "SUCCEEDED", 1000)+event("LIST_ROLES", "SUCCEEDED", 1001))
			d.run(d.app.feed.wait(d.app.ctx, d.app))
			d.press("n N")
			if got, want := d.cursorEvent().Row, model.Row(29); got != want {
				t.Errorf("the cursor is on row %d, want the last failure, %d", got, want)
			}
		})
	}
}

func TestFindWorksInAnyOrder(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("S g ctrl+f") // by action: 3 1 2 4 0
	d.write("homer")
	d.press("enter")
	if got, want := d.cursorEvent().Row, model.Row(2); got != want {
		t.Errorf("the first hit is row %d, want %d", got, want)
	}
	d.press("n")
	if got, want := d.cursorEvent().Row, model.Row(0); got != want {
		t.Errorf("the next hit is row %d, want %d", got, want)
	}
}

func TestAWrongFindSaysSoAndStaysOpen(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("ctrl+f")
	d.write("(a")
	d.press("enter")
	if len(d.app.modals) != 1 {
		t.Error("the line closed")
	}
	d.press("esc")
	if len(d.app.modals) != 0 || d.app.list.finder.expr != nil {
		t.Error("esc does not give up")
	}
}

func TestKeysPressedWhileFindingCount(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(50))}, 100, 24)
	d.press("g ctrl+f")
	for _, r := range "failed" {
		d.app.Update(keyMsg(string(r)))
	}
	d.app.Update(keyMsg("enter"))
	d.app.Update(keyMsg("n"))
	_, slow := d.app.Update(keyMsg("n"))
	d.app.list.finder.searching.stop()
	d.run(slow)
	d.send(tea.WindowSizeMsg{Width: 101, Height: 24})
	if got, want := d.cursorEvent().Row, model.Row(29); got != want {
		t.Errorf("after enter n n the cursor is on row %d, want %d", got, want)
	}
}

func TestTimesToGoTo(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(200))}, 100, 24) // a row a minute, from midnight
	for _, tt := range []struct {
		text string
		want model.Row
	}{{"01:30", 90}, {"2026-11-22T00:05", 5}, {"yesterday", 0}, {"19h", 90}, {"23:00", 199}} {
		d.press("@")
		d.write(tt.text)
		d.press("enter")
		if got := d.cursorEvent().Row; got != tt.want {
			t.Errorf("@ %s goes to row %d, want %d", tt.text, got, tt.want)
		}
	}
	d.press("@")
	d.write("nonsense")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "no time") || len(d.app.modals) != 1 {
		t.Errorf("after nonsense the status line is %q", last)
	}
}

func TestLeapsInTime(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(200))}, 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g }", 60}, {"} }", 180}, {"{", 120}, {"}", 180}, {"}", 199}, {"(", 0}, {")", 199}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
	// Over a gap that is longer than the leap it still goes on.
	d = newDriver(t, Options{Log: mixedLog(t)}, 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g }", 2}, {"}", 3}, {"{", 2}, {"{", 1}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("with gaps, after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
}

func TestGapsInTimeAreMarked(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	for i, want := range []bool{false, false, true, true, true} {
		if row := d.lines()[3+i]; strings.Contains(row, "┆") != want {
			t.Errorf("row %d is %q, want a gap: %v", i, row, want)
		}
	}
}

func TestStepsBackInTimeAreMarkedInTheOrderOfLines(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", event("A", "SUCCEEDED", 5)+event("B", "SUCCEEDED", 3)+event("C", "SUCCEEDED", 4))}, 120, 24)
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
	log := loadText(t, "x", events(8)+failedEvent+"\n"+strings.Replace(failedEvent, "18:04", "18:05", 1)+"\n")
	const message = "└ cannot delete: the rule is part of a pack"
	count := func(d *driver) int { return strings.Count(strings.Join(d.lines(), "\n"), message) }
	d := newDriver(t, Options{Log: log}, 80, 24)
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
	d.send(tea.WindowSizeMsg{Width: 80, Height: 11})
	if lines := d.lines(); !strings.Contains(lines[8], "✗ FAILED") || !strings.Contains(lines[9], message) {
		t.Errorf("at the end of a full window the last lines are\n%s", strings.Join(lines, "\n"))
	}
	d.send(tea.WindowSizeMsg{Width: 220, Height: 24})
	if n := count(d); n != 0 {
		t.Errorf("with the message in its column %d errors are shown below", n)
	}
}

func TestMouseCanBeSwitchedOff(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 80, 24)
	if d.app.View().MouseMode == tea.MouseModeNone {
		t.Error("the mouse is off to begin with")
	}
	d.press("f2")
	d.frame()
	if d.app.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is still on")
	}
	d.press("f2")
	d.frame()
	if d.app.View().MouseMode == tea.MouseModeNone {
		t.Error("the mouse is still off")
	}
}

func TestClicksChooseRowAndColumn(t *testing.T) {
	d := newDriver(t, Options{Log: mixedLog(t)}, 120, 24)
	d.press("g")
	x := strings.Index(ansi.Strip(d.lines()[2]), "Actor")
	d.send(tea.MouseClickMsg{X: x + 1, Y: d.app.panes.layout.list.y + 3, Button: tea.MouseLeft})
	d.press("+")
	d.wantRows("a click and +", 1, 3)
}

func TestRowsThatCannotBeSearchedAreTold(t *testing.T) {
	path := writeFile(t, events(20))
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	d := newDriver(t, Options{Log: stillLog{log}}, 120, 24)
	d.press("/")
	d.write("needle")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "20 rows not searched") {
		t.Errorf("the status line is %q, want that rows could not be searched", last)
	}
	d.press("x")
	if last := d.lines()[23]; strings.Contains(last, "not searched") {
		t.Errorf("without the filter the status line is %q", last)
	}
}
