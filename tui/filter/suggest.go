package filter

import (
	"slices"
	"strings"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// suggest completes the filter while it is typed: names, operators, and values with their counts; in an empty bar, earlier
// filters. A job counts the values of the log, see suggest_data.go, so that completing needs no I/O.
type suggest struct {
	display  *kit.Display
	counting kit.Slot
	log      suggestLog
	history  filterHistory
	text     string // the text of the bar …
	at       int    // … and the cursor in it, in bytes
	from     int    // a completion replaces the text from here …
	to       int    // … to here
	options  []query.Completion
	chosen   int  // in options; negative for none
	top      int  // the first visible option
	closed   bool // by the user, until the text changes
	wanted   bool // opened by the user before anything of the term is typed
}

// newSuggest returns a completer without offers.
func newSuggest(disp *kit.Display) *suggest { return &suggest{display: disp, chosen: -1} }

// The sizes of the list of completions.
const (
	suggestRows  = 8
	suggestMost  = 200 // completions that are offered
	suggestCells = 64  // maximum width of the text, and of its note
)

// Edited implements kit.Completer. The choice stays on its completion as long as that is offered.
func (s *suggest) Edited(text string, at int) {
	if text != s.text || at != s.at {
		s.closed, s.wanted = false, false
	}
	s.text, s.at = text, at
	s.refresh()
}

// refresh finds the completions for the text.
func (s *suggest) refresh() {
	chosen := ""
	if s.chosen >= 0 && s.chosen < len(s.options) {
		chosen = s.options[s.chosen].Text
	}
	s.options, s.chosen = s.options[:0], -1
	from, to, options := query.Complete(s.text, s.at, s.log.data())
	s.from, s.to = from, to
	if from == s.at && !s.wanted {
		return // nothing of the term is typed yet
	}
	s.log.rank(options, s.text[from:s.at])
	for _, o := range options {
		if o.Text == s.text[from:to] || len(s.options) == suggestMost || s.display.Masks("", o.Text) != o.Text {
			continue
		}
		if o.Text == chosen {
			s.chosen = len(s.options)
		}
		s.options = append(s.options, o)
	}
	s.reveal()
}

// open reports whether the list is shown.
func (s *suggest) open() bool { return len(s.options) > 0 && !s.closed }

// Close implements kit.Completer.
func (s *suggest) Close() {
	s.text, s.at, s.options, s.chosen, s.closed, s.wanted = "", 0, nil, -1, false, false
}

// Press implements kit.Completer.
func (s *suggest) Press(c kit.Command) (text string, at int, changed, taken bool) {
	switch {
	case c == kit.CmdComplete:
		return s.complete()
	case s.open() && s.move(c):
		return s.text, s.at, false, true
	case s.open() && c == kit.CmdKeep && s.chosen >= 0:
		return s.inserted()
	case s.open() && c == kit.CmdRestore:
		s.closed, s.chosen = true, -1
		return s.text, s.at, false, true
	case c == kit.CmdKeep:
		s.remember()
	case c == kit.CmdUp || c == kit.CmdDown:
		if text, ok := s.history.walk(c, s.text); ok {
			return text, len(text), true, true
		}
	}
	return s.text, s.at, false, false
}

// complete opens a list of everything if there is none, chooses the first option, or inserts the chosen or only one.
func (s *suggest) complete() (text string, at int, changed, taken bool) {
	if !s.open() {
		s.closed, s.wanted = false, true
		s.refresh()
		s.choose(0)
		return s.text, s.at, false, true
	}
	if s.chosen < 0 {
		s.choose(0)
		if len(s.options) > 1 {
			return s.text, s.at, false, true
		}
	}
	return s.inserted()
}

// move chooses another option; it returns false for commands that do not move. Up from the first option chooses none.
func (s *suggest) move(c kit.Command) bool {
	switch {
	case c == kit.CmdDown:
		s.choose((s.chosen + 1) % len(s.options))
	case c == kit.CmdUp && s.chosen >= 0:
		s.choose(s.chosen - 1)
	case c == kit.CmdPageDown:
		s.choose(min(s.chosen+suggestRows, len(s.options)-1))
	case c == kit.CmdPageUp && s.chosen >= 0:
		s.choose(max(s.chosen-suggestRows, 0))
	default:
		return false
	}
	return true
}

// remember adds the text of the bar to the earlier filters if it is valid.
func (s *suggest) remember() {
	if _, err := query.Parse(s.text); err == nil {
		s.history.add(s.text)
	}
}

// choose chooses an option, or none if negative.
func (s *suggest) choose(i int) {
	s.chosen = min(i, len(s.options)-1)
	s.reveal()
}

// reveal scrolls the chosen option into the window.
func (s *suggest) reveal() {
	s.top = max(min(s.top, max(s.chosen, 0)), s.chosen-suggestRows+1)
	s.top = max(0, min(s.top, len(s.options)-suggestRows))
}

// inserted returns the text with the chosen completion. After a whole condition it adds a space for the next one.
func (s *suggest) inserted() (text string, at int, changed, taken bool) {
	in, rest := s.options[s.chosen].Text, s.text[s.to:]
	if !strings.ContainsAny(in[len(in)-1:], ":=<>") && !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, ")") {
		in += " "
	}
	return s.text[:s.from] + in + rest, s.from + len(in), true, true
}

