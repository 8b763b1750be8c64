package tui

import (
	"strings"
	"testing"
)

func TestThePaletteNamesEveryCommandOnce(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "audit.jsonl")}, 120, 40)
	names := map[string]bool{}
	for _, c := range paletteChoices(&d.app.display, d.app.keys, d.app.commands.has) {
		if names[c.name.String()] {
			t.Errorf("%q stands twice", c.name.String())
		}
		names[c.name.String()] = true
	}
	want := 2 - 1 // quit and suspend, but not the palette itself
	for do, run := range d.app.commands {
		if run != nil {
			want++
			if command(do) == cmdPalette {
				continue
			}
		}
	}
	if len(names) != want {
		t.Errorf("the palette has %d commands, the table %d: %v", len(names), want, names)
	}
}

// The key beside a name must be one that does the same.
func TestThePaletteTellsTheKeysOfCommands(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "audit.jsonl")}, 120, 40)
	byName := map[string]string{"quit": "q ^c", "redo the filter": "^r", "undo the filter": "u", "filter out the value": "-", "everything with this target": "", "view after": "alt+→",
		"a day forward": ")", "list the views": "V"}
	for _, c := range paletteChoices(&d.app.display, d.app.keys, d.app.commands.has) {
		want, ok := byName[c.name.String()]
		if ok && c.does.String() != want {
			t.Errorf("%q has the key %q, want %q", c.name.String(), c.does.String(), want)
		}
		delete(byName, c.name.String())
	}
	if len(byName) > 0 {
		t.Errorf("the palette lacks %v", byName)
	}
}

func TestThePaletteDoesWhatIsChosen(t *testing.T) {
	for _, c := range []struct {
		typed string
		check func(d *driver) bool
	}{
		{"failed only", func(d *driver) bool { return d.app.feed.failedOnly }},
		{"this target", func(d *driver) bool { return strings.HasPrefix(d.app.feed.text, "target=") }},
		{"api token", func(d *driver) bool { return strings.Contains(d.app.feed.text, "actor") }},
		{"sources", func(d *driver) bool { _, is := d.app.modals[0].(*sourceView); return is }},
		{"quit", func(d *driver) bool { return d.quit }},
	} {
		d := newDriver(t, Options{Log: loadText(t, "x", failedEvent+"\n")}, 120, 40)
		d.press(":")
		d.write(c.typed)
		d.press("enter")
		if !c.check(d) {
			t.Errorf("%q does something else: the filter is %q, %d modals\n%s", c.typed, d.app.feed.text, len(d.app.modals), d.screenText())
		}
	}
}

func TestThePaletteCommandsAreOfThePaneWithTheFocus(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "audit.jsonl")}, 160, 40)
	d.press("enter tab :")
	d.write("zoom")
	d.press("enter")
	if !d.app.panes.shown.zoom || d.app.panes.shown.focus != detailPane {
		t.Errorf("zoom is %v with the focus on %d", d.app.panes.shown.zoom, d.app.panes.shown.focus)
	}
}
