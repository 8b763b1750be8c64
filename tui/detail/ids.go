package detail

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// A block has an id: the section, then the keys and indices down to the value, joined by joinKey and joinGroup. Folds are
// kept by id from event to event, searches go to an id, and filters take their names from it.
const (
	idSep     = '\x00' // between elements
	idIndex   = '\x01' // starts an index, and follows a key that occurs twice
	idGroup   = '\x02' // starts an element that is not part of the event
	idEscape  = '\x03' // escapes a byte of a key that is one of these
	idInner   = "\x02json"
	idSpecial = "\x00\x01\x02\x03"
)

// joinKey returns the id of member i of parent, which has the given id.
func joinKey(id string, parent *line.Node, i int) string {
	n := &parent.Nodes[i]
	if parent.Kind != line.ObjectKind {
		return id + string(idSep) + string(idIndex) + strconv.Itoa(i)
	}
	return joinMember(id, n, i)
}

// joinMember returns the id of n, which is member i of the object with the given id.
func joinMember(id string, n *line.Node, i int) string {
	id += string(idSep) + escapeKey(n.Key.Raw())
	if n.Duplicate {
		id += string(idIndex) + strconv.Itoa(i)
	}
	return id
}

// joinGroup returns the id of a group that is shown below a node but is not part of the event.
func joinGroup(id string, i int) string { return joinNamed(id, strconv.Itoa(i)) }

func joinNamed(id, name string) string { return id + string(idSep) + string(idGroup) + name }

func joinInner(id string) string { return id + string(idSep) + idInner }

// emptyKey stands for an empty key.
const emptyKey = string(idEscape) + "."

func escapeKey(key string) string {
	if key == "" {
		return emptyKey
	}
	if !strings.ContainsAny(key, idSpecial) {
		return key
	}
	var out []byte
	for _, c := range []byte(key) {
		if c <= idEscape {
			out = append(out, idEscape, c+'0')
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

func unescapeKey(key string) string {
	if key == emptyKey {
		return ""
	}
	if strings.IndexByte(key, idEscape) < 0 {
		return key
	}
	var out []byte
	for i := 0; i < len(key); i++ {
		if key[i] == idEscape && i+1 < len(key) {
			i++
			out = append(out, key[i]-'0')
			continue
		}
		out = append(out, key[i])
	}
	return string(out)
}

// stepsOf returns the path from the event to the value with an id. It ends at a string that holds JSON.
func stepsOf(id string) []field.Step {
	var out []field.Step
	parts := strings.Split(id, string(idSep))
	for _, p := range parts[1:] {
		switch {
		case p == idInner:
			return out
		case p != "" && p[0] == idGroup:
		case p != "" && p[0] == idIndex:
			i, _ := strconv.Atoi(p[1:])
			out = append(out, field.Step{Index: i})
		default:
			p, _, _ = strings.Cut(p, string(idIndex))
			out = append(out, field.Step{Key: unescapeKey(p), Index: -1})
		}
	}
	return out
}

// foldsAbove lists the ids that must be unfolded for a block to be visible, the section first.
func foldsAbove(id string) []string {
	var out []string
	for i := range len(id) {
		if id[i] == idSep {
			out = append(out, id[:i])
		}
	}
	return append(out, id)
}

// pathText formats a path: actionParams.dynamic.input["a.b"][0].
func (b *builder) pathText(steps []field.Step) termsafe.Safe {
	var parts []termsafe.Safe
	for i, s := range steps {
		switch text := b.stepText(s); {
		case i > 0 && s.Index < 0 && plainKey(s.Key):
			parts = append(parts, termsafe.Const("."), text)
		default:
			parts = append(parts, text)
		}
	}
	return termsafe.Concat(parts...)
}

// stepText formats a key or an index; two different ones never look alike.
func (b *builder) stepText(s field.Step) termsafe.Safe {
	switch {
	case s.Index >= 0:
		return termsafe.Concat(termsafe.Const("["), b.display.Own(strconv.Itoa(s.Index)), termsafe.Const("]"))
	case plainKey(s.Key):
		return termsafe.Clean(s.Key, b.display.CleanOptions(maxKeyCells))
	}
	text := b.display.Widther.Truncate(termsafe.Clean(s.Key, b.display.CleanOptions(maxKeyCells)), maxKeyCells)
	return termsafe.Concat(termsafe.Const(`["`), text, termsafe.Const(`"]`))
}

// maxKeyCells is the maximum width of a key.
const maxKeyCells = 200

// plainKey reports whether a key needs no quotes in a path.
func plainKey(key string) bool {
	for i := range len(key) {
		c := key[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '$' || c == '@' || c >= '0' && c <= '9') {
			return false
		}
	}
	return key != "" && len(key) <= maxKeyCells
}

// valueOf returns what a query calls the value n at the end of a way, and what it holds; ok is false for a branch.
func (d *document) valueOf(steps []field.Step, n *line.Node) (v kit.Value, ok bool) {
	v.Name = d.queryName(steps)
	switch {
	case v.Name == "", n.Kind == line.ListKind, n.Kind == line.ObjectKind:
		return kit.Value{}, false
	case v.Name == model.FieldTimestamp.Info().Short():
		if d.event.Flags&model.FlagNoTime != 0 {
			return kit.Value{}, false
		}
		v.Text = model.NewText(d.event.Time().Format(time.RFC3339Nano))
	case n.Kind == line.NullKind:
		if !d.lacks(v.Name, steps) {
			return kit.Value{}, false
		}
		v.Absent = true
	default:
		v.Text = n.Text
	}
	return v, true
}

// maxNamedBytes is the longest line whose parameters get short names. Finding a short name searches the whole line.
const maxNamedBytes = 64 << 10

// queryName returns the name of a value in the query language, empty if it has none.
func (d *document) queryName(way []field.Step) string {
	if d.line.Len() > maxNamedBytes {
		return field.NameOf(nil, way)
	}
	return field.NameOf([]byte(d.line.Raw()), way)
}

// lacks reports whether the event has no value under the name of a null. Another element of the list, or a second key of the
// same name, may have one.
func (d *document) lacks(name string, way []field.Step) bool {
	if d.line.Len() > maxNamedBytes {
		return !slices.ContainsFunc(way, func(s field.Step) bool { return s.Index >= 0 })
	}
	f := field.Of(name)
	for _, c := range f.Columns {
		if !d.columns[c].Empty() {
			return false
		}
	}
	paths := field.NewReader(field.Field{Places: f.Places, First: f.First})
	return len(paths.Texts(nil, &field.Row{Line: []byte(d.line.Raw())}, 1)) == 0
}
