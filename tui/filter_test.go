package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit/kittest"
)

func TestFilterIsLiveAndCanBeTakenBack(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("/")
	d.write("result:failed")
	if n := d.app.list.Len(); n != 10 {
		t.Fatalf("while typing %d rows are shown, want 10", n)
	}
	if bar := d.lines()[1]; !strings.Contains(bar, "result:failed") || !strings.Contains(bar, "10 matches") {
		t.Errorf("the filter bar is %q", bar)
	}
	d.press("esc")
	if n := d.app.list.Len(); n != 10 || !d.app.bar.Typing {
		t.Errorf("after the esc that closes the list %d rows are shown, want 10", n)
	}
	d.press("esc")
	if n := d.app.list.Len(); n != 100 {
		t.Errorf("after esc %d rows are shown, want 100", n)
	}
	d.press("/")
	d.write("result:failed")
	d.press("enter /")
	d.write(" nothing-like-this")
	d.press("esc")
	if n := d.app.list.Len(); n != 10 {
		t.Errorf("after esc the kept filter shows %d rows, want 10", n)
	}
	d.press("/ ctrl+u enter")
	if n := d.app.list.Len(); n != 100 {
		t.Errorf("cleared, the filter shows %d rows, want 100", n)
	}
}

func TestWrongFilterLeavesTheListAndSaysWhere(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("/")
	d.write("result:failed")
	d.write(" (a")
	if n := d.app.list.Len(); n != 10 {
		t.Errorf("%d rows are shown, want the 10 of the last right filter", n)
	}
	lines := d.lines()
	if !strings.Contains(lines[1], "not applied") || !strings.Contains(lines[2], "▲ ") {
		t.Errorf("the bar says\n%s\n%s", lines[1], lines[2])
	}
	at := strings.Index(lines[1], "(a")
	if caret := strings.Index(lines[2], "▲"); caret < at {
		t.Errorf("the caret is at %d, before the parenthesis at %d", caret, at)
	}
	d.press("enter")
	if !d.app.bar.Typing {
		t.Error("a wrong filter was kept")
	}
}

func TestFailedOnlyGoesWithTheFilter(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(100)+kittest.Event("DELETE_RULE", "PARTIALLY_FAILED", 1000)+kittest.Event("DELETE_RULE", "SUCCEEDED", 1001))
	d := newDriver(t, Options{Log: log, FailedOnly: true}, 100, 24)
	if n := d.app.list.Len(); n != 11 {
		t.Errorf("failed only shows %d rows, want 11", n)
	}
	d.press("/")
	d.write("action:delete")
	d.press("enter")
	if n := d.app.list.Len(); n != 1 {
		t.Errorf("with a filter it shows %d rows, want 1", n)
	}
	d.press("f")
	if n := d.app.list.Len(); n != 2 {
		t.Errorf("the filter alone shows %d rows, want 2", n)
	}
}

func TestPasteIsSanitised(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10))}, 100, 24)
	d.press("/")
	d.send(tea.PasteMsg{Content: "is:failed\x1b]0;evil\x07\u202e \u200bx\nq"})
	if got, want := d.typed(), "is:failed]0;evil x q"; got != want {
		t.Errorf("the filter is %q, want %q", got, want)
	}
	if last := d.lines()[23]; !strings.Contains(last, "4 invisible characters left out") {
		t.Errorf("the status line is %q, want that something was left out", last)
	}
	checkShape(t, d, 100, 24)
}

func TestAPasteOutsideOfTheFilterOpensIt(t *testing.T) {
	for _, tt := range []struct{ keys, paste, want string }{
		{"", "192.0.2.7", "192.0.2.7"}, {"/ i s : f a i l e d enter", "192.0.2.7", "is:failed 192.0.2.7"}, {"enter tab", "192.0.2.7\n192.0.2.8", "192.0.2.7 192.0.2.8"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10))}, 100, 24)
		d.press(tt.keys)
		d.send(tea.PasteMsg{Content: tt.paste})
		if !d.app.bar.Typing || d.typed() != tt.want || d.app.feed.Text != tt.want {
			t.Errorf("after %q the filter is %q, typing %v; want %q", tt.keys, d.typed(), d.app.bar.Typing, tt.want)
		}
		before := strings.TrimSuffix(tt.want, " "+tt.paste)
		if d.press("esc"); tt.keys != "" && strings.Contains(before, "is:") && d.app.feed.Text != before {
			t.Errorf("esc leaves %q, want %q", d.app.feed.Text, before)
		}
	}
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10))}, 100, 24)
	d.send(tea.PasteMsg{Content: " \n"})
	if d.app.bar.Typing {
		t.Error("a paste of nothing opens the filter")
	}
	d.press("?")
	d.send(tea.PasteMsg{Content: "x"})
	if d.app.bar.Typing || d.app.feed.Text != "" {
		t.Error("a paste into the help changes the filter")
	}
}

