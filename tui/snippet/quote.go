package snippet

import (
	"fmt"
	"strings"
)

// placeholder stands for the name of the source in a command, until [Row.named] replaces it. No snippet contains it otherwise.
const placeholder = "\x00"

// named puts the name of the source into a command. A shell drops line ends at the end of a command's output, so a name that ends
// with one gets a letter appended, which the command removes again.
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

// quote turns any bytes but NUL into one shell word. If not all are harmless it uses printf, so that the snippet contains no
// character that a shell could interpret.
func quote(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !harmless(r) && r != '=' && r != '"' }) < 0 {
		return "'" + text + "'"
	}
	return `"$(` + printf(text) + `)"`
}

// simple is quote without unneeded quotes.
func simple(text string) string {
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !harmless(r) || r == ' ' }) < 0 {
		return text
	}
	return quote(text)
}

// printf returns a command that prints any bytes, with those that are not harmless in octal.
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
