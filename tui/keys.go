package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
)

// command is an action that a key triggers.
type command uint8

const (
	noCommand command = iota
	cmdUp
	cmdDown
	cmdHalfUp
	cmdHalfDown
	cmdPageUp
	cmdPageDown
	cmdTop
	cmdBottom
	cmdLeft
	cmdRight
	cmdExtendLeft // move the cursor of the timeline and extend the brush
	cmdExtendRight
	cmdEnter
	cmdToggle
	cmdBack
	cmdNextPane
	cmdZoom
	cmdFilter
	cmdFailedOnly
	cmdFollow
	cmdNextFailure
	cmdPreviousFailure
	cmdZone
	cmdRelative
	cmdHelp
	cmdQuit
	cmdSuspend
	cmdKeep
	cmdRestore
	cmdClear
	cmdEraseWord
	cmdEraseLeft
	cmdEraseRight
	cmdLineStart
	cmdLineEnd
	cmdPreviousPane
	cmdHideReads
	cmdFilterFor
	cmdFilterOut
	cmdByActor
	cmdByAddress
	cmdByTarget
	cmdByToken
	cmdAround
	cmdInContext
	cmdUndo
	cmdRedo
	cmdBackView
	cmdForwardView
	cmdDropChip
	cmdSwitchChip
	cmdPreviousChip
	cmdNextChip
	cmdEditChip
	cmdFind
	cmdNextHit
	cmdPreviousHit
	cmdGoToTime
	cmdHourBack
	cmdHourForward
	cmdDayBack
	cmdDayForward
	cmdColumns
	cmdSort
	cmdErrorLines
	cmdMark
	cmdNote
	cmdNextMark
	cmdFacets
	cmdTimeline
	cmdDetailPlace
	cmdMouse
	cmdAdd
	cmdShiftUp
	cmdShiftDown
	cmdNarrower
	cmdWider
	cmdReset
	cmdComplete
	cmdParams
	cmdChanges
	cmdCompare
	cmdShowAlike
	cmdNextSection
	cmdPreviousSection
	cmdSection
	cmdRedact
	cmdSaveView
	cmdViews
	cmdProblems
	cmdSources
	cmdPalette
	cmdCopy
	cmdExport
	numCommands
)

// scope is the set of places where a key works.
type scope uint16

const (
	inList scope = 1 << iota
	inDetail
	inFilter
	inHelp
	inPrompt  // typing into a prompt or picker
	inChooser // the columns are being chosen
	inSide    // the facets or the timeline
	inMenu    // the problems or the sources
	endOfScopes
)

// scopes lists them.
func scopes() []scope {
	var out []scope
	for s := inList; s < endOfScopes; s <<= 1 {
		out = append(out, s)
	}
	return out
}

// scopeNames are the headings of the help, in order.
var scopeNames = []struct {
	scope scope
	name  string
}{
	{inPanes, "Everywhere"},
	{inList, "List"},
	{inDetail, "Detail"},
	{inSide, "Facets and timeline"},
	{inFilter, "Filter"},
	{inChooser, "Columns"},
	{inMenu, "Problems and sources"},
}

// keyRow is a row of the key table.
type keyRow struct {
	do      command
	in      scope
	binding key.Binding
	hint    scope // where the status line names the key
}

