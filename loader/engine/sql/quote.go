package sql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// quote writes a text as an expression: literals with what stands for itself, and CHR() for the rest, joined. A text that is not UTF-8
// cannot be written; ok is false then.
func quote(text string, plain func(r rune) bool) (out string, ok bool) {
	if !utf8.ValidString(text) {
		return "", false
	}
	var parts []string
	for rest := text; rest != "" || parts == nil; {
		n := strings.IndexFunc(rest, func(r rune) bool { return !plain(r) })
		if n < 0 {
			n = len(rest)
		}
		if n > 0 || rest == "" {
			parts = append(parts, "'"+strings.ReplaceAll(rest[:n], "'", "''")+"'")
		}
		if rest = rest[n:]; rest != "" {
			r, size := utf8.DecodeRuneInString(rest)
			parts = append(parts, fmt.Sprintf("CHR(%d)", r))
			rest = rest[size:]
			if rest == "" {
				break
			}
		}
	}
	if len(parts) == 1 {
		return parts[0], true
	}
	return enclosed(parts, " || "), true
}

// quoteTrino writes a text in Trino's SQL, where only the quote means something within a literal.
func quoteTrino(text string) (out string, ok bool) {
	return quote(text, func(r rune) bool { return r >= ' ' && r != 0x7f })
}

// quoteSnowflake writes a text in Snowflake's SQL, where a backslash begins an escape. Panther replaces its macros in the text of a
// statement, wherever they stand, so that their names are cut.
func quoteSnowflake(text string) (out string, ok bool) {
	pieces := strings.Split(text, macro)
	for i, p := range pieces {
		if i > 0 {
			p = macro[1:] + p
		}
		if i < len(pieces)-1 {
			p += macro[:1]
		}
		if pieces[i], ok = quote(p, func(r rune) bool { return r >= ' ' && r != 0x7f && r != '\\' }); !ok {
			return "", false
		}
	}
	if len(pieces) == 1 {
		return pieces[0], true
	}
	return enclosed(pieces, " || "), true
}

// macro begins the names of Panther's macros, such as p_occurs_since.
const macro = "p_occurs_"

// list writes the values that can be written, in parentheses; it is empty if there are none.
func list(values []string, quote func(string) (string, bool)) string {
	var out []string
	for _, v := range values {
		if text, ok := quote(v); ok {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return enclosed(out, ", ")
}

// word reports whether a name is a plain word, which no dialect takes for anything else.
func word(name string) bool {
	return name != "" && strings.Trim(name[:1], "0123456789") != "" &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
