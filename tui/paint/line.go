package paint

import (
	"unicode/utf8"

	"pawprint/tui/termsafe"
)

// Align is the position of a text in its cells.
type Align uint8

// The positions of a text that is narrower than its cells.
const (
	Left Align = iota
	Right
	Center
)

// Line is one row, or a piece of one, being built from left to right. The zero value is empty and measures as the
// zero [termsafe.Widther] does. A Line is used by one goroutine; a frame copies what it is given, so that a Line may
// be reset and filled again.
//
// Put a cell of our own between two untrusted texts in a row: some terminals join runes across styles.
type Line struct {
	widther termsafe.Widther
	runs    []run
	width   int
	own     bool // see OwnRow
}

// run is a text in one style; width is in cells.
type run struct {
	style Style
	text  termsafe.Safe
	width int
}

// NewLine is an empty line that measures with w.
func NewLine(w termsafe.Widther) *Line {
	return &Line{widther: w, runs: make([]run, 0, 16)}
}

// Reset empties the line and keeps its memory.
func (l *Line) Reset() {
	clear(l.runs)
	l.runs, l.width, l.own = l.runs[:0], 0, false
}

// OwnRow says that the line is one text and nothing else, which needs a row of the screen to itself: it may hold right-to-left letters.
// Terminals that know bidi reorder a row as a whole, some from the right edge on, so another text in it would be read at the wrong
// place.
func (l *Line) OwnRow() { l.own = true }

// HasOwnRow reports whether OwnRow was called since the line was reset.
func (l *Line) HasOwnRow() bool { return l.own }

// Width is the number of cells so far.
func (l *Line) Width() int { return l.width }

// Add appends all of text.
func (l *Line) Add(style Style, text termsafe.Safe) {
	l.push(style, text, l.widther.Width(text))
}

// AddWidth appends text in exactly the given number of cells: padded with spaces of the style, or cut and ended with
// an ellipsis. Its cost grows with cells, not with the text.
func (l *Line) AddWidth(style Style, text termsafe.Safe, cells int, align Align) {
	head, width, cut := l.widther.Fit(text, cells)
	gap, before := max(cells-width, 0), 0
	switch align {
	case Right:
		before = gap
	case Center:
		before = gap / 2
	}
	l.Fill(style, before)
	if cut {
		l.push(style, head, width-1)
		l.push(style, l.widther.Ellipsis(), 1)
	} else {
		l.push(style, head, width)
	}
	l.Fill(style, gap-before)
}

// AddHits is AddWidth, aligned to the left, with the spans of text in another style. The spans are ascending and
// disjoint, as [termsafe.Safe.Find] and [termsafe.CleanSpans] return them.
func (l *Line) AddHits(style, hit Style, text termsafe.Safe, spans []termsafe.Span, cells int) {
	head, width, cut := l.widther.Fit(text, cells)
	start, at := l.width, 0
	for _, sp := range spans {
		sp.Lo, sp.Hi = max(sp.Lo, at), min(sp.Hi, head.Len())
		if sp.Lo >= sp.Hi {
			continue
		}
		l.addPart(style, head, at, sp.Lo)
		l.addPart(hit, head, sp.Lo, sp.Hi)
		at = sp.Hi
	}
	l.addPart(style, head, at, head.Len())
	if cut {
		l.push(style, l.widther.Ellipsis(), 1)
	}
	l.Fill(style, start+max(cells, width)-l.width)
}

func (l *Line) addPart(style Style, text termsafe.Safe, lo, hi int) {
	if lo < hi {
		l.Add(style, text.Sub(termsafe.Span{Lo: lo, Hi: hi}))
	}
}

// Fill appends spaces.
func (l *Line) Fill(style Style, cells int) {
	for cells > 0 {
		n := min(cells, maxWidth)
		l.push(style, termsafe.Repeat(" ", n), n)
		cells -= n
	}
}

// AddLine appends the runs of another line.
func (l *Line) AddLine(other *Line) {
	l.runs = append(l.runs, other.runs...)
	l.width += other.width
}

// AddCut appends the runs of another line in at most the given number of cells, the last of them an ellipsis if it is cut.
func (l *Line) AddCut(other *Line, cells int) {
	if other.width <= cells {
		l.AddLine(other)
		return
	}
	room := cells - 1
	for _, r := range other.runs {
		if r.width > room {
			r.text, r.width = l.widther.Slice(r.text, 0, room), room
		}
		l.push(r.style, r.text, r.width)
		if room -= r.width; room <= 0 {
			break
		}
	}
	l.push(Style{}, l.widther.Ellipsis(), 1)
}

// AddRestyled appends the runs of another line, each in the style that restyle returns for its own. An empty line becomes a line of its
// own row if the other is one.
func (l *Line) AddRestyled(other *Line, restyle func(Style) Style) {
	l.own = other.own && l.width == 0
	for _, r := range other.runs {
		l.push(restyle(r.style), r.text, r.width)
	}
}

// rightToLeft reports whether the line holds letters that reorder a row.
func (l *Line) rightToLeft() bool {
	for i := range l.runs {
		if l.runs[i].text.RightToLeft() {
			return true
		}
	}
	return false
}

func (l *Line) push(style Style, text termsafe.Safe, width int) {
	if text.Empty() {
		return
	}
	l.runs = append(l.runs, run{style, text, width})
	l.width += width
}

// Styled is the line with its styles, reset at its end and checked by the tripwire: for a table on a terminal.
func (l *Line) Styled() string {
	s, _ := termsafe.Tripwire(string(appendRuns(nil, l.runs)))
	return s
}

// Plain is the text of the line without any sequence: for a pipe. Marks look like the same text in the log there.
func (l *Line) Plain() string {
	var out []byte
	for _, r := range l.runs {
		out = append(out, r.text.String()...)
	}
	s, _ := termsafe.Tripwire(string(out))
	return s
}

// appendRuns appends the runs, and a reset if the last one needs it.
func appendRuns(dst []byte, runs []run) []byte {
	current := plainSGR
	joins := false // the text so far ends in a rune that might join the next
	for _, r := range runs {
		next, text := r.style.get(), r.text.String()
		if text == "" {
			continue
		}
		if next.text != current.text || joins && text[0] >= utf8.RuneSelf {
			dst = append(dst, next.text...)
		}
		current, joins = next, text[len(text)-1] >= utf8.RuneSelf
		if r.text.Marked() {
			dst = r.text.AppendMarked(dst, next.mark, next.text)
			continue
		}
		dst = append(dst, text...)
	}
	if current.text != plainSGR.text && current.text != "" {
		dst = append(dst, plainSGR.text...)
	}
	return dst
}
