package modal

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Help is a modal that shows all keys of the key table by task, the meaning of the signs, and examples of filters. It begins with
// the keys that matter most in the pane from which it was opened.
type Help struct {
	display   *kit.Display
	keys      *kit.Keymap
	scope     kit.Scope  // from which it was opened
	hints     []kit.Hint // there
	version   string
	top       int
	height    int
	lines     int
	editor    kit.Editor // the words searched for
	searching bool       // they are being typed
}

// NewHelp returns the help, opened in a scope with these hints. version is that of the program, empty if unknown.
func NewHelp(disp *kit.Display, keys *kit.Keymap, scope kit.Scope, hints []kit.Hint, version string) *Help {
	return &Help{display: disp, keys: keys, scope: scope, hints: hints, version: version}
}

// Scope implements kit.Modal.
func (h *Help) Scope() kit.Scope {
	if h.searching {
		return kit.InPrompt
	}
	return kit.InHelp
}

// moves implements mover.
func (h *Help) Moves() {}

// Hints implements kit.Hinting.
func (h *Help) Hints() []kit.Hint {
	if h.searching {
		return []kit.Hint{kit.Does("done", kit.CmdKeep), kit.Does("whole help", kit.CmdRestore), kit.Does("move", kit.CmdDown, kit.CmdUp)}
	}
	return []kit.Hint{kit.Does("close", kit.CmdBack), kit.Does("search", kit.CmdFilter), kit.Does("down, up", kit.CmdDown, kit.CmdUp), kit.Does("page", kit.CmdPageDown, kit.CmdPageUp)}
}

// Press implements kit.Modal: it scrolls, and searches.
func (h *Help) Press(c kit.Command, text string) (kit.Wish, bool) {
	switch c {
	case kit.CmdBack:
		if h.editor.Text == "" {
			return kit.Wish{}, true
		}
		h.editor.Set("")
		h.top = 0
	case kit.CmdFilter:
		h.searching = true
	case kit.CmdKeep:
		h.searching = false
	case kit.CmdRestore:
		h.searching = false
		h.editor.Set("")
	default:
		if !h.scroll(c) && h.searching {
			return h.typed(c, text), false
		}
	}
	return kit.Wish{}, false
}

// scroll runs a command that moves; it returns false for others.
func (h *Help) scroll(c kit.Command) bool {
	switch c {
	case kit.CmdUp:
		h.top--
	case kit.CmdDown:
		h.top++
	case kit.CmdHalfUp:
		h.top -= max(1, h.height/2)
	case kit.CmdPageUp:
		h.top -= max(1, h.height-1)
	case kit.CmdHalfDown:
		h.top += max(1, h.height/2)
	case kit.CmdPageDown:
		h.top += max(1, h.height-1)
	case kit.CmdTop:
		h.top = 0
	case kit.CmdBottom:
		h.top = h.lines
	default:
		return false
	}
	return true
}

// typed edits the words searched for.
func (h *Help) typed(c kit.Command, text string) (w kit.Wish) {
	if _, known := h.editor.Edit(c); !known && text != "" {
		w.Toast = kit.LeftOut(h.editor.Insert(text))
	}
	h.top = 0
	return w
}

// The widths of the help, in cells.
const (
	helpKeyWidth    = 15
	helpColumnWidth = 39 // at least
	helpMostWidth   = 66
)

// Draw implements kit.Modal.
func (h *Help) Draw(f *paint.Frame, r, _ kit.Rect) (cursor *tea.Cursor) {
	if h.searching || h.editor.Text != "" {
		cursor = h.drawSearch(f, r)
		r.Y, r.H = r.Y+1, max(0, r.H-1)
	}
	columns := max(1, min(3, (r.W-2)/helpColumnWidth))
	lines := h.flow(columns, max(2, min(helpMostWidth, (r.W-4)/columns)))
	h.lines, h.height = len(lines), r.H
	if len(lines) > r.H {
		h.height = max(0, r.H-1) // the last line says how much there is
	}
	h.top = max(0, min(h.top, len(lines)-h.height))
	f.Select(r.X, r.Y)
	blank := h.display.Line()
	for y := range h.height {
		l := blank
		if h.top+y < len(lines) {
			l = lines[h.top+y]
		}
		f.Put(r.X, r.Y+y, r.W, l)
	}
	if h.height < r.H {
		f.Put(r.X, r.Y+h.height, r.W, h.display.Edge(h.display.Part(h.top+h.height, h.top, h.height, len(lines)), r.W))
	}
	return cursor
}

