package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// helpPane shows all keys of the key table, the meaning of the signs, and examples of filters.
type helpPane struct {
	display *display
	keys    *keymap
	version string
	top     int
	height  int
	lines   int
}

func newHelp(disp *display, keys *keymap, version string) *helpPane {
	return &helpPane{display: disp, keys: keys, version: version}
}

func (h *helpPane) scope() scope { return inHelp }

func (h *helpPane) press(c command, _ string) (wish, bool) {
	switch c {
	case cmdBack:
		return wish{}, true
	case cmdUp:
		h.top--
	case cmdDown:
		h.top++
	case cmdHalfUp, cmdPageUp:
		h.top -= max(1, h.height/2)
	case cmdHalfDown, cmdPageDown:
		h.top += max(1, h.height/2)
	case cmdTop:
		h.top = 0
	case cmdBottom:
		h.top = h.lines
	}
	return wish{}, false
}

// The widths of the help, in cells.
const (
	helpKeyWidth    = 15
	helpColumnWidth = 39 // at least
	helpMostWidth   = 50
)

func (h *helpPane) draw(f *paint.Frame, r, _ rect) *tea.Cursor {
	disp := h.display
	columns := max(1, min(3, (r.w-2)/helpColumnWidth))
	lines := h.flow(columns, min(helpMostWidth, (r.w-4)/columns))
	h.lines, h.height = len(lines), r.h
	h.top = max(0, min(h.top, len(lines)-r.h))
	blank := disp.line()
	for y := range r.h {
		l := blank
		if h.top+y < len(lines) {
			l = lines[h.top+y]
		}
		f.Put(r.x, r.y+y, r.w, l)
	}
	return nil
}

// flow places the groups in columns, each in the shortest column so far.
func (h *helpPane) flow(columns, width int) []*paint.Line {
	stacks := make([][]*paint.Line, columns)
	for _, group := range h.groups(width) {
		shortest := 0
		for i := range stacks {
			if len(stacks[i]) < len(stacks[shortest]) {
				shortest = i
			}
		}
		stacks[shortest] = append(stacks[shortest], group...)
	}
	var out []*paint.Line
	for y := 0; ; y++ {
		l, any := h.display.line(), false
		l.Fill(h.display.style(plain), 2)
		for i, s := range stacks {
			if y < len(s) {
				any = true
				l.AddLine(s[y])
			}
			l.Fill(h.display.style(plain), 2+(i+1)*width-l.Width())
		}
		if !any {
			return out
		}
		out = append(out, l)
	}
}

// groups makes the lines of each group: a heading, the rows, an empty line.
func (h *helpPane) groups(width int) [][]*paint.Line {
	var out [][]*paint.Line
	for _, s := range scopeNames {
		lines := []*paint.Line{h.heading(h.display.own(s.name))}
		for _, row := range h.keys.rows {
			if help := row.binding.Help(); helpScope(row.in) == s.scope && help.Key != "" {
				lines = append(lines, h.row(h.display.keyName(help), strong, h.display.own(help.Desc), width))
			}
		}
		out = append(out, append(lines, h.display.line()))
	}
	return append(out, h.signs(width), h.filters(width))
}

// helpScope returns the group that shows a row of the key table.
func helpScope(in scope) scope {
	switch {
	case in&inPanes == inPanes:
		return inPanes
	case in&inFilter != 0:
		return inFilter
	}
	return in
}

func (h *helpPane) heading(text termsafe.Safe) *paint.Line {
	l := h.display.line()
	l.Add(h.display.style(accent), text)
	return l
}

func (h *helpPane) row(sign termsafe.Safe, r role, text termsafe.Safe, width int) *paint.Line {
	l := h.display.line()
	l.AddWidth(h.display.style(r), sign, helpKeyWidth, paint.Left)
	l.AddWidth(h.display.style(plain), text, max(0, width-helpKeyWidth-gap), paint.Left)
	return l
}

// signs explains the signs in the list.
func (h *helpPane) signs(width int) []*paint.Line {
	g := h.display.glyphs
	lines := []*paint.Line{h.heading(termsafe.Const("Signs"))}
	for _, s := range []struct {
		verdict verdict
		text    termsafe.Safe
	}{
		{verdict{g.failed, wordFailed, failed}, termsafe.Const("the action failed")},
		{verdict{g.partial, wordPartial, partial}, termsafe.Const("a part of it failed")},
		{verdict{g.invalid, wordInvalid, invalid}, termsafe.Const("it breaks the schema")},
		{verdict{g.suspicious, wordSuspicious, suspicious}, termsafe.Const("misleading text")},
		{verdict{g.reject, wordReject, reject}, termsafe.Const("the line is no event")},
		{verdict{g.token, termsafe.Safe{}, muted}, termsafe.Const("an API token")},
		{verdict{g.marked, termsafe.Safe{}, hit}, termsafe.Const("marked")},
		{verdict{g.found, termsafe.Safe{}, hit}, termsafe.Const("found")},
		{verdict{g.gap, termsafe.Safe{}, muted}, termsafe.Const("an hour or more without events")},
		{verdict{g.back, termsafe.Safe{}, muted}, termsafe.Const("back in time, by lines")},
	} {
		sign := termsafe.Concat(s.verdict.glyph, termsafe.Const(" "), s.verdict.word)
		lines = append(lines, h.row(sign, s.verdict.role, s.text, width))
	}
	return append(lines, h.display.line())
}

// filters gives examples of the filter language.
func (h *helpPane) filters(width int) []*paint.Line {
	lines := []*paint.Line{h.heading(termsafe.Const("Filters"))}
	for _, f := range []struct{ example, text termsafe.Safe }{
		{termsafe.Const("delete rule"), termsafe.Const("both words anywhere")},
		{termsafe.Const("actor:name"), termsafe.Const("a field holds it")},
		{termsafe.Const("result:failed"), termsafe.Const("a field is the word")},
		{termsafe.Const("ip:10.0.0.0/8"), termsafe.Const("within a network")},
		{termsafe.Const("since:24h"), termsafe.Const("the last day")},
		{termsafe.Const("-is:read"), termsafe.Const("no reads")},
		{termsafe.Const("a OR b"), termsafe.Const("one of both")},
	} {
		lines = append(lines, h.row(f.example, strong, f.text, width))
	}
	lines = append(lines, h.display.line())
	if h.version != "" {
		l := h.display.line()
		l.Add(h.display.style(muted), termsafe.Concat(termsafe.Const("pawprint "), h.display.own(h.version)))
		lines = append(lines, l)
	}
	return lines
}
