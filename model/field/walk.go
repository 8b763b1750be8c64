package field

import (
	"pawprint/model/rawjson"
)

// Walker follows paths through raw lines. It keeps its buffers between calls and is for one goroutine; make it with NewWalker.
type Walker struct {
	Scanner rawjson.Scanner
	decoded []byte
	joined  []byte
	named   []byte
}

// NewWalker returns a walker for the JSON of one event, which may contain newlines.
func NewWalker() Walker { return Walker{Scanner: rawjson.Scanner{Multiline: true}} }

// At calls each for the values at the path in the line, null included, until it returns found. i is the index of the first byte of
// the value in b. each returns the end of the value, and ok is false where b stops being JSON.
func (w *Walker) At(line []byte, path string, each func(b []byte, i int) (end int, found, ok bool)) (found bool) {
	_, found, _ = w.Down(line, w.Scanner.Space(line, 0), path, each)
	return found
}

// Down is At for the value at b[i]. It goes through lists. end is the index after the value, unless found.
func (w *Walker) Down(b []byte, i int, path string, each func(b []byte, i int) (end int, found, ok bool)) (end int, found, ok bool) {
	switch {
	case path == "":
		return each(b, i)
	case i < len(b) && b[i] == '{':
		return w.members(b, i, path, each)
	case i < len(b) && b[i] == '[':
		if n, rest, ok := index(path); ok {
			return w.element(b, i, n, rest, each)
		}
		return w.Elements(b, i, func(i int) (int, bool, bool) { return w.Down(b, i, path, each) })
	}
	end, ok = w.Scanner.Value(b, i)
	return end, false, ok
}

// element follows a path from one element of the list at b[i], the n-th from 0.
func (w *Walker) element(b []byte, i, n int, path string, each func(b []byte, i int) (end int, found, ok bool)) (end int, found, ok bool) {
	at := -1
	return w.Elements(b, i, func(i int) (int, bool, bool) {
		if at++; at == n {
			return w.Down(b, i, path, each)
		}
		end, ok := w.Scanner.Value(b, i)
		return end, false, ok
	})
}

// members follows a path from the object at b[i].
func (w *Walker) members(b []byte, i int, path string, each func(b []byte, i int) (end int, found, ok bool)) (end int, found, ok bool) {
	return w.Members(b, i, func(key []byte, i int) (int, bool, bool) {
		if rest, here := step(key, path); here {
			return w.Down(b, i, rest, each)
		}
		end, ok := w.Scanner.Value(b, i)
		return end, false, ok
	})
}

// Members calls each with the decoded keys of the object at b[i] and the starts of their values until it returns found. each
// returns the end of the value, and must not keep the key.
func (w *Walker) Members(b []byte, i int, each func(key []byte, i int) (end int, found, ok bool)) (end int, found, ok bool) {
	i = w.Scanner.Space(b, i+1)
	for i < len(b) && b[i] == '"' {
		close, info, ok := w.Scanner.String(b, i+1)
		if !ok {
			return i, false, false
		}
		key := w.Decode(b[i+1:close], info)
		if i, ok = w.Scanner.Colon(b, close+1); !ok {
			return i, false, false
		}
		end, found, ok := each(key, i)
		if found || !ok {
			return end, found, ok
		}
		if i = w.Scanner.Space(b, end); i < len(b) && b[i] == ',' {
			i = w.Scanner.Space(b, i+1)
		}
	}
	return i + 1, false, i < len(b) && b[i] == '}'
}

// Member returns the start of the value of the first member of the object at b[i] with exactly that key, or -1.
func (w *Walker) Member(b []byte, i int, name string) int {
	if i >= len(b) || b[i] != '{' {
		return -1
	}
	if at, found, _ := w.Members(b, i, func(key []byte, i int) (int, bool, bool) {
		if string(key) == name {
			return i, true, true
		}
		end, ok := w.Scanner.Value(b, i)
		return end, false, ok
	}); found {
		return at
	}
	return -1
}

// Elements calls each for the values in the list at b[i] until it returns found. each returns the end of the value.
func (w *Walker) Elements(b []byte, i int, each func(i int) (end int, found, ok bool)) (end int, found, ok bool) {
	i = w.Scanner.Space(b, i+1)
	for i < len(b) && b[i] != ']' {
		end, found, ok := each(i)
		if found || !ok {
			return end, found, ok
		}
		if i = w.Scanner.Space(b, end); i < len(b) && b[i] == ',' {
			i = w.Scanner.Space(b, i+1)
		} else if i < len(b) && b[i] != ']' {
			return i, false, false
		}
	}
	return i + 1, false, i < len(b)
}

// Decode decodes the bytes between the quotes of a string. The result is valid until the next call.
func (w *Walker) Decode(s []byte, info rawjson.Info) []byte {
	if info&rawjson.Escaped == 0 {
		return s
	}
	w.decoded = rawjson.Unquote(w.decoded[:0], s)
	return w.decoded
}

// Text decodes a JSON string and returns any other value as written. The result is valid until the next call.
func (w *Walker) Text(raw []byte) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return raw
	}
	if end, info, ok := w.Scanner.String(raw, 1); ok {
		return w.Decode(raw[1:end], info)
	}
	return raw
}

// BareEnd returns the end of the number or bare word at b[i].
func BareEnd(b []byte, i int) int {
	for i < len(b) {
		switch c := b[i]; {
		case c <= ' ' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']' || c == '"':
			return i
		}
		i++
	}
	return i
}
