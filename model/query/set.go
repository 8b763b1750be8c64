package query

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"pawprint/model/ipaddr"
)

// Set is the values of a file, which a query compares all at once: @bad.txt. It never changes; any number of goroutines may use it.
type Set struct {
	Path string
	Read time.Time // when the file was read; the caller sets it

	entries []setEntry
	spans   spanTable      // of the addresses, networks and ranges
	texts   textTable      // folded: values that are not a single address
	all     textTable      // folded
	exact   map[string]int // entries by their text
	folded  map[string]int
	numbers map[string]int // by numberKey
}

// setEntry is a value with its place in the file.
type setEntry struct {
	text string
	line int
}

// MaxSetValues is how many values a set may have.
const MaxSetValues = 1_000_000

// ParseSet reads the values in a file: one on each line. Blank lines and what follows a # at the start of a line or after a blank are left
// out. Values that were made harmless are read as what they stand for: 203[.]0[.]113[.]9, hxxp://example[.]com, user[at]example[.]com.
func ParseSet(path string, content []byte) (*Set, error) {
	s := &Set{Path: path, exact: map[string]int{}, folded: map[string]int{}, numbers: map[string]int{}}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, fmt.Errorf("reading @%s: not a text file: it has NUL bytes", path)
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	n := 0
	for text := range strings.Lines(string(content)) {
		n++
		if text = refang(uncomment(text)); text == "" {
			continue
		}
		if !s.add(text, n) {
			return nil, fmt.Errorf("reading @%s: line %d: %s is neither a network such as 192.0.2.0/24 nor a range such as 192.0.2.5-192.0.2.9", path, n, text)
		}
	}
	switch n := len(s.entries); {
	case n == 0:
		return nil, fmt.Errorf("reading @%s: the file has no values: put one on each line", path)
	case n > MaxSetValues:
		return nil, fmt.Errorf("reading @%s: it has %d values, but at most %d are allowed: split the file", path, n, MaxSetValues)
	}
	s.index()
	return s, nil
}

// Len is the number of values, duplicates included.
func (s *Set) Len() int { return len(s.entries) }

// uncomment drops a comment, and the blanks around the rest.
func uncomment(line string) string {
	for i := range line {
		if line[i] == '#' && (strings.TrimSpace(line[:i]) == "" || line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
			break
		}
	}
	return strings.TrimFunc(line, Blank)
}

var fangs = strings.NewReplacer("[.]", ".", "(.)", ".", "{.}", ".", "[dot]", ".", "(dot)", ".", "[DOT]", ".", "[:]", ":", "[://]", "://", "[at]", "@", "(at)", "@", "[AT]", "@", "[@]", "@", "(@)", "@", "[/]", "/")

// refang reads a value that was made harmless, so that nobody follows it by mistake.
func refang(text string) string {
	text = fangs.Replace(text)
	for _, scheme := range [...][2]string{{"hxxps", "https"}, {"hxxp", "http"}, {"fxp", "ftp"}} {
		if n := len(scheme[0]); len(text) > n && strings.EqualFold(text[:n], scheme[0]) && text[n] == ':' {
			return scheme[1] + text[n:]
		}
	}
	return text
}

// add adds a value. It returns false for a network or a range that is not valid.
func (s *Set) add(text string, line int) bool {
	i := len(s.entries)
	s.entries = append(s.entries, setEntry{text, line})
	fold := folded(text)
	put := func(m map[string]int, key string) {
		if _, known := m[key]; !known {
			m[key] = i
		}
	}
	put(s.exact, text)
	put(s.folded, fold)
	if n, ok := parseNumber([]byte(text)); ok {
		put(s.numbers, numberKey(n))
	}
	s.all = append(s.all, tableText{fold, i})
	span, ok := ipaddr.ParseSpan(text)
	if ok {
		s.spans.add(span, i)
	}
	if !ok || !span.Single() {
		s.texts = append(s.texts, tableText{fold, i})
	}
	return ok || !ipaddr.Range(text) && !maimed(text)
}

