package modal

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Help is a modal that shows all keys of the key table, the meaning of the signs, and examples of filters.
type Help struct {
	display *kit.Display
	keys    *kit.Keymap
	version string
	top     int
	height  int
	lines   int
}

// NewHelp returns the help. version is that of the program, empty if unknown.
func NewHelp(disp *kit.Display, keys *kit.Keymap, version string) *Help {
	return &Help{display: disp, keys: keys, version: version}
}

// Scope implements kit.Modal.
func (h *Help) Scope() kit.Scope { return kit.InHelp }

// Press implements kit.Modal: it scrolls.
func (h *Help) Press(c kit.Command, _ string) (kit.Wish, bool) {
	switch c {
	case kit.CmdBack:
		return kit.Wish{}, true
	case kit.CmdUp:
		h.top--
	case kit.CmdDown:
		h.top++
	case kit.CmdHalfUp, kit.CmdPageUp:
		h.top -= max(1, h.height/2)
	case kit.CmdHalfDown, kit.CmdPageDown:
		h.top += max(1, h.height/2)
	case kit.CmdTop:
		h.top = 0
	case kit.CmdBottom:
		h.top = h.lines
	}
	return kit.Wish{}, false
}

// The widths of the help, in cells.
const (
	helpKeyWidth    = 15
	helpColumnWidth = 39 // at least
	helpMostWidth   = 50
)

// Draw implements kit.Modal.
func (h *Help) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	disp := h.display
	columns := max(1, min(3, (r.W-2)/helpColumnWidth))
	lines := h.flow(columns, min(helpMostWidth, (r.W-4)/columns))
	h.lines, h.height = len(lines), r.H
	h.top = max(0, min(h.top, len(lines)-r.H))
	blank := disp.Line()
	for y := range r.H {
		l := blank
		if h.top+y < len(lines) {
			l = lines[h.top+y]
		}
		f.Put(r.X, r.Y+y, r.W, l)
	}
	return nil
}

// flow places the groups in columns, each in the shortest column so far.
func (h *Help) flow(columns, width int) []*paint.Line {
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
		l, any := h.display.Line(), false
		l.Fill(h.display.Style(kit.Plain), 2)
		for i, s := range stacks {
			if y < len(s) {
				any = true
				l.AddLine(s[y])
			}
			l.Fill(h.display.Style(kit.Plain), 2+(i+1)*width-l.Width())
		}
		if !any {
			return out
		}
		out = append(out, l)
	}
}

// groups makes the lines of each group: a heading, the rows, an empty line.
func (h *Help) groups(width int) [][]*paint.Line {
	var out [][]*paint.Line
	for _, s := range kit.ScopeNames {
		lines := []*paint.Line{h.heading(h.display.Own(s.Name))}
		for _, row := range h.keys.Rows {
			if help := row.Binding.Help(); row.In.Heading() == s.Scope && help.Key != "" {
				lines = append(lines, h.row(h.display.KeyName(help), kit.Strong, h.display.Own(help.Desc), width))
			}
		}
		out = append(out, append(lines, h.display.Line()))
	}
	return append(out, h.signs(width), h.filters(width))
}

func (h *Help) heading(text termsafe.Safe) *paint.Line {
	l := h.display.Line()
	l.Add(h.display.Style(kit.Accent), text)
	return l
}

func (h *Help) row(sign termsafe.Safe, r kit.Role, text termsafe.Safe, width int) *paint.Line {
	l := h.display.Line()
	l.AddWidth(h.display.Style(r), sign, helpKeyWidth, paint.Left)
	l.AddWidth(h.display.Style(kit.Plain), text, max(0, width-helpKeyWidth-kit.Gap), paint.Left)
	return l
}

// signs explains the signs in the list.
func (h *Help) signs(width int) []*paint.Line {
	g := h.display.Glyphs
	lines := []*paint.Line{h.heading(termsafe.Const("Signs"))}
	for _, s := range []struct {
		verdict kit.Verdict
		text    termsafe.Safe
	}{
		{kit.Verdict{Glyph: g.Failed, Word: kit.WordFailed, Role: kit.Failed}, termsafe.Const("the action failed")},
		{kit.Verdict{Glyph: g.Partial, Word: kit.WordPartial, Role: kit.Partial}, termsafe.Const("partly failed")},
		{kit.Verdict{Glyph: g.Invalid, Word: kit.WordInvalid, Role: kit.Invalid}, termsafe.Const("invalid (schema)")},
		{kit.Verdict{Glyph: g.Suspicious, Word: kit.WordSuspicious, Role: kit.Suspicious}, termsafe.Const("hidden or look-alike characters")},
		{kit.Verdict{Glyph: g.Reject, Word: kit.WordReject, Role: kit.Reject}, termsafe.Const("unreadable line")},
		{kit.Verdict{Glyph: g.Token, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("an API token")},
		{kit.Verdict{Glyph: g.Marked, Word: termsafe.Safe{}, Role: kit.Hit}, termsafe.Const("marked")},
		{kit.Verdict{Glyph: g.Found, Word: termsafe.Safe{}, Role: kit.Hit}, termsafe.Const("found")},
		{kit.Verdict{Glyph: g.Gap, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("an hour or more without events")},
		{kit.Verdict{Glyph: g.Back, Word: termsafe.Safe{}, Role: kit.Muted}, termsafe.Const("back in time, by lines")},
	} {
		sign, text := termsafe.Concat(s.verdict.Glyph, termsafe.Const(" "), s.verdict.Word), s.text
		if h.display.Widther.Width(sign) >= helpKeyWidth { // the word is not cut: it stands before what it means
			sign, text = s.verdict.Glyph, s.verdict.Word
		}
		lines = append(lines, h.row(sign, s.verdict.Role, text, width))
	}
	return append(lines, h.display.Line())
}

// filters gives examples of the filter language.
func (h *Help) filters(width int) []*paint.Line {
	lines := []*paint.Line{h.heading(termsafe.Const("Filters"))}
	for _, f := range []struct{ example, text termsafe.Safe }{
		{termsafe.Const("delete rule"), termsafe.Const("both words anywhere")},
		{termsafe.Const("actor:name"), termsafe.Const("field contains")},
		{termsafe.Const("result:failed"), termsafe.Const("field equals")},
		{termsafe.Const("ip:10.0.0.0/8"), termsafe.Const("within a network")},
		{termsafe.Const("since:24h"), termsafe.Const("the last day")},
		{termsafe.Const("-is:read"), termsafe.Const("no reads")},
		{termsafe.Const("a OR b"), termsafe.Const("either")},
	} {
		lines = append(lines, h.row(f.example, kit.Strong, f.text, width))
	}
	lines = append(lines, h.display.Line())
	if h.version != "" {
		l := h.display.Line()
		l.Add(h.display.Style(kit.Muted), termsafe.Concat(termsafe.Const("pawprint "), h.display.Own(h.version)))
		lines = append(lines, l)
	}
	return lines
}
