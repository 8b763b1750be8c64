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
	CmdFacets
	CmdTimeline
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
	NumCommands
)

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

// keyRow is a row of the key table.
type keyRow struct {
	Do      Command
	In      Scope
	Binding key.Binding
	hint    Scope // where the status line names the key
}

func bind(help, does string, keys ...string) key.Binding {
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
// belongs to the row above it.
func KeyTable() []keyRow {
	return slices.Concat(paneKeys(), moveKeys(), typingKeys(), chooserKeys())
}

// paneKeys work wherever no text is typed.
func paneKeys() []keyRow {
	return []keyRow{
		{CmdHelp, InPanes | InMenu, bind("?", "help", "?"), InPanes | InMenu},
		{CmdFilter, InPanes, bind("/", "filter", "/"), InPanes},
		{CmdFailedOnly, InPanes, bind("f", "failed only", "f"), InPanes},
		{CmdHideReads, InPanes, bind("w", "hide reads", "w"), noHint},
		{CmdFilterFor, InPanes, bind("+ -", "filter for, out the value", "+", "="), InPanes},
		{CmdFilterOut, InPanes, bind("", "", "-"), noHint},
		{CmdByActor, InPanes, bind("a", "everything by this actor", "a"), noHint},
		{CmdByAddress, InPanes, bind("i", "everything from this address", "i"), noHint},
		{CmdAround, InPanes, bind("~", "within 15 minutes", "~"), noHint},
		{CmdInContext, InPanes, bind("\\", "in context, and back", "\\"), noHint},
		{CmdUndo, InPanes, bind("u ^r", "undo, redo the filter", "u"), noHint},
		{CmdRedo, InPanes, bind("", "", "ctrl+r"), noHint},
		{CmdBackView, InPanes, bind("alt+← alt+→", "view before, after", "alt+left"), noHint},
		{CmdForwardView, InPanes, bind("", "", "alt+right"), noHint},
		{CmdDropChip, InPanes, bind("x", "drop a condition", "x"), noHint},
		{CmdSwitchChip, InPanes, bind("|", "switch it off and on", "|"), noHint},
		{CmdPreviousChip, InPanes, bind("[ ]", "choose the condition", "["), noHint},
		{CmdNextChip, InPanes, bind("", "", "]"), noHint},
		{CmdEditChip, InPanes, bind(";", "edit the condition", ";"), noHint},
		{CmdFind, InPanes, bind("^f", "find without hiding", "ctrl+f"), noHint},
		{CmdNextHit, InPanes, bind("n N", "next, previous hit", "n"), noHint},
		{CmdPreviousHit, InPanes, bind("", "", "N"), noHint},
		{CmdNextFailure, InPanes, bind("e", "next failure", "e"), InPanes},
		{CmdPreviousFailure, InPanes, bind("E", "previous failure", "E"), noHint},
		{CmdGoToTime, InPanes, bind("@", "go to a time", "@"), noHint},
		{CmdHourBack, InPanes, bind("{ }", "an hour back, forward", "{"), noHint},
		{CmdHourForward, InPanes, bind("", "", "}"), noHint},
		{CmdDayBack, InPanes, bind("( )", "a day back, forward", "("), noHint},
		{CmdDayForward, InPanes, bind("", "", ")"), noHint},
		{CmdMark, InPanes, bind("m", "mark the event", "m"), noHint},
		{CmdNote, InPanes, bind("M", "note to the event", "M"), noHint},
		{CmdNextMark, InPanes, bind("'", "next mark", "'"), noHint},
		{CmdParams, InPanes, bind("P", "parameters of this action", "P"), noHint},
		{CmdChanges, InPanes, bind("D", "what changed since the last time", "D"), noHint},
		{CmdCompare, InPanes, bind("C", "compare with the marked event", "C"), noHint},
		{CmdCopy, InPanes, bind("y", "copy", "y"), InPanes},
		{CmdExport, InPanes, bind("o", "export", "o"), InList},
		{CmdProblems, InPanes | InMenu, bind("p", "problems", "p"), noHint},
		{CmdSources, InPanes | InMenu, bind("B", "sources", "B"), noHint},
		{CmdPalette, InPanes, bind(":", "commands", ":"), InPanes},
		{CmdFollow, InPanes, bind("F", "follow", "F"), InList},
		{CmdNextPane, InPanes, bind("tab", "next pane", "tab"), InList},
		{CmdPreviousPane, InPanes, bind("⇧tab", "previous pane", "shift+tab"), noHint},
		{CmdFacets, InPanes, bind("b", "facets", "b"), noHint},
		{CmdTimeline, InPanes, bind("v", "timeline", "v"), noHint},
		{CmdZoom, InPanes, bind("z", "zoom the pane", "z"), InDetail},
		{CmdDetailPlace, InPanes, bind("d", "detail below, beside, over", "d"), noHint},
		{CmdZone, InPanes, bind("t", "UTC or local time", "t"), noHint},
		{CmdRelative, InPanes, bind("T", "relative times", "T"), noHint},
		{CmdSaveView, InPanes, bind("s V", "save the view, list views", "s"), noHint},
		{CmdViews, InPanes, bind("", "", "V"), noHint},
		{CmdRedact, InPanes, bind("R", "mask secrets", "R"), noHint},
		{CmdMouse, InPanes, bind("F2", "mouse off: select text", "f2"), noHint},
		{CmdSuspend, inAll, bind("^z", "suspend", "ctrl+z"), noHint},
		{CmdQuit, InPanes, bind("q ^c", "quit", "q", "ctrl+c"), noHint},
		{CmdQuit, inTyping | InHelp | InChooser | InMenu, bind("^c", "quit", "ctrl+c"), noHint},
	}
}

// moveKeys move, or work in one pane only.
func moveKeys() []keyRow {
	return []keyRow{
		{CmdDown, inMoving, bind("j ↓", "down", "j", "down"), noHint},
		{CmdUp, inMoving, bind("k ↑", "up", "k", "up"), noHint},
		{CmdHalfDown, inMoving, bind("^d", "half a page down", "ctrl+d"), noHint},
		{CmdHalfUp, inMoving, bind("^u", "half a page up", "ctrl+u"), noHint},
		{CmdPageDown, inMoving, bind("PgDn", "page down", "pgdown"), noHint},
		{CmdPageUp, inMoving, bind("PgUp", "page up", "pgup", "ctrl+b"), noHint},
		{CmdTop, inMoving, bind("g Home", "first", "g", "home"), noHint},
		{CmdBottom, inMoving, bind("G End", "last", "G", "end"), noHint},
		{CmdEnter, InList, bind("enter", "detail", "enter"), InList},
		{CmdLeft, InList, bind("h ←", "column to the left", "h", "left"), noHint},
		{CmdRight, InList, bind("l →", "column to the right", "l", "right"), noHint},
		{CmdColumns, InList, bind("c", "choose columns", "c"), noHint},
		{CmdSort, InList, bind("S", "sort by the column", "S"), noHint},
		{CmdErrorLines, InList, bind("L", "errors below rows", "L"), noHint},
		{CmdBack, InList, bind("esc", "stop, close the detail", "esc"), noHint},

		{CmdToggle, InDetail, bind("enter space", "fold or unfold", "enter", "space"), InDetail},
		{CmdLeft, InDetail, bind("h ←", "fold", "h", "left"), noHint},
		{CmdRight, InDetail, bind("l →", "unfold", "l", "right"), noHint},
		{CmdSection, InDetail, bind("1…9", "section by number", "1", "2", "3", "4", "5", "6", "7", "8", "9"), noHint},
		{CmdNextSection, InDetail, bind("J K", "next, previous section", "J"), noHint},
		{CmdPreviousSection, InDetail, bind("", "", "K"), noHint},
		{CmdShowAlike, InDetail, bind("A", "what is alike, in a comparison", "A"), noHint},
		{CmdBack, InDetail, bind("esc", "back to the list", "esc"), InDetail},

		{CmdEnter, InSide, bind("enter", "filter by it, or fold", "enter"), InSide},
		{CmdToggle, InSide, bind("space", "pick several, begin a range", "space"), InSide},
		{CmdLeft, InSide, bind("h ←", "left, fold", "h", "left"), noHint},
		{CmdRight, InSide, bind("l →", "right, unfold", "l", "right"), noHint},
		{CmdExtendLeft, InSide, bind("H L", "widen the range", "H", "shift+left"), noHint},
		{CmdExtendRight, InSide, bind("", "", "L", "shift+right"), noHint},
		{CmdBack, InSide, bind("esc", "back to the list", "esc"), InSide},

		{CmdEnter, InMenu, bind("enter", "open it, or go there", "enter"), noHint},
		{CmdFilterFor, InMenu, bind("+", "filter for it", "+", "="), noHint},
		{CmdBack, InMenu, bind("esc", "back", "esc", "q"), noHint},

		{CmdBack, InHelp, bind("esc", "close", "esc", "?", "q", "enter"), InHelp},
	}
}

// typingKeys edit a line of text.
func typingKeys() []keyRow {
	return []keyRow{
		{CmdComplete, InFilter, bind("tab", "complete", "tab"), InFilter},
		{CmdKeep, InFilter, bind("enter", "keep the filter", "enter"), InFilter},
		{CmdRestore, InFilter, bind("esc", "the filter before", "esc"), InFilter},
		{CmdKeep, InPrompt, bind("enter", "done", "enter"), noHint},
		{CmdRestore, InPrompt, bind("esc", "give up", "esc"), noHint},
		{cmdClear, inTyping, bind("^u", "clear", "ctrl+u"), InFilter},
		{cmdEraseWord, inTyping, bind("^w", "erase a word", "ctrl+w", "alt+backspace"), noHint},
		{cmdEraseLeft, inTyping, bind("bs", "erase", "backspace", "ctrl+h"), noHint},
		{cmdEraseRight, inTyping, bind("del", "erase to the right", "delete"), noHint},
		{CmdLeft, inTyping, bind("← →", "move", "left", "ctrl+b"), noHint},
		{CmdRight, inTyping, bind("", "", "right", "ctrl+f"), noHint},
		{cmdLineStart, inTyping, bind("^a ^e", "start, end", "home", "ctrl+a"), noHint},
		{cmdLineEnd, inTyping, bind("", "", "end", "ctrl+e"), noHint},
		{CmdDown, inTyping, bind("↓ ↑", "choose, or move in the list", "down"), noHint},
		{CmdUp, inTyping, bind("", "", "up"), noHint},
		{CmdPageDown, inTyping, bind("", "", "pgdown"), noHint},
		{CmdPageUp, inTyping, bind("", "", "pgup"), noHint},
	}
}

// chooserKeys choose columns.
func chooserKeys() []keyRow {
	return []keyRow{
		{CmdToggle, InChooser, bind("space", "show or hide", "space", "x"), InChooser},
		{CmdShiftDown, InChooser, bind("J K", "move it down, up", "J", "shift+down"), InChooser},
		{CmdShiftUp, InChooser, bind("", "", "K", "shift+up"), noHint},
		{CmdNarrower, InChooser, bind("< >", "narrower, wider", "<", "h", "left"), InChooser},
		{CmdWider, InChooser, bind("", "", ">", "l", "right"), noHint},
		{CmdAdd, InChooser, bind("a", "add any field or path", "a", "+"), InChooser},
		{CmdReset, InChooser, bind("R", "as at the beginning", "R"), InChooser},
		{CmdBack, InChooser, bind("esc", "close", "esc", "enter", "q", "c"), InChooser},
	}
}

// Keymap finds commands by key.
type Keymap struct {
	Rows  []keyRow
	byKey map[Scope]map[string]Command
}

func NewKeymap() *Keymap {
	m := &Keymap{Rows: KeyTable(), byKey: map[Scope]map[string]Command{}}
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
