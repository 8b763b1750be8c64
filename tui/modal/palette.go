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
	kit.CmdNextMark: "next mark", kit.CmdPreviousMark: "previous mark",
	kit.CmdMinuteBack: "a minute back", kit.CmdMinuteForward: "a minute forward",
	kit.CmdHourBack: "an hour back", kit.CmdHourForward: "an hour forward",
	kit.CmdDayBack: "a day back", kit.CmdDayForward: "a day forward",
	kit.CmdNextSection: "next section of the detail", kit.CmdPreviousSection: "previous section of the detail",
	kit.CmdSaveView: "save the view", kit.CmdViews: "list the views",
	kit.CmdTheme: "choose the theme",
}

// otherWords are words for commands that their names do not hold, as people who know other programs look for them.
var otherWords = map[kit.Command]string{
	kit.CmdQuit: "exit leave close bye", kit.CmdFilter: "search query where grep condition", kit.CmdFailedOnly: "errors failures only",
	kit.CmdDropChip: "delete clear filter condition", kit.CmdSwitchChip: "disable enable filter switch off on", kit.CmdEditChip: "change filter",
	kit.CmdFilterFor: "filter for include only", kit.CmdFilterOut: "filter out exclude not", kit.CmdUndo: "back revert clear reset filter",
	kit.CmdFind: "find look text", kit.CmdGoToTime: "date jump clock", kit.CmdColumns: "fields show hide width order add column", kit.CmdSort: "order by",
	kit.CmdMark: "bookmark flag star tag", kit.CmdNote: "comment annotate", kit.CmdNextMark: "bookmark", kit.CmdVerdict: "judge rate verdict triage", kit.CmdParams: "parameters group count frequency statistics",
	kit.CmdChanges: "changes what changed before after previous", kit.CmdCompare: "diff two events", kit.CmdProblems: "errors warnings rejects invalid check",
	kit.CmdSources: "files logs memory", kit.CmdCopy: "clipboard yank jq sql", kit.CmdExport: "save write csv json markdown file", kit.CmdFollow: "tail live watch",
	kit.CmdZoom: "maximize full screen", kit.CmdDetailPlace: "split layout position", kit.CmdZone: "timezone clock", kit.CmdRelative: "relative ago age elapsed delta between rows mark",
	kit.CmdSaveView: "bookmark store query", kit.CmdViews: "saved presets load open", kit.CmdRedact: "redact hide secrets private", kit.CmdMouse: "select text",
	kit.CmdSuspend: "background shell", kit.CmdHelp: "keys shortcuts manual", kit.CmdHideReads: "only changes writes", kit.CmdAround: "time window minutes near",
	kit.CmdInContext: "context", kit.CmdErrorLines: "messages", kit.CmdWrap: "long lines text cut unwrap", kit.CmdByActor: "user who everything", kit.CmdByAddress: "ip everything",
	kit.CmdProfile: "profile who is about user ip summary history overview", kit.CmdTheme: "colours colors dark light high contrast color-blind appearance background",
	kit.CmdTop: "top start begin", kit.CmdBottom: "bottom end newest", kit.CmdShowAlike: "equal same comparison",
}

// NewPalette returns the list of all commands that mean the same in every pane, by name. everywhere reports whether a command
// does; those that end or suspend the program are known here.
func NewPalette(disp *kit.Display, keys *kit.Keymap, everywhere func(kit.Command) bool) *kit.Picker {
	p := kit.NewPicker(disp, termsafe.Const("Commands"), paletteChoices(disp, keys, everywhere))
	p.Nothing = termsafe.Const("no such command")
	return p
}

// inPalette are the commands in the list that do not mean the same in every pane, or end or suspend the program.
var inPalette = map[kit.Command]bool{kit.CmdQuit: true, kit.CmdSuspend: true, kit.CmdTop: true, kit.CmdBottom: true, kit.CmdPageDown: true, kit.CmdPageUp: true,
	kit.CmdHalfDown: true, kit.CmdHalfUp: true, kit.CmdShowAlike: true, kit.CmdNextSection: true, kit.CmdPreviousSection: true}

// paletteChoices lists the commands in the order of the key table, and then those without a key.
func paletteChoices(disp *kit.Display, keys *kit.Keymap, everywhere func(kit.Command) bool) []kit.Choice {
	var out []kit.Choice
	seen := map[kit.Command]bool{kit.CmdPalette: true}
	add := func(do kit.Command, name string, key termsafe.Safe) {
		if seen[do] || name == "" {
			return
		}
		seen[do] = true
		out = append(out, kit.Choice{Name: disp.Own(name), Does: key, Also: otherWords[do], Take: func() kit.Wish { return chosen(do) }})
	}
	var left []string // keys of the row above that are left for rows without names
	for _, row := range keys.Rows {
		help := row.Binding.Help()
		if help.Key != "" {
			left = strings.Fields(help.Key)
		}
		if row.In&kit.InPanes == 0 || !inPalette[row.Do] && !everywhere(row.Do) {
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
	for do := range kit.NumCommands { // commands beyond these have rows of their own
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
