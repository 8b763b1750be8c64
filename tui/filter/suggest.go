package filter

import (
	"slices"
	"strings"

	"pawprint/model/marks"
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
	library  *query.Library    // of the user's own views
	said     func() marks.Said // as in kit.Scene
	text     string            // the text of the bar …
	at       int               // … and the cursor in it, in bytes
	from     int               // a completion replaces the text from here …
	to       int               // … to here
	options  []query.Completion
	chosen   int  // in options; negative for none
	top      int  // the first visible option
	closed   bool // by the user, until the text changes
	wanted   bool // opened by the user before anything of the term is typed
	earlier  bool // the options are earlier filters that hold the text
}

// newSuggest returns a completer without offers.
func newSuggest(disp *kit.Display) *suggest { return &suggest{display: disp, chosen: -1} }

// The sizes of the list of completions.
const (
	suggestRows  = 8
	suggestMost  = 200 // completions that are offered
	suggestEdges = 2   // the lines above and below them
	suggestCells = 64  // maximum width of the text, and of its note
)

// Edited implements kit.Completer. Who goes on typing has left the list: nothing is chosen then.
func (s *suggest) Edited(text string, at int) {
	if text != s.text || at != s.at {
		s.closed, s.wanted, s.chosen = false, false, -1
	}
	s.text, s.at = text, at
	s.refresh()
}

// searchEarlier lists the earlier filters that hold the text, and goes to the next older one if they are listed. It returns false if there
// are none.
func (s *suggest) searchEarlier() bool {
	if s.earlier && s.open() {
		s.choose((s.chosen + 1) % len(s.options))
		return true
	}
	s.earlier, s.closed = true, false
	s.refresh()
	s.earlier = len(s.options) > 0
	return s.earlier
}

// findEarlier makes options of the earlier filters that hold the text. The latest is chosen, or the one that was.
func (s *suggest) findEarlier(chosen string) {
	s.from, s.to, s.top = 0, len(s.text), 0
	for _, t := range s.history.holding(s.text) {
		if len(s.options) == suggestMost || s.display.Masks("", t) != t {
			continue
		}
		if t == chosen {
			s.chosen = len(s.options)
		}
		s.options = append(s.options, query.Completion{Text: t})
	}
	s.choose(max(s.chosen, 0))
}

// refresh finds the completions for the text. The choice stays on its completion as long as that is offered.
func (s *suggest) refresh() {
	chosen := ""
	if s.chosen >= 0 && s.chosen < len(s.options) {
		chosen = s.options[s.chosen].Text
	}
	s.options, s.chosen = s.options[:0], -1
	if s.earlier {
		s.findEarlier(chosen)
		return
	}
	data := s.log.data()
	data.Views, data.Said = s.library.Own(), s.said
	from, to, options := query.Complete(s.text, s.at, data)
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
	s.text, s.at, s.options, s.chosen, s.closed, s.wanted, s.earlier = "", 0, nil, -1, false, false, false
}