// drawSearch draws the line of the search at the top. It returns the cursor, nil while nothing is typed.
func (h *Help) drawSearch(f *paint.Frame, r kit.Rect) *tea.Cursor {
	disp, l := h.display, h.display.Line()
	l.Add(disp.Style(kit.Accent), termsafe.Const(" search "))
	x := l.Width() + disp.Widther.Width(disp.Own(h.editor.Text[:h.editor.At]))
	l.AddWidth(disp.Style(kit.Strong), disp.Own(h.editor.Text), max(0, r.W-l.Width()), paint.Left)
	f.Put(r.X, r.Y, r.W, l)
	if !h.searching {
		return nil
	}
	return tea.NewCursor(r.X+max(0, min(x, r.W-1)), r.Y)
}

// flow places the groups in columns, each in the shortest column so far.
func (h *Help) flow(columns, width int) []*paint.Line {
	stacks := make([][]*paint.Line, columns)
	for _, group := range h.found() {
		shortest := 0
		for i := range stacks {
			if len(stacks[i]) < len(stacks[shortest]) {
				shortest = i
			}
		}
		stacks[shortest] = append(stacks[shortest], h.drawGroup(group, width)...)
	}
	out := h.beside(stacks, width)
	if h.version != "" {
		l := h.display.Line()
		l.Add(h.display.Style(kit.Muted), termsafe.Concat(termsafe.Const("  pawprint "), h.display.Own(h.version)))
		out = append(out, l)
	}
	return out
}

// beside draws columns beside each other.
func (h *Help) beside(stacks [][]*paint.Line, width int) []*paint.Line {
	var out []*paint.Line
	for y := 0; ; y++ {
		l, any := h.display.Line(), false
		l.Fill(h.display.Style(kit.Plain), 2)
		for i, s := range stacks {
			if y < len(s) {
				any = true
				l.AddLine(s[y])
			}
			l.Fill(h.display.Style(kit.Plain), max(0, 2+(i+1)*width-l.Width()))
		}
		if !any {
			return out
		}
		out = append(out, l)
	}
}

// found returns the rows that hold all words searched for, in their groups.
func (h *Help) found() []helpGroup {
	words := strings.Fields(strings.ToLower(h.editor.Text))
	if len(words) == 0 {
		return h.groups()
	}
	var out []helpGroup
	for _, g := range h.groups() {
		found := helpGroup{name: g.name}
		for _, row := range g.rows {
			if kit.HoldsAll(row.sign.String()+" "+row.text.String(), words) {
				found.rows = append(found.rows, row)
			}
		}
		if len(found.rows) > 0 {
			out = append(out, found)
		}
	}
	if len(out) == 0 {
		out = []helpGroup{{name: termsafe.Const("The help has nothing about these words")}}
	}
	return out
}

// drawGroup draws a heading, the rows and an empty line.
func (h *Help) drawGroup(g helpGroup, width int) []*paint.Line {
	lines := h.wrapped(g.name, kit.Accent, width)
	for _, row := range g.rows {
		lines = append(lines, h.drawRow(row, width)...)
	}
	return append(lines, h.display.Line())
}

func (h *Help) wrapped(text termsafe.Safe, role kit.Role, width int) []*paint.Line {
	var out []*paint.Line
	for _, part := range h.display.Widther.Wrap(text, max(2, width-kit.Gap)) {
		l := h.display.Line()
		l.Add(h.display.Style(role), part)
		out = append(out, l)
	}
	return out
}

// drawRow draws a row on as many lines as its text needs.
func (h *Help) drawRow(row helpRow, width int) []*paint.Line {
	disp := h.display
	signs := disp.Widther.Wrap(row.sign, helpKeyWidth-1)
	texts := disp.Widther.Wrap(row.text, max(2, width-helpKeyWidth-kit.Gap))
	var out []*paint.Line
	for i := range max(len(signs), len(texts)) {
		var sign, text termsafe.Safe
		if i < len(signs) {
			sign = signs[i]
		}
		if i < len(texts) {
			text = texts[i]
		}
		l := disp.Line()
		l.AddWidth(disp.Style(row.role), sign, helpKeyWidth, paint.Left)
		l.Add(disp.Style(kit.Plain), text)
		out = append(out, l)
	}
	return out
}
