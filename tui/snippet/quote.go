package snippet

import (
	"fmt"
	"strings"
)

// placeholder stands in a command for the name of the source, until [Row.named]. It is no byte of a snippet.
const placeholder = "\x00"

// named puts the name of the source into a command. A shell drops line ends behind what a command prints, so a name that ends with
// them gets a letter behind it, which is taken off again.
func (r *Row) named(command string) string {
	path := r.Source.Place.Raw()
	if strings.HasPrefix(path, "-") {
		path = "./" + path // neither a flag nor standard input
	}
	if strings.HasSuffix(path, "\n") {
		return "(f=$(" + printf(path+"x") + "); " + strings.ReplaceAll(command, placeholder, `"${f%x}"`) + ")"
	}
	return strings.ReplaceAll(command, placeholder, quote(path))
}

// harmless reports whether a rune means nothing to a shell, to jq or to SQL in any quotes.
func harmless(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(" ._-:/@+,", r)
}

// quote makes one word of a shell of any bytes but NUL. What is more than harmless is left to printf, so that no sign stands in the
// snippet that a shell could take for its own.
func quote(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !harmless(r) && r != '=' && r != '"' }) < 0 {
		return "'" + text + "'"
	}
	return `"$(` + printf(text) + `)"`
}

// simple is quote, without quotes where none are needed.
func simple(text string) string {
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !harmless(r) || r == ' ' }) < 0 {
		return text
	}
	return quote(text)
}

// printf is a command that prints any bytes: those that are not harmless in octal.
func printf(text string) string {
	var out strings.Builder
	out.WriteString("printf '")
	for i := range len(text) {
		if c := text[i]; c < 0x80 && harmless(rune(c)) && (i > 0 || c != '-') {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, `\%03o`, c)
		}
	}
	return out.String() + "'"
}
