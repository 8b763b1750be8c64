package verbatim

import (
	"strings"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// pieceOf returns the end of the piece of text from lo on: after the next line feed, at most hi, so that texts keep their lines.
func pieceOf(text string, lo, hi int) int {
	if i := strings.IndexByte(text[lo:hi], '\n'); i >= 0 {
		return lo + i + 1
	}
	return hi
}

// Row is a row of wrapped text, with spans in other roles.
type Row struct {
	Text  termsafe.Safe
	Spans []RoleSpan
}

// RoleSpan is a part of a row in another role.
type RoleSpan struct {
	Span termsafe.Span
	Role kit.Role
	Goes bool // continued from the row above, where it began or further up
}

// Wrapping wraps text into rows of a width.
type Wrapping struct {
	Widther termsafe.Widther
	Cells   int
	Clean   termsafe.Options
}

// Rows cleans text[lo:hi] and wraps it into rows. tokens, ascending and disjoint, set the roles; they may begin before lo and end after hi.
func (w Wrapping) Rows(text string, lo, hi int, tokens []Token) []Row {
	var out []Row
	for at := lo; ; {
		end := pieceOf(text, at, hi)
		var spans []RoleSpan
		for _, t := range tokens {
			if from, to := max(t.Lo, at), min(t.Hi, end); from < to {
				spans = append(spans, RoleSpan{termsafe.Span{Lo: from - at, Hi: to - at}, t.Role, t.Lo < at})
			}
		}
		out = w.appendRows(out, text[at:end], spans)
		if at = end; at >= hi {
			return out
		}
	}
}

func (w Wrapping) appendRows(out []Row, raw string, spans []RoleSpan) []Row {
	safe, clean := cleanRoles(raw, spans, w.Clean)
	at := 0
	for _, row := range w.Widther.Wrap(safe, w.Cells) {
		r := Row{Text: row}
		for len(clean) > 0 && clean[0].Span.Hi <= at {
			clean = clean[1:]
		}
		for _, s := range clean {
			lo, hi := max(s.Span.Lo, at), min(s.Span.Hi, at+row.Len())
			if lo >= hi {
				break
			}
			r.Spans = append(r.Spans, RoleSpan{termsafe.Span{Lo: lo - at, Hi: hi - at}, s.Role, s.Goes || lo > s.Span.Lo})
		}
		out = append(out, r)
		at += row.Len()
	}
	return out
}

// cleanRoles cleans raw and returns where its spans are in the clean text.
func cleanRoles(raw string, roles []RoleSpan, opt termsafe.Options) (termsafe.Safe, []RoleSpan) {
	spans := make([]termsafe.Span, len(roles))
	for i := range roles {
		spans[i] = roles[i].Span
	}
	safe, found := termsafe.CleanSpans(raw, spans, opt)
	clean := make([]RoleSpan, 0, len(spans))
	if len(found) == len(spans) {
		for i, f := range found {
			clean = append(clean, RoleSpan{f, roles[i].Role, roles[i].Goes})
		}
		return safe, clean
	}
	// Neighbours were merged because a cluster crosses their border: mapped one at a time they keep their roles.
	from := 0
	for i := range spans {
		_, found := termsafe.CleanSpans(raw, spans[i:i+1], opt)
		for _, f := range found {
			if f.Lo = max(f.Lo, from); f.Lo < f.Hi {
				clean, from = append(clean, RoleSpan{f, roles[i].Role, roles[i].Goes}), f.Hi
			}
		}
	}
	return safe, clean
}
