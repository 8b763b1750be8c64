package redact

import "bytes"

// dashed searches from a hyphen, which may begin an option of a command or the frame of a key. It returns where to continue.
func (s *search) dashed(i int) (next int) {
	after := i
	for after < len(s.t) && s.t[after] == '-' {
		after++
	}
	switch n := after - i; {
	case n >= 4:
		if end := s.framed(i, after); end > 0 {
			return end
		}
	case n <= 2 && after < len(s.t) && (i == 0 || !nameByte(s.t[i-1])):
		if end := s.option(i, after); end > 0 {
			return end
		}
	}
	return after
}

// option masks the value of an option whose name begins at from, and returns its end, or 0.
func (s *search) option(i, from int) (end int) {
	nameEnd := from
	for nameEnd < len(s.t) && nameEnd-from < maxName && nameByte(s.t[nameEnd]) {
		nameEnd++
	}
	n := label{start: from, end: nameEnd}
	if nameEnd == from {
		return 0
	}
	if nameEnd-from == 1 || from-i == 1 && s.t[from] == 'p' && nameEnd-from > 5 {
		return s.letter(i, from)
	}
	if long := string(s.named(n)); (long == "user" || long == "proxy-user") && nameEnd < len(s.t) && (s.t[nameEnd] == ' ' || s.t[nameEnd] == '=') {
		return s.userOption(i, s.word(nameEnd+1))
	}
	if nameEnd >= len(s.t)-1 || s.t[nameEnd] != ' ' {
		return 0
	}
	if n.is = names.strength(s.named(n)); n.is == open {
		return 0
	}
	v := s.word(nameEnd + 1)
	if !n.is.hides(s.t[v.start:v.end]) || s.t[v.start] == '-' || !v.quoted && prose(s.t, v.start) {
		return 0
	}
	s.add(v.start, v.end)
	return v.end
}

// word is the word of a command that begins at i.
func (s *search) word(i int) extent {
	for i < len(s.t)-1 && s.t[i] == ' ' {
		i++
	}
	if v, ok := quotedAt(s.t, i); ok {
		return v
	}
	end := i
	for end < len(s.t) && s.t[end] > ' ' && s.t[end] != '"' && s.t[end] != '\'' && s.t[end] != '\\' {
		end++
	}
	return extent{start: i, end: end}
}

// takers are the commands that take a secret with an option of one letter. close means that the value may follow the letter
// without a space, as for mysql.
var takers = []struct {
	command string
	letter  byte
	close   bool
}{
	{"mysql", 'p', true}, {"mariadb", 'p', true}, {"sshpass", 'p', true}, {"login", 'p', false}, {"-u ", 'p', false}, {"--user", 'p', false}, {"redis-cli", 'a', false},
	{"ldapsearch", 'w', false}, {"ldapmodify", 'w', false}, {"mongo", 'p', false}, {"unzip", 'P', false}, {"sqlcmd", 'P', true},
	{"sqlplus", 'p', false}, {"htpasswd", 'b', false}, {"openssl", 'k', false}, {"zip", 'P', false}, {"kinit", 'w', false}, {"smbclient", 'p', false},
}

// harmlessLetters are commands for which -p is not a password.
var harmlessLetters = []string{"mkdir", "ssh", "scp", "cp ", "docker", "podman", "nmap", "install", "ps ", "psql", "kill", "rsync", "tar", "nc ", "lsof", "journalctl"}

// letter masks the value of an option of one letter and returns its end, or 0. Without a known command the value must look like a password.
func (s *search) letter(i, at int) (end int) {
	letter := s.t[at]
	if at+1 >= len(s.t) {
		return 0
	}
	line := s.lineBefore(i)
	v := s.word(at + 1)
	value := s.t[v.start:v.end]
	close := s.t[at+1] != ' '
	if len(value) < 2 || blank(value) || value[0] == '-' || value[0] == '/' || digit.run(value, 0, len(value)) == len(value) {
		return 0
	}
	switch {
	case letter == 'u' && !close:
		return s.userOption(i, v)
	case taken(line, letter, close), letter == 'p' && !close && opaque(value) && !harmlessLetter(line):
		s.add(v.start, v.end)
		return v.end
	}
	return 0
}

// userOption masks the password in a value such as bob:x of an option at i that names a user, and returns its end, or 0.
func (s *search) userOption(i int, v extent) (end int) {
	mark := bytes.IndexByte(s.t[v.start:v.end], ':')
	from := v.start + mark + 1
	if mark < 0 || from == v.end || digit.run(s.t, from, maxName) >= v.end || !bytes.Contains(s.lineBefore(i), []byte("curl")) {
		return 0
	}
	s.add(from, v.end)
	return v.end
}

// lineBefore is the part of the line before i that is searched for a command.
func (s *search) lineBefore(i int) []byte {
	from := max(0, i-4*maxName)
	return s.t[from+bytes.LastIndexByte(s.t[from:i], '\n')+1 : i]
}

func taken(line []byte, letter byte, close bool) bool {
	for _, t := range takers {
		if t.letter == letter && (t.close || !close) && bytes.Contains(line, []byte(t.command)) {
			return true
		}
	}
	return false
}

func harmlessLetter(line []byte) bool {
	for _, command := range harmlessLetters {
		if bytes.Contains(line, []byte(command)) {
			return true
		}
	}
	return false
}
