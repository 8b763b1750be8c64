package verbatim

import (
	"strings"

	"pawprint/tui/kit"
)

// State is the state of the JSON lexer: outside strings, in a key, or in a string value.
type State uint8

const (
	Outside State = iota
	inKey
	inString
)

// Token is a range of JSON in one role.
type Token struct {
	Lo, Hi int
	Role   kit.Role
}

// maxKeyBytes is how far the lexer looks ahead to tell a key from a string.
const maxKeyBytes = 4 << 10

// States runs the lexer over a text once and returns its state at the start of each part.
func States(text string) []State {
	states := make([]State, Parts(len(text)))
	state := Outside
	for k := range states {
		states[k] = state
		state = Lex(text, PartStart(text, k), PartStart(text, k+1), state, nil)
	}
	return states
}

// Lex runs over text from lo to hi, calls emit for each token and returns the state at hi. It never fails: text that is not
// JSON has no role.
func Lex(text string, lo, hi int, state State, emit func(Token)) State {
	if emit == nil {
		emit = func(Token) {}
	}
	for at := lo; at < hi; {
		if state != Outside {
			end, closed := stringEnd(text, at, hi)
			emit(Token{at, end, roleOf(state)})
			if !closed {
				return state
			}
			at, state = end, Outside
			continue
		}
		switch c := text[at]; {
		case c == '"':
			state = stringKind(text, at)
			emit(Token{at, at + 1, roleOf(state)})
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

func roleOf(s State) kit.Role {
	if s == inKey {
		return kit.JsonKey
	}
	return kit.JsonString
}

func emitWord(text string, at, hi int, r kit.Role, emit func(Token)) int {
	end := at + 1
	for end < hi && !strings.ContainsRune(",]}:\" \t\r\n", rune(text[end])) {
		end++
	}
	emit(Token{at, end, r})
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
func stringKind(text string, at int) State {
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

// Overlay lays tokens over others. Both lists, and the result, are ascending and disjoint.
func Overlay(under, over []Token) []Token {
	if len(over) == 0 {
		return under
	}
	var out []Token
	for _, o := range over {
		for len(under) > 0 && under[0].Lo < o.Hi {
			u := under[0]
			if u.Lo < o.Lo {
				out = append(out, Token{u.Lo, min(u.Hi, o.Lo), u.Role})
			}
			if u.Hi > o.Hi {
				under[0].Lo = o.Hi
				break
			}
			under = under[1:]
		}
		out = append(out, o)
	}
	return append(out, under...)
}
