package modal

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// commandNames are the names of commands that share a row of the key table with another one, or have no key.
var commandNames = map[kit.Command]string{
	kit.CmdFilterFor: "keep this value", kit.CmdFilterOut: "hide this value",
	kit.CmdByTarget: "all events with this target", kit.CmdByToken: "all events by this API token",
	kit.CmdUndo: "undo the filter", kit.CmdRedo: "redo the filter",
	kit.CmdBackView: "back to the view before", kit.CmdForwardView: "forward to the next view",
	kit.CmdPreviousChip: "select the previous condition", kit.CmdNextChip: "select the next condition",
	kit.CmdNextHit: "next hit", kit.CmdPreviousHit: "previous hit",
	kit.CmdHourBack: "an hour back", kit.CmdHourForward: "an hour forward",
	kit.CmdDayBack: "a day back", kit.CmdDayForward: "a day forward",
	kit.CmdSaveView: "save the view", kit.CmdViews: "list the views",
}

// NewPalette returns the list of all commands that mean the same in every pane, by name. everywhere reports whether a command
// does; those that end or suspend the program are known here.
func NewPalette(disp *kit.Display, keys *kit.Keymap, everywhere func(kit.Command) bool) *Picker {
	return newPicker(disp, termsafe.Const("Commands"), paletteChoices(disp, keys, everywhere))
}

// paletteChoices lists the commands in the order of the key table, and then those without a key.
func paletteChoices(disp *kit.Display, keys *kit.Keymap, everywhere func(kit.Command) bool) []choice {
	var out []choice
	seen := map[kit.Command]bool{kit.CmdPalette: true}
	add := func(do kit.Command, name string, key termsafe.Safe) {
		if seen[do] || name == "" {
			return
		}
		seen[do] = true
		out = append(out, choice{name: disp.Own(name), does: key, take: func() kit.Wish { return chosen(do) }})
	}
	var left []string // keys of the row above that are left for rows without names
	for _, row := range keys.Rows {
		help := row.Binding.Help()
		if help.Key != "" {
			left = strings.Fields(help.Key)
		}
		if row.In&kit.InPanes == 0 || row.Do != kit.CmdQuit && row.Do != kit.CmdSuspend && !everywhere(row.Do) {
			continue
		}
		name, own := commandNames[row.Do]
		n := len(left)
		if own {
			n = min(1, n)
		} else {
			name = help.Desc
		}
		help.Key = strings.Join(left[:n], " ")
		left = left[n:]
		add(row.Do, name, disp.KeyName(help))
	}
	for do := range kit.NumCommands { // those that are added have rows
		if everywhere(do) {
			add(do, commandNames[do], termsafe.Safe{})
		}
	}
	return out
}

// chosen returns the wish to run a command.
func chosen(do kit.Command) kit.Wish {
	switch do {
	case kit.CmdQuit:
		return kit.Wish{Cmd: tea.Quit}
	case kit.CmdSuspend:
		return kit.Wish{Cmd: tea.Suspend}
	}
	return kit.Wish{Do: do}
}