// rect returns the rectangle of the list in r: below line y, or above it if there is more space, from column x on. It is empty
// if there is nothing to draw.
func (s *suggest) rect(r kit.Rect, x, y int) kit.Rect {
	if !s.open() || r.Empty() {
		return kit.Rect{}
	}
	text, note := s.widths()
	w, rows := min(text+note+2, r.W), min(len(s.options), suggestRows)
	below, above := min(r.H, r.Y+r.H-y-1), min(r.H, y-r.Y)
	out := kit.Rect{X: max(r.X, min(x-1, r.X+r.W-w)), Y: max(y+1, r.Y), W: w, H: max(min(rows, below), 0)}
	if below < rows && above > below {
		out.H = min(rows, above)
		out.Y = y - out.H
	}
	return out
}

// widths returns the widths of the visible options and of their notes, including the gap before.
func (s *suggest) widths() (text, note int) {
	disp := s.display
	for _, o := range s.visible(suggestRows) {
		text = max(text, disp.Widther.Width(s.optionText(&o)))
		if n := disp.Widther.Width(s.note(&o)); n > 0 {
			note = max(note, n+kit.Gap)
		}
	}
	return min(text, suggestCells), min(note, suggestCells)
}

// visible lists the options in a window of so many rows.
func (s *suggest) visible(rows int) []query.Completion {
	return s.options[min(s.top, len(s.options)):min(s.top+rows, len(s.options))]
}

func (s *suggest) optionText(o *query.Completion) termsafe.Safe {
	return termsafe.Clean(o.Text, s.display.CleanOptions(suggestCells))
}

// note returns the number of events with a value, or what a name means.
func (s *suggest) note(o *query.Completion) termsafe.Safe {
	if o.Count > 0 {
		return termsafe.Int(int64(o.Count))
	}
	return s.display.Own(o.Doc)
}

// Draw implements kit.Completer. The list starts under the typed term.
func (s *suggest) Draw(f *paint.Frame, r kit.Rect, x, y int) {
	term := termsafe.Clean(s.text[min(s.from, s.at):s.at], termsafe.Options{ASCII: s.display.Widther.ASCII, Drawing: true})
	if r = s.rect(r, x-s.display.Widther.Width(term), y); r.Empty() {
		return
	}
	disp := s.display
	first := s.top
	if s.chosen >= first+r.H {
		first = s.chosen - r.H + 1 // r is lower than the whole list
	}
	text, note := s.widths()
	text = min(text, max(r.W-2-note, (r.W-2)*2/3)) // values take space from notes in words, but not from counts
	for y := range r.H {
		l, g := disp.Line(), kit.OnRest
		if first+y == s.chosen {
			g = kit.OnCursor
		}
		style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
		if first+y < len(s.options) && r.W > 2 {
			o := &s.options[first+y]
			sign := kit.BlankCell
			if g == kit.OnCursor {
				sign = disp.Glyphs.Cursor
			}
			l.AddWidth(style(kit.Bar), sign, 1, paint.Left)
			l.AddWidth(style(kit.Plain), s.optionText(o), text, paint.Left)
			s.addNote(l, style(kit.Muted), o, r.W-1-l.Width())
		}
		l.Fill(style(kit.Plain), r.W-l.Width())
		f.Put(r.X, r.Y+y, r.W, l)
	}
}

// addNote adds the note on an option: counts aligned to the right, words to the left.
func (s *suggest) addNote(l *paint.Line, style paint.Style, o *query.Completion, space int) {
	if space <= kit.Gap {
		return
	}
	align := paint.Left
	if o.Count > 0 {
		align = paint.Right
	}
	l.Fill(style, kit.Gap)
	l.AddWidth(style, s.note(o), space-kit.Gap, align)
}

// filterHistory keeps earlier filters, which the arrow keys walk through in an empty bar.
type filterHistory struct {
	texts []string // the latest last
	at    int      // index of the shown one; len(texts) for none
}

// maxFilters limits the number of earlier filters.
const maxFilters = 100

// add appends a filter as the latest, and ends a walk.
func (h *filterHistory) add(text string) {
	if text = strings.TrimSpace(text); text != "" {
		h.texts = slices.DeleteFunc(h.texts, func(t string) bool { return t == text })
		h.texts = append(h.texts, text)
		h.texts = h.texts[max(0, len(h.texts)-maxFilters):]
	}
	h.at = len(h.texts)
}

// walk returns the filter before (CmdUp) or after (CmdDown) the last one it returned; after the latest comes the empty text. ok
// is false if there is none, or if shown, the text of the bar, is neither empty nor what walk returned last.
func (h *filterHistory) walk(c kit.Command, shown string) (text string, ok bool) {
	if h.at >= len(h.texts) || shown != h.texts[h.at] {
		if shown != "" {
			return "", false
		}
		h.at = len(h.texts)
	}
	switch {
	case c == kit.CmdUp && h.at > 0:
		h.at--
	case c == kit.CmdDown && h.at < len(h.texts):
		h.at++
	default:
		return "", false
	}
	if h.at == len(h.texts) {
		return "", true
	}
	return h.texts[h.at], true
}
