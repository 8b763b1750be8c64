package glob

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// name is the part of a pattern that matches one name of a path.
type name struct {
	pattern string
	literal string // the only name it matches, if exact
	exact   bool
}

// parseName parses the pattern of a name.
func parseName(p string) (name, error) {
	if err := checkName(p); err != nil {
		return name{}, err
	}
	n := name{pattern: p}
	n.literal, n.exact = literal(p)
	return n, nil
}

// checkName returns an error that says what is wrong with the pattern of a name.
func checkName(p string) error {
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			if i++; i == len(p) {
				return fmt.Errorf("nothing follows the last backslash")
			}
		case '[':
			n := classEnd(p[i:])
			if n == 0 {
				return fmt.Errorf("the bracket in %q is not closed", p)
			}
			i += n - 1
		}
	}
	return nil
}

// classEnd returns the length of the class [...] that p starts with, or 0 if it is not closed. A bracket directly after the
// start is a member.
func classEnd(p string) int {
	i := 1
	if i < len(p) && (p[i] == '!' || p[i] == '^') {
		i++
	}
	for first := true; i < len(p); first = false {
		switch {
		case p[i] == '\\':
			i++
		case p[i] == ']' && !first:
			return i + 1
		case p[i] == '/':
			return 0
		}
		i++
	}
	return 0
}

// literal returns the name that a pattern stands for if it has no wildcard.
func literal(p string) (text string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '*', '?', '[':
			return "", false
		case '\\':
			i++
		}
		b.WriteByte(p[i])
	}
	return b.String(), true
}

// hidden reports whether a file or a folder is hidden by its name. The names "." and ".." hide nothing: they may stand in keys.
func hidden(text string) bool { return strings.HasPrefix(text, ".") && text != "." && text != ".." }

// match reports whether a name matches. A hidden one is matched only by a pattern that begins with its dot.
func (n *name) match(text string) bool {
	if !n.exact && hidden(text) && !strings.HasPrefix(n.pattern, ".") && !strings.HasPrefix(n.pattern, `\.`) {
		return false
	}
	return n.matchAny(text)
}

// matchAny reports whether a name matches, hidden or not.
func (n *name) matchAny(text string) bool {
	if n.exact {
		return text == n.literal
	}
	return matchText(n.pattern, text)
}

// start returns the text that all names begin with that match.
func (n *name) start() string {
	var b strings.Builder
	for i := 0; i < len(n.pattern) && strings.IndexByte("*?[", n.pattern[i]) < 0; i++ {
		if n.pattern[i] == '\\' {
			i++
		}
		b.WriteByte(n.pattern[i])
	}
	return b.String()
}

// matchText matches a text with a pattern. It backtracks to the last star only, so its time is at most the product of both lengths.
func matchText(p, text string) bool {
	star, retry := -1, 0 // where to go on if the rest does not match
	i, k := 0, 0
	for k < len(text) || i < len(p) {
		if i < len(p) && p[i] == '*' {
			star, retry = i, k
			i++
			continue
		}
		if k < len(text) && i < len(p) {
			if pn, n := matchOne(p[i:], text[k:]); pn > 0 {
				i, k = i+pn, k+n
				continue
			}
		}
		if star < 0 || retry >= len(text) {
			return false
		}
		_, n := char(text[retry:])
		retry += n
		i, k = star+1, retry
	}
	return true
}

// matchOne matches the first character of a text and returns the lengths of its pattern and of it, or 0, 0 if it does not match.
func matchOne(p, text string) (pattern, n int) {
	r, n := char(text)
	switch p[0] {
	case '?':
		return 1, n
	case '[':
		end := classEnd(p)
		if inClass(p[1:end-1], r) {
			return end, n
		}
		return 0, 0
	case '\\':
		if strings.HasPrefix(p[1:], text[:n]) {
			return 1 + n, n
		}
		return 0, 0
	}
	if strings.HasPrefix(p, text[:n]) {
		return n, n
	}
	return 0, 0
}

// inClass reports whether a class, without its brackets, has r.
func inClass(class string, r rune) bool {
	not := class != "" && (class[0] == '!' || class[0] == '^')
	if not {
		class = class[1:]
	}
	for class != "" {
		lo, rest := classChar(class)
		hi := lo
		if strings.HasPrefix(rest, "-") && len(rest) > 1 {
			hi, rest = classChar(rest[1:])
		}
		if lo <= r && r <= hi {
			return !not
		}
		class = rest
	}
	return not
}

func classChar(class string) (r rune, rest string) {
	if class[0] == '\\' && len(class) > 1 {
		class = class[1:]
	}
	r, n := char(class)
	return r, class[n:]
}

// char returns the first character of a text and its length. A byte that is not UTF-8 is a value of its own, unequal to any rune.
func char(text string) (r rune, n int) {
	r, n = utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && n == 1 {
		r = utf8.MaxRune + 1 + rune(text[0])
	}
	return r, n
}