// maimed reports whether a text that is not a network begins like one.
func maimed(text string) bool {
	first, length, is := strings.Cut(text, "/")
	return is && ipaddr.Plain([]byte(first)) && strings.Trim(length, "0123456789") == ""
}

// Words says what is in the set and when it was read, and how many of its values are not addresses if a field of addresses is compared
// with them.
func (s *Set) Words(addresses bool, zone *time.Location) string {
	out := fmt.Sprintf("@%s: %d values, read at %s", s.Path, len(s.entries), s.Read.In(zone).Format("15:04:05 MST"))
	if n := len(s.entries) - len(s.spans.spans); addresses && n > 0 {
		i := slices.IndexFunc(s.entries, func(e setEntry) bool { _, ok := ipaddr.ParseSpan(e.text); return !ok })
		out += fmt.Sprintf("; %d of them are not addresses, such as the one in line %d", n, s.entries[i].line)
	}
	return out
}

func (s *Set) index() {
	s.spans.index()
	s.texts, s.all = s.texts.index(), s.all.index()
}

// numberKey is the same for equal numbers only.
func numberKey(n number) string {
	return strconv.FormatBool(n.negative && len(n.digits) > 0) + string(bytes.ReplaceAll(n.digits, []byte("."), nil)) + "e" + strconv.FormatInt(n.exponent, 10)
}

// test makes the test for values that match one in the set.
func (s *Set) test(of *subject, o op) test {
	find := s.finder(of, o)
	return test{deep: o == opHas && of.kind != kindEnumeration || of.kind == kindAddress, whole: o == opEqual,
		text: func(b []byte) bool { return find(b) >= 0 }, bare: func(b []byte) bool { return s.bare(b) >= 0 }}
}

// finder returns a function that returns the entry that a text matches, as it would match that value in a query, or -1.
func (s *Set) finder(of *subject, o op) func(b []byte) int {
	switch {
	case o == opEqual && of.kind == kindAddress:
		return func(b []byte) int { return firstOf(s.spans.find(b), lookUp(s.exact, b)) }
	case o == opEqual:
		return func(b []byte) int { return lookUp(s.exact, b) }
	case of.kind == kindEnumeration:
		return func(b []byte) int { return lookUp(s.folded, []byte(folded(string(b)))) }
	case of.kind == kindID:
		return func(b []byte) int { return s.all.at([]byte(folded(string(b)))) }
	case of.kind == kindAddress:
		return func(b []byte) int { return firstOf(s.spans.find(b), s.within(b), s.usual(b)) }
	}
	return func(b []byte) int { return firstOf(s.spans.find(b), s.within(b)) }
}

// bare finds the entry that a number, true or false equals.
func (s *Set) bare(b []byte) int {
	if n, ok := parseNumber(b); ok {
		return lookUp(s.numbers, []byte(numberKey(n)))
	}
	return lookUp(s.folded, []byte(folded(string(b))))
}

// within finds an entry that the text contains in any case.
func (s *Set) within(b []byte) int {
	if len(s.texts) == 0 {
		return -1
	}
	return s.texts.within([]byte(folded(string(b))))
}

// usual finds an entry that the usual form of an address in the text contains.
func (s *Set) usual(b []byte) (found int) {
	found = -1
	if len(s.texts) > 0 {
		ipaddr.Each(b, func(a netip.Addr) bool {
			found = s.within([]byte(a.String()))
			return found >= 0
		})
	}
	return found
}

func lookUp(m map[string]int, key []byte) int {
	if i, ok := m[string(key)]; ok {
		return i
	}
	return -1
}

// firstOf returns the first entry that was found.
func firstOf(found ...int) int {
	if i := slices.IndexFunc(found, func(i int) bool { return i >= 0 }); i >= 0 {
		return found[i]
	}
	return -1
}
