package tui

import (
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestMouseSelectsAndScrolls(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 40)
	d.press("g")
	d.send(tea.MouseClickMsg{X: 10, Y: d.app.panes.layout.list.Y + 8, Button: tea.MouseLeft})
	if got, want := d.cursorEvent().Row, model.Row(7); got != want {
		t.Errorf("a click puts the cursor on row %d, want %d", got, want)
	}
	d.send(tea.MouseWheelMsg{X: 10, Y: 10, Button: tea.MouseWheelDown})
	var s kit.Scene
	d.app.list.Describe(&s)
	if got, want := s.From, s.Sel.Snapshot().Nanos(model.Row(wheelRows)); got != want {
		t.Errorf("the wheel scrolls to the time %d, want %d", got, want)
	}
	d.press("enter")
	d.send(tea.MouseClickMsg{X: 10, Y: d.app.panes.layout.detail.Y + 2, Button: tea.MouseLeft})
	if d.app.panes.shown.focus != kit.DetailPane {
		t.Error("a click does not focus the detail")
	}
	d.send(tea.WindowSizeMsg{Width: 100, Height: 24})
	before := d.frame()
	d.send(tea.MouseWheelMsg{X: 10, Y: d.app.panes.layout.detail.Y, Button: tea.MouseWheelDown})
	if d.frame() == before {
		t.Error("the wheel does not scroll the detail")
	}
	d.send(tea.MouseClickMsg{X: 5, Y: d.app.panes.layout.filter.Y, Button: tea.MouseLeft})
	if !d.app.bar.Typing {
		t.Error("a click does not begin the filter")
	}
}

func TestManyKeysShareFrames(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("g")
	before := d.frame()
	d.app.screen.interval = time.Hour
	for range 50 {
		d.app.Update(kittest.KeyMsg("j"))
		d.app.View()
	}
	if d.frame() != before {
		t.Error("a frame was built before its time")
	}
	if got, want := d.cursorEvent().Row, model.Row(50); got != want {
		t.Errorf("the cursor is on row %d, want %d", got, want)
	}
	d.app.screen.interval = 0
	d.app.Update(frameDue{})
	if d.frame() == before {
		t.Error("no frame was built when it was due")
	}
}

func TestQuietAppSchedulesNothing(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10))}, 100, 24)
	d.app.View()
	if cmd := d.app.screen.schedule(); cmd != nil {
		t.Error("a frame is scheduled although nothing changed")
	}
	if cmd := d.app.work(); cmd != nil {
		t.Error("work is started although nothing is missing")
	}
}

func TestStaleAnswersAreDropped(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	_, first := d.app.Update(kittest.KeyMsg("f"))
	d.press("f")
	d.run(first)
	if n := d.app.list.Len(); n != 100 {
		t.Errorf("an answer to a filter that is gone changed the list to %d rows, want 100", n)
	}
}

func TestTerminalDecidesOnWidthsAndBackground(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10))}, 100, 24)
	if d.app.display.Widther.Clusters || !d.app.terminal.dark {
		t.Error("before the terminal answers, widths are by cluster or the background is light")
	}
	d.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	d.send(tea.BackgroundColorMsg{Color: color.White})
	if !d.app.display.Widther.Clusters || d.app.terminal.dark {
		t.Error("the answers of the terminal change nothing")
	}
	d.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized})
	if d.app.display.Widther.Clusters {
		t.Error("widths are by cluster although the terminal does not know the mode")
	}
	d.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	checkShape(t, d, 100, 24)
}

func TestChosenBackgroundIsNotAskedFor(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", ""), Background: kit.LightBackground}, 100, 24)
	d.send(tea.BackgroundColorMsg{Color: color.Black})
	if d.app.terminal.dark {
		t.Error("the terminal overrides the chosen background")
	}
}

func TestATerminalThatAnswersNothingHasTheAssumedBackground(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", ""), Background: kit.AskLightBackground}, 100, 24)
	if d.app.terminal.dark {
		t.Error("before the terminal answers, its background is dark")
	}
	d.send(tea.BackgroundColorMsg{Color: color.Black})
	if !d.app.terminal.dark {
		t.Error("the terminal answers, and its background stays light")
	}
}

func TestAThemeIsShownBeforeItIsChosen(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Background: kit.DarkBackground}, 80, 24)
	open := func() {
		d.press(":")
		d.write("theme")
		d.press("enter")
	}
	open()
	dark := d.frame()
	d.press("down down")
	if d.app.terminal.theme.String() != "light" || d.frame() == dark {
		t.Errorf("the theme under the cursor is not shown, but %v", d.app.terminal.theme)
	}
	d.press("esc")
	if d.app.terminal.theme != kit.AutoTheme {
		t.Errorf("after esc the theme is %v", d.app.terminal.theme)
	}
	open()
	if d.frame() != dark {
		t.Error("the theme before did not come back whole")
	}
	d.write("own 16")
	d.press("enter")
	if d.app.terminal.theme.String() != "terminal" || !strings.Contains(ansi.Strip(d.frame()), `until you quit; theme = "terminal" in config.toml keeps it`) {
		t.Errorf("chosen was terminal, shown is %v:\n%s", d.app.terminal.theme, ansi.Strip(d.frame()))
	}
	open()
	if d.press("down"); d.app.terminal.theme.String() != "terminal" { // the last one of the list, where the cursor is
		t.Errorf("the cursor is not on the theme that is shown: below it is %v", d.app.terminal.theme)
	}
	d.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	d.press("esc")
	open()
	if !strings.Contains(ansi.Strip(d.frame()), "no themes without colours") {
		t.Errorf("without colours the menu opens:\n%s", ansi.Strip(d.frame()))
	}
}
