package redact

import "bytes"

// extent is where a value stands in a text, without its quotes.
type extent struct {
	start, end int
	quoted     bool
	sure       bool // it can hardly be the name of something else
}

// maxFaint is how much of a value is looked at that is a secret only if it looks like one.
const maxFaint = 256

// valueBehind finds the value of the name n behind the sign at i.
func (s *search) valueBehind(i int, n label) extent {
	t, sign := s.t, s.t[i]
	i++
	for i < len(t) && sign != '>' && (t[i] == '=' || t[i] == '>' || t[i] == '~') {
		i++ // := => == =~
	}
	for from := i; i < len(t) && i-from < maxGap && (t[i] == ' ' || t[i] == '\t' || n.quoted && (t[i] == '\n' || t[i] == '\r')); {
		i++
	}
	if i >= len(t) {
		return extent{start: len(t), end: len(t)}
	}
	limit := len(t)
	if n.is != strong {
		limit = min(limit, i+maxFaint)
	}
	if v, ok := quotedAt(t[:limit], i); ok {
		return v
	}
	switch {
	case sign == '>' && bytes.HasPrefix(t[i:], []byte(cdata)):
		i += len(cdata)
		if end := bytes.Index(t[i:limit], []byte("]]>")); end >= 0 {
			return extent{start: i, end: i + end}
		}
		return extent{start: i, end: limit}
	case t[i] == '|' || sign == ':' && t[i] == '>':
		if v, ok := s.blockAt(i); ok {
			return v
		}
		return extent{start: i, end: i + unquotedEnd(t[i:limit])}
	case sign == '>':
		if end := bytes.IndexByte(t[i:limit], '<'); end >= 0 {
			return extent{start: i, end: i + end}
		}
		return extent{start: i, end: limit}
	case sign == ':' && !headers[lastWord(s.named(n))] && prose(t, i):
		return extent{start: i, end: i}
	case bytes.HasPrefix(t[i:], []byte(Mask)):
		return extent{start: i, end: i + unquotedEnd(t[i:limit])}
	case n.is == strong && (t[i] == '{' || t[i] == '[') && n.quoted:
		return extent{start: i, end: closing(t, i)}
	case n.is == strong && !n.quoted && headers[lastWord(s.named(n))]:
		return s.headerValue(i, n, sign)
	}
	return extent{start: i, end: i + unquotedEnd(t[i:limit])}
}

// cdata begins a text in XML.
const cdata = "<![CDATA["

// blockAt finds the lines of a block of YAML whose sign stands at i: those that are indented.
func (s *search) blockAt(i int) (v extent, ok bool) {
	for i++; i < len(s.t) && (s.t[i] == '-' || s.t[i] == '+'); i++ {
	}
	if i+1 >= len(s.t) || s.t[i] != '\n' || s.t[i+1] != ' ' {
		return v, false
	}
	start := i + 1
	for start < len(s.t) && s.t[start] == ' ' {
		start++
	}
	for end := start; end < len(s.t); end++ {
		if s.t[end] == '\n' && (end+1 == len(s.t) || s.t[end+1] != ' ') {
			return extent{start: start, end: end, quoted: true}, true
		}
	}
	return extent{start: start, end: len(s.t), quoted: true}, true
}

// quotedAt finds a value in quotes that begins at i. In a string in a string backslashes stand before the quotes. One that is cut
// goes to the end, or to that of the line if it may be an apostrophe.
func quotedAt(t []byte, i int) (v extent, ok bool) {
	escapes := 0
	for i < len(t) && t[i] == '\\' && escapes < 1<<maxNesting {
		i, escapes = i+1, escapes+1
	}
	if i == len(t) || t[i] != '"' && t[i] != '\'' && t[i] != '`' {
		return v, false
	}
	start := i + 1
	if end := quoteEnd(t, start, t[i], escapes); end >= 0 {
		return extent{start: start, end: end, quoted: true}, true
	}
	end := len(t)
	if t[i] == '\'' {
		if line := bytes.IndexByte(t[start:], '\n'); line >= 0 {
			end = start + line
		}
	}
	return extent{start: start, end: end, quoted: true}, true
}

// quoteEnd finds the end of a value that stands in quotes with so many backslashes before each, or -1. More backslashes make the
// quote a part of the value.
func quoteEnd(t []byte, start int, quote byte, escapes int) int {
	for i := start; i < len(t); {
		k := bytes.IndexByte(t[i:], quote)
		if k < 0 {
			return -1
		}
		i += k
		run := 0
		for i-run > start && t[i-run-1] == '\\' {
			run++
		}
		if run%(2*escapes+2) == escapes || run < escapes {
			return i - min(run, escapes)
		}
		i++
	}
	return -1
}

