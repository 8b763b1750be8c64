package tui

import "charm.land/bubbles/v2/key"

// command is something that the user can ask for with a key.
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
)

// scope is where a key works, as a set.
type scope uint8

const (
	inList scope = 1 << iota
	inDetail
	inFilter
	inHelp
)

// scopeNames heads the groups of the help, in its order.
var scopeNames = []struct {
	scope scope
	name  string
}{
	{inList | inDetail, "Everywhere"},
	{inList, "List"},
	{inDetail, "Detail"},
	{inFilter, "Filter"},
}

// keyRow is a row of the key table.
type keyRow struct {
	do      command
	in      scope
	binding key.Binding
	hint    scope // where the line at the bottom names the key
}

func bind(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

const (
	inPanes   = inList | inDetail
	inMoving  = inList | inDetail | inHelp
	noHint    = scope(0)
	inNothing = scope(0)
)

// keyTable is the one list of keys: what they do, the help and the hints come from it. Within a scope a key stands once.
func keyTable() []keyRow {
	return []keyRow{
		{cmdHelp, inPanes, bind("?", "help", "?"), inPanes},
		{cmdFilter, inPanes, bind("/", "filter", "/"), inPanes},
		{cmdFailedOnly, inPanes, bind("f", "failed only", "f"), inPanes},
		{cmdNextFailure, inPanes, bind("e", "next failure", "e"), inPanes},
		{cmdPreviousFailure, inPanes, bind("E", "previous failure", "E"), noHint},
		{cmdFollow, inPanes, bind("F", "follow", "F"), inList},
		{cmdNextPane, inPanes, bind("tab", "next pane", "tab", "shift+tab"), inList},
		{cmdZoom, inPanes, bind("z", "zoom the pane", "z"), inDetail},
		{cmdZone, inPanes, bind("t", "UTC or local time", "t"), noHint},
		{cmdRelative, inPanes, bind("T", "relative times", "T"), noHint},
		{cmdSuspend, inPanes | inFilter | inHelp, bind("^z", "suspend", "ctrl+z"), noHint},
		{cmdQuit, inPanes, bind("q ^c", "quit", "q", "ctrl+c"), noHint},
		{cmdQuit, inFilter | inHelp, bind("^c", "quit", "ctrl+c"), noHint},

		{cmdDown, inMoving, bind("j ↓", "down", "j", "down"), noHint},
		{cmdUp, inMoving, bind("k ↑", "up", "k", "up"), noHint},
		{cmdHalfDown, inMoving, bind("^d", "half a page down", "ctrl+d"), noHint},
		{cmdHalfUp, inMoving, bind("^u", "half a page up", "ctrl+u"), noHint},
		{cmdPageDown, inMoving, bind("PgDn", "page down", "pgdown", "ctrl+f"), noHint},
		{cmdPageUp, inMoving, bind("PgUp", "page up", "pgup", "ctrl+b"), noHint},
		{cmdTop, inMoving, bind("g Home", "first", "g", "home"), noHint},
		{cmdBottom, inMoving, bind("G End", "last", "G", "end"), noHint},
		{cmdEnter, inList, bind("enter", "detail", "enter"), inList},
		{cmdLeft, inList, bind("h ←", "columns to the left", "h", "left"), noHint},
		{cmdRight, inList, bind("l →", "columns to the right", "l", "right"), noHint},
		{cmdBack, inList, bind("esc", "close the detail", "esc"), noHint},

		{cmdToggle, inDetail, bind("enter space", "fold or unfold", "enter", "space"), inDetail},
		{cmdLeft, inDetail, bind("h ←", "fold", "h", "left"), noHint},
		{cmdRight, inDetail, bind("l →", "unfold", "l", "right"), noHint},
		{cmdBack, inDetail, bind("esc", "back to the list", "esc"), inDetail},

		{cmdKeep, inFilter, bind("enter", "keep the filter", "enter"), inFilter},
		{cmdRestore, inFilter, bind("esc", "the filter before", "esc"), inFilter},
		{cmdClear, inFilter, bind("^u", "clear", "ctrl+u"), inFilter},
		{cmdEraseWord, inFilter, bind("^w", "erase a word", "ctrl+w", "alt+backspace"), noHint},
		{cmdEraseLeft, inFilter, bind("bs", "erase", "backspace", "ctrl+h"), noHint},
		{cmdEraseRight, inFilter, bind("del", "erase to the right", "delete"), noHint},
		{cmdLeft, inFilter, bind("← →", "move", "left", "ctrl+b"), noHint},
		{cmdRight, inFilter, bind("", "", "right", "ctrl+f"), noHint},
		{cmdLineStart, inFilter, bind("^a ^e", "start, end", "home", "ctrl+a"), noHint},
		{cmdLineEnd, inFilter, bind("", "", "end", "ctrl+e"), noHint},
		{cmdDown, inFilter, bind("↓ ↑", "move in the list", "down"), noHint},
		{cmdUp, inFilter, bind("", "", "up"), noHint},
		{cmdPageDown, inFilter, bind("", "", "pgdown"), noHint},
		{cmdPageUp, inFilter, bind("", "", "pgup"), noHint},

		{cmdBack, inHelp, bind("esc", "close", "esc", "?", "q", "enter"), inHelp},
	}
}

// keymap finds commands by key.
type keymap struct {
	rows  []keyRow
	byKey map[scope]map[string]command
}

func newKeymap() *keymap {
	m := &keymap{rows: keyTable(), byKey: map[scope]map[string]command{}}
	for _, s := range []scope{inList, inDetail, inFilter, inHelp} {
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

// command gives what a key asks for in a scope.
func (m *keymap) command(s scope, key string) command { return m.byKey[s][key] }

// hints lists what the line at the bottom names in a scope.
func (m *keymap) hints(s scope) []key.Help {
	var out []key.Help
	for _, row := range m.rows {
		if row.hint&s != 0 {
			out = append(out, row.binding.Help())
		}
	}
	return out
}
