package modal

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// helpRow is a row of the help: a key, a sign or an example, and what it means.
type helpRow struct {
	sign termsafe.Safe
	role kit.Role
	text termsafe.Safe
}

// helpGroup is a part of the help under its heading.
type helpGroup struct {
	name termsafe.Safe
	rows []helpRow
}

// hereRows is the number of keys on which the help begins: those that matter most in the pane from which it was opened.
const hereRows = 12

// tasks are the groups of the help. A key that works in the panes and stands in none of them is under the first one. The keys that open
// something are known by their words.
var tasks = []struct {
	name     termsafe.Safe
	commands []kit.Command
	opening  []string
}{
	{termsafe.Const("Look"), nil, nil},
	{termsafe.Const("Narrow"), []kit.Command{kit.CmdFilter, kit.CmdFailedOnly, kit.CmdHideReads, kit.CmdFilterFor, kit.CmdFilterOut, kit.CmdByActor, kit.CmdByAddress,
		kit.CmdAround, kit.CmdInContext, kit.CmdUndo, kit.CmdRedo, kit.CmdBackView, kit.CmdForwardView, kit.CmdDropChip, kit.CmdSwitchChip,
		kit.CmdPreviousChip, kit.CmdNextChip, kit.CmdEditChip, kit.CmdExtendLeft, kit.CmdExtendRight}, []string{"last 24 hours of the log", "ask the database", "older rows of the database", "newer rows of the database"}},
	{termsafe.Const("Jump"), []kit.Command{kit.CmdFind, kit.CmdNextHit, kit.CmdPreviousHit, kit.CmdNextFailure, kit.CmdPreviousFailure, kit.CmdGoToTime,
		kit.CmdMinuteBack, kit.CmdMinuteForward, kit.CmdHourBack, kit.CmdHourForward, kit.CmdDayBack, kit.CmdDayForward, kit.CmdNextMark, kit.CmdPreviousMark, kit.CmdNextPane, kit.CmdPreviousPane, kit.CmdDown, kit.CmdUp,
		kit.CmdHalfDown, kit.CmdHalfUp, kit.CmdPageDown, kit.CmdPageUp, kit.CmdTop, kit.CmdBottom, kit.CmdSection, kit.CmdNextSection, kit.CmdPreviousSection},
		[]string{"next alert", "next late event", "resume the last session"}},
	{termsafe.Const("Understand"), []kit.Command{kit.CmdParams, kit.CmdChanges, kit.CmdCompare, kit.CmdShowAlike, kit.CmdProfile, kit.CmdProblems, kit.CmdSources, kit.CmdErrorLines,
		kit.CmdHelp, kit.CmdPalette}, []string{"count the values", "compare two periods", "count all at the database"}},
	{termsafe.Const("Take away"), []kit.Command{kit.CmdMark, kit.CmdNote, kit.CmdVerdict, kit.CmdCopy, kit.CmdExport, kit.CmdSaveView, kit.CmdViews, kit.CmdRedact, kit.CmdMouse,
		kit.CmdSuspend, kit.CmdQuit}, []string{"list of notes and tags", "report", "rows to a pager or shell command"}},
}

// taskOf returns the index of the group of a command, which does what the words say.
func taskOf(do kit.Command, does string) int {
	for i := range tasks {
		if slices.Contains(tasks[i].commands, do) || slices.Contains(tasks[i].opening, does) {
			return i
		}
	}
	return 0
}

// otherScopes are the places besides the panes; their keys stand below the tasks.
var otherScopes = []struct {
	scope kit.Scope
	name  termsafe.Safe
}{
	{kit.InFilter, termsafe.Const("While typing")}, {kit.InPrompt, termsafe.Const("Menus and prompts")},
	{kit.InChooser, termsafe.Const("Choosing columns")}, {kit.InMenu, termsafe.Const("Problems and sources")}, {kit.InTable, termsafe.Const("Frequencies")},
	{kit.InPage, termsafe.Const("Page of an actor, address or object")}, {kit.InPeriods, termsafe.Const("Two periods")}, {kit.InHelp, termsafe.Const("This help")},
}

// KeyGroup is a group of keys: those of a task, or those of a place besides the panes.
type KeyGroup struct {
	Name termsafe.Safe
	Keys []key.Help
	task bool
}

// KeyGroups returns all keys in the groups of the help: first those of the tasks, then those of the other places.
func KeyGroups(keys *kit.Keymap) []KeyGroup {
	var out []KeyGroup
	for i := range tasks {
		out = append(out, KeyGroup{Name: tasks[i].name, task: true})
	}
	for i := range otherScopes {
		out = append(out, KeyGroup{Name: otherScopes[i].name})
	}
	for _, row := range keys.Rows {
		help := row.Binding.Help()
		if help.Key == "" {
			continue
		}
		task := taskOf(row.Do, help.Desc)
		help.Desc += placeOf(row.In)
		if row.In&kit.InPanes != 0 {
			g := &out[task]
			g.Keys = append(g.Keys, help)
			continue
		}
		for i := range otherScopes {
			if row.In&otherScopes[i].scope != 0 {
				g := &out[len(tasks)+i]
				g.Keys = append(g.Keys, help)
				break
			}
		}
	}
	return out
}

