package modal

import (
	"testing"

	"pawprint/tui/kit"
)

// everyCommand returns the choices of a palette in which every command means the same in every pane.
func everyCommand(t *testing.T) []choice {
	return NewPalette(newModalRig(t).display, kit.NewKeymap(), func(kit.Command) bool { return true }).choices
}

func TestThePaletteNamesEveryCommandOnce(t *testing.T) {
	names := map[string]bool{}
	for _, c := range everyCommand(t) {
		if names[c.name.String()] {
			t.Errorf("%q stands twice", c.name.String())
		}
		names[c.name.String()] = true
	}
	want := map[kit.Command]bool{}
	for _, row := range kit.KeyTable() {
		if row.In&kit.InPanes != 0 && (row.Binding.Help().Desc != "" || commandNames[row.Do] != "") {
			want[row.Do] = true
		}
	}
	for do := range commandNames {
		want[do] = true
	}
	if delete(want, kit.CmdPalette); len(names) != len(want) { // which has no use in itself
		t.Errorf("the palette has %d commands, want %d: %v", len(names), len(want), names)
	}
}

// The key beside a name must be one that does the same.
func TestThePaletteTellsTheKeysOfCommands(t *testing.T) {
	byName := map[string]string{"quit": "q ^c", "redo the filter": "^r", "undo the filter": "u", "hide this value": "-", "all events with this target": "", "forward to the next view": "alt+→",
		"a day forward": ")", "list the views": "V"}
	for _, c := range everyCommand(t) {
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

func TestThePaletteFindsCommandsByOtherWords(t *testing.T) {
	for typed, want := range map[string]string{"delete filter": "remove condition", "quit": "quit", "exit": "quit", "columns": "choose columns", "group": "values seen for this action",
		"save": "save the view", "csv": "export", "clipboard": "copy", "live": "follow", "user": "all events by this actor", "everything address": "all events from this address"} {
		r := newModalRig(t)
		p := NewPalette(r.display, r.keys, func(kit.Command) bool { return true })
		r.modals.Open(p)
		r.write(typed)
		if len(p.found) == 0 || p.choices[p.found[0]].name.String() != want {
			t.Errorf("%q does not find %q first:\n%s", typed, want, r.screen(80, 24))
		}
	}
}

func TestThePaletteSaysThatThereIsNoSuchCommand(t *testing.T) {
	r := newModalRig(t)
	r.modals.Open(NewPalette(r.display, r.keys, func(kit.Command) bool { return true }))
	r.write("zzz")
	r.mustShow("no such command")
}
