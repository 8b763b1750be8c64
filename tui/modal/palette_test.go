package modal

import (
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// everyCommand returns the choices of a palette in which every command means the same in every pane.
func everyCommand(t *testing.T) []kit.Choice {
	return NewPalette(kittest.NewModalRig(t).Display, kit.NewKeymap(), func(kit.Command) bool { return true }).Choices
}

func TestThePaletteNamesEveryCommandOnce(t *testing.T) {
	names := map[string]bool{}
	for _, c := range everyCommand(t) {
		if names[c.Name.String()] {
			t.Errorf("%q stands twice", c.Name.String())
		}
		names[c.Name.String()] = true
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
		want, ok := byName[c.Name.String()]
		if ok && c.Does.String() != want {
			t.Errorf("%q has the key %q, want %q", c.Name.String(), c.Does.String(), want)
		}
		delete(byName, c.Name.String())
	}
	if len(byName) > 0 {
		t.Errorf("the palette lacks %v", byName)
	}
}

func TestThePaletteFindsCommandsByOtherWords(t *testing.T) {
	for typed, want := range map[string]string{"delete filter": "remove condition", "quit": "quit", "exit": "quit", "columns": "choose columns", "group": "values seen for this action",
		"save": "save the view", "csv": "export", "clipboard": "copy", "live": "follow", "user": "all events by this actor", "everything address": "all events from this address"} {
		r := kittest.NewModalRig(t)
		p := NewPalette(r.Display, r.Keys, func(kit.Command) bool { return true })
		r.Modals.Open(p)
		r.Write(typed)
		if len(p.Found) == 0 || p.Choices[p.Found[0]].Name.String() != want {
			t.Errorf("%q does not find %q first:\n%s", typed, want, r.Screen(80, 24))
		}
	}
}

func TestThePaletteSaysThatThereIsNoSuchCommand(t *testing.T) {
	r := kittest.NewModalRig(t)
	r.Modals.Open(NewPalette(r.Display, r.Keys, func(kit.Command) bool { return true }))
	r.Write("zzz")
	r.MustShow("no such command")
}
