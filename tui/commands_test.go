package tui

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// Every command that means the same in every pane can be chosen by its name.
func TestThePaletteListsEveryCommandOfTheTable(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	const left, sign, width = (120 - 84) / 2, 2, 38 // where the picker has its cursor and its names
	cursor, names := []rune(d.app.display.Glyphs.Cursor.String())[0], map[string]bool{}
	d.press(":")
	for range 2 * len(d.app.commands) {
		for _, l := range d.lines() {
			if cells := []rune(l); cells[left] == cursor {
				names[strings.TrimSpace(string(cells[left+sign:left+sign+width]))] = true
			}
		}
		d.press("down")
	}
	want := 2 - 1 + 9 // quit, suspend and nine that move or work in one pane, but not the palette itself
	for _, run := range d.app.commands {
		if run != nil {
			want++
		}
	}
	if len(names) != want {
		t.Errorf("the palette has %d commands, the table %d: %v", len(names), want, names)
	}
}

func TestThePaletteDoesWhatIsChosen(t *testing.T) {
	for _, c := range []struct {
		typed string
		check func(d *driver) bool
	}{
		{"failed only", func(d *driver) bool { return d.app.feed.FailedOnly }},
		{"this target", func(d *driver) bool { return strings.HasPrefix(d.app.feed.Text, "target=") }},
		{"api token", func(d *driver) bool { return strings.Contains(d.app.feed.Text, "actor") }},
		{"sources", func(d *driver) bool { return strings.Contains(d.screenText(), " Sources ") }},
		{"quit", func(d *driver) bool { return d.quit }},
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.FailedEvent+"\n")}, 120, 40)
		d.press(":")
		d.write(c.typed)
		d.press("enter")
		if !c.check(d) {
			t.Errorf("%q does something else: the filter is %q, %d modals\n%s", c.typed, d.app.feed.Text, len(d.app.modals), d.screenText())
		}
	}
}

func TestThePaletteCommandsAreOfThePaneWithTheFocus(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 160, 40)
	d.press("enter tab :")
	d.write("zoom")
	d.press("enter")
	if !d.app.panes.shown.zoom || d.app.panes.shown.focus != kit.DetailPane {
		t.Errorf("zoom is %v with the focus on %d", d.app.panes.shown.zoom, d.app.panes.shown.focus)
	}
}

// clipboard drives the App with keys, and returns what they put on the clipboard.
func (d *driver) clipboard(keys, typed string) (texts []string) {
	d.t.Helper()
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				run(c)
			}
		default:
			if reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
				texts = append(texts, fmt.Sprint(msg))
			}
			_, next := d.app.Update(msg)
			run(next)
		}
	}
	for _, name := range strings.Fields(keys) {
		_, cmd := d.app.Update(kittest.KeyMsg(name))
		run(cmd)
	}
	for _, r := range typed {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	_, cmd := d.app.Update(kittest.KeyMsg("enter"))
	run(cmd)
	return texts
}

// What is copied is of the value under the cursor, and checked against its source.
func TestTheCopyMenuIsOfTheCursor(t *testing.T) {
	moved := func(*model.SourceState, int64, []byte) error {
		return errors.New("the file at this path has changed since it was read")
	}
	for _, c := range []struct{ keys, typed, want string }{
		{"y", "value of", "DELETE_RULE"},
		{"l y", "value of", "ci-token"},
		{"enter tab y", "where", "it.jsonl, line 1, byte 0"},
		{"y", "jq", ""},
	} {
		log := kittest.LoadText(t, "it.jsonl", kittest.FailedEvent)
		log.UpdateSource(0, func(s *model.SourceState) { s.Place = s.Name })
		d := newDriver(t, Options{Log: log, Stands: moved}, 160, 40)
		if got := d.clipboard(c.keys, c.typed); strings.Join(got, "|") != c.want {
			t.Errorf("%s %q copies %q, want %q", c.keys, c.typed, got, c.want)
		}
	}
}

// A key that only opens something must not take the place of another one.
func TestTheKeysOfOpenersAreFree(t *testing.T) {
	taken := map[string]bool{}
	for _, row := range kit.KeyTable() {
		for _, k := range row.Binding.Keys() {
			taken[k] = taken[k] || row.In&kit.InPanes != 0
		}
	}
	for _, o := range openers() {
		if help := o.key.Help(); help.Key == "" || help.Desc == "" || len(o.key.Keys()) == 0 {
			t.Errorf("an opener has no key or no words: %+v", help)
		}
		for _, k := range o.key.Keys() {
			if taken[k] {
				t.Errorf("the key %q has two meanings", k)
			}
			taken[k] = true
		}
	}
}

// Every opener that a group of the help knows by its words is in that group.
func TestTheGroupsOfTheHelpHoldWhatOpens(t *testing.T) {
	_, keys := newCommands(nil)
	where := map[string]string{}
	for _, g := range modal.KeyGroups(keys) {
		for _, help := range g.Keys {
			if _, known := where[help.Desc]; !known {
				where[help.Desc] = g.Name.String()
			}
		}
	}
	for does, group := range map[string]string{"last 24 hours of the log": "Narrow", "ask the database": "Narrow", "older rows of the database": "Narrow", "newer rows of the database": "Narrow", "next alert": "Jump", "next late event": "Jump",
		"resume the last session": "Jump", "count the values": "Understand", "compare two periods": "Understand", "count all at the database": "Understand", "report": "Take away",
		"list of notes and tags": "Take away", "rows to a pager or shell command": "Take away", "give a verdict": "Take away", "facets": "Look"} {
		if where[does] != group {
			t.Errorf("%q is in %q, want %q", does, where[does], group)
		}
	}
}
