package field

import "pawprint/model"

// Messages calls visit with the message of each error of the event in a line, as JSON, until visit returns true. An entry that
// breaks the schema or has several message keys is passed as a whole. Text decodes a message.
func (w *Walker) Messages(line []byte, visit func(raw []byte) bool) (found bool) {
	return w.At(line, model.FieldErrors.String(), func(b []byte, i int) (int, bool, bool) {
		if i < len(b) && b[i] == '[' {
			return w.Elements(b, i, func(i int) (int, bool, bool) {
				end, ok := w.Scanner.Value(b, i)
				return end, ok && visit(w.message(b, i, end)), ok
			})
		}
		end, ok := w.Scanner.Value(b, i)
		return end, ok && b[i] != 'n' && visit(w.message(b, i, end)), ok
	})
}

// message returns the message of the error at b[i:end].
func (w *Walker) message(b []byte, i, end int) []byte {
	if b[i] != '{' {
		return b[i:end]
	}
	from, to, claims := i, end, 0
	w.Members(b, i, func(key []byte, i int) (int, bool, bool) {
		end, ok := w.Scanner.Value(b, i)
		if Same(key, "message") {
			if claims++; claims == 1 && ok && b[i] == '"' {
				from, to = i, end
			}
		}
		return end, false, ok
	})
	if claims > 1 {
		return b[i:end]
	}
	return b[from:to]
}
