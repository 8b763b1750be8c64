package kit

import (
	"slices"

	"charm.land/bubbles/v2/key"
)

// Command is an action that a key triggers.
type Command uint8

// The commands, each named by what it does. What a command does to a pane or modal is decided there; see KeyTable for the keys.
const (
	NoCommand Command = iota
	CmdUp
	CmdDown
	CmdHalfUp
	CmdHalfDown
	CmdPageUp
	CmdPageDown
	CmdTop
	CmdBottom
	CmdLeft
	CmdRight
	CmdExtendLeft // move the cursor of the timeline and extend the brush
	CmdExtendRight
	CmdCloser    // show a shorter time in the timeline
	CmdWiderTime // and a longer one again
	CmdEnter
	CmdToggle
	CmdBack
	CmdNextPane
	CmdZoom
	CmdFilter
	CmdFailedOnly
	CmdFollow
	CmdNextFailure
	CmdPreviousFailure
	CmdZone
	CmdRelative
	CmdHelp
	CmdQuit
	CmdSuspend
	CmdKeep
	CmdRestore
	cmdClear
	cmdEraseWord
	cmdEraseLeft
	cmdEraseRight
	cmdLineStart
	cmdLineEnd
	cmdWordLeft
	cmdWordRight
	cmdEraseRest
	CmdPreviousPane
	CmdHideReads
	CmdFilterFor
	CmdFilterOut
	CmdByActor
	CmdByAddress
	CmdByTarget
	CmdByToken
	CmdAround
	CmdInContext
	CmdUndo
	CmdRedo
	CmdBackView
	CmdForwardView
	CmdDropChip
	CmdSwitchChip
	CmdPreviousChip
	CmdNextChip
	CmdEditChip
	CmdFind
	CmdNextHit
	CmdPreviousHit
	CmdGoToTime
	CmdMinuteBack
	CmdMinuteForward
	CmdHourBack
	CmdHourForward
	CmdDayBack
	CmdDayForward
	CmdColumns
	CmdSort
	CmdErrorLines
	CmdWrap
	CmdMark
	CmdNote
	CmdNextMark
	CmdPreviousMark
	CmdVerdict
	CmdDetailPlace
	CmdMouse
	CmdAdd
	CmdShiftUp
	CmdShiftDown
	CmdNarrower
	CmdWider
	CmdReset
	CmdComplete
	CmdEarlier // earlier filters that hold the text
	CmdParams
	CmdChanges
	CmdCompare
	CmdShowAlike
	CmdNextSection
	CmdPreviousSection
	CmdSection
	CmdRedact
	CmdSaveView
	CmdViews
	CmdProblems
	CmdSources
	CmdPalette
	CmdTheme
	CmdCopy
	CmdExport
	CmdProfile
	CmdCount
	CmdForms
	NumCommands // those that rooms know by name; see Added
)

// Added is the command of the i-th key that the App adds to the table: a command that no room needs to know.
func Added(i int) Command { return NumCommands + Command(i) }

// Scope is the set of places where a key works.
type Scope uint16

// The scopes. Each is one bit, so that a key may work in several.
const (
	InList Scope = 1 << iota
	InDetail
	InFilter
	InHelp
	InPrompt  // typing into a prompt or picker
	InChooser // the columns are being chosen
	InSide    // the facets or the timeline
	InMenu    // the problems or the sources
	InTable   // the frequencies of values
	InPage    // a page about one actor, address or object
	InPeriods // the page of two periods
	endOfScopes
)

// scopes lists them.
func scopes() []Scope {
	var out []Scope
	for s := InList; s < endOfScopes; s <<= 1 {
		out = append(out, s)
	}
	return out
}

// keyRow is a row of the key table.
type keyRow struct {
	Do      Command
	In      Scope
	Binding key.Binding
}

