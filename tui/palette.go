package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/termsafe"
)

// commandNames are the names of commands that share a row of the key table with another one, or have no key.
var commandNames = map[command]string{
	cmdFilterFor: "filter for the value", cmdFilterOut: "filter out the value",
	cmdByTarget: "everything with this target", cmdByToken: "everything by this API token",
	cmdUndo: "undo the filter", cmdRedo: "redo the filter",
	cmdBackView: "view before", cmdForwardView: "view after",
	cmdPreviousChip: "choose the condition before", cmdNextChip: "choose the next condition",
	cmdNextHit: "next hit", cmdPreviousHit: "previous hit",
	cmdHourBack: "an hour back", cmdHourForward: "an hour forward",
	cmdDayBack: "a day back", cmdDayForward: "a day forward",
	cmdSaveView: "save the view", cmdViews: "list the views",
}

// newPalette returns the list of all commands that mean the same in every pane, by name. everywhere reports whether a command
// does; those that end or suspend the program are known here.
func newPalette(disp *display, keys *keymap, everywhere func(command) bool) *picker {
	return newPicker(disp, termsafe.Const("Commands"), paletteChoices(disp, keys, everywhere))
}

// paletteChoices lists the commands in the order of the key table, and then those without a key.
func paletteChoices(disp *display, keys *keymap, everywhere func(command) bool) []choice {
	var out []choice
	seen := map[command]bool{cmdPalette: true}
	add := func(do command, name string, key termsafe.Safe) {
		if seen[do] || name == "" {
			return
		}
		seen[do] = true
		out = append(out, choice{name: disp.own(name), does: key, take: func() wish { return chosen(do) }})
	}
	var left []string // keys of the row above that are left for rows without names
	for _, row := range keys.rows {
		help := row.binding.Help()
		if help.Key != "" {
			left = strings.Fields(help.Key)
		}
		if row.in&inPanes == 0 || row.do != cmdQuit && row.do != cmdSuspend && !everywhere(row.do) {
			continue
		}
		name, own := commandNames[row.do]
		n := len(left)
		if own {
			n = min(1, n)
		} else {
			name = help.Desc
		}
		help.Key = strings.Join(left[:n], " ")
		left = left[n:]
		add(row.do, name, disp.keyName(help))
	}
	for do := range numCommands {
		if everywhere(do) {
			add(do, commandNames[do], termsafe.Safe{})
		}
	}
	return out
}

// chosen returns the wish to run a command.
func chosen(do command) wish {
	switch do {
	case cmdQuit:
		return wish{cmd: tea.Quit}
	case cmdSuspend:
		return wish{cmd: tea.Suspend}
	}
	return wish{do: do}
}