func bind(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

const (
	inPanes   = inList | inDetail | inSide
	inMoving  = inPanes | inHelp | inChooser | inMenu
	inTyping  = inFilter | inPrompt
	inAll     = inPanes | inTyping | inHelp | inChooser | inMenu
	noHint    = scope(0)
	inNothing = scope(0)
)

// keyTable is the only list of keys; the help and the hints are made from it. A key occurs once per scope. A row without names
// belongs to the row above it.
func keyTable() []keyRow {
	return slices.Concat(paneKeys(), moveKeys(), typingKeys(), chooserKeys())
}

// paneKeys work wherever no text is typed.
func paneKeys() []keyRow {
	return []keyRow{
		{cmdHelp, inPanes | inMenu, bind("?", "help", "?"), inPanes | inMenu},
		{cmdFilter, inPanes, bind("/", "filter", "/"), inPanes},
		{cmdFailedOnly, inPanes, bind("f", "failed only", "f"), inPanes},
		{cmdHideReads, inPanes, bind("w", "hide reads", "w"), noHint},
		{cmdFilterFor, inPanes, bind("+ -", "filter for, out the value", "+", "="), inPanes},
		{cmdFilterOut, inPanes, bind("", "", "-"), noHint},
		{cmdByActor, inPanes, bind("a", "everything by this actor", "a"), noHint},
		{cmdByAddress, inPanes, bind("i", "everything from this address", "i"), noHint},
		{cmdAround, inPanes, bind("~", "within 15 minutes", "~"), noHint},
		{cmdInContext, inPanes, bind("\\", "in context, and back", "\\"), noHint},
		{cmdUndo, inPanes, bind("u ^r", "undo, redo the filter", "u"), noHint},
		{cmdRedo, inPanes, bind("", "", "ctrl+r"), noHint},
		{cmdBackView, inPanes, bind("alt+← alt+→", "view before, after", "alt+left"), noHint},
		{cmdForwardView, inPanes, bind("", "", "alt+right"), noHint},
		{cmdDropChip, inPanes, bind("x", "drop a condition", "x"), noHint},
		{cmdSwitchChip, inPanes, bind("|", "switch it off and on", "|"), noHint},
		{cmdPreviousChip, inPanes, bind("[ ]", "choose the condition", "["), noHint},
		{cmdNextChip, inPanes, bind("", "", "]"), noHint},
		{cmdEditChip, inPanes, bind(";", "edit the condition", ";"), noHint},
		{cmdFind, inPanes, bind("^f", "find without hiding", "ctrl+f"), noHint},
		{cmdNextHit, inPanes, bind("n N", "next, previous hit", "n"), noHint},
		{cmdPreviousHit, inPanes, bind("", "", "N"), noHint},
		{cmdNextFailure, inPanes, bind("e", "next failure", "e"), inPanes},
		{cmdPreviousFailure, inPanes, bind("E", "previous failure", "E"), noHint},
		{cmdGoToTime, inPanes, bind("@", "go to a time", "@"), noHint},
		{cmdHourBack, inPanes, bind("{ }", "an hour back, forward", "{"), noHint},
		{cmdHourForward, inPanes, bind("", "", "}"), noHint},
		{cmdDayBack, inPanes, bind("( )", "a day back, forward", "("), noHint},
		{cmdDayForward, inPanes, bind("", "", ")"), noHint},
		{cmdMark, inPanes, bind("m", "mark the event", "m"), noHint},
		{cmdNote, inPanes, bind("M", "note to the event", "M"), noHint},
		{cmdNextMark, inPanes, bind("'", "next mark", "'"), noHint},
		{cmdParams, inPanes, bind("P", "parameters of this action", "P"), noHint},
		{cmdChanges, inPanes, bind("D", "what changed since the last time", "D"), noHint},
		{cmdCompare, inPanes, bind("C", "compare with the marked event", "C"), noHint},
		{cmdCopy, inPanes, bind("y", "copy", "y"), inPanes},
		{cmdExport, inPanes, bind("o", "export", "o"), inList},
		{cmdProblems, inPanes | inMenu, bind("p", "problems", "p"), noHint},
		{cmdSources, inPanes | inMenu, bind("B", "sources", "B"), noHint},
		{cmdPalette, inPanes, bind(":", "commands", ":"), inPanes},
		{cmdFollow, inPanes, bind("F", "follow", "F"), inList},
		{cmdNextPane, inPanes, bind("tab", "next pane", "tab"), inList},
		{cmdPreviousPane, inPanes, bind("⇧tab", "previous pane", "shift+tab"), noHint},
		{cmdFacets, inPanes, bind("b", "facets", "b"), noHint},
		{cmdTimeline, inPanes, bind("v", "timeline", "v"), noHint},
		{cmdZoom, inPanes, bind("z", "zoom the pane", "z"), inDetail},
		{cmdDetailPlace, inPanes, bind("d", "detail below, beside, over", "d"), noHint},
		{cmdZone, inPanes, bind("t", "UTC or local time", "t"), noHint},
		{cmdRelative, inPanes, bind("T", "relative times", "T"), noHint},
		{cmdSaveView, inPanes, bind("s V", "save the view, list views", "s"), noHint},
		{cmdViews, inPanes, bind("", "", "V"), noHint},
		{cmdRedact, inPanes, bind("R", "mask secrets", "R"), noHint},
		{cmdMouse, inPanes, bind("F2", "mouse off: select text", "f2"), noHint},
		{cmdSuspend, inAll, bind("^z", "suspend", "ctrl+z"), noHint},
		{cmdQuit, inPanes, bind("q ^c", "quit", "q", "ctrl+c"), noHint},
		{cmdQuit, inTyping | inHelp | inChooser | inMenu, bind("^c", "quit", "ctrl+c"), noHint},
	}
}

// moveKeys move, or work in one pane only.
func moveKeys() []keyRow {
	return []keyRow{
		{cmdDown, inMoving, bind("j ↓", "down", "j", "down"), noHint},
		{cmdUp, inMoving, bind("k ↑", "up", "k", "up"), noHint},
		{cmdHalfDown, inMoving, bind("^d", "half a page down", "ctrl+d"), noHint},
		{cmdHalfUp, inMoving, bind("^u", "half a page up", "ctrl+u"), noHint},
		{cmdPageDown, inMoving, bind("PgDn", "page down", "pgdown"), noHint},
		{cmdPageUp, inMoving, bind("PgUp", "page up", "pgup", "ctrl+b"), noHint},
		{cmdTop, inMoving, bind("g Home", "first", "g", "home"), noHint},
		{cmdBottom, inMoving, bind("G End", "last", "G", "end"), noHint},
		{cmdEnter, inList, bind("enter", "detail", "enter"), inList},
		{cmdLeft, inList, bind("h ←", "column to the left", "h", "left"), noHint},
		{cmdRight, inList, bind("l →", "column to the right", "l", "right"), noHint},
		{cmdColumns, inList, bind("c", "choose columns", "c"), noHint},
		{cmdSort, inList, bind("S", "sort by the column", "S"), noHint},
		{cmdErrorLines, inList, bind("L", "errors below rows", "L"), noHint},
		{cmdBack, inList, bind("esc", "stop, close the detail", "esc"), noHint},

		{cmdToggle, inDetail, bind("enter space", "fold or unfold", "enter", "space"), inDetail},
		{cmdLeft, inDetail, bind("h ←", "fold", "h", "left"), noHint},
		{cmdRight, inDetail, bind("l →", "unfold", "l", "right"), noHint},
		{cmdSection, inDetail, bind("1…9", "section by number", "1", "2", "3", "4", "5", "6", "7", "8", "9"), noHint},
		{cmdNextSection, inDetail, bind("J K", "next, previous section", "J"), noHint},
		{cmdPreviousSection, inDetail, bind("", "", "K"), noHint},
		{cmdShowAlike, inDetail, bind("A", "what is alike, in a comparison", "A"), noHint},
		{cmdBack, inDetail, bind("esc", "back to the list", "esc"), inDetail},

		{cmdEnter, inSide, bind("enter", "filter by it, or fold", "enter"), inSide},
		{cmdToggle, inSide, bind("space", "pick several, begin a range", "space"), inSide},
		{cmdLeft, inSide, bind("h ←", "left, fold", "h", "left"), noHint},
		{cmdRight, inSide, bind("l →", "right, unfold", "l", "right"), noHint},
		{cmdExtendLeft, inSide, bind("H L", "widen the range", "H", "shift+left"), noHint},
		{cmdExtendRight, inSide, bind("", "", "L", "shift+right"), noHint},
		{cmdBack, inSide, bind("esc", "back to the list", "esc"), inSide},

		{cmdEnter, inMenu, bind("enter", "open it, or go there", "enter"), noHint},
		{cmdFilterFor, inMenu, bind("+", "filter for it", "+", "="), noHint},
		{cmdBack, inMenu, bind("esc", "back", "esc", "q"), noHint},

		{cmdBack, inHelp, bind("esc", "close", "esc", "?", "q", "enter"), inHelp},
	}
}

// typingKeys edit a line of text.
func typingKeys() []keyRow {
	return []keyRow{
		{cmdComplete, inFilter, bind("tab", "complete", "tab"), inFilter},
		{cmdKeep, inFilter, bind("enter", "keep the filter", "enter"), inFilter},
		{cmdRestore, inFilter, bind("esc", "the filter before", "esc"), inFilter},
		{cmdKeep, inPrompt, bind("enter", "done", "enter"), noHint},
		{cmdRestore, inPrompt, bind("esc", "give up", "esc"), noHint},
		{cmdClear, inTyping, bind("^u", "clear", "ctrl+u"), inFilter},
		{cmdEraseWord, inTyping, bind("^w", "erase a word", "ctrl+w", "alt+backspace"), noHint},
		{cmdEraseLeft, inTyping, bind("bs", "erase", "backspace", "ctrl+h"), noHint},
		{cmdEraseRight, inTyping, bind("del", "erase to the right", "delete"), noHint},
		{cmdLeft, inTyping, bind("← →", "move", "left", "ctrl+b"), noHint},
		{cmdRight, inTyping, bind("", "", "right", "ctrl+f"), noHint},
		{cmdLineStart, inTyping, bind("^a ^e", "start, end", "home", "ctrl+a"), noHint},
		{cmdLineEnd, inTyping, bind("", "", "end", "ctrl+e"), noHint},
		{cmdDown, inTyping, bind("↓ ↑", "choose, or move in the list", "down"), noHint},
		{cmdUp, inTyping, bind("", "", "up"), noHint},
		{cmdPageDown, inTyping, bind("", "", "pgdown"), noHint},
		{cmdPageUp, inTyping, bind("", "", "pgup"), noHint},
	}
}

// chooserKeys choose columns.
func chooserKeys() []keyRow {
	return []keyRow{
		{cmdToggle, inChooser, bind("space", "show or hide", "space", "x"), inChooser},
		{cmdShiftDown, inChooser, bind("J K", "move it down, up", "J", "shift+down"), inChooser},
		{cmdShiftUp, inChooser, bind("", "", "K", "shift+up"), noHint},
		{cmdNarrower, inChooser, bind("< >", "narrower, wider", "<", "h", "left"), inChooser},
		{cmdWider, inChooser, bind("", "", ">", "l", "right"), noHint},
		{cmdAdd, inChooser, bind("a", "add any field or path", "a", "+"), inChooser},
		{cmdReset, inChooser, bind("R", "as at the beginning", "R"), inChooser},
		{cmdBack, inChooser, bind("esc", "close", "esc", "enter", "q", "c"), inChooser},
	}
}

// keymap finds commands by key.
type keymap struct {
	rows  []keyRow
	byKey map[scope]map[string]command
}

func newKeymap() *keymap {
	m := &keymap{rows: keyTable(), byKey: map[scope]map[string]command{}}
	for _, s := range scopes() {
		m.byKey[s] = map[string]command{}
		for _, row := range m.rows {
			if row.in&s == 0 {
				continue
			}
			for _, k := range row.binding.Keys() {
				m.byKey[s][k] = row.do
			}
		}
	}
	return m
}

// command returns the command of a key in a scope, noCommand if it has none.
func (m *keymap) command(s scope, key string) command { return m.byKey[s][key] }

// hints lists the keys that the status line names in a scope.
func (m *keymap) hints(s scope) []key.Help {
	var out []key.Help
	for _, row := range m.rows {
		if row.hint&s != 0 {
			out = append(out, row.binding.Help())
		}
	}
	return out
}

// arrows are the names of keys where only ASCII can be shown.
var arrows = strings.NewReplacer("↓", "down", "↑", "up", "←", "left", "→", "right", "⇧", "shift+")

// keyName returns the name of a key as it is shown.
func (disp *display) keyName(h key.Help) termsafe.Safe {
	if disp.widther.ASCII {
		return disp.own(arrows.Replace(h.Key))
	}
	return disp.own(h.Key)
}

// isMove reports whether a command moves in the list even while the user types.
func isMove(c command) bool {
	return c == cmdDown || c == cmdUp || c == cmdPageDown || c == cmdPageUp
}
