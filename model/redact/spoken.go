package redact

import "bytes"

// spoken finds a secret after a word that names it, without a sign between them: password 'x', setPassword("x"), the password is
// x. Names of secrets also occur in sentences, so only quoted values and codes count.
func spoken(s *search, i, end int) secret {
	from, to := i, end
	for from > 0 && i-from < maxName && nameByte(s.t[from-1]) {
		from--
	}
	to = urlSafe.run(s.t, to, maxName)
	name := s.t[from:to]
	if names.strength(name) != strong || looksUp(name) {
		return secret{}
	}
	v, ok := s.valueAfterName(to)
	if !ok {
		return secret{}
	}
	value := s.t[v.start:v.end]
	pass := bytes.Contains(bytes.ToLower(name), []byte("pass"))
	switch n := countClasses(value); {
	case blank(value), isUUID(value), v.quoted && value[0] == '%':
		return secret{}
	case pass && v.quoted && v.sure:
	case !opaque(value), n.digits == 0, !v.quoted && bytes.ContainsAny(value, "/.:()[]{}"), names.strength(value) != open:
		return secret{}
	case !pass && (n.upper == 0 || n.lower == 0):
		return secret{} // tokens and secrets have ids and names too
	}
	return v.secret()
}

func (v extent) secret() secret { return secret{start: v.start, end: v.end} }

// valueAfterName finds the value after a name that ends at i: in a call, in a list of arguments, or in a sentence. The value is
// sure if it can hardly be the name of something else.
func (s *search) valueAfterName(i int) (v extent, ok bool) {
	t := s.t
	if i >= len(t)-2 {
		return v, false
	}
	switch c := t[i]; {
	case c == '"' || c == '\'' || c == '\\':
		for i < len(t) && t[i] == '\\' {
			i++
		}
		if i++; i >= len(t) || t[i] != ',' {
			return v, false
		}
		v, ok = quotedAt(s.faintly(i+1), s.blanks(i+1))
		v.sure = false
		return v, ok && v.end > v.start
	case c == '(':
		v, ok = quotedAt(s.faintly(i), i+1)
		v.sure = true
		return v, ok && v.end > v.start
	}
	at := s.blanks(i)
	if at == i || at == len(t) {
		return v, false
	}
	at = s.verb(at)
	if v, ok = quotedAt(s.faintly(at), at); ok {
		v.sure = true
		return v, v.end > v.start
	}
	end := at + unquotedEnd(s.faintly(at)[at:])
	for end > at && bytes.IndexByte([]byte(".,;:!?)"), t[end-1]) >= 0 {
		end--
	}
	return extent{start: at, end: end}, end > at
}

// faintly cuts the text maxFaint bytes after i.
func (s *search) faintly(i int) []byte { return s.t[:min(len(s.t), i+maxFaint)] }

// blanks skips white space and the characters that may separate a name from its value in a sentence.
func (s *search) blanks(i int) int {
	from := i
	for i < len(s.t) && i-from < maxGap && bytes.IndexByte([]byte(" \t|>-"), s.t[i]) >= 0 {
		i++
	}
	return i
}

// verb skips a verb at i.
func (s *search) verb(i int) int {
	for _, verb := range []string{"is ", "was ", "by ", "BY ", "to "} {
		if bytes.HasPrefix(s.t[i:], []byte(verb)) {
			return s.blanks(i + len(verb))
		}
	}
	return i
}

// looksUp reports whether a name is that of a function that looks up a secret: its argument is the secret's name.
func looksUp(name []byte) bool {
	name = bytes.ToLower(name[bytes.LastIndexByte(name, '.')+1:])
	for _, verb := range []string{"get", "fetch", "read", "load", "find", "list", "describe", "has", "is", "check", "delete", "remove", "revoke", "lookup"} {
		if bytes.HasPrefix(name, []byte(verb)) {
			return true
		}
	}
	return false
}

// isUUID reports whether a text is a UUID.
func isUUID(v []byte) bool {
	return len(v) == 36 && v[8] == '-' && v[13] == '-' && v[18] == '-' && v[23] == '-' && (hex|hexUpper|dash).run(v, 0, 36) == 36
}

// identified finds the password in an SQL statement: IDENTIFIED BY 'x'.
func identified(s *search, _, end int) secret {
	i := end
	for i < len(s.t) && i-end < maxGap && s.t[i] == ' ' {
		i++
	}
	if v, ok := quotedAt(s.t, i); ok && v.end > v.start {
		return v.secret()
	}
	return secret{}
}

// dataSource masks the user and the password before the @ at i in the name of a database: bob:x@tcp(…), jdbc:oracle:thin:bob/x@.
// It returns where to continue.
func (s *search) dataSource(i int) (next int) {
	rest := s.t[i+1:]
	start := i
	for start > 0 && i-start < maxAuthority/2 && s.t[start-1] > ' ' && !endsAuthority(s.t[start-1]) && s.t[start-1] != '=' && s.t[start-1] != '(' {
		start--
	}
	if bytes.HasPrefix(rest, []byte("tcp(")) || bytes.HasPrefix(rest, []byte("unix(")) {
		if mark := bytes.IndexByte(s.t[start:i], ':'); mark >= 0 {
			s.add(start+mark+1, i)
		}
		return i + 1
	}
	if start > 0 && s.t[start-1] == '/' {
		before := s.t[max(0, start-maxName) : start-1]
		if bytes.Contains(before, []byte("jdbc:oracle:")) || bytes.Contains(before, []byte("sqlplus ")) {
			s.add(start, i)
		}
	}
	return i + 1
}
