package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// fuzzKeys are the keys that the fuzz test presses, by number.
var fuzzKeys = []string{"j", "k", "g", "G", "h", "l", "f", "F", "e", "E", "t", "T", "z", "?", "/", "q", "enter", "esc", "tab", "space",
	"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "ctrl+d", "ctrl+u", "ctrl+w", "backspace", "delete", "(", "\"", "a", ":",
	"+", "-", "i", "~", "\\", "u", "ctrl+r", "alt+left", "alt+up", "alt+down", "alt+right", "x", "|", "[", "]", ";", "w", "ctrl+f", "n", "N", "@", "{", "}", ")", "c", "S", "L", "m", "M", "'",
	"v", "b", "d", "f2", "shift+tab", "P", "D", "C", "A", "J", "K", "1", "5", "H", "<", ">", "R", "p", "B", "y", "o",
	"#", "O", ".", "!", "s", "S", "W", "X", ",", "*", "&", "?", "=", "V", "r", "0", "9"}

// fuzzSizes are sizes worth trying.
var fuzzSizes = [][2]int{{0, 0}, {1, 1}, {2, 40}, {24, 6}, {30, 8}, {47, 17}, {80, 24}, {120, 40}, {160, 20}, {200, 50}, {1200, 3}, {9, 600}}

func FuzzFramesKeepTheirShape(f *testing.F) {
	f.Add("\x1b[31m", []byte("enter"))
	f.Add("a\u202eb\u200b\U000e0041 \xff\x9b", []byte{16, 18, 1, 2, 3, 100, 120, 19, 140, 31, 200, 14, 33, 34})
	f.Add(strings.Repeat("\u0301", 40)+"家👩‍👩‍👧‍👦", []byte{7, 200, 16, 18, 25, 25, 19, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210})
	f.Add("\x1b]0;title\x07\x1b["+strings.Repeat("1;", 40)+"m", []byte{16, 16, 27, 19, 27, 13, 210, 25})
	f.Add("x y", []byte{37, 38, 41, 46, 47, 52, 97, 98, 53, 54, 16, 59, 19, 80, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79})
	f.Add("\x1b[2J\u202e", []byte{82, 0, 16, 0, 205, 16, 82, 17, 83, 0, 16, 83, 82, 13, 17, 15, 84, 16, 84, 21, 16, 85, 16, 16, 85, 21, 16, 35, 17, 36, 16, 207, 36, 21, 21, 16})
	f.Fuzz(func(t *testing.T, text string, script []byte) {
		d := newDriver(t, Options{Log: kittest.HostileLog(t, text), ASCII: len(script)%5 == 4, Exports: testFormats(nil)}, 100, 30)
		d.app.display.Widther.Clusters = len(script)%2 == 1
		w, h := 100, 30
		for _, b := range script[:min(len(script), 60)] {
			switch {
			case b < 200:
				key := fuzzKeys[int(b)%len(fuzzKeys)]
				d.press(key)
			case b < 240:
				size := fuzzSizes[int(b)%len(fuzzSizes)]
				w, h = size[0], size[1]
				d.send(tea.WindowSizeMsg{Width: w, Height: h})
			case b < 244:
				d.send(tea.PasteMsg{Content: text})
			case b < 248:
				d.send(tea.MouseWheelMsg{X: w / 2, Y: h / 2, Button: tea.MouseWheelDown})
			case b < 251:
				d.send(tea.MouseMotionMsg{X: int(b*7) % max(w, 1), Y: h / 2, Button: tea.MouseLeft})
			default:
				d.send(tea.MouseClickMsg{X: int(b) % max(w, 1), Y: int(b) * 13 % max(h, 1), Button: tea.MouseLeft})
			}
			checkShape(t, d, min(w, maxWidth), min(h, maxHeight))
		}
		if title := d.app.View().WindowTitle; ansi.StringWidth(title) > 70 || strings.ContainsAny(title, "\x1b\x07\n\u009c") {
			t.Fatalf("the window title is %q", title)
		}
	})
}

// Logs without what a pane is about, where nothing may be taken for granted.
func TestEveryKeyKeepsTheAppAliveWhereThereIsLittleToShow(t *testing.T) {
	_, table := newCommands(nil)
	var keys []string
	for _, row := range table.Rows {
		for _, k := range row.Binding.Keys() {
			if row.Do != kit.CmdQuit && row.Do != kit.CmdSuspend && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	line := `{"timestamp":"2024-05-01T10:00:00Z","actionName":"LIST_USERS","actionResult":"FAILED"}` + "\n"
	for name, c := range map[string]struct{ text, way string }{
		"no events":       {"", ""},
		"rejects alone":   {"x\n[\n", ""},
		"one event":       {line, ""},
		"nothing matches": {line + line, "/ z z z z z z enter esc"},
	} {
		log := kittest.LoadText(t, "little.jsonl", c.text)
		for _, pane := range []string{"", "tab", "tab tab", "tab tab tab"} {
			t.Run(name+" "+pane, func(t *testing.T) {
				for _, first := range keys {
					d := newDriver(t, Options{Log: log, Exports: testFormats(nil)}, 100, 30)
					d.press(c.way + " " + pane + " " + first)
					checkShape(t, d, 100, 30)
					for _, second := range []string{"space", "enter", "right", "j", "/", "tab", first} {
						d.press(second)
						checkShape(t, d, 100, 30)
					}
				}
			})
		}
	}
}

func TestASCIIFramesAreASCII(t *testing.T) {
	for _, keys := range []string{"", "enter tab G", "?", "f", "F k k", "/ ( a"} {
		d := newDriver(t, Options{Log: kittest.HostileLog(t, "é\u202e\x1b家"), ASCII: true}, 120, 40)
		d.press(keys)
		frame := d.frame()
		for i := range len(frame) {
			if frame[i] > 0x7e {
				t.Fatalf("after %q the frame holds %q", keys, frame[max(0, i-20):min(len(frame), i+20)])
			}
		}
	}
}
