package query

import (
	"bytes"
	"strings"

	"pawprint/model"
)

// ambiguousFlags mark rows whose lines may have an attribute of the schema twice, or again in another case.
const ambiguousFlags = model.FlagReject | model.FlagError | model.FlagWarning | model.FlagSuspicious | model.FlagEscapes

// topKey finds a top-level attribute of the schema, in lines of rows without ambiguousFlags. The zero value finds nothing.
type topKey struct {
	name   string
	quoted []byte // as most writers write it, with its colon; nil if it is not near the start of a line
}

// earlyBytes is how far into a line the attributes of the action are searched for; most writers put them first.
const earlyBytes = 512

func newTopKey(name string) topKey {
	k := topKey{name: name}
	if strings.HasPrefix(name, "action") {
		k.quoted = []byte(`"` + name + `":`)
	}
	return k
}

// topOf returns the attribute that all places begin with; the zero value if there is none.
func topOf(places []string) topKey {
	name, _, _ := strings.Cut(places[0], ".")
	for _, place := range places {
		if first, _, _ := strings.Cut(place, "."); first != name {
			return topKey{}
		}
	}
	for _, f := range model.Schema() {
		if f.Name == name && f.Field != model.FieldEventTime && f.Field != model.FieldRowID {
			return newTopKey(name)
		}
	}
	return topKey{}
}

// early returns the index of the value if no nested object is before it, so that a nested key cannot be mistaken for this one; else -1.
func (k *topKey) early(w *walker, line []byte) int {
	if k.quoted == nil {
		return -1
	}
	at := bytes.Index(line[:min(len(line), earlyBytes)], k.quoted)
	if at < 0 || bytes.Count(line[:at], []byte{'{'}) != 1 {
		return -1
	}
	return w.Scanner.Space(line, at+len(k.quoted))
}

// find returns the index of the value, or -1 if there is none.
func (k *topKey) find(w *walker, line []byte) int {
	at := -1
	w.At(line, k.name, func(_ []byte, i int) (int, bool, bool) {
		at = i
		return i, true, true
	})
	return at
}
