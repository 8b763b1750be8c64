package query

import "pawprint/model/field"

// walker reads the decoded keys and values of raw lines. It keeps its buffers between calls and is for one goroutine.
type walker struct{ field.Walker }

// texts calls visit for every key, string, number, true, false and null in b, decoded, until visit returns true; found reports
// that it did. bare means that the text has no quotes. It stops where b stops being JSON. The bytes are valid only during the
// call.
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
