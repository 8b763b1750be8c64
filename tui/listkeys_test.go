package tui

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestCursorKeepsItsEventWhenTheFilterChanges(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
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

func TestFollowingSticksToTheEndAndPausesWhenLeft(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 100, 24)
	grow := func() {
		kittest.AppendText(t, log.Log, kittest.Event("LIST_ROLES", "SUCCEEDED", 1000)+kittest.Event("LIST_ROLES", "FAILED", 1001))
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
	if last := d.lines()[23]; !strings.Contains(last, "‖ paused: moved up, 2 new (G follows)") {
		t.Errorf("the status line is %q, want 2 new", last)
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

func TestAPauseSaysItsReasonAndHowToGoOn(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"a move", "k", "paused: moved up (G follows)"},
		{"a page", "pgup", "paused: moved up (G follows)"},
		{"a failure", "E", "paused at a failure (G follows)"},
		{"a mark", "k m G '", "paused at a mark (G follows)"},
		{"a time", "@ 2 0 2 6 - 1 1 - 0 1 enter", "paused at a time (G follows)"},
		{"a leap", "{", "paused at a time (G follows)"},
		{"a hit", "g ctrl+f L I S T enter", "paused at a hit (G follows)"},
		{"a move after a mark", "k m G ' k", "paused: moved up (G follows)"},
		{"the end", "k G", "● following"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(50)), Follow: true}, 80, 24)
			d.press(c.keys)
			if last := d.lines()[23]; !strings.Contains(last, c.want) {
				t.Errorf("after %s the status line is %q, want %q", c.keys, last, c.want)
			}
		})
	}
}

func TestFindGoesToHitsAndHidesNothing(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(30)+kittest.Event("DELETE_RULE", "SUCCEEDED", 40)+kittest.Events(30)+kittest.Event("DELETE_RULE", "SUCCEEDED", 50))}, 100, 24)
	d.press("g ctrl+f")
	d.write("delete_rule")
	if last := d.lines()[23]; !strings.Contains(last, "find delete_rule") || !strings.Contains(last, "2 hits") {
		t.Errorf("while typing the status line is %q", last)
	}
	d.press("enter")
	first := d.app.list.Status().Place
	if got := d.cursorEvent().Action; got != model.NewText("DELETE_RULE") || d.app.list.Len() != 62 {
		t.Fatalf("the cursor is on %v of %d rows, want the first DELETE_RULE of 62", got, d.app.list.Len())
	}
	if last := d.lines()[23]; !strings.Contains(last, "hit 1 of 2") {
		t.Errorf("the status line is %q, want hit 1 of 2", last)
	}
	d.press("n")
	if d.app.list.Status().Place <= first || !strings.Contains(d.lines()[23], "hit 2 of 2") {
		t.Errorf("n goes to place %d: %q", d.app.list.Status().Place, d.lines()[23])
	}
	second := d.app.list.Status().Place
	for range 2 { // in the order of time, then in that of the lines, for which a job searches
		for _, step := range []struct {
			keys string
			to   int
			says string
		}{
			{"n", first, "no hit after this event: continued from the start"},
			{"N", second, "no hit before this event: continued from the end"},
			{"N", first, "hit 1 of 2"},
			{"k N", second, "continued from the end"},
			{"j n", first, "continued from the start"},
			{"n", second, "hit 2 of 2"},
		} {
			d.press(step.keys)
			if last := d.lines()[23]; d.app.list.Status().Place != step.to || !strings.Contains(last, step.says) {
				t.Errorf("%s goes to place %d, want %d: %q, want %s", step.keys, d.app.list.Status().Place, step.to, last, step.says)
			}
		}
		d.app.list.SortBy(kit.Sorting{Appended: true})
		d.frame()
		first = 30 // the lines are not in the order of time
	}
	d.press("f n")
	if last := d.lines()[23]; !strings.Contains(last, "not found") {
		t.Errorf("among failures alone the status line is %q", last)
	}
}

func TestMouseCanBeSwitchedOff(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 80, 24)
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
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
	d.press("g")
	before, _, _ := strings.Cut(ansi.Strip(d.lines()[2]), "Actor")
	x := ansi.StringWidth(before)
	d.send(tea.MouseClickMsg{X: x + 1, Y: d.app.panes.layout.list.Y + 3, Button: tea.MouseLeft})
	d.press("+")
	d.wantRows("a click and +", 1, 3)
}

func TestRowsThatCannotBeSearchedAreTold(t *testing.T) {
	path := kittest.WriteFile(t, kittest.Events(20))
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	d := newDriver(t, Options{Log: kittest.StillLog{Log: log}}, 120, 24)
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
			d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
			d.press(tt.keys)
			d.wantRows(tt.keys, tt.want...)
		})
	}
}

func TestColumnsAreChosen(t *testing.T) {
	head := func(d *driver) string { return d.lines()[2] }
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
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
	for range 20 {
		if v, _ := d.app.list.Focused(); v.Name == "p_source_label" {
			break
		}
		d.press("h")
	}
	d.press("g j +")
	d.wantRows("+ in the new column", 1, 3)
	d.press("u S S")
	d.wantRows("S S in the new column", 1, 3, 0, 2, 4)
}

func TestMarksAndNotes(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.MixedLog(t)}, 120, 24)
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
