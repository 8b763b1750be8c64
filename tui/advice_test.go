package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestPastedSpacesOfAnyAlphabetSeparateTerms(t *testing.T) {
	for _, space := range []string{"\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\u0085", "\u200b", "\ufeff", "\u1680", "\t", "\r\n"} {
		for _, typed := range []bool{false, true} {
			d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 100, 24)
			d.press("/")
			if text := "is:failed" + space + "action:get"; typed && !strings.ContainsAny(space, "\t\r") {
				d.write(text)
			} else {
				d.send(tea.PasteMsg{Content: text})
			}
			if got, want := d.app.bar.editor.text, "is:failed action:get"; got != want || d.app.bar.err != nil {
				t.Errorf("with %q between them, typed %v, the filter is %q, %v; want %q", space, typed, got, d.app.bar.err, want)
			}
		}
	}
}

func TestTheBarSaysHowAFilterWasRead(t *testing.T) {
	for _, width := range []int{80, 140} {
		for text, want := range map[string]string{
			"not is:read":            "not is read as the operator NOT",
			"is:failed || is:read":   "read as is:failed OR is:read",
			"is:failed OR actoin:x":  "no event has actoin; did you mean",
			"is:failed OR param.x>5": "no event has param.x",
			"is:failed":              "",
		} {
			d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, width, 24)
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
	d := newDriver(t, Options{Log: loadText(t, "x", events(100))}, 80, 24)
	d.press("/")
	d.write("action:get_rul3 is:failed")
	if screen := strings.Join(d.lines(), "\n"); !strings.Contains(screen, "action:get_rul3 matches nothing in this log") {
		t.Errorf("the screen is\n%s", screen)
	}
}
