package main

import (
	"bytes"
	"strings"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/rawjson"
)

// path says where a value stands in a line, with the rules of the query language: it goes through objects and, by itself,
// through lists; keys match in any case of ASCII letters and may hold dots.
type path struct {
	base   string   // what all places stand in; empty for the whole line
	places []string // the first that is there counts
}

// newPath reads a name that is no name of the schema; ok is false for one that is not meant as a path.
func newPath(name string) (path, bool) {
	if rest, ok := strings.CutPrefix(name, "."); ok && rest != "" {
		return path{places: []string{strings.ReplaceAll(rest, "[]", "")}}, true
	}
	name = strings.ReplaceAll(name, "[]", "")
	lower := strings.ToLower(name)
	if rest, ok := strings.CutPrefix(lower, "param."); ok && rest != "" {
		rest = name[len(name)-len(rest):]
		return path{"actionParams", []string{"dynamic.input." + rest, "static.input." + rest, "input." + rest, rest}}, true
	}
	if strings.HasPrefix(lower, "p_") {
		return path{places: []string{name}}, true
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if f, ok := model.Lookup(name[:i]); ok {
			return path{places: []string{f.Info().Name + name[i:]}}, true
		}
	}
	return path{places: []string{name}}, strings.Contains(name, ".")
}

// lineValue makes what reads the values of the path for one goroutine.
func (p path) lineValue() count.LineValue {
	r := newPathReader(p)
	return func(dst, line []byte) ([]byte, bool) {
		v := r.value(line)
		if v.json != nil {
			return append(dst, v.json...), true
		}
		return append(dst, v.text...), !v.absent
	}
}

// value is what a row has of a field.
type value struct {
	absent bool
	text   string
	json   []byte // of numbers, true, false, lists and objects: as they are written; nil for a text
}

// String is the text of the value, or its JSON.
func (v value) String() string {
	if v.json != nil {
		return string(v.json)
	}
	return v.text
}

// number reports whether the value is a JSON number.
func (v value) number() bool {
	return len(v.json) > 0 && (v.json[0] == '-' || v.json[0]-'0' < 10)
}

// pathReader reads the values of a path. It is for one goroutine.
type pathReader struct {
	path    path
	scanner rawjson.Scanner
	decoded []byte
	bases   [][]byte // where places are looked for
	found   [][]byte // the values that are not null
	there   bool
}

func newPathReader(p path) *pathReader {
	return &pathReader{path: p, scanner: rawjson.Scanner{Multiline: true}}
}

// value gives the value at the path: nothing for null, and a JSON list if there are several.
func (r *pathReader) value(line []byte) value {
	r.bases = append(r.bases[:0], line)
	if r.path.base != "" {
		r.bases = append(r.bases[:0], r.at(line, r.path.base)...)
	}
	r.found, r.there = r.found[:0], false
	for _, place := range r.path.places {
		for _, base := range r.bases {
			r.down(base, r.scanner.Space(base, 0), place)
		}
		if r.there {
			break
		}
	}
	switch len(r.found) {
	case 0:
		return value{absent: true}
	case 1:
		return r.one(r.found[0])
	}
	list := append([]byte{'['}, bytes.Join(r.found, []byte{','})...)
	return value{json: append(list, ']')}
}

// at gives the values of a line at a path that are not null, as they are written, until the next call.
func (r *pathReader) at(line []byte, path string) [][]byte {
	r.found = r.found[:0]
	r.down(line, r.scanner.Space(line, 0), path)
	return r.found
}

func (r *pathReader) one(raw []byte) value {
	if raw[0] != '"' {
		return value{json: bytes.Clone(raw)}
	}
	text := raw[1 : len(raw)-1]
	if bytes.IndexByte(text, '\\') < 0 {
		return value{text: string(text)}
	}
	return value{text: string(rawjson.Unquote(nil, text))}
}

// down collects the values at a path from the value at b[i]; end is behind that value. ok is false where b stops being JSON.
func (r *pathReader) down(b []byte, i int, path string) (end int, ok bool) {
	switch {
	case path == "":
		if end, ok = r.scanner.Value(b, i); ok {
			r.there = true
			if b[i] != 'n' {
				r.found = append(r.found, b[i:end])
			}
		}
		return end, ok
	case i < len(b) && b[i] == '{':
		return r.object(b, i, path)
	case i < len(b) && b[i] == '[':
		return r.list(b, i, path)
	}
	return r.scanner.Value(b, i)
}

func (r *pathReader) object(b []byte, i int, path string) (end int, ok bool) {
	for i = r.scanner.Space(b, i+1); i < len(b) && b[i] == '"'; {
		last, info, ok := r.scanner.String(b, i+1)
		if !ok {
			return i, false
		}
		rest, here := r.step(b[i+1:last], info, path)
		if i, ok = r.scanner.Colon(b, last+1); !ok {
			return i, false
		}
		if here {
			i, ok = r.down(b, i, rest)
		} else {
			i, ok = r.scanner.Value(b, i)
		}
		if !ok {
			return i, false
		}
		if i = r.scanner.Space(b, i); i < len(b) && b[i] == ',' {
			i = r.scanner.Space(b, i+1)
		}
	}
	return i + 1, i < len(b) && b[i] == '}'
}

func (r *pathReader) list(b []byte, i int, path string) (end int, ok bool) {
	for i = r.scanner.Space(b, i+1); i < len(b) && b[i] != ']'; {
		if i, ok = r.down(b, i, path); !ok {
			return i, false
		}
		if i = r.scanner.Space(b, i); i < len(b) && b[i] == ',' {
			i = r.scanner.Space(b, i+1)
		}
	}
	return i + 1, i < len(b)
}

// step takes a key, as it is written, off the front of a path.
func (r *pathReader) step(key []byte, info rawjson.Info, path string) (rest string, ok bool) {
	if info&rawjson.Escaped != 0 {
		r.decoded = rawjson.Unquote(r.decoded[:0], key)
		key = r.decoded
	}
	if len(key) > len(path) || len(key) < len(path) && path[len(key)] != '.' || !sameKey(key, path[:len(key)]) {
		return "", false
	}
	return strings.TrimPrefix(path[len(key):], "."), true
}

// sameKey compares in any case of ASCII letters, and of no others.
func sameKey(a []byte, b string) bool {
	for i, c := range a {
		if c != b[i] && (c^b[i] != 0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
