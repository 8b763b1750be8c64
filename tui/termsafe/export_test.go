package termsafe

// ASCII reports that every rune is ASCII, so that cells, runes and bytes are the same number. A part of a text that
// is not may be ASCII and answer false.
func (s Safe) ASCII() bool { return !s.wide }

// Marks returns where the marks stand, in bytes of [Safe.String], ascending. The caller owns the slice.
func (s Safe) Marks() []Span {
	var out []Span
	for _, m := range s.marks {
		m, _ = s.clip(m)
		out = append(out, Span{m.Lo - s.off, m.Hi - s.off})
	}
	return out
}

// PadLeft is s preceded by spaces up to the given number of cells; a wider s is returned as it is.
func (w Widther) PadLeft(s Safe, cells int) Safe {
	if gap := cells - w.Width(s); gap > 0 {
		return Concat(Repeat(" ", gap), s)
	}
	return s
}

// PadRight is s followed by spaces up to the given number of cells; a wider s is returned as it is.
func (w Widther) PadRight(s Safe, cells int) Safe {
	if gap := cells - w.Width(s); gap > 0 {
		return Concat(s, Repeat(" ", gap))
	}
	return s
}
