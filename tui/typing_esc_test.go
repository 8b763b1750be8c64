package tui

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

// Who presses esc to be rid of the list of completions keeps what was typed, as the footer promises.
func TestEscClosesTheCompletionsBeforeItGivesUpTyping(t *testing.T) {
	for _, width := range []int{60, 80, 200} {
		for typed, listed := range map[string]bool{"is:f": true, "actor:": true, "is:failed acto": true, "zzz": false, "": false} {
			d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(2000))}, width, 24)
			d.press("/")
			d.write(typed)
			if says := strings.Contains(d.lines()[23], "esc close the list"); says != listed {
				t.Errorf("%d columns, %q: the footer is %q", width, typed, d.lines()[23])
			}
			if listed {
				d.press("esc")
				if !d.app.bar.Typing || d.typed() != typed || strings.Contains(d.lines()[23], "close the list") {
					t.Errorf("%d columns, %q: esc leaves %q, typing %v; the footer is %q", width, typed, d.typed(), d.app.bar.Typing, d.lines()[23])
				}
			}
			d.press("esc")
			if d.app.bar.Typing || d.app.feed.Text != "" {
				t.Errorf("%d columns, %q: the last esc leaves the filter %q, typing %v", width, typed, d.app.feed.Text, d.app.bar.Typing)
			}
		}
	}
}
