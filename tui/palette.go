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

// showPalette opens the list of all commands of the panes, by name.
func (a *App) showPalette() {
	a.modals = append(a.modals, newPicker(&a.display, termsafe.Const("Commands"), a.paletteChoices()))
}

// paletteChoices lists the commands in the order of the key table, and then those without a key.
func (a *App) paletteChoices() []choice {
	var out []choice
	seen := map[command]bool{cmdPalette: true}
	add := func(do command, name string, key termsafe.Safe) {
		if seen[do] || name == "" {
			return
		}
		seen[do] = true
		out = append(out, choice{name: a.display.own(name), does: key, take: func() wish { return chosen(do) }})
	}
	var keys []string // keys of the row above that are left for rows without names
	for _, row := range a.keys.rows {
		help := row.binding.Help()
		if help.Key != "" {
			keys = strings.Fields(help.Key)
		}
		if row.in&inPanes == 0 || !a.everywhere(row.do) {
			continue
		}
		name, own := commandNames[row.do]
		if !own {
			name = help.Desc
		}
		n := len(keys)
		if own {
			n = min(1, n)
		}
		help.Key = strings.Join(keys[:n], " ")
		keys = keys[n:]
		add(row.do, name, a.display.keyName(help))
	}
	for do := range a.commands {
		if a.commands[do] != nil {
			add(command(do), commandNames[command(do)], termsafe.Safe{})
		}
	}
	return out
}

// everywhere reports whether a command means the same in every pane.
func (a *App) everywhere(do command) bool {
	return do == cmdQuit || do == cmdSuspend || int(do) < len(a.commands) && a.commands[do] != nil
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
