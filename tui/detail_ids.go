package tui

import (
	"strconv"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// A block has an id: the section and then the keys and indices down to the value, put together by joinKey and joinGroup.
// With it a fold is remembered from event to event, a find finds its way, and a filter gets its name.
const (
	idSep     = '\x00' // between elements
	idIndex   = '\x01' // begins an index, and follows a key that is there twice
	idGroup   = '\x02' // begins an element that is no part of the event
	idEscape  = '\x03' // comes before a byte of a key that means something here
	idInner   = "\x02json"
	idSpecial = "\x00\x01\x02\x03"
)

// joinKey is the id of member i of the node with that id.
func joinKey(id string, parent *line.Node, i int) string {
	n := &parent.Nodes[i]
	if parent.Kind != line.ObjectKind {
		return id + string(idSep) + string(idIndex) + strconv.Itoa(i)
	}
	return joinMember(id, n, i)
}

// joinMember is the id of the member n, the i-th, of the object with that id.
func joinMember(id string, n *line.Node, i int) string {
	id += string(idSep) + escapeKey(n.Key.Raw())
	if n.Duplicate {
		id += string(idIndex) + strconv.Itoa(i)
	}
	return id
}

// joinGroup is the id of something that we put below the node with that id.
func joinGroup(id string, i int) string { return joinNamed(id, strconv.Itoa(i)) }

func joinNamed(id, name string) string { return id + string(idSep) + string(idGroup) + name }

func joinInner(id string) string { return id + string(idSep) + idInner }

// emptyKey stands for a key without any byte.
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

// step is a key or, with a negative index, none.
type step struct {
	key   string
	index int // in a list; -1 for a key
}

// stepsOf gives the way from the event to what an id stands for, up to a string that holds JSON.
func stepsOf(id string) []step {
	var out []step
	parts := strings.Split(id, string(idSep))
	for _, p := range parts[1:] {
		switch {
		case p == idInner:
			return out
		case p != "" && p[0] == idGroup:
		case p != "" && p[0] == idIndex:
			i, _ := strconv.Atoi(p[1:])
			out = append(out, step{index: i})
		default:
			p, _, _ = strings.Cut(p, string(idIndex))
			out = append(out, step{unescapeKey(p), -1})
		}
	}
	return out
}

// foldsAbove lists everything that must be open for the block with that id to be seen, the section first.
func foldsAbove(id string) []string {
	var out []string
	for i := range len(id) {
		if id[i] == idSep {
			out = append(out, id[:i])
		}
	}
	return append(out, id)
}

// pathText writes the way to a value: actionParams.dynamic.input["a.b"][0].
func (b *builder) pathText(steps []step) termsafe.Safe {
	var parts []termsafe.Safe
	for i, s := range steps {
		switch text := b.stepText(s); {
		case i > 0 && s.index < 0 && plainKey(s.key):
			parts = append(parts, termsafe.Const("."), text)
		default:
			parts = append(parts, text)
		}
	}
	return termsafe.Concat(parts...)
}

// stepText writes a key, or an index, so that no two look alike.
func (b *builder) stepText(s step) termsafe.Safe {
	switch {
	case s.index >= 0:
		return termsafe.Concat(termsafe.Const("["), b.look.own(strconv.Itoa(s.index)), termsafe.Const("]"))
	case plainKey(s.key):
		return termsafe.Clean(s.key, b.look.cell(maxKeyCells))
	}
	text := b.look.widther.Truncate(termsafe.Clean(s.key, b.look.cell(maxKeyCells)), maxKeyCells)
	return termsafe.Concat(termsafe.Const(`["`), text, termsafe.Const(`"]`))
}

// maxKeyCells is the most that is shown of a key.
const maxKeyCells = 200

// plainKey reports whether a key can stand in a path without quotes.
func plainKey(key string) bool {
	for i := range len(key) {
		c := key[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '$' || c == '@' || c >= '0' && c <= '9') {
			return false
		}
	}
	return key != "" && len(key) <= maxKeyCells
}

// valueOf gives what a query calls the value n at the end of a way, and what it holds; ok is false for a branch.
func (d *document) valueOf(steps []step, n *line.Node) (v value, ok bool) {
	v.name = d.queryName(steps)
	switch {
	case v.name == "", n.Kind == line.ListKind, n.Kind == line.ObjectKind:
		return value{}, false
	case v.name == model.FieldTimestamp.Info().Short():
		if d.event.Flags&model.FlagNoTime != 0 {
			return value{}, false
		}
		v.text = model.NewText(d.event.Time().Format(time.RFC3339Nano))
	case n.Kind == line.NullKind:
		v.absent = true
	default:
		v.text = n.Text
	}
	return v, true
}

// queryName is the name of a value in the query language, empty if there is none.
func (d *document) queryName(steps []step) string {
	var keys []string
	plain := true // the keys say all about the way
	for i, s := range steps {
		switch {
		case s.index >= 0:
			plain = plain && i == 1 && (keys[0] == "errors" || keys[0] == "XForwardedFor")
		case s.key == "":
			return ""
		default:
			plain = plain && strings.IndexByte(s.key, '.') < 0
			keys = append(keys, s.key)
		}
	}
	if len(keys) == 0 {
		return ""
	}
	path := strings.Join(keys, ".")
	f, inSchema := model.Lookup(path)
	top, topInSchema := model.Lookup(keys[0])
	switch {
	case inSchema && plain && f.String() == path && f != model.FieldActor:
		return f.Info().Short()
	case keys[0] == model.FieldActionParams.String() && len(keys) > 1:
		return d.paramName(keys[1:])
	case !inSchema && topInSchema && top.String() == keys[0], !inSchema && strings.HasPrefix(keys[0], "p_"):
		return path
	}
	return "." + path // no other name means this key
}

// paramPlaces are where a parameter may stand, in the order in which they count.
var paramPlaces = [][]string{{"dynamic", "input"}, {"static", "input"}, {"input"}, {}}

// paramName names a parameter by its short name if that finds this one: the first of its name.
func (d *document) paramName(keys []string) string {
	params := d.node.Get(model.FieldActionParams.String())
	for _, place := range paramPlaces {
		if len(keys) <= len(place) || !hasPrefix(keys, place) {
			continue
		}
		short := keys[len(place):]
		if d.firstParam(params, short, place) {
			return "param." + strings.Join(short, ".")
		}
		break
	}
	return model.FieldActionParams.String() + "." + strings.Join(keys, ".")
}

// firstParam reports whether no place before this one has the parameter.
func (d *document) firstParam(params *line.Node, keys, place []string) bool {
	for _, p := range paramPlaces {
		if len(p) == len(place) && hasPrefix(p, place) {
			return true
		}
		if reaches(params.Get(p...), keys) {
			return false
		}
	}
	return true
}

// reaches reports whether keys lead to anything below n, through lists as a query goes.
func reaches(n *line.Node, keys []string) bool {
	switch {
	case n == nil:
		return false
	case len(keys) == 0:
		return true
	case n.Kind == line.ListKind:
		for i := range n.Nodes {
			if reaches(&n.Nodes[i], keys) {
				return true
			}
		}
		return false
	}
	return reaches(n.Get(keys[0]), keys[1:])
}

func hasPrefix(keys, prefix []string) bool {
	if len(keys) < len(prefix) {
		return false
	}
	for i, p := range prefix {
		if keys[i] != p {
			return false
		}
	}
	return true
}