// groups returns the whole help.
func (h *Help) groups() []helpGroup {
	out, others := []helpGroup{{termsafe.Const("Here"), h.here()}}, []helpGroup(nil)
	for _, g := range KeyGroups(h.keys) {
		group := helpGroup{name: g.Name}
		for _, help := range g.Keys {
			group.rows = append(group.rows, helpRow{h.display.KeyName(help), kit.Strong, h.display.Own(help.Desc)})
		}
		if g.task {
			out = append(out, group)
		} else {
			others = append(others, group)
		}
	}
	return append(append(out, h.signs(), h.filters()), others...)
}

// placeOf says where a key works that works in one pane alone.
func placeOf(s kit.Scope) string {
	switch s & kit.InPanes {
	case kit.InDetail:
		return " (detail)"
	case kit.InSide:
		return " (facets, timeline)"
	case kit.InList:
		return " (list)"
	}
	return ""
}

// here returns the keys that matter most where the help was opened.
func (h *Help) here() []helpRow {
	var out []helpRow
	pairs := h.keys.Fitting(h.display, h.scope, h.hints, anyWidth)
	for i := 0; i+1 < len(pairs) && len(out) < hereRows; i += 2 {
		out = append(out, helpRow{pairs[i], kit.Strong, pairs[i+1]})
	}
	return out
}

// anyWidth is more cells than any line has.
const anyWidth = 1 << 20

// signs explains the signs in the list.
func (h *Help) signs() helpGroup {
	g := h.display.Glyphs
	out := helpGroup{name: termsafe.Const("Signs")}
	for _, s := range []struct {
		verdict kit.Verdict
		text    termsafe.Safe
	}{
		{kit.Verdict{Glyph: g.Failed, Word: kit.WordFailed, Role: kit.Failed}, termsafe.Const("the action failed")},
		{kit.Verdict{Glyph: g.Partial, Word: kit.WordPartial, Role: kit.Partial}, termsafe.Const("partly failed")},
		{kit.Verdict{Glyph: g.Invalid, Word: kit.WordInvalid, Role: kit.Invalid}, termsafe.Const("invalid (schema)")},
		{kit.Verdict{Glyph: g.Suspicious, Word: kit.WordSuspicious, Role: kit.Suspicious}, termsafe.Const("hidden or look-alike characters")},
		{kit.Verdict{Glyph: g.Reject, Word: kit.WordReject, Role: kit.Reject}, termsafe.Const("unreadable line")},
		{kit.Verdict{Glyph: termsafe.Concat(g.Again, termsafe.Const("2")), Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("the same line or event again, for the second time")},
		{kit.Verdict{Glyph: g.Again, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("a copy of an event elsewhere (p_row_id)")},
		{kit.Verdict{Glyph: g.Token, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("an API token")},
		{kit.Verdict{Glyph: g.Marked, Word: termsafe.Safe{}, Role: kit.Hit}, termsafe.Const("marked")},
		{kit.Verdict{Glyph: g.Found, Word: termsafe.Safe{}, Role: kit.Hit}, termsafe.Const("found")},
		{kit.Verdict{Glyph: g.Gap, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("an hour or more without events")},
		{kit.Verdict{Glyph: g.Back, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("back in time, by lines")},
	} {
		sign, text := termsafe.Concat(s.verdict.Glyph, termsafe.Const(" "), s.verdict.Word), s.text
		if h.display.Widther.Width(sign) >= helpKeyWidth { // never cut this word: it says what the sign means
			sign, text = s.verdict.Glyph, s.verdict.Word
		}
		out.rows = append(out.rows, helpRow{sign, s.verdict.Role, text})
	}
	return out
}

// filters gives examples of the filter language.
func (h *Help) filters() helpGroup {
	out := helpGroup{name: termsafe.Const("Filters")}
	for _, f := range []struct{ example, text termsafe.Safe }{
		{termsafe.Const("delete rule"), termsafe.Const("both words anywhere")},
		{termsafe.Const("actor:name"), termsafe.Const("field contains")},
		{termsafe.Const("result:failed"), termsafe.Const("field equals")},
		{termsafe.Const("ip:10.0.0.0/8"), termsafe.Const("within a network")},
		{termsafe.Const("since:24h"), termsafe.Const("the last day")},
		{termsafe.Const("-is:read"), termsafe.Const("no reads")},
		{termsafe.Const("a OR b"), termsafe.Const("either")},
	} {
		out.rows = append(out.rows, helpRow{f.example, kit.Strong, f.text})
	}
	return out
}