// Bind returns the keys that do something, with how the help names them.
func Bind(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

// InPanes is wherever no text is typed and no modal is open.
const (
	InPanes  = InList | InDetail | InSide
	inMoving = InPanes | InHelp | InChooser | InMenu | InTable | InPage | InPeriods
	inTyping = InFilter | InPrompt
	inAll    = InPanes | inTyping | InHelp | InChooser | InMenu | InTable | InPage | InPeriods
)

// KeyTable is the only list of keys; the help and the hints are made from it. A key occurs once per scope. A row without names
// belongs to the row above it. The added keys work in all panes; the command of each is Added(i).
func KeyTable(added ...key.Binding) []keyRow {
	var more []keyRow
	for i, binding := range added {
		more = append(more, keyRow{Added(i), InPanes, binding})
	}
	return slices.Concat(paneKeys(), more, screenKeys(), moveKeys(), periodKeys(), typingKeys(), chooserKeys())
}

// paneKeys work wherever no text is typed.
func paneKeys() []keyRow {
	return []keyRow{
		{CmdHelp, InPanes | InMenu, Bind("?", "help", "?")},
		{CmdFilter, InPanes, Bind("/", "filter", "/")},
		{CmdFailedOnly, InPanes, Bind("f", "failed only", "f")},
		{CmdHideReads, InPanes, Bind("w", "hide reads", "w")},
		{CmdFilterFor, InPanes, Bind("+ -", "keep, hide this value", "+", "=")},
		{CmdFilterOut, InPanes, Bind("", "", "-")},
		{CmdByActor, InPanes, Bind("a", "all events by this actor", "a")},
		{CmdByAddress, InPanes, Bind("i", "all events from this address", "i")},
		{CmdAround, InPanes, Bind("~", "within 15 minutes", "~")},
		{CmdInContext, InPanes, Bind("\\", "show around, filter off and on", "\\")},
		{CmdUndo, InPanes, Bind("u ^r", "undo, redo the filter", "u")},
		{CmdRedo, InPanes, Bind("", "", "ctrl+r")},
		{CmdBackView, InPanes, Bind("alt+← alt+→", "back, forward", "alt+left")},
		{CmdForwardView, InPanes, Bind("", "", "alt+right")},
		{CmdDropChip, InPanes, Bind("x", "remove condition", "x")},
		{CmdSwitchChip, InPanes, Bind("|", "toggle condition", "|")},
		{CmdPreviousChip, InPanes, Bind("[ ]", "select condition", "[")},
		{CmdNextChip, InPanes, Bind("", "", "]")},
		{CmdEditChip, InPanes, Bind(";", "edit condition", ";")},
		{CmdFind, InPanes, Bind("^f", "search, all rows stay", "ctrl+f")},
		{CmdNextHit, InPanes, Bind("n N", "next, previous hit", "n")},
		{CmdPreviousHit, InPanes, Bind("", "", "N")},
		{CmdNextFailure, InPanes, Bind("e", "next failure", "e")},
		{CmdPreviousFailure, InPanes, Bind("E", "previous failure", "E")},
		{CmdGoToTime, InPanes, Bind("@", "go to a time", "@")},
		{CmdMinuteBack, InPanes, Bind("alt+↑ alt+↓", "a minute back, forward", "alt+up")},
		{CmdMinuteForward, InPanes, Bind("", "", "alt+down")},
		{CmdHourBack, InPanes, Bind("{ }", "an hour back, forward", "{")},
		{CmdHourForward, InPanes, Bind("", "", "}")},
		{CmdDayBack, InPanes, Bind("( )", "a day back, forward", "(")},
		{CmdDayForward, InPanes, Bind("", "", ")")},
		{CmdMark, InPanes, Bind("m", "mark the event", "m")},
		{CmdNote, InPanes, Bind("M", "add a note", "M")},
		{CmdNextMark, InPanes, Bind("' U", "next, previous mark", "'")},
		{CmdPreviousMark, InPanes, Bind("", "", "U")},
		{CmdVerdict, InPanes, Bind("Y", "give a verdict", "Y")},
		{CmdParams, InPanes, Bind("P", "values seen for this action", "P")},
		{CmdChanges, InPanes, Bind("D", "diff with the previous change", "D")},
		{CmdCompare, InPanes, Bind("C", "compare with the marked event", "C")},
		{CmdProfile, InPanes | InTable, Bind("O", "page about who or what this is", "O")},
		{CmdCopy, InPanes, Bind("y", "copy", "y")},
		{CmdExport, InPanes, Bind("o", "export", "o")},
		{CmdProblems, InPanes | InMenu, Bind("p", "problems", "p")},
		{CmdSources, InPanes | InMenu, Bind("B", "sources", "B")},
		{CmdPalette, InPanes, Bind(":", "commands", ":")},
		{CmdFollow, InPanes, Bind("F", "follow", "F")},
		{CmdNextPane, InPanes, Bind("tab", "next pane", "tab")},
		{CmdPreviousPane, InPanes, Bind("⇧tab", "previous pane", "shift+tab")},
	}
}

// screenKeys arrange and draw what is on the screen.
func screenKeys() []keyRow {
	return []keyRow{
		{CmdZoom, InPanes, Bind("z", "zoom the pane", "z")},
		{CmdDetailPlace, InPanes, Bind("d", "detail below, beside, over", "d")},
		{CmdZone, InPanes, Bind("t", "UTC or local time", "t")},
		{CmdRelative, InPanes, Bind("T", "times: clock, since, ago", "T")},
		{CmdSaveView, InPanes, Bind("s V", "save the view, list views", "s")},
		{CmdViews, InPanes, Bind("", "", "V")},
		{CmdRedact, InPanes, Bind("R", "mask secrets", "R")},
		{CmdMouse, InPanes, Bind("F2", "mouse on, off", "f2")},
		{CmdSuspend, inAll, Bind("^z", "suspend", "ctrl+z")},
		{CmdQuit, InPanes, Bind("q ^c", "quit", "q", "ctrl+c")},
		{CmdQuit, inTyping | InHelp | InChooser | InMenu | InTable | InPage | InPeriods, Bind("^c", "quit", "ctrl+c")},
	}
}

// moveKeys move, or work in one pane only.
func moveKeys() []keyRow {
	return []keyRow{
		{CmdDown, inMoving, Bind("j ↓", "down", "j", "down")},
		{CmdUp, inMoving, Bind("k ↑", "up", "k", "up")},
		{CmdHalfDown, inMoving, Bind("^d", "half a page down", "ctrl+d")},
		{CmdHalfUp, inMoving, Bind("^u", "half a page up", "ctrl+u")},
		{CmdPageDown, inMoving, Bind("PgDn", "page down", "pgdown")},
		{CmdPageUp, inMoving, Bind("PgUp", "page up", "pgup", "ctrl+b")},
		{CmdTop, inMoving, Bind("g Home", "first", "g", "home")},
		{CmdBottom, inMoving, Bind("G End", "last", "G", "end")},
		{CmdEnter, InList, Bind("enter", "detail", "enter")},
		{CmdLeft, InList, Bind("h ←", "column to the left", "h", "left")},
		{CmdRight, InList, Bind("l →", "column to the right", "l", "right")},
		{CmdColumns, InList, Bind("c", "choose columns", "c")},
		{CmdSort, InList, Bind("S", "sort by the column", "S")},
		{CmdErrorLines, InList, Bind("L", "errors below rows", "L")},
		{CmdWrap, InList, Bind("W", "wrap rows", "W")},
		{CmdBack, InList, Bind("esc", "stop, close the detail", "esc")},

		{CmdToggle, InDetail, Bind("enter space", "fold or unfold", "enter", "space")},
		{CmdLeft, InDetail, Bind("h ←", "fold", "h", "left")},
		{CmdRight, InDetail, Bind("l →", "unfold", "l", "right")},
		{CmdSection, InDetail, Bind("1…9", "section by number", "1", "2", "3", "4", "5", "6", "7", "8", "9")},
		{CmdNextSection, InDetail, Bind("J K", "next, previous section", "J")},
		{CmdPreviousSection, InDetail, Bind("", "", "K")},
		{CmdShowAlike, InDetail, Bind("A", "show unchanged fields", "A")},
		{CmdBack, InDetail, Bind("esc", "back to the list", "esc")},

		{CmdEnter, InSide, Bind("enter", "filter by it, or fold", "enter")},
		{CmdToggle, InSide, Bind("space", "pick several, begin a range", "space")},
		{CmdLeft, InSide, Bind("h ←", "left, fold", "h", "left")},
		{CmdRight, InSide, Bind("l →", "right, unfold", "l", "right")},
		{CmdColumns, InSide, Bind("c", "facets: add or remove one", "c")},
		{CmdSort, InSide, Bind("S", "facets: by count or name", "S")},
		{CmdExtendLeft, InSide, Bind("H L", "widen the range", "H", "shift+left")},
		{CmdExtendRight, InSide, Bind("", "", "L", "shift+right")},
		{CmdCloser, InSide, Bind("> <", "timeline: closer, wider", ">")},
		{CmdWiderTime, InSide, Bind("", "", "<")},
		{CmdBack, InSide, Bind("esc", "back to the list", "esc")},

		{CmdEnter, InMenu, Bind("enter", "open it, or go there", "enter")},
		{CmdFilterFor, InMenu, Bind("+", "filter for it", "+", "=")},
		{CmdBack, InMenu, Bind("esc", "back", "esc", "q")},

		{CmdEnter, InTable, Bind("enter", "filter", "enter")},
		{CmdFilterFor, InTable, Bind("+ -", "filter in, out", "+", "=")},
		{CmdFilterOut, InTable, Bind("", "", "-")},
		{CmdFilter, InTable, Bind("/", "search", "/")},
		{CmdLeft, InTable, Bind("← →", "sort", "left", "h")},
		{CmdRight, InTable, Bind("", "", "right", "l")},
		{CmdSort, InTable, Bind("S", "sort the other way", "S")},
		{CmdForms, InTable, Bind("m", "messages, or their forms", "m")},
		{CmdExport, InTable, Bind("o y", "export the table, copy the row", "o")},
		{CmdCopy, InTable, Bind("", "", "y")},
		{CmdHelp, InTable, Bind("?", "help", "?")},
		{CmdBack, InTable, Bind("esc", "close", "esc", "q", "#")},

		{CmdEnter, InPage, Bind("enter", "filter", "enter")},
		{CmdFilterFor, InPage, Bind("+ -", "keep, hide this value", "+", "=")},
		{CmdFilterOut, InPage, Bind("", "", "-")},
		{CmdCount, InPage, Bind("#", "all values of the section", "#")},
		{CmdProfile, InPage, Bind("O", "page of the value", "O")},
		{CmdInContext, InPage, Bind("\\", "whole log, or within the filter", "\\")},
		{CmdNextSection, InPage, Bind("J K", "next, previous section", "J", "tab")},
		{CmdPreviousSection, InPage, Bind("", "", "K", "shift+tab")},
		{CmdHelp, InPage, Bind("?", "help", "?")},
		{CmdBack, InPage, Bind("esc", "back", "esc", "q")},

		{CmdFilter, InHelp, Bind("/", "search the help", "/")},
		{CmdBack, InHelp, Bind("esc", "close", "esc", "?", "q", "enter")},
	}
}

// periodKeys work on the page of two periods.
func periodKeys() []keyRow {
	return []keyRow{
		{CmdEnter, InPeriods, Bind("enter", "filter by it in both periods", "enter")},
		{CmdFilterFor, InPeriods, Bind("+ -", "keep, hide this value", "+", "=")},
		{CmdFilterOut, InPeriods, Bind("", "", "-")},
		{CmdNextPane, InPeriods, Bind("tab ← →", "another field", "tab")},
		{CmdPreviousPane, InPeriods, Bind("", "", "shift+tab")},
		{CmdLeft, InPeriods, Bind("", "", "left", "h")},
		{CmdRight, InPeriods, Bind("", "", "right", "l")},
		{CmdShiftUp, InPeriods, Bind("[ ]", "earlier, later periods", "[")},
		{CmdShiftDown, InPeriods, Bind("", "", "]")},
		{CmdToggle, InPeriods, Bind("space", "two other periods", "space")},
		{CmdProfile, InPeriods, Bind("O", "page of the value", "O")},
		{CmdSort, InPeriods, Bind("S", "another order", "S")},
		{CmdFilter, InPeriods, Bind("/", "search", "/")},
		{CmdCopy, InPeriods, Bind("y", "copy it as a command", "y")},
		{CmdHelp, InPeriods, Bind("?", "help", "?")},
		{CmdBack, InPeriods, Bind("esc", "close", "esc", "q", ".")},
	}
}

// typingKeys edit a line of text.
func typingKeys() []keyRow {
	return []keyRow{
		{CmdComplete, InFilter, Bind("tab", "complete", "tab")},
		{CmdEarlier, InFilter, Bind("^r", "earlier filters", "ctrl+r")},
		{CmdKeep, InFilter, Bind("enter", "apply", "enter")},
		{CmdRestore, InFilter, Bind("esc", "cancel", "esc")},
		{CmdKeep, InPrompt, Bind("enter", "done", "enter")},
		{CmdRestore, InPrompt, Bind("esc", "cancel", "esc")},
		{cmdClear, inTyping, Bind("^u", "clear", "ctrl+u")},
		{cmdEraseRest, inTyping, Bind("^k", "erase to the end", "ctrl+k")},
		{cmdEraseWord, inTyping, Bind("^w", "erase a word", "ctrl+w", "alt+backspace")},
		{cmdEraseLeft, inTyping, Bind("bs", "backspace", "backspace", "ctrl+h")},
		{cmdEraseRight, inTyping, Bind("del", "delete", "delete")},
		{CmdLeft, inTyping, Bind("← →", "move", "left", "ctrl+b")},
		{CmdRight, inTyping, Bind("", "", "right", "ctrl+f")},
		{cmdLineStart, inTyping, Bind("^a ^e", "start, end", "home", "ctrl+a")},
		{cmdLineEnd, inTyping, Bind("", "", "end", "ctrl+e")},
		{cmdWordLeft, inTyping, Bind("^← ^→", "word left, right", "ctrl+left", "alt+left", "alt+b")},
		{cmdWordRight, inTyping, Bind("", "", "ctrl+right", "alt+right", "alt+f")},
		{CmdDown, inTyping, Bind("↓ ↑", "choose, or move in the list", "down")},
		{CmdUp, inTyping, Bind("", "", "up")},
		{CmdPageDown, inTyping, Bind("", "", "pgdown")},
		{CmdPageUp, inTyping, Bind("", "", "pgup")},
	}
}

// chooserKeys choose columns.
func chooserKeys() []keyRow {
	return []keyRow{
		{CmdToggle, InChooser, Bind("space", "show or hide", "space", "x")},
		{CmdShiftDown, InChooser, Bind("J K", "move it down, up", "J", "shift+down")},
		{CmdShiftUp, InChooser, Bind("", "", "K", "shift+up")},
		{CmdNarrower, InChooser, Bind("< >", "narrower, wider", "<", "h", "left")},
		{CmdWider, InChooser, Bind("", "", ">", "l", "right")},
		{CmdAdd, InChooser, Bind("a", "add any field or path", "a", "+")},
		{CmdReset, InChooser, Bind("R", "reset columns", "R")},
		{CmdBack, InChooser, Bind("esc", "close", "esc", "enter", "q", "c")},
	}
}
