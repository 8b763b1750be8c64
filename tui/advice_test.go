package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit/kittest"
)

func TestTheBarSaysHowAFilterWasRead(t *testing.T) {
	for _, width := range []int{80, 140} {
		for text, want := range map[string]string{
			"not is:read":            "not is read as the operator NOT",
			"is:failed || is:read":   "read as is:failed OR is:read",
			"is:failed OR actoin:x":  "no event has actoin; did you mean",
			"is:failed OR param.x>5": "no event has param.x",
			"is:failed":              "",
		} {
			d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, width, 24)
			d.press("/")
			d.send(tea.PasteMsg{Content: text})
			d.press("enter")
			bar := d.lines()[1]
			if want = want[:min(len(want), 24)]; !strings.Contains(bar, want) || want == "" && strings.Contains(bar, "no event") {
				t.Errorf("the bar for %s is %q, want %q in it", text, bar, want)
			}
			if !strings.Contains(bar, "match") {
				t.Errorf("the bar for %s is %q, want the number of matches", text, bar)
			}
			checkShape(t, d, width, 24)
		}
	}
}

func TestAnEmptyListSaysWhichTermMatchesNothing(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 80, 24)
	d.press("/")
	d.write("action:get_rul3 is:failed")
	if screen := strings.Join(d.lines(), "\n"); !strings.Contains(screen, "action:get_rul3 matches nothing in this log") {
		t.Errorf("the screen is\n%s", screen)
	}
}
