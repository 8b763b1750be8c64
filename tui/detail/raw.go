package detail

import (
	"strings"
	"unicode/utf8"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// partBytes is the size of a part of a long text. Each part is cleaned and wrapped on its own, only when it is visible.
const partBytes = 4 << 10

// textParts returns the number of parts of a text of n bytes, at least 1.
func textParts(n int) int { return max(1, (n+partBytes-1)/partBytes) }

// partStart returns where part k of a text starts: near k*partBytes, at a rune boundary, and not between CR and LF.
func partStart(text string, k int) int {
	at := k * partBytes
	if at <= 0 || at >= len(text) {
		return max(0, min(at, len(text)))
	}
	for back := 0; back < utf8.UTFMax-1 && !utf8.RuneStart(text[at]); back++ {
		at--
	}
	if text[at] == '\n' && text[at-1] == '\r' {
		at++
	}
	return at
}

// lexState is the state of the JSON lexer: outside strings, in a key, or in a string value.
type lexState uint8

const (
	outside lexState = iota
	inKey
	inString
)

// token is a range of JSON in one role.
type token struct {
	lo, hi int
	role   kit.Role
}

// maxKeyBytes is how far the lexer looks ahead to tell a key from a string.
const maxKeyBytes = 4 << 10

// lexParts runs the lexer over a text once and returns its state at the start of each part.
func lexParts(text string) []lexState {
	states := make([]lexState, textParts(len(text)))
	state := outside
	for k := range states {
		states[k] = state
		state = lex(text, partStart(text, k), partStart(text, k+1), state, nil)
	}
	return states
}

// lex runs over text from lo to hi, calls emit for each token and returns the state at hi. It never fails: text that is not
// JSON has no role.
func lex(text string, lo, hi int, state lexState, emit func(token)) lexState {
	if emit == nil {
		emit = func(token) {}
	}
	for at := lo; at < hi; {
		if state != outside {
			end, closed := stringEnd(text, at, hi)
			emit(token{at, end, roleOf(state)})
			if !closed {
				return state
			}
			at, state = end, outside
			continue
		}
		switch c := text[at]; {
		case c == '"':
			state = stringKind(text, at)
			emit(token{at, at + 1, roleOf(state)})
			at++
		case c == '-' || c >= '0' && c <= '9':
			at = emitWord(text, at, hi, kit.JsonNumber, emit)
		case c == 't' || c == 'f' || c == 'n':
			at = emitWord(text, at, hi, kit.JsonWord, emit)
		default:
			at++
		}
	}
	return state
}

func roleOf(s lexState) kit.Role {
	if s == inKey {
		return kit.JsonKey
	}
	return kit.JsonString
}

func emitWord(text string, at, hi int, r kit.Role, emit func(token)) int {
	end := at + 1
	for end < hi && !strings.ContainsRune(",]}:\" \t\r\n", rune(text[end])) {
		end++
	}
	emit(token{at, end, r})
	return end
}

// stringEnd finds the end of the string that contains at, at most hi. Backslashes right before at count too.
func stringEnd(text string, at, hi int) (end int, closed bool) {
	escaped := false
	for i := at - 1; i >= 0 && text[i] == '\\'; i-- {
		escaped = !escaped
	}
	for i := at; i < hi; i++ {
		switch {
		case escaped:
			escaped = false
		case text[i] == '\\':
			escaped = true
		case text[i] == '"':
			return i + 1, true
		}
	}
	return hi, false
}

// stringKind returns whether the string that starts at the quote at is a key, which a colon follows, or a value.
func stringKind(text string, at int) lexState {
	limit := min(len(text), at+maxKeyBytes)
	end, closed := stringEnd(text, at+1, limit)
	if !closed {
		return inString
	}
	for end < limit && strings.IndexByte(" \t\r\n", text[end]) >= 0 {
		end++
	}
	if end < limit && text[end] == ':' {
		return inKey
	}
	return inString
}

// pieceOf returns the end of the piece of text from lo on: after the next line feed, at most hi, so that texts keep their lines.
func pieceOf(text string, lo, hi int) int {
	if i := strings.IndexByte(text[lo:hi], '\n'); i >= 0 {
		return lo + i + 1
	}
	return hi
}

// styledRow is a row of wrapped text, with spans in other roles.
type styledRow struct {
	text  termsafe.Safe
	spans []roleSpan
}

type roleSpan struct {
	span termsafe.Span
	role kit.Role
}

// wrapping wraps text into rows of a width.
type wrapping struct {
	widther termsafe.Widther
	cells   int
	clean   termsafe.Options
}

// styled cleans text[lo:hi] and wraps it into rows. tokens, ascending and disjoint, set the roles.
func (w wrapping) styled(text string, lo, hi int, tokens []token) []styledRow {
	var out []styledRow
	for at := lo; ; {
		end := pieceOf(text, at, hi)
		var spans []termsafe.Span
		var roles []kit.Role
		for _, t := range tokens {
			if from, to := max(t.lo, at), min(t.hi, end); from < to {
				spans, roles = append(spans, termsafe.Span{Lo: from - at, Hi: to - at}), append(roles, t.role)
			}
		}
		out = w.appendRows(out, text[at:end], spans, roles)
		if at = end; at >= hi {
			return out
		}
	}
}

func (w wrapping) appendRows(out []styledRow, raw string, spans []termsafe.Span, roles []kit.Role) []styledRow {
	safe, clean := cleanRoles(raw, spans, roles, w.clean)
	at := 0
	for _, row := range w.widther.Wrap(safe, w.cells) {
		r := styledRow{text: row}
		for len(clean) > 0 && clean[0].span.Hi <= at {
			clean = clean[1:]
		}
		for _, s := range clean {
			lo, hi := max(s.span.Lo, at), min(s.span.Hi, at+row.Len())
			if lo >= hi {
				break
			}
			r.spans = append(r.spans, roleSpan{termsafe.Span{Lo: lo - at, Hi: hi - at}, s.role})
		}
		out = append(out, r)
		at += row.Len()
	}
	return out
}

// cleanRoles cleans raw and returns where its spans are in the clean text.
func cleanRoles(raw string, spans []termsafe.Span, roles []kit.Role, opt termsafe.Options) (termsafe.Safe, []roleSpan) {
	safe, found := termsafe.CleanSpans(raw, spans, opt)
	clean := make([]roleSpan, 0, len(spans))
	if len(found) == len(spans) {
		for i, f := range found {
			clean = append(clean, roleSpan{f, roles[i]})
		}
		return safe, clean
	}
	// Neighbours were merged because a cluster crosses their border: mapped one at a time they keep their roles.
	from := 0
	for i := range spans {
		_, found := termsafe.CleanSpans(raw, spans[i:i+1], opt)
		for _, f := range found {
			if f.Lo = max(f.Lo, from); f.Lo < f.Hi {
				clean, from = append(clean, roleSpan{f, roles[i]}), f.Hi
			}
		}
	}
	return safe, clean
}
