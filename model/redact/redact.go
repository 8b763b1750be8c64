// Package redact masks secrets in what leaves the program: values under keys that name a secret, and texts in the shape of
// one. It is a help against carelessness and never a promise: a secret without a telling name or shape stays.
//
// It changes no event: it makes other bytes from those of a line, and knows nothing of files or screens.
package redact

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model/rawjson"
)

// Mask stands in the place of a secret.
const Mask = "[redacted]"

// Masker masks secrets and counts them. The zero value is ready; it is for one goroutine.
type Masker struct {
	// Masked is how many secrets were masked so far.
	Masked int

	scan    rawjson.Scanner
	line    []byte
	out     []byte
	decoded []byte
}

// Line gives a line of JSON with its secrets masked; all other bytes stay as they are. A line that is no JSON is searched for
// shapes alone. The result is valid until the next call, and is line itself if there is nothing to mask.
func (m *Masker) Line(line []byte) []byte {
	m.scan.Multiline = true
	if !m.scan.Valid(line) {
		masked, n := shapes(string(line))
		if m.Masked += n; n == 0 {
			return line
		}
		return []byte(masked)
	}
	before := m.Masked
	m.line, m.out = line, m.out[:0]
	end := m.value(m.scan.Space(line, 0), false)
	if m.Masked == before {
		return line
	}
	m.out = append(m.out, line[end:]...)
	return m.out
}

// Text gives the value of a field with its secrets masked: all of it if the key names a secret, the shapes in it else.
func (m *Masker) Text(key, text string) string {
	if text != "" && Secret(key) {
		m.Masked++
		return Mask
	}
	masked, n := shapes(text)
	m.Masked += n
	return masked
}

// value copies the value that begins at i, with what stands before it since the last copy, and gives its end. secret says that
// it stands under a key that names a secret.
func (m *Masker) value(i int, secret bool) (end int) {
	b := m.line
	if len(m.out) == 0 {
		m.out = append(m.out, b[:i]...)
	}
	switch b[i] {
	case '{', '[':
		return m.container(i, secret)
	case '"':
		end, info, _ := m.scan.String(b, i+1)
		m.text(b[i:end+1], info, secret)
		return end + 1
	}
	end, _ = m.scan.Value(b, i)
	if c := b[i]; secret && (c == '-' || '0' <= c && c <= '9') {
		m.Masked++
		m.out = append(m.out, `"`+Mask+`"`...)
	} else {
		m.out = append(m.out, b[i:end]...)
	}
	return end
}

// container copies an array or an object. The line is valid, so that every byte is what the grammar wants there.
func (m *Masker) container(i int, secret bool) (end int) {
	b, closing := m.line, m.line[i]+2 // ']' and '}' stand two behind their openings
	object := b[i] == '{'
	at := i
	i = m.scan.Space(b, i+1)
	for b[i] != closing {
		inner := secret
		if object {
			keyEnd, info, _ := m.scan.String(b, i+1)
			inner = secret || Secret(m.key(b[i+1:keyEnd], info))
			i, _ = m.scan.Colon(b, keyEnd+1)
		}
		m.out = append(m.out, b[at:i]...)
		at = m.value(i, inner)
		i = m.scan.Space(b, at)
		if b[i] == ',' {
			i = m.scan.Space(b, i+1)
		}
	}
	m.out = append(m.out, b[at:i+1]...)
	return i + 1
}

func (m *Masker) key(raw []byte, info rawjson.Info) string {
	if info&rawjson.Escaped == 0 {
		return string(raw)
	}
	m.decoded = rawjson.Unquote(m.decoded[:0], raw)
	return string(m.decoded)
}

// text copies a string with its quotes, masked as it must be.
func (m *Masker) text(quoted []byte, info rawjson.Info, secret bool) {
	raw := quoted[1 : len(quoted)-1]
	if len(raw) == 0 {
		m.out = append(m.out, quoted...)
		return
	}
	if secret {
		m.Masked++
		m.out = append(m.out, `"`+Mask+`"`...)
		return
	}
	masked, n := shapes(m.key(raw, info))
	if n == 0 {
		m.out = append(m.out, quoted...)
		return
	}
	m.Masked += n
	m.out = append(m.out, '"')
	m.out = appendEscaped(m.out, masked)
	m.out = append(m.out, '"')
}

// appendEscaped appends s as the content of a JSON string. Bytes that are not UTF-8 stay, as they may in a log.
func appendEscaped(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// secretWords are what the name of a key holds that names a secret, in lower case and without separators.
var secretWords = []string{"password", "passwd", "passphrase", "secret", "token", "apikey", "authorization", "cookie", "private", "credential"}

// plainKeys hold such a word and are no secret: they say which token or key it was, not what it is.
var plainKeys = map[string]bool{
	"apitokenid": true, "tokenid": true, "tokenname": true, "apitokenname": true, "secretname": true, "secretid": true, "tokentype": true,
	"isprivate": true, "privateip": true, "privateipaddress": true,
}

// Secret reports whether a key names a secret.
func Secret(key string) bool {
	if len(key) < len("token") {
		return false
	}
	name := simple(key)
	if plainKeys[name] {
		return false
	}
	for _, word := range secretWords {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// simple is a key in lower case without separators and without runes that cannot be seen.
func simple(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' || invisible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, key)
}

// invisible reports whether nothing is seen of a rune, so that it may stand inside of a secret to hide it from a search.
func invisible(r rune) bool {
	return r != '\n' && r != '\r' && r != '\t' && r != utf8.RuneError &&
		(unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point))
}

// visible is text without the runes that cannot be seen.
func visible(text string) string {
	if plain(text) {
		return text
	}
	var out bytes.Buffer
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !invisible(r) {
			out.WriteString(text[i : i+n])
		}
		i += n
	}
	return out.String()
}

// plain reports whether text is printable ASCII.
func plain(text string) bool {
	for i := range len(text) {
		if text[i]-0x20 >= 0x5f {
			return false
		}
	}
	return true
}
