package query

import (
	"pawprint/model/rawjson"
)

// walker reads the keys and values of raw lines, decoded. It keeps its buffers between calls and is for one goroutine.
type walker struct {
	scanner rawjson.Scanner
	decoded []byte
}

// texts calls visit for every key, string, number, true, false and null in b, decoded, until visit reports true; found says
// that it did. bare says that the text has no quotes. It ends where b stops being JSON. The bytes are valid during the
// call only.
func (w *walker) texts(b []byte, visit func(text []byte, bare bool) bool) (found bool) {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '"':
			end, info, ok := w.scanner.String(b, i+1)
			if !ok {
				return false
			}
			if visit(w.decode(b[i+1:end], info), false) {
				return true
			}
			i = end + 1
		case c <= ' ' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']':
			i++
		default:
			end := bareEnd(b, i)
			if visit(b[i:end], true) {
				return true
			}
			i = end
		}
	}
	return false
}

// decode gives the meaning of what stands between the quotes of a string.
func (w *walker) decode(s []byte, info rawjson.Info) []byte {
	if info&rawjson.Escaped == 0 {
		return s
	}
	w.decoded = rawjson.Unquote(w.decoded[:0], s)
	return w.decoded
}

// bareEnd gives the end of the number or bare word at b[i].
func bareEnd(b []byte, i int) int {
	for i < len(b) {
		switch c := b[i]; {
		case c <= ' ' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']' || c == '"':
			return i
		}
		i++
	}
	return i
}