// Press implements kit.Completer.
func (s *suggest) Press(c kit.Command) (text string, at int, changed, taken bool) {
	switch {
	case c == kit.CmdEarlier:
		return s.text, s.at, false, s.searchEarlier()
	case c == kit.CmdComplete:
		return s.complete()
	case s.open() && s.move(c):
		return s.text, s.at, false, true
	case s.open() && c == kit.CmdKeep && s.chosen >= 0:
		return s.inserted()
	case s.open() && c == kit.CmdRestore:
		s.closed, s.chosen, s.earlier = true, -1, false
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

// complete opens a list of everything if there is none, or else inserts the chosen option or the first.
func (s *suggest) complete() (text string, at int, changed, taken bool) {
	if !s.open() {
		s.closed, s.wanted = false, true
		s.refresh()
		return s.text, s.at, false, true
	}
	s.choose(max(s.chosen, 0))
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
	if s.earlier {
		s.earlier = false
		return in, len(in), true, true
	}
	if !strings.ContainsAny(in[len(in)-1:], ":=<>") && !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, ")") {
		in += " "
	}
	return s.text[:s.from] + in + rest, s.from + len(in), true, true
}

// rect returns the rectangle of the list and its edges in r: below line y, or above it if there is more space, from column x on. It is
// empty if there is nothing to draw.
func (s *suggest) rect(r kit.Rect, x, y int) kit.Rect {
	if !s.open() || r.Empty() {
		return kit.Rect{}
	}
	text, note := s.widths()
	w, rows := min(max(text+note+2, s.display.Widther.Width(s.label(false))+5), r.W), min(len(s.options), suggestRows)
	below, above := min(r.H, r.Y+r.H-y-1)-suggestEdges, min(r.H, y-r.Y)-suggestEdges
	out := kit.Rect{X: max(r.X, min(x-1, r.X+r.W-w)), Y: max(y+1, r.Y), W: w, H: min(rows, below) + suggestEdges}
	if below < rows && above > below {
		out.H = min(rows, above) + suggestEdges
		out.Y = y - out.H
	}
	if out.H <= suggestEdges {
		return kit.Rect{}
	}
	return out
}

// label says which key takes an option: the chosen one, or the first.
func (s *suggest) label(chosen bool) termsafe.Safe {
	switch {
	case s.earlier:
		return termsafe.Const("earlier filters: enter takes it")
	case chosen:
		return termsafe.Const("enter takes it")
	case s.display.Widther.ASCII:
		return termsafe.Const("tab takes the first, down chooses")
	}
	return termsafe.Const("tab takes the first, ↓ chooses")
}

// Hints implements kit.Hinting.
func (s *suggest) Hints() []kit.Hint {
	switch {
	case s.open() && s.chosen >= 0:
		return []kit.Hint{kit.Does("take it", kit.CmdKeep, kit.CmdComplete), kit.Does("close the list", kit.CmdRestore), kit.Does("choose", kit.CmdDown, kit.CmdUp)}
	case s.open():
		return []kit.Hint{kit.Does("take the first", kit.CmdComplete), kit.Does("close the list", kit.CmdRestore), kit.Does("apply the filter", kit.CmdKeep),
			kit.Does("choose", kit.CmdDown, kit.CmdUp)}
	}
	return kit.HintsOf(nil, kit.InFilter)
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
	area := r
	if r = s.rect(r, x-s.display.Widther.Width(term), y); r.Empty() {
		return
	}
	first, rows := s.top, r.H-suggestEdges
	if s.chosen >= first+rows {
		first = s.chosen - rows + 1 // r is lower than the whole list
	}
	text, note := s.widths()
	text = min(text, max(r.W-2-note, (r.W-2)*2/3)) // values take space from notes in words, but not from counts
	var lines []*paint.Line
	for i := first; i < min(first+rows, len(s.options)); i++ {
		lines = append(lines, s.line(i, text, r.W))
	}
	s.display.DrawBox(f, area, r, s.label(s.chosen >= 0), s.display.Part(max(s.chosen, 0)+1, first, rows, len(s.options)), lines)
}

// line draws an option into w cells, text of them for its text.
func (s *suggest) line(i, text, w int) *paint.Line {
	disp, o, g, sign := s.display, &s.options[i], kit.OnRest, kit.BlankCell
	if i == s.chosen {
		g, sign = kit.OnCursor, disp.Glyphs.Cursor
	}
	l := disp.Line()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	l.AddWidth(style(kit.Bar), sign, 1, paint.Left)
	l.AddWidth(style(kit.Plain), s.optionText(o), text, paint.Left)
	s.addNote(l, style(kit.Muted), o, w-1-l.Width())
	l.Fill(style(kit.Plain), w-l.Width())
	return l
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
const maxFilters = 1000

// recall puts the filters of earlier runs before those of this one.
func (h *filterHistory) recall(old []string) {
	now := h.texts
	h.texts = slices.DeleteFunc(slices.Clone(old), func(t string) bool { return slices.Contains(now, t) })
	h.texts = append(h.texts, now...)
	h.at = len(h.texts)
}

// holding lists the filters that hold a text in any case, the latest first.
func (h *filterHistory) holding(text string) (out []string) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, t := range slices.Backward(h.texts) {
		if strings.Contains(strings.ToLower(t), text) {
			out = append(out, t)
		}
	}
	return out
}

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
