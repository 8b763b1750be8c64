package termsafe

import "github.com/charmbracelet/x/ansi"

// Widther measures and cuts text in cells, as the terminal counts them. Every width of the interface comes from here. The zero
// value counts rune by rune, as terminals do unless they report mode 2027.
type Widther struct {
	// Clusters counts grapheme clusters: set it once the terminal has reported that mode 2027 is supported.
	Clusters bool
	// ASCII writes the ellipsis as "~".
	ASCII bool
}

// Width is the number of cells that s takes.
func (w Widther) Width(s Safe) int {
	switch {
	case !s.wide:
		return len(s.text)
	case w.Clusters:
		return ansi.StringWidth(s.text)
	}
	return ansi.StringWidthWc(s.text)
}

// Ellipsis returns the one-cell sign for omitted text.
func (w Widther) Ellipsis() Safe {
	if w.ASCII {
		return Safe{text: "~"}
	}
	return Safe{text: "…", wide: true}
}

// next measures the cluster that text, which is not empty, starts with.
func (w Widther) next(text string) (size, cells int) {
	if text[0] < 0x7f && (len(text) == 1 || text[1] < 0x7f) {
		return 1, 1
	}
	method := ansi.WcWidth
	if w.Clusters {
		method = ansi.GraphemeWidth
	}
	cluster, cells := ansi.FirstGraphemeCluster(text, method)
	return len(cluster), cells
}

// Fit returns the longest prefix of s that takes at most cells, with space left for an [Widther.Ellipsis] if it is not all of
// s. cut says that an ellipsis must follow; width includes it. Marks are never split. Its cost grows with cells,
// not with s, and it does not allocate.
func (w Widther) Fit(s Safe, cells int) (head Safe, width int, cut bool) {
	n, width, cut := w.fit(&s, cells)
	if n == len(s.text) {
		return s, width, cut
	}
	return s.cut(0, n), width, cut
}

// fit is Fit in bytes of s.
func (w Widther) fit(s *Safe, cells int) (end, width int, cut bool) {
	switch {
	case cells <= 0:
		return 0, 0, false
	case s.wide || len(s.marks) > 0:
		return w.fitUnits(s, cells)
	case len(s.text) > cells:
		return cells - 1, cells, true
	}
	return len(s.text), len(s.text), false
}

func (w Widther) fitUnits(s *Safe, cells int) (end, width int, cut bool) {
	at, short, shortWidth, mark := 0, 0, 0, 0
	for at < len(s.text) {
		size, n := w.unit(s, at, &mark)
		if width+n > cells {
			return short, shortWidth + 1, true
		}
		at, width = at+size, width+n
		if width < cells {
			short, shortWidth = at, width
		}
	}
	return at, width, false
}

// unit measures what must not be split at byte at: a mark or a cluster. mark is the index of the first mark that
// does not end before at; the caller keeps it from call to call.
func (w Widther) unit(s *Safe, at int, mark *int) (size, cells int) {
	for *mark < len(s.marks) && s.marks[*mark].Hi-s.off <= at {
		*mark++
	}
	if *mark < len(s.marks) && s.marks[*mark].Lo-s.off <= at {
		m, _ := s.clip(s.marks[*mark])
		size = m.Hi - s.off - at
		if s.text[at] < 0x7f {
			return size, size
		}
		return size, 1
	}
	return w.next(s.text[at:])
}

// Truncate is s if it takes at most cells, else its beginning and an ellipsis. It allocates only if it cuts.
func (w Widther) Truncate(s Safe, cells int) Safe {
	end, _, cut := w.fit(&s, cells)
	switch {
	case !cut && end == len(s.text):
		return s
	case !cut:
		return Safe{}
	case len(s.marks) == 0:
		tail := w.Ellipsis()
		return Safe{text: s.text[:end] + tail.text, wide: s.wide || tail.wide, rtl: s.rtl}
	}
	return Concat(s.cut(0, end), w.Ellipsis())
}

// Slice returns the text in the columns from from to to, exclusive, for scrolling sideways. A wide rune cut by an edge becomes
// spaces, so that columns keep their positions; a mark may be split.
func (w Widther) Slice(s Safe, from, to int) Safe {
	from = max(from, 0)
	if from >= to {
		return Safe{}
	}
	if !s.wide {
		return s.cut(min(from, len(s.text)), min(to, len(s.text)))
	}
	at, column := 0, 0
	for at < len(s.text) && column < from {
		size, n := w.next(s.text[at:])
		at, column = at+size, column+n
	}
	lo, left := at, max(column-from, 0)
	for at < len(s.text) {
		size, n := w.next(s.text[at:])
		if column+n > to {
			break
		}
		at, column = at+size, column+n
	}
	middle := s.cut(lo, at)
	right := 0
	if at < len(s.text) {
		right = max(to-column, 0)
	}
	left = min(left, to-from)
	if left+right == 0 {
		return middle
	}
	return Concat(Repeat(" ", left), middle, Repeat(" ", right))
}

// Wrap cuts s into rows of at most cells, after a space where a row has one, else between clusters. At least one
// row is returned. No row is narrower than two cells, or a wide rune would never fit; a mark wider than a row is split.
func (w Widther) Wrap(s Safe, cells int) []Safe {
	cells = max(cells, 2)
	var rows []Safe
	for {
		n := w.rowEnd(&s, cells)
		rows = append(rows, s.cut(0, n))
		if n == len(s.text) {
			return rows
		}
		s = s.cut(n, len(s.text))
	}
}

// rowEnd is the number of bytes of s that make its first row.
func (w Widther) rowEnd(s *Safe, cells int) int {
	at, width, space, mark := 0, 0, 0, 0
	for at < len(s.text) {
		size, n := w.unit(s, at, &mark)
		if width+n > cells {
			switch {
			case space > 0:
				return space
			case at == 0:
				return cells // a mark written in ASCII, wider than the row
			}
			return at
		}
		at, width = at+size, width+n
		if s.text[at-1] == ' ' {
			space = at
		}
	}
	return at
}
