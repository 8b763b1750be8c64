package redact

import "bytes"

// extent is the place of a value in a text, without its quotes.
type extent struct {
	start, end int
	quoted     bool
	sure       bool // it can hardly be the name of something else
}

// maxFaint is how much is read of a value that is a secret only if it looks like one.
const maxFaint = 256

// valueAfter finds the value of the name n after the sign at i.
func (s *search) valueAfter(i int, n label) extent {
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

// blockAt finds the indented lines of a YAML block whose sign is at i.
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

// quotedAt finds a quoted value that begins at i. Within a string its quotes have backslashes before them. Without a closing quote
// the value goes to the end of the text, or of the line if the quote may be an apostrophe.
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

// quoteEnd finds the end of a value whose quotes have escapes backslashes before them, or -1. A quote with more backslashes is
// part of the value.
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

// closing is the index after the bracket that closes the one at i, or the end of the text.
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

// unquotedEnd is the length of the unquoted value that t begins with. A separator ends it only if another name with its value
// follows, as passwords may contain separators too.
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

// separates reports whether the text after a separator is empty or another name with its value.
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

// headers are the last words of names whose values continue to the end of the line.
var headers = map[string]bool{"cookie": true, "authorization": true, "cookies": true}

// lastWord is the part after the last separator of a name, in lower case.
func lastWord(name []byte) string {
	return string(bytes.ToLower(name[bytes.LastIndexAny(name, "-_.")+1:]))
}

// lineEnd is the end of the line of i. An escaped line end counts too.
func (s *search) lineEnd(i int) int {
	for k := i; k < len(s.t); k++ {
		switch c := s.t[k]; {
		case c == '\n' || c == '\r', c == '\\' && k+1 < len(s.t) && (s.t[k+1] == 'n' || s.t[k+1] == 'r'):
			return k
		}
	}
	return len(s.t)
}

// headerValue finds the value of a header. It ends with the line, or with the quotes around the header; after a known scheme it is
// one word. A sentence has no value, and is not searched to the end of the line.
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

// headerEnd is the end of the value at i of the header n.
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

// oneWord are the authorization schemes with one word after them.
var oneWord = map[string]bool{
	"bearer": true, "basic": true, "token": true, "negotiate": true, "ntlm": true, "apikey": true, "ssws": true, "bot": true, "splunk": true, "geniekey": true, "key": true,
}
