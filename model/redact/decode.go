package redact

import (
	"bytes"
	"strconv"

	"pawprint/model/rawjson"
)

// unquoted maps each byte of the decoded text to its bytes in a JSON string without quotes.
func unquoted(raw []byte) (units []unit) {
	for i := 0; i < len(raw); {
		n, text := escapeAt(raw[i:])
		for range text {
			units = append(units, unit{i, i + n})
		}
		i += n
	}
	return units
}

// escapeAt returns the length and the decoded text of the byte or escape that b begins with.
func escapeAt(b []byte) (n int, text []byte) {
	if b[0] != '\\' || len(b) == 1 {
		return 1, b[:1]
	}
	n = 2
	if b[1] == 'u' && len(b) >= 6 && isHex(b[2:6]) {
		n = 6
		if len(b) >= 12 {
			// Two escapes that make one rune belong together.
			if both := rawjson.Unquote(nil, b[:12]); len(both) == 4 && both[0] >= 0xf0 {
				return 12, both
			}
		}
	}
	return n, rawjson.Unquote(nil, b[:n])
}

func isHex(b []byte) bool {
	for _, c := range b {
		if charsets[c|0x20]&hex == 0 || c < '0' {
			return false
		}
	}
	return true
}

// decode decodes characters that were encoded for a URL, a program or a web page. units are nil if there are none.
func decode(t []byte) (view []byte, units []unit) {
	changed := false
	view, units = make([]byte, 0, len(t)), make([]unit, 0, len(t))
	for i := 0; i < len(t); {
		n, text := encodedAt(t[i:])
		if changed = changed || n > 1; n == 1 {
			text = t[i : i+1]
		}
		for _, c := range text {
			view, units = append(view, c), append(units, unit{i, i + n})
		}
		i += n
	}
	if !changed {
		return nil, nil
	}
	return view, units
}

// entities are the HTML entities that often surround values.
var entities = []struct{ name, text string }{
	{"&quot;", `"`}, {"&#34;", `"`}, {"&#x22;", `"`}, {"&apos;", "'"}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},
	{"&#61;", "="}, {"&#x3d;", "="}, {"&#58;", ":"}, {"&#x3a;", ":"},
}

// encodedAt returns the length and the decoded text of the encoded character that t begins with; the length is 1 if it is not encoded.
func encodedAt(t []byte) (n int, text []byte) {
	switch t[0] {
	case '%':
		if len(t) >= 3 && isHex(t[1:3]) {
			c, _ := strconv.ParseUint(string(t[1:3]), 16, 8) // it is hexadecimal
			return 3, []byte{byte(c)}
		}
	case '\\':
		if len(t) >= 2 && (t[1] == 'u' || t[1] == '/' || t[1] == '"' || t[1] == '\\') {
			n, text = escapeAt(t)
			return n, text
		}
		if len(t) >= 4 && t[1] == 'x' && isHex(t[2:4]) {
			c, _ := strconv.ParseUint(string(t[2:4]), 16, 8) // it is hexadecimal
			return 4, []byte{byte(c)}
		}
	case '&':
		for _, e := range entities {
			if bytes.HasPrefix(t, []byte(e.name)) {
				return len(e.name), []byte(e.text)
			}
		}
	}
	return 1, nil
}
