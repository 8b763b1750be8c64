package kit

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
)

// Command is an action that a key triggers.
type Command uint8

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

const (
	InList Scope = 1 << iota
	InDetail
	InFilter
	InHelp
	InPrompt  // typing into a prompt or picker
	InChooser // the columns are being chosen
	InSide    // the facets or the timeline
	InMenu    // the problems or the sources
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
	hint    Scope // where the status line names the key
}

// Bind returns the keys that do something, with how the help names them.
func Bind(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

const (
	InPanes   = InList | InDetail | InSide
	inMoving  = InPanes | InHelp | InChooser | InMenu
	inTyping  = InFilter | InPrompt
	inAll     = InPanes | inTyping | InHelp | InChooser | InMenu
	noHint    = Scope(0)
	inNothing = Scope(0)
)

// KeyTable is the only list of keys; the help and the hints are made from it. A key occurs once per scope. A row without names
// belongs to the row above it. The added keys work in all panes; the command of each is Added(i).
func KeyTable(added ...key.Binding) []keyRow {
	var more []keyRow
	for i, binding := range added {
		more = append(more, keyRow{Added(i), InPanes, binding, noHint})
	}
	return slices.Concat(paneKeys(), more, screenKeys(), moveKeys(), typingKeys(), chooserKeys())
}

// paneKeys work wherever no text is typed.
func paneKeys() []keyRow {
	return []keyRow{
		{CmdHelp, InPanes | InMenu, Bind("?", "help", "?"), InPanes | InMenu},
		{CmdFilter, InPanes, Bind("/", "filter", "/"), InPanes},
		{CmdFailedOnly, InPanes, Bind("f", "failed only", "f"), InPanes},
		{CmdHideReads, InPanes, Bind("w", "hide reads", "w"), noHint},
		{CmdFilterFor, InPanes, Bind("+ -", "filter for, out the value", "+", "="), InPanes},
		{CmdFilterOut, InPanes, Bind("", "", "-"), noHint},
		{CmdByActor, InPanes, Bind("a", "everything by this actor", "a"), noHint},
		{CmdByAddress, InPanes, Bind("i", "everything from this address", "i"), noHint},
		{CmdAround, InPanes, Bind("~", "within 15 minutes", "~"), noHint},
		{CmdInContext, InPanes, Bind("\\", "in context, and back", "\\"), noHint},
		{CmdUndo, InPanes, Bind("u ^r", "undo, redo the filter", "u"), noHint},
		{CmdRedo, InPanes, Bind("", "", "ctrl+r"), noHint},
		{CmdBackView, InPanes, Bind("alt+← alt+→", "view before, after", "alt+left"), noHint},
		{CmdForwardView, InPanes, Bind("", "", "alt+right"), noHint},
		{CmdDropChip, InPanes, Bind("x", "drop a condition", "x"), noHint},
		{CmdSwitchChip, InPanes, Bind("|", "switch it off and on", "|"), noHint},
		{CmdPreviousChip, InPanes, Bind("[ ]", "choose the condition", "["), noHint},
		{CmdNextChip, InPanes, Bind("", "", "]"), noHint},
		{CmdEditChip, InPanes, Bind(";", "edit the condition", ";"), noHint},
		{CmdFind, InPanes, Bind("^f", "find without hiding", "ctrl+f"), noHint},
		{CmdNextHit, InPanes, Bind("n N", "next, previous hit", "n"), noHint},
		{CmdPreviousHit, InPanes, Bind("", "", "N"), noHint},
		{CmdNextFailure, InPanes, Bind("e", "next failure", "e"), InPanes},
		{CmdPreviousFailure, InPanes, Bind("E", "previous failure", "E"), noHint},
		{CmdGoToTime, InPanes, Bind("@", "go to a time", "@"), noHint},
		{CmdHourBack, InPanes, Bind("{ }", "an hour back, forward", "{"), noHint},
		{CmdHourForward, InPanes, Bind("", "", "}"), noHint},
		{CmdDayBack, InPanes, Bind("( )", "a day back, forward", "("), noHint},
		{CmdDayForward, InPanes, Bind("", "", ")"), noHint},
		{CmdMark, InPanes, Bind("m", "mark the event", "m"), noHint},
		{CmdNote, InPanes, Bind("M", "note to the event", "M"), noHint},
		{CmdNextMark, InPanes, Bind("'", "next mark", "'"), noHint},
		{CmdParams, InPanes, Bind("P", "parameters of this action", "P"), noHint},
		{CmdChanges, InPanes, Bind("D", "what changed since the last time", "D"), noHint},
		{CmdCompare, InPanes, Bind("C", "compare with the marked event", "C"), noHint},
		{CmdCopy, InPanes, Bind("y", "copy", "y"), InPanes},
		{CmdExport, InPanes, Bind("o", "export", "o"), InList},
		{CmdProblems, InPanes | InMenu, Bind("p", "problems", "p"), noHint},
		{CmdSources, InPanes | InMenu, Bind("B", "sources", "B"), noHint},
		{CmdPalette, InPanes, Bind(":", "commands", ":"), InPanes},
		{CmdFollow, InPanes, Bind("F", "follow", "F"), InList},
		{CmdNextPane, InPanes, Bind("tab", "next pane", "tab"), InList},
		{CmdPreviousPane, InPanes, Bind("⇧tab", "previous pane", "shift+tab"), noHint},
	}
}

// screenKeys arrange and draw what is on the screen.
func screenKeys() []keyRow {
	return []keyRow{
		{CmdZoom, InPanes, Bind("z", "zoom the pane", "z"), InDetail},
		{CmdDetailPlace, InPanes, Bind("d", "detail below, beside, over", "d"), noHint},
		{CmdZone, InPanes, Bind("t", "UTC or local time", "t"), noHint},
		{CmdRelative, InPanes, Bind("T", "relative times", "T"), noHint},
		{CmdSaveView, InPanes, Bind("s V", "save the view, list views", "s"), noHint},
		{CmdViews, InPanes, Bind("", "", "V"), noHint},
		{CmdRedact, InPanes, Bind("R", "mask secrets", "R"), noHint},
		{CmdMouse, InPanes, Bind("F2", "mouse off: select text", "f2"), noHint},
		{CmdSuspend, inAll, Bind("^z", "suspend", "ctrl+z"), noHint},
		{CmdQuit, InPanes, Bind("q ^c", "quit", "q", "ctrl+c"), noHint},
		{CmdQuit, inTyping | InHelp | InChooser | InMenu, Bind("^c", "quit", "ctrl+c"), noHint},
	}
}

// moveKeys move, or work in one pane only.
func moveKeys() []keyRow {
	return []keyRow{
		{CmdDown, inMoving, Bind("j ↓", "down", "j", "down"), noHint},
		{CmdUp, inMoving, Bind("k ↑", "up", "k", "up"), noHint},
		{CmdHalfDown, inMoving, Bind("^d", "half a page down", "ctrl+d"), noHint},
		{CmdHalfUp, inMoving, Bind("^u", "half a page up", "ctrl+u"), noHint},
		{CmdPageDown, inMoving, Bind("PgDn", "page down", "pgdown"), noHint},
		{CmdPageUp, inMoving, Bind("PgUp", "page up", "pgup", "ctrl+b"), noHint},
		{CmdTop, inMoving, Bind("g Home", "first", "g", "home"), noHint},
		{CmdBottom, inMoving, Bind("G End", "last", "G", "end"), noHint},
		{CmdEnter, InList, Bind("enter", "detail", "enter"), InList},
		{CmdLeft, InList, Bind("h ←", "column to the left", "h", "left"), noHint},
		{CmdRight, InList, Bind("l →", "column to the right", "l", "right"), noHint},
		{CmdColumns, InList, Bind("c", "choose columns", "c"), noHint},
		{CmdSort, InList, Bind("S", "sort by the column", "S"), noHint},
		{CmdErrorLines, InList, Bind("L", "errors below rows", "L"), noHint},
		{CmdBack, InList, Bind("esc", "stop, close the detail", "esc"), noHint},

		{CmdToggle, InDetail, Bind("enter space", "fold or unfold", "enter", "space"), InDetail},
		{CmdLeft, InDetail, Bind("h ←", "fold", "h", "left"), noHint},
		{CmdRight, InDetail, Bind("l →", "unfold", "l", "right"), noHint},
		{CmdSection, InDetail, Bind("1…9", "section by number", "1", "2", "3", "4", "5", "6", "7", "8", "9"), noHint},
		{CmdNextSection, InDetail, Bind("J K", "next, previous section", "J"), noHint},
		{CmdPreviousSection, InDetail, Bind("", "", "K"), noHint},
		{CmdShowAlike, InDetail, Bind("A", "what is alike, in a comparison", "A"), noHint},
		{CmdBack, InDetail, Bind("esc", "back to the list", "esc"), InDetail},

		{CmdEnter, InSide, Bind("enter", "filter by it, or fold", "enter"), InSide},
		{CmdToggle, InSide, Bind("space", "pick several, begin a range", "space"), InSide},
		{CmdLeft, InSide, Bind("h ←", "left, fold", "h", "left"), noHint},
		{CmdRight, InSide, Bind("l →", "right, unfold", "l", "right"), noHint},
		{CmdExtendLeft, InSide, Bind("H L", "widen the range", "H", "shift+left"), noHint},
		{CmdExtendRight, InSide, Bind("", "", "L", "shift+right"), noHint},
		{CmdBack, InSide, Bind("esc", "back to the list", "esc"), InSide},

		{CmdEnter, InMenu, Bind("enter", "open it, or go there", "enter"), noHint},
		{CmdFilterFor, InMenu, Bind("+", "filter for it", "+", "="), noHint},
		{CmdBack, InMenu, Bind("esc", "back", "esc", "q"), noHint},

		{CmdBack, InHelp, Bind("esc", "close", "esc", "?", "q", "enter"), InHelp},
	}
}

// typingKeys edit a line of text.
func typingKeys() []keyRow {
	return []keyRow{
		{CmdComplete, InFilter, Bind("tab", "complete", "tab"), InFilter},
		{CmdKeep, InFilter, Bind("enter", "keep the filter", "enter"), InFilter},
		{CmdRestore, InFilter, Bind("esc", "the filter before", "esc"), InFilter},
		{CmdKeep, InPrompt, Bind("enter", "done", "enter"), noHint},
		{CmdRestore, InPrompt, Bind("esc", "give up", "esc"), noHint},
		{cmdClear, inTyping, Bind("^u", "clear", "ctrl+u"), InFilter},
		{cmdEraseWord, inTyping, Bind("^w", "erase a word", "ctrl+w", "alt+backspace"), noHint},
		{cmdEraseLeft, inTyping, Bind("bs", "erase", "backspace", "ctrl+h"), noHint},
		{cmdEraseRight, inTyping, Bind("del", "erase to the right", "delete"), noHint},
		{CmdLeft, inTyping, Bind("← →", "move", "left", "ctrl+b"), noHint},
		{CmdRight, inTyping, Bind("", "", "right", "ctrl+f"), noHint},
		{cmdLineStart, inTyping, Bind("^a ^e", "start, end", "home", "ctrl+a"), noHint},
		{cmdLineEnd, inTyping, Bind("", "", "end", "ctrl+e"), noHint},
		{CmdDown, inTyping, Bind("↓ ↑", "choose, or move in the list", "down"), noHint},
		{CmdUp, inTyping, Bind("", "", "up"), noHint},
		{CmdPageDown, inTyping, Bind("", "", "pgdown"), noHint},
		{CmdPageUp, inTyping, Bind("", "", "pgup"), noHint},
	}
}

// chooserKeys choose columns.
func chooserKeys() []keyRow {
	return []keyRow{
		{CmdToggle, InChooser, Bind("space", "show or hide", "space", "x"), InChooser},
		{CmdShiftDown, InChooser, Bind("J K", "move it down, up", "J", "shift+down"), InChooser},
		{CmdShiftUp, InChooser, Bind("", "", "K", "shift+up"), noHint},
		{CmdNarrower, InChooser, Bind("< >", "narrower, wider", "<", "h", "left"), InChooser},
		{CmdWider, InChooser, Bind("", "", ">", "l", "right"), noHint},
		{CmdAdd, InChooser, Bind("a", "add any field or path", "a", "+"), InChooser},
		{CmdReset, InChooser, Bind("R", "as at the beginning", "R"), InChooser},
		{CmdBack, InChooser, Bind("esc", "close", "esc", "enter", "q", "c"), InChooser},
	}
}

// Keymap finds commands by key.
type Keymap struct {
	Rows  []keyRow
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

// Hints lists the keys that the status line names in a scope.
func (m *Keymap) Hints(s Scope) []key.Help {
	var out []key.Help
	for _, row := range m.Rows {
		if row.hint&s != 0 {
			out = append(out, row.Binding.Help())
		}
	}
	return out
}

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
