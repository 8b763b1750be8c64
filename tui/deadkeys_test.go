package tui

import (
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// panesToPress are the ways to each pane, from the list; the cursor is in the middle, so that every move shows.
var panesToPress = []struct{ name, keys string }{
	{"list", "enter @ esc k k k k k k k k k k k k k k l m k m"}, {"detail", "k k k m k enter tab j j j j"}, {"facets", "k m k shift+tab j j j j"}, {"timeline", "k m k shift+tab shift+tab h h h h h"},
}

// opposites undo a key that can have nothing left to do, as a move at an edge.
var opposites = map[string]string{"j": "k", "down": "up", "k": "j", "up": "down", "G": "g", "end": "g", "g": "G", "home": "G", "l": "h", "right": "left", "h": "l", "left": "right",
	"ctrl+d": "g", "pgdown": "g", "ctrl+u": "G", "pgup": "G", "}": "{", ")": "("}

// Every key of the table does something that shows, or says why not.
func TestEveryKeyInEveryPaneDoesSomethingOrSaysWhyNot(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	_, keys := newCommands()
	for _, pane := range panesToPress {
		pressed := map[string]bool{}
		for _, row := range keys.Rows {
			if row.In&kit.InPanes == 0 || row.Do == kit.CmdQuit || row.Do == kit.CmdSuspend {
				continue
			}
			for _, k := range row.Binding.Keys() {
				if pressed[k] {
					continue
				}
				pressed[k] = true
				d := newDriver(t, Options{Log: log}, 120, 40)
				d.press(pane.keys)
				before := d.frame()
				if d.press(k); d.frame() == before && opposites[k] != "" {
					d.press(opposites[k])
					before = d.frame()
					d.press(k)
				}
				if after := d.frame(); after == before && !d.quit {
					t.Errorf("%s: the key %q (%s) does nothing and says nothing", pane.name, k, row.Binding.Help().Desc)
				}
			}
		}
	}
}

func TestADeadKeySaysWhereItWorks(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"enter tab S", "S (sort by the column) works in the list: tab goes there"},
		{"A", "A (show unchanged fields) works in the detail: enter opens it"},
		{"enter tab A", "A shows unchanged fields in a comparison"},
		{"enter tab 1", "no section with this number"},
		{"H", "H (widen the range) works in the timeline"},
		{"m '", "this is the only mark here"},
		{"k m j '", ""},
	} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
		d.press(c.keys)
		if got := d.footer(); !strings.Contains(got, c.want) {
			t.Errorf("%s: the footer is %q, want %q in it", c.keys, got, c.want)
		}
	}
}