func TestWrongFirstFilterIsShownAsSuch(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(10)), Query: "(a"}, 100, 24)
	if n := d.app.list.Len(); n != 10 {
		t.Errorf("%d rows are shown, want all 10", n)
	}
	if bar := d.lines()[1]; !strings.Contains(bar, "(a") || !strings.Contains(bar, "not applied") {
		t.Errorf("the bar is %q", bar)
	}
}

func TestLongFilterShowsTheCursor(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", "")}, 60, 24)
	d.press("/")
	d.write(strings.Repeat("abcdefghij", 20) + "END")
	if bar := d.lines()[1]; !strings.Contains(bar, "END") {
		t.Errorf("the bar is %q, want the end of the text", bar)
	}
	if c := d.app.View().Cursor; c == nil || c.X >= 60 || c.Y != 1 {
		t.Errorf("the cursor is %+v", c)
	}
	d.press("home")
	if bar := d.lines()[1]; !strings.Contains(bar, "/ abc") {
		t.Errorf("the bar is %q, want the beginning of the text", bar)
	}
}

func TestEmptyListsSayWhy(t *testing.T) {
	tests := []struct {
		name string
		text string
		keys string
		want string
	}{
		{"nothing", "", "", "No events"},
		{"blank lines", "\n \n\n", "", "3 lines read, 3 of them blank"},
		{"no match", kittest.Events(5), "/ z z z enter", "Nothing matches"},
		{"the filter is named", kittest.Events(5), "/ z z z enter", "the filter is  zzz"},
		{"failed only", kittest.Events(5), "f", "f shows all results"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.LoadText(t, "x", tt.text)}, 100, 24)
			d.press(tt.keys)
			if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, tt.want) {
				t.Errorf("the frame does not say %q:\n%s", tt.want, frame)
			}
		})
	}
}

func TestEscStopsASelectionAndBringsTheFilterBeforeBack(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 100, 24)
	d.press("f")
	_, slow := d.app.Update(kittest.KeyMsg("f")) // its selection is not run …
	_ = slow
	d.app.Update(kittest.KeyMsg("/"))
	for _, r := range "homer" {
		d.app.Update(kittest.KeyMsg(string(r)))
	}
	d.app.Update(kittest.KeyMsg("enter"))
	if bar := d.lines()[1]; !strings.Contains(bar, "selecting …") {
		t.Errorf("the bar is %q, want that it is at work", bar)
	}
	d.press("esc")
	if n := d.app.list.Len(); n != 10 || !d.app.feed.FailedOnly || d.typed() != "" {
		t.Errorf("after esc %d rows are shown for %+v, want the 10 failures", n, d.app.feed.FilterText)
	}
}

// The filter is parsed when it changes, not when it is drawn.
func TestALongFilterIsNotParsedToDrawIt(t *testing.T) {
	draws := func(filter string) float64 {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100)), Query: filter}, 100, 24)
		if len(d.app.feed.Chips) != 1 || d.app.list.Len() != 100 {
			t.Fatalf("%d conditions, %d rows", len(d.app.feed.Chips), d.app.list.Len())
		}
		return testing.AllocsPerRun(20, func() {
			d.app.panes.arrange()
			d.app.draw(new(tea.View))
		})
	}
	short, long := draws("has:time OR aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), draws("has:time OR aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"+strings.Repeat(" OR action:b", 200))
	if long > short+20 {
		t.Errorf("a frame takes %v allocations, and %v with a long filter", short, long)
	}
}

func TestWhatIsTypedBehindAFilterIsAConditionOfItsOwn(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("+ /")
	before := d.app.feed.FilterText
	d.press("esc")
	if d.app.feed.FilterText != before {
		t.Errorf("opening the filter changed it to %v", d.app.feed.FilterText)
	}
	first := d.app.feed.Text
	d.press("/")
	d.write("is:failed")
	d.press("enter")
	if got, want := d.app.feed.Text, first+" is:failed"; got != want {
		t.Errorf("the filter is %q, want %q", got, want)
	}
	d.press("/ backspace backspace")
	if got, want := d.app.feed.Text, first+" is:faile"; got != want && d.typed() != want {
		t.Errorf("backspace goes on with the last condition: %q, want %q", d.typed(), want)
	}
}