// closing is behind the bracket that closes the one at i, or the end of a text that is cut.
func closing(t []byte, i int) int {
	depth := 0
	for ; i < len(t); i++ {
		switch t[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"':
			if v, ok := quotedAt(t, i); ok && v.end < len(t) {
				i = v.end
			}
		}
	}
	return len(t)
}

// unquotedEnd is the length of the value without quotes that t begins with. A sign that separates values ends it if a value of
// another name follows: passwords hold such signs too.
func unquotedEnd(t []byte) int {
	depth := 0
	for i, c := range t {
		switch c {
		case ' ', '\t', '\n', '\r', '"', '\'', '`', '<', '>':
			return i
		case '\\':
			if i+1 < len(t) && bytes.IndexByte([]byte(`nrtu"'\`), t[i+1]) >= 0 {
				return i
			}
		case '&', ',', ';', '|', '#':
			if separates(t[i+1:], c) {
				return i
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth < 0 && (i+1 == len(t) || charsets[t[i+1]]&alnum == 0) {
				return i
			}
		}
	}
	return len(t)
}

// separates reports whether what follows a sign is nothing, or another name with its value.
func separates(rest []byte, sign byte) bool {
	if len(rest) == 0 {
		return true
	}
	switch c := rest[0]; {
	case c == ' ' || c == '"' || c == '\'' || c == '\\' || c == '\n' || c == '\r' || c == '\t':
		return true
	case sign == '&' && bytes.HasPrefix(rest, []byte("amp;")):
		return true
	}
	i := 0
	for i < len(rest) && i < maxName && (nameByte(rest[i]) || rest[i] == '[' || rest[i] == ']' || rest[i] == '%') {
		i++
	}
	return i > 0 && i < len(rest) && (rest[i] == '=' || rest[i] == ':')
}

// headers are the last words of names whose values go on to the end of the line.
var headers = map[string]bool{"cookie": true, "authorization": true, "cookies": true}

// lastWord is what stands behind the last hyphen of a name, in small letters.
func lastWord(name []byte) string {
	return string(bytes.ToLower(name[bytes.LastIndexAny(name, "-_.")+1:]))
}

// lineEnd is the end of the line that i is in, also where the end is written as an escape.
func (s *search) lineEnd(i int) int {
	for k := i; k < len(s.t); k++ {
		switch c := s.t[k]; {
		case c == '\n' || c == '\r', c == '\\' && k+1 < len(s.t) && (s.t[k+1] == 'n' || s.t[k+1] == 'r'):
			return k
		}
	}
	return len(s.t)
}

// headerValue finds the value of a header. It goes to the end of the line, or of the quotes that the header stands in; that of a
// known scheme is one word more. Nothing is searched to the end of the line for what is a sentence.
func (s *search) headerValue(i int, n label, sign byte) extent {
	head := s.t[i:min(len(s.t), i+maxName)]
	first := i + unquotedEnd(head)
	scheme := bytes.ToLower(s.t[i:first])
	switch coded := countClasses(head).digits > 0 || bytes.IndexByte(head, '=') >= 0; {
	case sign == '=':
		return extent{start: i, end: i + unquotedEnd(s.t[i:])}
	case oneWord[string(scheme)] && first+1 < len(s.t) && s.t[first] == ' ':
		if bytes.HasPrefix(s.t[first+1:], []byte(Mask)) || prose(s.t, first+1) {
			return extent{start: i, end: i}
		}
		return extent{start: i, end: first + 1 + unquotedEnd(s.t[first+1:])}
	case proseWords[string(scheme)], !coded && prose(s.t, i):
		return extent{start: i, end: i}
	}
	return extent{start: i, end: s.headerEnd(i, n)}
}

// headerEnd is where the value at i of the header n ends.
func (s *search) headerEnd(i int, n label) int {
	line := s.lineEnd(i)
	if n.start == 0 || s.t[n.start-1] != '"' && s.t[n.start-1] != '\'' {
		return line
	}
	escapes := 0
	for n.start-2-escapes >= 0 && s.t[n.start-2-escapes] == '\\' {
		escapes++
	}
	if end := quoteEnd(s.t[:line], i, s.t[n.start-1], escapes); end >= 0 {
		return end
	}
	return line
}

// oneWord are the schemes of authorization with one word behind them.
var oneWord = map[string]bool{
	"bearer": true, "basic": true, "token": true, "negotiate": true, "ntlm": true, "apikey": true, "ssws": true, "bot": true, "splunk": true, "geniekey": true, "key": true,
}
