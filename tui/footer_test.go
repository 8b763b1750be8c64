package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit/kittest"
)

// footer returns the last line of the screen.
func (d *driver) footer() string {
	lines := strings.Split(strings.TrimRight(ansi.Strip(d.frame()), "\n"), "\n")
	return lines[len(lines)-1]
}

func TestTheFooterNamesTheNextKeysOfWhatHasTheFocus(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"list", "j", "enter detail  / filter  f failed  tab pane  ? help"},
		{"detail", "enter tab", "enter fold  esc list  + - keep, hide"},
		{"facets", "b", "enter filter, fold  + - keep, hide  ^f search  c add  ? help"},
		{"timeline", "v", "h l move  H L range  enter filter"},
		{"filter", "/", "tab complete  enter apply  esc cancel"},
		{"commands", ":", "enter choose  esc close"},
		{"copy", "y", "enter choose  esc close"},
		{"views", "V", "enter choose  esc close"},
		{"problems", "p", "enter open  + filter  esc close"},
		{"sources", "B", "enter filter  esc close"},
		{"columns", "c", "space show, hide  J K order  < > width  a add  R reset  esc close"},
		{"prompt", "@", "enter done  esc cancel"},
		{"help", "?", "esc close"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
		d.press(c.keys)
		if got := d.footer(); !strings.Contains(got, c.want) {
			t.Errorf("%s: the footer is %q, want %q in it", c.name, got, c.want)
		}
	}
}

// The note on the row below a menu, or a line that is typed, matters less than its keys.
func TestANoteDoesNotHideTheKeysOfWhatIsOverTheList(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Marks: &kittest.MarkShelf{}}, 80, 24)
	d.press("M")
	d.write("ask marge")
	d.press("enter down")
	if got := d.footer(); !strings.Contains(got, "note: ask marge") {
		t.Errorf("the footer is %q", got)
	}
	for keys, want := range map[string]string{"/": "enter apply", "y": "enter choose", "V": "enter choose", "?": "esc close", ":": "enter choose", "B": "enter filter"} {
		d.press(keys)
		if got := d.footer(); !strings.Contains(got, want) || strings.Contains(got, "note") {
			t.Errorf("%s: the footer is %q, want %q in it", keys, got, want)
		}
		d.press("esc esc")
	}
}

// What was never explained is explained once, on the screen that one sees first.
func TestTheFirstScreenExplainsItsSigns(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), ASCII: ascii}, 80, 24)
		g := d.app.display.Glyphs
		for _, want := range []string{g.Failed.String() + " failed", g.Token.String() + " API token", g.Gap.String() + " an hour or more", "? help"} {
			if got := d.footer(); !strings.Contains(got, want) {
				t.Errorf("the first footer is %q, want %q in it", got, want)
			}
		}
		if d.press("j"); !strings.Contains(d.footer(), "enter detail") {
			t.Errorf("after a key the footer is %q", d.footer())
		}
	}
}

func TestHelpIsTheLastHintToGo(t *testing.T) {
	for w := 34; w <= 120; w++ {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "it.jsonl", kittest.Events(5))}, w, 12)
		d.press("k")
		if got := d.footer(); !strings.Contains(got, "? help") {
			t.Errorf("%d cells: the footer is %q", w, got)
		}
	}
}
