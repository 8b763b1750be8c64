package query

import (
	"bytes"
	"strings"

	"pawprint/model"
)

// unsettled are the flags of rows whose lines may have an attribute of the schema twice, or once more in another case.
const unsettled = model.FlagReject | model.FlagError | model.FlagWarning | model.FlagSuspicious | model.FlagEscapes

// topKey finds an attribute of the schema that stands in an event itself, in lines of rows that are not unsettled. The zero value
// finds none.
type topKey struct {
	name   string
	quoted []byte // as most writers write it, with its colon; nil if it is not among the first
}

// earlyBytes is how far into a line the attributes of the action are looked for, which most writers put first.
const earlyBytes = 512

func newTopKey(name string) topKey {
	k := topKey{name: name}
	if strings.HasPrefix(name, "action") {
		k.quoted = []byte(`"` + name + `":`)
	}
	return k
}

// topOf gives the attribute that all places begin with.
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

// early gives the index of the value if no object stands before it, so that no other key can be taken for this one; else -1.
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

// find gives the index of the value, or -1 if there is none.
func (k *topKey) find(w *walker, line []byte) int {
	at := -1
	w.At(line, k.name, func(_ []byte, i int) (int, bool, bool) {
		at = i
		return i, true, true
	})
	return at
}
