package redact

import "bytes"

// hides reports whether a value under a name of this strength is a secret.
func (is strength) hides(v []byte) bool {
	switch is {
	case strong:
		return !blank(v)
	case weak:
		return opaque(v)
	case faint:
		return random(v)
	}
	return false
}

// opaque reports whether a text looks like a code: not readable, and not a time, an address or a path.
func opaque(v []byte) bool {
	if len(v) < 8 || blank(v) {
		return false
	}
	n := countClasses(v)
	switch {
	case n.space > 0, n.letters == 0, n.digits == 0 && (len(v) < 20 || n.upper == 0 || n.lower == 0):
		return false
	case v[0] == '/', bytes.HasPrefix(v, []byte("arn:")), bytes.Contains(v, []byte("://")), n.at > 0 && bytes.IndexByte(v, '.') > 0, moment(v):
		return false
	}
	return bytes.Count(v, []byte(":")) < 3
}

// random reports whether a text looks like letters and digits drawn at random.
func random(v []byte) bool {
	n := countClasses(v)
	return len(v) >= 20 && n.other == 0 && n.space == 0 && n.at == 0 && n.digits >= 2 && n.upper >= 2 && n.lower >= 2
}

// scrambled reports whether a text has capitals, small letters and digits, and nothing else.
func scrambled(v []byte) bool {
	n := countClasses(v)
	return len(v) >= 8 && n.upper > 0 && n.lower > 0 && n.digits > 0 && n.other+n.space+n.at == 0
}

// moment reports whether a text looks like a time in numbers.
func moment(v []byte) bool {
	return len(v) >= 10 && len(bytes.Trim(v, "0123456789-:.TZ+")) == 0 && bytes.IndexByte(v, '-') > 0
}

// classes are how many bytes of each kind a text has.
type classes struct{ upper, lower, letters, digits, space, at, other int }

func countClasses(v []byte) (n classes) {
	for _, c := range v {
		switch {
		case c-'a' < 26:
			n.lower++
		case c-'A' < 26:
			n.upper++
		case c-'0' < 10:
			n.digits++
		case c == ' ' || c == '\t' || c == '\n':
			n.space++
		case c == '@':
			n.at++
		case c != '-' && c != '_' && c != '=' && c != '+':
			n.other++
		}
	}
	n.letters = n.upper + n.lower
	return n
}
