package query

import "pawprint/model/field"

// walker reads the keys and values of raw lines, decoded. It keeps its buffers between calls and is for one goroutine.
type walker struct{ field.Walker }

// texts calls visit for every key, string, number, true, false and null in b, decoded, until visit reports true; found says
// that it did. bare says that the text has no quotes. It ends where b stops being JSON. The bytes are valid during the
// call only.
func (w *walker) texts(b []byte, visit func(text []byte, bare bool) bool) (found bool) {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '"':
			end, info, ok := w.Scanner.String(b, i+1)
			if !ok {
				return false
			}
			if visit(w.Decode(b[i+1:end], info), false) {
				return true
			}
			i = end + 1
		case c <= ' ' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']':
			i++
		default:
			end := field.BareEnd(b, i)
			if visit(b[i:end], true) {
				return true
			}
			i = end
		}
	}
	return false
}
