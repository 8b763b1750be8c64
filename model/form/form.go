// Package form finds which messages are the same except for their numbers, ids, names and addresses: 127 failures of 6 kinds have 6
// forms. It is pure: the same text always has the same form.
package form

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Part is a piece of a text: one that stands for itself, or one that differs from message to message.
type Part struct {
	Text string
	Kind Kind
}

// Kind is what stands in a form in place of a part.
type Kind string

// The kinds. Literal parts stand for themselves.
const (
	Literal Kind = ""
	Number  Kind = "number"
	ID      Kind = "id"
	Name    Kind = "name"
	Address Kind = "address"
	Email   Kind = "email"
	Quoted  Kind = "quoted"
)

// The signs around a kind in a form. A text's own opening sign is doubled, so that two texts have one form only if they differ in nothing
// but such parts.
const open, shut = "<", ">"

// Of returns the form of a text: its parts with their kinds in place of what differs, as in "<name> not found".
func Of(text string) string {
	var b strings.Builder
	for _, p := range Split(text) {
		if p.Kind == Literal {
			b.WriteString(strings.ReplaceAll(p.Text, open, open+open))
			continue
		}
		b.WriteString(open + string(p.Kind) + shut)
	}
	return b.String()
}

// Split returns the parts of a text, which together are the text. No two literal parts stand side by side.
func Split(text string) []Part {
	var out []Part
	at := 0 // the end of the last part
	add := func(part string, kind Kind) {
		from := at
		at += len(part)
		switch last := len(out) - 1; {
		case part == "":
		case kind == Literal && last >= 0 && out[last].Kind == Literal:
			out[last].Text = text[from-len(out[last].Text) : at]
		default:
			out = append(out, Part{part, kind})
		}
	}
	for i := 0; i < len(text); {
		n, kind := next(text, i)
		if kind == wordKind {
			for _, p := range word(text[i : i+n]) {
				add(p.Text, p.Kind)
			}
		} else {
			add(text[i:i+n], kind)
		}
		i += n
	}
	return out
}

// wordKind is that of a stretch that word splits.
const wordKind Kind = "word"

// next returns the length and the kind of the stretch that begins at text[i:].
func next(text string, i int) (n int, kind Kind) {
	if n := quotation(text, i); n > 0 {
		return n, Quoted
	}
	if n := address6(text, i); n > 0 {
		return n, Address
	}
	for n < len(text)-i {
		r, size := utf8.DecodeRuneInString(text[i+n:])
		if !inWord(r) {
			break
		}
		n += size
	}
	if n > 0 {
		return n, wordKind
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return size, Literal
}

// inWord reports whether a rune belongs to a word: a letter or a digit, or what joins them in names and ids.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || isJoint(r) }

func isJoint(r rune) bool { return r == '.' || r == '_' || r == '-' || r == '@' }

// quotes are the pairs of signs that names are quoted in.
var quotes = map[byte]byte{'"': '"', '\'': '\'', '`': '`'}

// mostQuoted is the longest quotation, in bytes.
const mostQuoted = 200

// quotation returns the length of the quotation that begins at text[i:], 0 for none. Texts of JSON are no quotations: they say what
// happened.
func quotation(text string, i int) int {
	end, ok := quotes[text[i]]
	if !ok || i > 0 && !strings.ContainsRune(" \t(=", rune(text[i-1])) {
		return 0
	}
	rest := text[i+1 : min(len(text), i+1+mostQuoted)]
	k := strings.IndexByte(rest, end)
	if k < 1 {
		return 0
	}
	after := i + 1 + k + 1
	if after < len(text) && !strings.ContainsRune(" \t),.;!?:", rune(text[after])) || text[i] == '"' && after < len(text) && text[after] == ':' {
		return 0
	}
	return after - i
}

// mostAddress is the longest address of version 6, in bytes.
const mostAddress = 45

// address6 returns the length of the address of version 6 that begins at text[i:], 0 for none.
func address6(text string, i int) int {
	if before, _ := utf8.DecodeLastRuneInString(text[:i]); i > 0 && (inWord(before) || before == ':') {
		return 0
	}
	n := 0
	for n < len(text)-i && strings.IndexByte("0123456789abcdefABCDEF:.", text[i+n]) >= 0 {
		if n++; n > mostAddress {
			return 0
		}
	}
	if n < len(text)-i {
		if r, _ := utf8.DecodeRuneInString(text[i+n:]); inWord(r) {
			return 0
		}
	}
	found := strings.TrimRight(text[i:i+n], ".:")
	if strings.Count(found, ":") < 2 {
		return 0
	}
	if _, err := netip.ParseAddr(found); err != nil {
		return 0
	}
	return len(found)
}

// word returns the parts of a word: the joints at its ends stand for themselves.
func word(text string) []Part {
	body := strings.TrimFunc(text, isJoint)
	if body == "" {
		return []Part{{text, Literal}}
	}
	from := strings.Index(text, body)
	out := []Part{{text[:from], Literal}}
	kind := kindOf(body)
	if unit := unitOf(body); kind == Number && unit != "" {
		out = append(out, Part{strings.TrimSuffix(body, unit), Number}, Part{unit, Literal})
	} else {
		out = append(out, Part{body, kind})
	}
	return append(out, Part{text[from+len(body):], Literal})
}

// The least digits of a word without joints that is an id: "S3" and "SHA256" are words.
const (
	fewDigits  = 4
	longWord   = 8
	longDigits = 2
)

// mostUnit is the longest unit behind a number, in bytes.
const mostUnit = 2

// unitOf returns the unit behind a number, as in 30ms; empty for none.
func unitOf(text string) string {
	rest := strings.TrimLeft(text, "0123456789.")
	if len(rest) == len(text) || len(rest) > mostUnit || strings.IndexFunc(rest, isJoint) >= 0 {
		return ""
	}
	return rest
}

// kindOf returns the kind of a word without joints at its ends.
func kindOf(text string) Kind {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	joined := strings.IndexFunc(text, isJoint) >= 0
	switch {
	case isAddress4(text):
		return Address
	case strings.Contains(text, "@"):
		return Email
	case digits == 0 && strings.ContainsAny(text, "._"):
		return Name
	case digits == 0:
		return Literal
	case strings.Trim(text, "0123456789.-_") == "", unitOf(text) != "":
		return Number
	case joined, digits >= fewDigits, len(text) >= longWord && digits >= longDigits:
		return ID
	}
	return Literal
}

// isAddress4 reports whether a text is an address of version 4.
func isAddress4(text string) bool {
	if strings.Count(text, ".") != 3 || strings.Trim(text, "0123456789.") != "" {
		return false
	}
	_, err := netip.ParseAddr(text)
	return err == nil
}
