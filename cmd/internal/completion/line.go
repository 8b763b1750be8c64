package completion

import (
	"strings"
	"unicode"
)

// Line is a command line of bash that is being typed.
type Line struct {
	Words []string // the words before the one at the cursor, without quotes; the first is the command
	Word  string   // the beginning of the word at the cursor, without quotes
	After []string // the words after the cursor, as long as they belong to the command

	raw  string // the beginning of the word as it is typed
	last word
}

// ParseLine takes apart a line with the cursor at a place, in bytes or beyond the end. Variables and substitutions stay as they are
// written.
func ParseLine(line string, cursor int) *Line {
	cursor = max(0, min(cursor, len(line)))
	l := new(Line)
	start, rest := 0, line[:cursor]
	for {
		w := readWord(rest)
		if w.length == len(rest) { // it ends at the cursor
			l.Word, l.raw, l.last = w.text, rest, w
			break
		}
		if w.length > 0 {
			l.Words = append(l.Words, w.text)
		}
		if w.ends {
			l.Words = nil // a new command begins
		}
		rest = rest[w.length+1:]
		start = cursor - len(rest)
	}
	l.After = wordsAfter(line[start:])
	return l
}

// wordsAfter returns the words of a text but the first one.
func wordsAfter(text string) (words []string) {
	for first := true; text != ""; first = false {
		w := readWord(text)
		if !first && w.length > 0 {
			words = append(words, w.text)
		}
		if w.length == len(text) || w.ends && text[w.length] != '<' {
			break
		}
		text = text[w.length+1:]
	}
	return words
}

// word is a word of a line.
type word struct {
	text   string // without quotes
	length int    // of what is typed, in bytes
	open   byte   // the quote that the line ends in, 0 for none
	head   string // the text before the open quote
	inside int    // the place after it, in what is typed
	ends   bool   // an operator follows that ends the command or redirects
}

// readWord reads the word that a line begins with.
func readWord(line string) word {
	var text strings.Builder
	w := word{}
	for w.length = 0; w.length < len(line); w.length++ {
		c := line[w.length]
		switch {
		case c == '\\' && w.open != '\'' && w.length+1 < len(line):
			if next := line[w.length+1]; w.open == 0 || strings.IndexByte("$`\"\\", next) >= 0 {
				w.length++
				c = next
			}
			text.WriteByte(c)
		case w.open != 0 && c == w.open:
			w.open = 0
		case w.open == 0 && (c == '\'' || c == '"'):
			w.open, w.head, w.inside = c, text.String(), w.length+1
		case w.open == 0 && (c == ' ' || c == '\t' || c == '\n'):
			w.text = text.String()
			return w
		case w.open == 0 && strings.IndexByte("|&;<>()", c) >= 0:
			w.text, w.ends = text.String(), true
			return w
		default:
			text.WriteByte(c)
		}
	}
	w.text = text.String()
	return w
}

// Insert returns the text by which readline replaces what it takes for the word at the cursor, so that the shell reads the whole word as
// text. breaks are the characters that begin a word for readline. ok is false if what is typed cannot become the word.
func (l *Line) Insert(text, breaks string) (insert string, ok bool) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", false
	}
	rest, ok := strings.CutPrefix(text, l.last.head)
	switch l.last.open {
	case '\'':
		return rest, ok && !strings.Contains(rest, "'")
	case '"':
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(rest), ok && !strings.Contains(rest, "!")
	}
	return strings.CutPrefix(escape(text), l.raw[:l.kept(breaks)])
}

// kept returns how many bytes of the word at the cursor stand before what readline takes for the word.
func (l *Line) kept(breaks string) (n int) {
	if l.last.open != 0 {
		return l.last.inside
	}
	for i := 0; i < len(l.raw); i++ {
		if l.raw[i] == '\\' {
			i++
		} else if strings.IndexByte(breaks, l.raw[i]) >= 0 {
			n = i + 1
		}
	}
	return n
}

// Quoted reports whether a quote is open at the cursor: the shell closes it after the only completion.
func (l *Line) Quoted() bool { return l.last.open != 0 }

// escape writes a word for a shell, outside of quotes.
func escape(text string) string {
	var out strings.Builder
	for i, r := range text {
		if strings.ContainsRune(" \t\n\\'\"$`!*?[]{}()<>|&;#~^", r) && (r != '~' && r != '#' || i == 0) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// Fits returns the words that may replace what is typed: in bash a common beginning of several words does so at once, and must not be shorter
// than what is typed. If no word begins like that, Fits ignores quotes of the query language, and then case.
func Fits(typed string, words []string) (fit []string) {
	unquoted := func(text string) string { return strings.ReplaceAll(text, `"`, "") }
	folded := func(text string) string { return strings.ToLower(unquoted(text)) }
	for _, plain := range []func(string) string{strings.Clone, unquoted, folded} {
		fit = nil
		for _, w := range words {
			if strings.HasPrefix(plain(w), plain(typed)) {
				fit = append(fit, w)
			}
		}
		if len(fit) > 0 && strings.HasPrefix(plain(common(fit)), plain(typed)) {
			return fit
		}
	}
	return nil
}

// Start returns the common beginning of the words that fit, if one of several does not begin as typed, and else "". A shell that can replace what
// is typed by a single word alone is offered that beginning first.
func Start(typed string, fit []string) string {
	for _, w := range fit {
		if len(fit) > 1 && !strings.HasPrefix(w, typed) {
			return common(fit)
		}
	}
	return ""
}

// common returns the longest common beginning of words.
func common(words []string) string {
	if len(words) == 0 {
		return ""
	}
	first := words[0]
	for _, w := range words[1:] {
		n := 0
		for n < len(first) && n < len(w) && first[n] == w[n] {
			n++
		}
		first = first[:n]
	}
	return first
}
