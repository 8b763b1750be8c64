package termsafe

import (
	"unicode"
	"unicode/utf8"
)

// Span is a range of bytes, Lo included and Hi excluded.
type Span struct{ Lo, Hi int }

// Sub is the part of s in the span, which is clamped and then widened until it splits no cluster and no mark. It
// shares memory with s.
func (s Safe) Sub(sp Span) Safe {
	sp.Lo = min(max(sp.Lo, 0), len(s.text))
	sp.Hi = min(max(sp.Hi, sp.Lo), len(s.text))
	if sp.Lo == sp.Hi {
		return Safe{}
	}
	one := [1]Span{sp}
	s.widen(one[:])
	return s.cut(one[0].Lo, one[0].Hi)
}

// CleanSpans is [Clean] that also says where spans of raw, ascending and disjoint, ended up: for highlighting hits
// that were found in the raw text. The spans come back in bytes of the clean text, widened to whole clusters and
// marks, merged where they then overlap; those that MaxCells cut off are left out.
func CleanSpans(raw string, spans []Span, opt Options) (Safe, []Span) {
	c := cleaner{raw: raw, opt: opt}
	out := make([]Span, 0, len(spans))
	for _, sp := range spans {
		lo, hi := runeStart(raw, sp.Lo), runeEnd(raw, sp.Hi)
		c.run(max(lo, c.at))
		from := c.written()
		c.run(max(hi, c.at))
		if c.written() > from {
			out = append(out, Span{from, c.written()})
		}
	}
	c.run(len(raw))
	s := c.safe()
	s.widen(out)
	return s, merge(out)
}

// runeStart moves at back to the start of the rune it points into.
func runeStart(raw string, at int) int {
	at = min(max(at, 0), len(raw))
	for lo := at - 1; lo >= max(at-utf8.UTFMax+1, 0); lo-- {
		if utf8.RuneStart(raw[lo]) {
			if _, size := utf8.DecodeRuneInString(raw[lo:]); lo+size > at {
				return lo
			}
			break
		}
	}
	return at
}

// runeEnd moves at on to the end of the rune it points into.
func runeEnd(raw string, at int) int {
	at = min(max(at, 0), len(raw))
	if lo := runeStart(raw, at); lo < at {
		_, size := utf8.DecodeRuneInString(raw[lo:])
		return lo + size
	}
	return at
}

// Find returns every match of needle in the visible text of s, from left to right and without overlaps,
// widened to whole clusters and marks. With fold, letters match in any case. An empty needle is found nowhere.
func (s Safe) Find(needle Safe, fold bool) []Span {
	if needle.Empty() {
		return nil
	}
	var out []Span
	for at := 0; at < len(s.text); {
		if n := prefixLen(s.text[at:], needle.text, fold); n > 0 {
			out = append(out, Span{at, at + n})
			at += n
			continue
		}
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	s.widen(out)
	return merge(out)
}

// prefixLen is how many bytes of text needle matches at its start: 0 if it does not match.
func prefixLen(text, needle string, fold bool) int {
	at := 0
	for _, want := range needle {
		if at == len(text) {
			return 0
		}
		got, size := utf8.DecodeRuneInString(text[at:])
		if got != want && !(fold && sameFold(got, want)) {
			return 0
		}
		at += size
	}
	return at
}

// sameFold reports whether a and b are the same letter but for the case.
func sameFold(a, b rune) bool {
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}

// widen moves the ends of the spans, ascending and disjoint, outwards to whole clusters and marks.
func (s Safe) widen(spans []Span) {
	if len(spans) == 0 || !s.wide && len(s.marks) == 0 {
		return
	}
	at, mark, i := 0, 0, 0
	for at < len(s.text) && i < len(spans) {
		size, _ := Widther{}.unit(&s, at, &mark)
		end := at + size
		// Several spans may lie in one unit, and one span in several.
		for j := i; j < len(spans) && spans[j].Lo < end; j++ {
			spans[j].Lo = widenLo(spans[j], at, end)
			if at < spans[j].Hi && spans[j].Hi < end {
				spans[j].Hi = end
			}
		}
		for i < len(spans) && spans[i].Hi <= end {
			i++
		}
		at = end
	}
}

// widenLo is the start of sp after the unit from at to end was seen.
func widenLo(sp Span, at, end int) int {
	if at < sp.Lo && sp.Lo < end {
		return at
	}
	return sp.Lo
}

// merge joins spans that overlap, in place.
func merge(spans []Span) []Span {
	out := spans[:0]
	for _, sp := range spans {
		if last := len(out) - 1; last >= 0 && sp.Lo < out[last].Hi {
			out[last].Hi = max(out[last].Hi, sp.Hi)
			continue
		}
		out = append(out, sp)
	}
	return out
}
