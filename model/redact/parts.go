package redact

import (
	"bytes"
	"encoding/base64"
)

// awsKeys finds the id of an access key, and the secret key that often follows it.
func awsKeys(s *search, i, end int) secret {
	from := end
	for from < len(s.t) && from-end < 24 && charsets[s.t[from]]&base64Set == 0 {
		from++
	}
	const length = 40
	if to := base64Set.run(s.t, from, length+1); to-from == length && from > end {
		if n := countClasses(s.t[from:to]); n.digits > 0 && n.upper > 0 && n.lower > 0 {
			s.add(from, to)
		}
	}
	return secret{start: i, end: end}
}

// webToken finds a JSON web token: its header and the parts after it, two if it is signed and four if it is encrypted. They may be
// empty or cut.
func webToken(s *search, i, end int) secret {
	if i < s.noWebToken {
		return secret{}
	}
	header := urlSafe.run(s.t, end, len(s.t))
	if s.noWebToken = header; header-end < 5 || header == len(s.t) || s.t[header] != '.' {
		return s.encoded(i)
	}
	end = header
	for range 4 {
		if end == len(s.t) || s.t[end] != '.' {
			break
		}
		end = (urlSafe | base64Signs).run(s.t, end+1, len(s.t))
	}
	if bytes.IndexByte(s.t[header+1:end], '.') < 0 && !bytes.HasPrefix(s.t[header+1:], []byte("eyJ")) {
		return secret{} // a file name
	}
	for s.t[end-1] == '.' {
		end-- // of the sentence
	}
	return secret{start: i, end: end}
}

// encoded finds JSON in base64, which begins with eyJ, if it contains a secret.
func (s *search) encoded(i int) secret {
	end := (base64Set | urlSafe).run(s.t, i, len(s.t))
	s.noWebToken = max(s.noWebToken, end)
	if s.decodes >= maxViews || end-i < 16 {
		return secret{}
	}
	text := bytes.TrimRight(s.t[i:end], "=")
	text = text[:len(text)/4*4]
	from := base64.RawStdEncoding
	if bytes.ContainsAny(text, "-_") {
		from = base64.RawURLEncoding
	}
	plain, err := from.AppendDecode(nil, text)
	if err != nil {
		return secret{}
	}
	if !s.again(plain, s.decodes+1) {
		return secret{}
	}
	return secret{start: i, end: end}
}

// botToken finds the token of a chat bot: the number of the bot, a time and a signature.
func botToken(s *search, i, end int) secret {
	if end == len(s.t) || s.t[end] != '.' {
		return secret{}
	}
	second := urlSafe.run(s.t, end+1, 8)
	if n := second - end - 1; n < 5 || n > 7 || second == len(s.t) || s.t[second] != '.' {
		return secret{}
	}
	third := urlSafe.run(s.t, second+1, len(s.t))
	if third-second < 25 {
		return secret{}
	}
	return secret{start: i, end: third}
}

// oktaToken refuses numbers and hashes.
func oktaToken(s *search, i, end int) secret {
	if n := countClasses(s.t[i:end]); n.upper == 0 || n.lower == 0 {
		return secret{}
	}
	return secret{start: i, end: end}
}

// atlasToken finds the letters before the fixed part in the middle.
func atlasToken(s *search, i, end int) secret {
	for n := 0; n < 20 && i > 0 && charsets[s.t[i-1]]&alnum != 0; n++ {
		i--
	}
	return secret{start: i, end: end}
}

// azureSecret finds the four letters before the fixed part in the middle.
func azureSecret(s *search, i, end int) secret {
	if i < 4 || s.t[i-1]-'0' >= 10 || (dotted|tilde).run(s.t, i-4, 4) != i {
		return secret{}
	}
	return secret{start: i - 4, end: end}
}

// bareKey accepts private keys and refuses certificates: a private key begins with its version.
func bareKey(s *search, i, end int) secret {
	switch string(s.t[i+6 : i+10]) {
	case "IBAA", "IBAD":
		return secret{start: i, end: end}
	}
	return secret{}
}

// afterScheme is the start of the value after the name of an authorization scheme; 0 if there is none.
func (s *search) afterScheme(end int) int {
	i := end
	for i < len(s.t) && i-end < 16 && (s.t[i] == ' ' || s.t[i] == '\t' || s.t[i] == '+' && i == end) {
		i++
	}
	if i == end || i == len(s.t) {
		return 0
	}
	return i
}

// bearer finds the token after the word, which also occurs in sentences.
func bearer(s *search, _, end int) secret {
	from := s.afterScheme(end)
	if from == 0 {
		return secret{}
	}
	to := tokenSet.run(s.t, from, len(s.t))
	if to-from < 8 || bytes.HasPrefix(s.t[from:], []byte(Mask)) || countClasses(s.t[from:min(to, from+64)]).digits == 0 && prose(s.t, from) {
		return secret{}
	}
	return secret{start: from, end: to}
}

// basic finds a user and a password in base64 after the word.
func basic(s *search, _, end int) secret {
	from := s.afterScheme(end)
	if from == 0 {
		return secret{}
	}
	to := base64Set.run(s.t, from, len(s.t))
	if to-from < 6 {
		return secret{}
	}
	n := countClasses(s.t[from:min(to, from+64)])
	if !namesUser(s.t[from:min(to, from+64)]) && (to-from < 12 || n.upper == 0 || n.lower == 0 || n.digits == 0 && s.t[to-1] != '=') {
		return secret{}
	}
	return secret{start: from, end: to}
}

// namesUser reports whether a text in base64 is a user, a colon, and more.
func namesUser(t []byte) bool {
	t = bytes.TrimRight(t, "=")
	if len(t)%4 == 1 {
		t = t[:len(t)-1]
	}
	plain, err := base64.RawStdEncoding.AppendDecode(nil, t)
	return err == nil && bytes.IndexByte(plain, ':') > 0 && plainLength(plain) == len(plain)
}

// digest finds the answer to a challenge: everything after the word, up to the end of the line.
func digest(s *search, _, end int) secret {
	from := s.afterScheme(end)
	if from == 0 || !bytes.HasPrefix(s.t[from:], []byte("username")) {
		return secret{}
	}
	return secret{start: from, end: s.lineEnd(from)}
}
