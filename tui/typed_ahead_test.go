package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// pressAndPaste presses keys, separated by spaces; "paste:x" pastes x.
func (d *driver) pressAndPaste(keys string) {
	for _, key := range strings.Fields(keys) {
		if text, pasted := strings.CutPrefix(key, "paste:"); pasted {
			d.send(tea.PasteMsg{Content: text})
		} else {
			d.press(key)
		}
	}
}

// Whoever types faster than the program answers means what opens, not what is there until then.
func TestKeysTypedWhileRowsAreSelectedGoToWhatOpens(t *testing.T) {
	for _, c := range []struct{ name, keys, path string }{
		{"a menu, a name and a move behind both", "o c s v enter ctrl+u paste:x.csv enter g", "x.csv"},
		{"arrows move in the menu", "o down enter ctrl+u paste:x.csv enter g", "x.csv"},
		{"a paste", "o paste:csv enter ctrl+u paste:x.csv enter g", "x.csv"},
		{"esc takes all back", "o c s v enter esc", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var written []modal.ExportRequest
			log := kittest.MixedLog(t)
			d := newDriver(t, Options{Log: log, Exports: testFormats(&written)}, 80, 24)
			d.press("G")
			kittest.AppendText(t, log.Log, lineText(t, log, 0))
			held := d.runUntil("tui.selected", d.app.feed.wait(t.Context(), d.app))
			if len(held) != 1 {
				t.Fatalf("held back are %d answers", len(held))
			}
			last := d.cursorEvent().Row
			d.pressAndPaste(c.keys)
			if len(written) != 0 || d.cursorEvent().Row != last {
				t.Fatalf("the keys did something at once: %v", written)
			}
			d.send(held[0])
			switch {
			case c.path == "" && (len(written) != 0 || len(d.app.modals) != 0):
				t.Errorf("after esc, %v is written and %d modals are open", written, len(d.app.modals))
			case c.path != "" && (len(written) != 1 || written[0].Path != c.path || d.cursorEvent().Row == last):
				t.Errorf("written is %+v, and the cursor stands on row %d", written, d.cursorEvent().Row)
			}
		})
	}
}

func TestKeysTypedWhileViewsAreLoadedGoToTheirList(t *testing.T) {
	for keys, want := range map[string]string{"V m i n e enter": "is:failed", "V m i n e esc": ""} {
		d := newDriver(t, Options{Log: kittest.MixedLog(t), Views: &kittest.ViewShelf{Views: []kit.SavedView{{Name: "mine", Query: "is:failed"}}}}, 80, 24)
		_, cmd := d.app.Update(kittest.KeyMsg("V"))
		held := d.runUntil("modal.viewsLoaded", cmd)
		if len(held) != 1 {
			t.Fatalf("held back are %d answers", len(held))
		}
		d.mustShow("loading the saved views; esc stops waiting")
		d.pressAndPaste(keys[2:])
		d.send(held[0])
		if got := d.app.feed.Text; got != want || len(d.app.modals) != 0 {
			t.Errorf("%s filters by %q and leaves %d modals", keys, got, len(d.app.modals))
		}
	}
}
