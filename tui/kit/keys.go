package kit

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
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
	CmdHourBack
	CmdHourForward
	CmdDayBack
	CmdDayForward
	CmdColumns
	CmdSort
	CmdErrorLines
	CmdMark
	CmdNote
	CmdNextMark
	CmdDetailPlace
	CmdMouse
	CmdAdd
	CmdShiftUp
	CmdShiftDown
	CmdNarrower
	CmdWider
	CmdReset
	CmdComplete
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
	CmdCopy
	CmdExport
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

// ScopeNames are the headings of the help, in order.
var ScopeNames = []struct {
	Scope Scope
	Name  string
}{
	{InPanes, "Everywhere"},
	{InList, "List"},
	{InDetail, "Detail"},
	{InSide, "Facets and timeline"},
	{InFilter, "Filter"},
	{InChooser, "Columns"},
	{InMenu, "Problems and sources"},
	{InTable, "Frequencies"},
}

// Heading returns the scope under whose heading the help lists a key that works in s.
func (s Scope) Heading() Scope {
	switch {
	case s&InPanes == InPanes:
		return InPanes
	case s&InFilter != 0:
		return InFilter
	}
	return s
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
	inMoving = InPanes | InHelp | InChooser | InMenu | InTable
	inTyping = InFilter | InPrompt
	inAll    = InPanes | inTyping | InHelp | InChooser | InMenu | InTable
)

// KeyTable is the only list of keys; the help and the hints are made from it. A key occurs once per scope. A row without names
// belongs to the row above it. The added keys work in all panes; the command of each is Added(i).
func KeyTable(added ...key.Binding) []keyRow {
	var more []keyRow
	for i, binding := range added {
		more = append(more, keyRow{Added(i), InPanes, binding})
	}
	return slices.Concat(paneKeys(), more, screenKeys(), moveKeys(), typingKeys(), chooserKeys())
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
		{CmdHourBack, InPanes, Bind("{ }", "an hour back, forward", "{")},
		{CmdHourForward, InPanes, Bind("", "", "}")},
		{CmdDayBack, InPanes, Bind("( )", "a day back, forward", "(")},
		{CmdDayForward, InPanes, Bind("", "", ")")},
		{CmdMark, InPanes, Bind("m", "mark the event", "m")},
		{CmdNote, InPanes, Bind("M", "add a note", "M")},
		{CmdNextMark, InPanes, Bind("'", "next mark", "'")},
		{CmdParams, InPanes, Bind("P", "values seen for this action", "P")},
		{CmdChanges, InPanes, Bind("D", "diff with the previous change", "D")},
		{CmdCompare, InPanes, Bind("C", "compare with the marked event", "C")},
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
		{CmdRelative, InPanes, Bind("T", "relative times", "T")},
		{CmdSaveView, InPanes, Bind("s V", "save the view, list views", "s")},
		{CmdViews, InPanes, Bind("", "", "V")},
		{CmdRedact, InPanes, Bind("R", "mask secrets", "R")},
		{CmdMouse, InPanes, Bind("F2", "mouse on, off", "f2")},
		{CmdSuspend, inAll, Bind("^z", "suspend", "ctrl+z")},
		{CmdQuit, InPanes, Bind("q ^c", "quit", "q", "ctrl+c")},
		{CmdQuit, inTyping | InHelp | InChooser | InMenu | InTable, Bind("^c", "quit", "ctrl+c")},
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
		{CmdHelp, InTable, Bind("?", "help", "?")},
		{CmdBack, InTable, Bind("esc", "close", "esc", "q", "#")},

		{CmdFilter, InHelp, Bind("/", "search the help", "/")},
		{CmdBack, InHelp, Bind("esc", "close", "esc", "?", "q", "enter")},
	}
}

// typingKeys edit a line of text.
func typingKeys() []keyRow {
	return []keyRow{
		{CmdComplete, InFilter, Bind("tab", "complete", "tab")},
		{CmdKeep, InFilter, Bind("enter", "apply", "enter")},
		{CmdRestore, InFilter, Bind("esc", "cancel", "esc")},
		{CmdKeep, InPrompt, Bind("enter", "done", "enter")},
		{CmdRestore, InPrompt, Bind("esc", "cancel", "esc")},
		{cmdClear, inTyping, Bind("^u", "clear", "ctrl+u")},
		{cmdEraseWord, inTyping, Bind("^w", "erase a word", "ctrl+w", "alt+backspace")},
		{cmdEraseLeft, inTyping, Bind("bs", "backspace", "backspace", "ctrl+h")},
		{cmdEraseRight, inTyping, Bind("del", "delete", "delete")},
		{CmdLeft, inTyping, Bind("← →", "move", "left", "ctrl+b")},
		{CmdRight, inTyping, Bind("", "", "right", "ctrl+f")},
		{cmdLineStart, inTyping, Bind("^a ^e", "start, end", "home", "ctrl+a")},
		{cmdLineEnd, inTyping, Bind("", "", "end", "ctrl+e")},
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

// Keymap finds commands by key. It never changes.
type Keymap struct {
	Rows  []keyRow // as KeyTable returns them
	byKey map[Scope]map[string]Command
}

// NewKeymap returns the key table with the keys that the App adds.
func NewKeymap(added ...key.Binding) *Keymap {
	m := &Keymap{Rows: KeyTable(added...), byKey: map[Scope]map[string]Command{}}
	for _, s := range scopes() {
		m.byKey[s] = map[string]Command{}
		for _, row := range m.Rows {
			if row.In&s == 0 {
				continue
			}
			for _, k := range row.Binding.Keys() {
				m.byKey[s][k] = row.Do
			}
		}
	}
	return m
}

// Command returns the command of a key in a scope, NoCommand if it has none.
func (m *Keymap) Command(s Scope, key string) Command { return m.byKey[s][key] }

// arrows are the names of keys where only ASCII can be shown.
var arrows = strings.NewReplacer("↓", "down", "↑", "up", "←", "left", "→", "right", "⇧", "shift+")

// KeyName returns the name of a key as it is shown.
func (disp *Display) KeyName(h key.Help) termsafe.Safe {
	if disp.Widther.ASCII {
		return disp.Own(arrows.Replace(h.Key))
	}
	return disp.Own(h.Key)
}

// IsMove reports whether a command moves in the list even while the user types.
func IsMove(c Command) bool {
	return c == CmdDown || c == CmdUp || c == CmdPageDown || c == CmdPageUp
}
