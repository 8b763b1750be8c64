package tui

import (
	"fmt"
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
	"ctrl+d": "g", "pgdown": "g", "ctrl+u": "G", "pgup": "G", "}": "{", ")": "(", "alt+up": "alt+down", "alt+down": "alt+up"}

// opposite returns the key that undoes another one, where some are chosen.
func opposite(k string, remap kit.Remap) string {
	if remap == nil {
		return opposites[k]
	}
	for usual, back := range opposites {
		if inStrange(usual) == k {
			return inStrange(back)
		}
	}
	return ""
}

// Every key of the table does something that shows, or says why not.
func TestEveryKeyInEveryPaneDoesSomethingOrSaysWhyNot(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		for _, pane := range panesToPress {
			t.Run(fmt.Sprintf("%s at %d×%d", pane.name, size[0], size[1]), func(t *testing.T) {
				pressEveryKey(t, log, nil, pane.keys, size[0], size[1])
			})
		}
	}
}

// pressEveryKey presses each key of the table in a pane, each in an interface of its own.
func pressEveryKey(t *testing.T, log kittest.StillLog, remap kit.Remap, way string, width, height int) {
	t.Helper()
	_, keys := newCommands(remap)
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
			d := newDriver(t, Options{Log: log, Keys: remap}, width, height)
			d.press(way)
			before := d.frame()
			if d.press(k); d.frame() == before && opposite(k, remap) != "" {
				d.press(opposite(k, remap))
				before = d.frame()
				d.press(k)
			}
			if d.frame() == before && !d.quit {
				t.Errorf("the key %q (%s) does nothing and says nothing", k, row.Binding.Help().Desc)
			}
		}
	}
	if len(pressed) < 50 {
		t.Errorf("only %d keys are in the table", len(pressed))
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
