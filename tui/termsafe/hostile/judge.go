package hostile

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Allowed is what may reach a terminal besides printable runes and newlines. The zero value is nothing.
type Allowed struct {
	// Styles are SGR sequences of at most 20 parameters and 64 bytes.
	Styles bool
	// Return is a carriage return: progress is drawn over itself.
	Return bool
	// Screen is what a renderer of whole screens sends of its own accord: movements, erasing, the modes it switches and asks for.
	// No sequence of it has the Marker of our texts, or moves further than a screen of 500 cells.
	Screen bool
	// Title is how a window title begins, if it is not empty; empty for no titles.
	Title string
}

// Leaks returns the parts of out that must not reach a terminal, at most ten, each with its surroundings.
func Leaks(out []byte, allowed Allowed) (leaks []string) {
	for i := 0; i < len(out) && len(leaks) < 10; {
		n := harmless(out[i:], allowed)
		if n == 0 {
			leaks = append(leaks, fmt.Sprintf("byte %d: %q", i, out[max(0, i-30):min(len(out), i+40)]))
			n = 1
		}
		i += n
	}
	return leaks
}

// harmless is the length of what s starts with that may pass: 0 if it may not.
func harmless(s []byte, allowed Allowed) int {
	switch c := s[0]; {
	case c == '\n', c >= 0x20 && c <= 0x7e:
		return 1
	case c == 0x1b:
		return sequence(s, allowed)
	case c == '\r' && allowed.Return, (c == '\r' || c == '\b' || c == '\t') && allowed.Screen:
		return 1
	}
	r, n := utf8.DecodeRune(s)
	if r == utf8.RuneError && n == 1 || !Printable(r) {
		return 0
	}
	return n
}

// Printable reports whether a rune may be shown as it is.
func Printable(r rune) bool {
	return r >= 0x20 && r <= 0x7e || unicode.IsPrint(r) && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		r != 0x2800 && r != 0xfffc
}

var (
	movement = regexp.MustCompile(`^\x1b\[[0-9]{0,3}(;[0-9]{0,3})?[ABCDEFGHIJKLMPSTXZ@bdefr` + "`" + `]|^\x1b[78M]`)
	// Wrapping, the cursor, focus, paste, mouse, whole frames, clusters and colours of the terminal; the keyboard of kitty and xterm;
	// tabs at every eighth cell.
	switching = regexp.MustCompile(`^\x1b\[\?(7|25|1002|1003|1004|1006|1049|2004|2026|2027|2031|2048)(\$p|[hl])|^\x1b\[([>=]?[0-9]{0,2}(;[0-9])?|<[0-9]?|\?)u|^\x1b\[>4(;[0-2])?m|^\x1b\[[0-6] q|^\x1b\[\?5W`)
	asking    = regexp.MustCompile(`^\x1b\[>?0?[cq]|^\x1b\]1[0-2];\?(\a|\x1b\\)|^\x1b\]11[0-2](\a|\x1b\\)|^\x1b\[\?996n`)
	title     = regexp.MustCompile(`^\x1b\][02];([^\x00-\x1f\x7f]*)(\a|\x1b\\)`)
)

// sequence is the length of the sequence at the start of s, if it may pass.
func sequence(s []byte, allowed Allowed) int {
	if n := style(s); allowed.Styles && n > 0 {
		return n
	}
	if m := title.FindSubmatch(s); allowed.Title != "" && m != nil && (len(m[1]) == 0 || strings.HasPrefix(string(m[1]), allowed.Title)) && len(Leaks(m[1], Allowed{})) == 0 {
		return len(m[0])
	}
	if !allowed.Screen {
		return 0
	}
	start := s[:min(len(s), 32)] // which is longer than any of these; regexp is slow on a long text
	for _, known := range []*regexp.Regexp{movement, switching, asking} {
		if m := known.Find(start); m != nil {
			return len(m)
		}
	}
	return 0
}

// style is the length of the SGR sequence at the start of s, if it keeps the limits.
func style(s []byte) int {
	end := bytes.IndexByte(s[:min(len(s), 64)], 'm') + 1
	if end < 3 || s[1] != '[' || len(bytes.TrimLeft(s[2:end-1], "0123456789;:")) > 0 {
		return 0
	}
	if bytes.Count(s[:end], []byte(";"))+bytes.Count(s[:end], []byte(":")) >= 20 {
		return 0
	}
	return end
}
