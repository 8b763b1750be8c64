package kit

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
)

// Hint names keys in the status line, in fewer words than the help does.
type Hint struct {
	Does string    // what they do
	Do   []Command // one key is named for each
}

// Hinting is a pane or modal with hints of its own. For others, those of the scope are shown.
type Hinting interface {
	// Hints returns the hints for the present state, the most likely next key first.
	Hints() []Hint
}

// Does returns a hint.
func Does(does string, do ...Command) Hint { return Hint{does, do} }

// hintTable lists the hints of each scope, the most likely next key first.
var hintTable = map[Scope][]Hint{
	InList: {Does("detail", CmdEnter), Does("filter", CmdFilter), Does("failed", CmdFailedOnly), Does("pane", CmdNextPane), helpHint,
		Does("commands", CmdPalette), Does("keep, hide", CmdFilterFor, CmdFilterOut), Does("by actor", CmdByActor), Does("next failure", CmdNextFailure),
		Does("undo", CmdUndo), Does("views", CmdViews), Does("copy", CmdCopy), Does("export", CmdExport), Does("follow", CmdFollow)},
	InDetail: {Does("fold", CmdToggle), Does("list", CmdBack), Does("keep, hide", CmdFilterFor, CmdFilterOut), Does("copy", CmdCopy), Does("zoom", CmdZoom), helpHint,
		Does("sections", CmdNextSection, CmdPreviousSection), Does("search", CmdFind), Does("values", CmdParams), Does("diff", CmdChanges), Does("pane", CmdNextPane), Does("commands", CmdPalette)},
	InSide:   {Does("filter", CmdEnter), Does("pick", CmdToggle), Does("list", CmdBack), Does("pane", CmdNextPane), helpHint, Does("commands", CmdPalette)},
	InFilter: {Does("complete", CmdComplete), Does("apply", CmdKeep), Does("cancel", CmdRestore), Does("clear", cmdClear)},
	InPrompt: {Does("choose", CmdKeep), Does("close", CmdRestore), Does("move", CmdDown, CmdUp), Does("clear", cmdClear)},
	InChooser: {Does("show, hide", CmdToggle), Does("order", CmdShiftDown, CmdShiftUp), Does("width", CmdNarrower, CmdWider), Does("add", CmdAdd),
		Does("reset", CmdReset), Does("close", CmdBack)},
	InMenu: {Does("open", CmdEnter), Does("filter", CmdFilterFor), Does("close", CmdBack), Does("move", CmdDown, CmdUp), helpHint},
	InTable: {Does("filter", CmdEnter), Does("keep, hide", CmdFilterFor, CmdFilterOut), Does("search", CmdFilter), Does("sort", CmdLeft, CmdRight), Does("close", CmdBack), helpHint,
		Does("reverse", CmdSort)},
	InPage: {Does("filter", CmdEnter), Does("keep, hide", CmdFilterFor, CmdFilterOut), Does("back", CmdBack), Does("all values", CmdCount), Does("page", CmdProfile), helpHint,
		Does("whole log, filter", CmdInContext), Does("section", CmdNextSection, CmdPreviousSection)},
	InPeriods: {Does("filter", CmdEnter), Does("field", CmdNextPane), Does("shift", CmdShiftUp, CmdShiftDown), Does("other periods", CmdToggle), Does("sort", CmdSort), helpHint,
		Does("keep, hide", CmdFilterFor, CmdFilterOut), Does("search", CmdFilter), Does("close", CmdBack)},
	InHelp: {Does("close", CmdBack), Does("down, up", CmdDown, CmdUp), Does("page", CmdPageDown, CmdPageUp)},
}

// helpHint stays in the status line however narrow that is.
var helpHint = Does("help", CmdHelp)

// HintsOf returns the hints of what has the keys: its own, or else those of the scope.
func HintsOf(has any, s Scope) []Hint {
	if own, ok := has.(Hinting); ok {
		return own.Hints()
	}
	return hintTable[s]
}

// Fitting returns the names and words of the hints that fit into so many cells. Help is the last to go.
func (m *Keymap) Fitting(disp *Display, s Scope, hints []Hint, cells int) []termsafe.Safe {
	var out []termsafe.Safe
	used, help := 0, 0
	cost := func(h Hint) int {
		return disp.Widther.Width(m.names(disp, s, h)) + 1 + disp.Widther.Width(disp.Own(h.Does))
	}
	at := slices.IndexFunc(hints, func(h Hint) bool { return h.Does == helpHint.Does })
	if at >= 0 {
		help = cost(helpHint) + Gap
	}
	for i, h := range hints {
		need := cost(h)
		if i > 0 {
			need += Gap
		}
		if i == at {
			help = 0
		}
		if used+need+help > cells {
			if i < at && used+help-Gap <= cells {
				out = append(out, m.names(disp, s, helpHint), disp.Own(helpHint.Does))
			}
			break
		}
		used += need
		out = append(out, m.names(disp, s, h), disp.Own(h.Does))
	}
	return out
}

// names returns the first key of each command of a hint.
func (m *Keymap) names(disp *Display, s Scope, h Hint) termsafe.Safe {
	var names []string
	for _, do := range h.Do {
		if k := m.keyOf(do, s); k != "" {
			names = append(names, labelOf(k))
		}
	}
	name := strings.Join(names, " ")
	if disp.Widther.ASCII {
		name = arrows.Replace(name)
	}
	return disp.Own(name)
}

// shortKeys are the names of keys as the help writes them.
var shortKeys = strings.NewReplacer("ctrl+", "^", "shift+", "⇧", "down", "↓", "up", "↑", "left", "←", "right", "→", "pgdown", "PgDn", "pgup", "PgUp")

// Named returns the first key of a command in a scope and its words, which are those of the row that names it.
func (m *Keymap) Named(do Command, s Scope) key.Help {
	var words string
	for _, row := range m.Rows {
		if desc := row.Binding.Help().Desc; desc != "" {
			words = desc
		}
		if row.Do == do && row.In&s != 0 {
			return key.Help{Key: labelOf(row.Binding.Keys()[0]), Desc: words}
		}
	}
	return key.Help{}
}

// keyOf returns the first key of a command in a scope, "" if it has none.
func (m *Keymap) keyOf(do Command, s Scope) string {
	for _, row := range m.Rows {
		if row.Do == do && row.In&s != 0 {
			return row.Binding.Keys()[0]
		}
	}
	return ""
}
