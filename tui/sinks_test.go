package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe/hostile"
)

// checkHarmless checks that the frame and the title hold nothing that a terminal would obey, and that no tripwire had to help.
func (d *driver) checkHarmless(what string) {
	d.t.Helper()
	view := d.app.View()
	if leaks := hostile.Leaks([]byte(view.Content), hostile.Allowed{Styles: true}); leaks != nil {
		d.t.Errorf("%.200s: the frame leaks %q", what, leaks)
	}
	if at := strings.IndexRune(view.Content, '\ufffd'); at >= 0 {
		d.t.Errorf("%.200s: the tripwire stepped in: %q", what, view.Content[max(0, at-80):min(len(view.Content), at+40)])
	}
	if n := d.app.screen.frame.Tripped(); n > 0 {
		d.t.Errorf("%.200s: %d texts were stopped on their way into the frame", what, n)
	}
	if leaks := hostile.Leaks([]byte(view.WindowTitle), hostile.Allowed{}); leaks != nil || strings.Contains(view.WindowTitle, "\n") {
		d.t.Errorf("%.200s: the title leaks %q", what, leaks)
	}
}

// pressChecked presses keys and looks at what each of them shows.
func (d *driver) pressChecked(what, keys string) {
	d.t.Helper()
	for _, name := range strings.Fields(keys) {
		d.press(name)
		d.checkHarmless(what + " after " + name)
	}
}

// hostileApp shows a log of hostile texts on a tall screen.
func hostileApp(t *testing.T, text []byte) *driver {
	t.Helper()
	return newDriver(t, Options{Log: kittest.LoadText(t, "\x1b]2;owned\a\u202e.jsonl", string(text)), Exports: testFormats(nil)}, 180, 300)
}

func TestListsShowHostileTextAsText(t *testing.T) {
	for name, log := range map[string][]byte{"events": hostile.Events(), "rejects": hostile.Rejects()} {
		d := hostileApp(t, log)
		d.pressChecked(name, "G L")
		for range len(log) {
			before := d.frame()
			if d.pressChecked(name, "pgup"); d.frame() == before {
				break
			}
		}
		d.pressChecked(name, "l l l S S g T t R R F w w f f")
	}
}

func TestDetailsShowHostileTextAsText(t *testing.T) {
	texts := hostile.Texts()
	d := newDriver(t, Options{Log: kittest.LoadText(t, "events.jsonl", string(hostile.Events()))}, 160, 120)
	d.press("g enter")
	for i, x := range texts {
		d.checkHarmless("the detail of " + x.Name)
		if row, ok := d.app.list.Row(); !ok || int(row) != i {
			t.Fatalf("the cursor is on row %d, want %d", row, i)
		}
		d.press("j")
	}
}

// Every text in the panes beside the list, in completions, pages and tables, and every fifth one as the name of a source.
func TestPanesAndTablesShowHostileTextAsText(t *testing.T) {
	const few = 5
	events := strings.SplitAfter(string(hostile.Events()), "\n")
	texts := hostile.Texts()
	for at := 0; at < len(texts); at += few {
		end := min(at+few, len(texts))
		text := strings.Join(events[at:end], "")
		for _, x := range texts[at:end] {
			text += "no event: " + x.Raw + "\n"
		}
		d := newDriver(t, Options{Log: kittest.LoadText(t, texts[at].Raw, text), Exports: testFormats(nil), ASCII: at%2 == 1}, 150, 70)
		what := texts[at].Name + " and what follows it"
		d.pressChecked(what, "g") // with facets and timeline, which are then closed: they cost time
		d.press("b v")
		for _, field := range []string{"actor:", "ip=", "param."} {
			d.press("esc / ctrl+u")
			d.write(field)
			d.pressChecked(what, "down down down tab")
		}
		d.press("enter ctrl+u esc esc")
		for _, keys := range []string{"p enter esc esc", "B enter esc", "P esc", "D esc", "y esc", "o esc", "m ' M esc", "+", "[ ;", "esc - u", "V esc", ": esc"} {
			d.pressChecked(what, keys)
		}
	}
}

// What was pasted into a line that is edited is as little to be trusted.
func TestLinesThatAreEditedShowHostileTextAsText(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", kittest.FailedEvent+"\n"), Exports: testFormats(nil)}, 100, 24)
	prompts := []struct{ open, end string }{{"ctrl+f", "ctrl+f ctrl+u enter esc"}, {"@", "esc"}, {"M", "esc"}, {"s", "esc"}, {"o enter", "esc esc"}, {"c a", "esc esc"}, {":", "esc"}}
	for i, x := range hostile.Texts() {
		d.press("/ ctrl+u")
		d.send(tea.PasteMsg{Content: x.Raw})
		d.checkHarmless("the filter " + x.Name)
		d.pressChecked("the conditions "+x.Name, "enter [")
		prompt := prompts[i%len(prompts)]
		d.press("/ ctrl+u enter " + prompt.open)
		d.send(tea.PasteMsg{Content: x.Raw})
		d.checkHarmless(prompt.open + " with " + x.Name)
		d.pressChecked(prompt.open+" with "+x.Name, "enter")
		d.press(prompt.end)
	}
}
