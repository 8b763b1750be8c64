package redact

import "bytes"

// maxGap is the longest space between a name and the sign after it, and between the sign and the value.
const maxGap = 8

// assigned masks the value after the sign at i if the name before it names a secret, as in name=value, "name": "value",
// <name>value, and also scheme://user:password@host. It returns where to continue.
func (s *search) assigned(i int) (next int) {
	c := s.t[i]
	if c == ':' {
		if bytes.HasPrefix(s.t[i:], []byte("://")) {
			return s.address(i)
		}
		if end := s.chatBot(i); end > 0 {
			return end
		}
	}
	n, ok := s.nameBefore(i)
	if !ok {
		return i + 1
	}
	if string(s.named(n)) == "Private-Lines" {
		return s.puttyKey(i)
	}
	v, limited := s.valueAfter(i, n), n.is != strong
	if limited {
		s.noteName(n, v)
		if n.is = max(n.is, s.paired(n)); n.is == open {
			return i + 1
		}
	}
	if v.end <= v.start || !s.secretValue(c, n, v) {
		return i + 1
	}
	if limited {
		n.is = strong // finds the whole value, however long it is
		v = s.valueAfter(i, n)
	}
	s.add(v.start, v.end)
	return max(v.end, i+1)
}

// label is a name in a text.
type label struct {
	start, end int
	quoted     bool // it is in quotes
	is         strength
}

func (s *search) named(n label) []byte { return s.t[n.start:n.end] }

// nameBefore finds the name before the sign at i.
func (s *search) nameBefore(i int) (n label, ok bool) {
	t, end := s.t, i
	for end > 0 && i-end < maxGap && (t[end-1] == ' ' || t[end-1] == '\t') {
		end--
	}
	for end > 0 && i-end < 2*maxGap && (t[end-1] == '"' || t[end-1] == '\'' || t[end-1] == '\\' || t[end-1] == ']' || t[end-1] == '`') {
		n.quoted = n.quoted || t[end-1] != ']' && t[end-1] != '\\'
		end--
	}
	start := end
	for start > 0 && end-start < maxName && nameByte(t[start-1]) {
		start--
	}
	if end-start < 2 {
		return n, false
	}
	if t[i] == '>' && (start == 0 || t[start-1] != '<' && t[start-1] != ':') {
		return n, false
	}
	n.start, n.end = start, end
	if n.is = names.strength(s.named(n)); n.is <= faint {
		s.joinWords(&n)
	}
	if n.is != open && t[i] == ':' && s.resource(start) {
		return n, false
	}
	return n, true
}

// nameByte reports whether a byte may stand in a name.
func nameByte(c byte) bool { return charsets[c]&(dotted|dollar) != 0 || c >= 0x80 }

// lastWords are the last words of names that are written as several words: API key, connection string.
var lastWords = map[string]bool{"key": true, "keys": true, "string": true, "phrase": true, "code": true, "value": true}

// joinWords extends a name by the words before it.
func (s *search) joinWords(n *label) {
	if !lastWords[string(bytes.ToLower(s.named(*n)))] {
		return
	}
	start := n.start
	for range 2 {
		if start < 2 || s.t[start-1] != ' ' {
			return
		}
		word := start - 1
		for word > 0 && start-word < maxName && charsets[s.t[word-1]]&letters != 0 {
			word--
		}
		if word == start-1 {
			return
		}
		start = word
		if is := names.strength(s.t[start:n.end]); is > n.is {
			n.start, n.is = start, is
			return
		}
	}
}

// resource reports whether the name at i is a part of the name of a resource, such as arn:aws:secretsmanager:….
func (s *search) resource(i int) bool {
	if i == 0 || s.t[i-1] != ':' && s.t[i-1] != '/' {
		return false
	}
	start := i
	for start > 0 && i-start < 2*maxName && charsets[s.t[start-1]]&(dotted|slash) != 0 || start > 0 && i-start < 2*maxName && s.t[start-1] == ':' {
		start--
	}
	return bytes.HasPrefix(s.t[start:], []byte("arn:")) || bytes.HasPrefix(s.t[start:], []byte("urn:"))
}

// noteName remembers the name of a pair: "name": "Authorization", "value": "…".
func (s *search) noteName(n label, v extent) {
	var text [maxName]byte
	var begins [maxName]bool
	if !v.quoted || v.end-v.start > maxName || pairRoles[string(newName(s.named(n), text[:0], begins[:0]).text)] != pairName {
		return
	}
	if names.strength(s.t[v.start:v.end]) == strong {
		s.pairName = v.end
	}
}

// paired is the strength that the name of a pair gives to the value whose own name is n.
func (s *search) paired(n label) strength {
	var text [maxName]byte
	var begins [maxName]bool
	if s.pairName < 0 || n.start < s.pairName || n.start-s.pairName > 2*maxGap ||
		pairRoles[string(newName(s.named(n), text[:0], begins[:0]).text)] != pairValue {
		return open
	}
	return strong
}

// secretValue reports whether a value is the secret that its name announces.
func (s *search) secretValue(sign byte, n label, v extent) bool {
	value := s.t[v.start:v.end]
	switch {
	case n.is == faint && !v.quoted && n.start > 0 && (s.t[n.start-1] == '?' || s.t[n.start-1] == '&' || s.t[n.start-1] == '#') && scrambled(value):
		return true // in a URL
	case !n.is.hides(value):
		return false
	case v.quoted:
		return true
	case n.end-n.start == len("PWD") && value[0] == '/' && string(s.named(n)) == "PWD":
		return false // the folder of a shell
	case sign == '=' && len(value) <= maxFaint && called(value):
		return false
	}
	return true
}

// called reports whether a value is a function call in a program.
func called(v []byte) bool {
	end := (letters | underline | dot).run(v, 0, maxName)
	return end > 2 && end < len(v) && v[end] == '(' && v[len(v)-1] == ')'
}

// chatBot masks the token of a chat bot with its number before the colon at i, and returns its end, or 0.
func (s *search) chatBot(i int) (end int) {
	start := i
	for start > 0 && i-start < 11 && s.t[start-1]-'0' < 10 {
		start--
	}
	if n := i - start; n < 8 || n > 10 {
		return 0
	}
	if end = urlSafe.run(s.t, i+1, 64); end-i-1 < 30 || end-i-1 > 40 {
		return 0
	}
	s.add(start, end)
	return end
}
