package decode

import "pawprint/model"

const (
	maxTemplateBytes = 8 << 10 // a longer event makes no template
	maxTemplateHoles = 128
	maxTemplateDepth = 16
	maxTemplateShape = 512 // bytes of keys, as each hole remembers those before it
)

// learner takes an event apart into the fragments of a template.
type learner struct {
	d     *Decoder
	list  uint32 // of the fragments that may follow the last hole
	from  int    // where that ended
	seen  uint64 // the keys of the event so far, as bits
	inner bool   // the last hole was within the value of a member
	key   uint8  // the key of the member
	shape []byte // the keys so far of the objects that are open in the value of the member

	constant uint32       // the id of a value of an enumeration since the last hole …
	column   model.Column // … and its column; NoColumn if there is none
	holes    int
	ok       bool // the event is one that a template can stand for
}

// place is what the schema says of a value.
type place struct {
	key    *tableKey   // nil if the schema does not name it
	level  level       // of the object that it is a member of
	at     uint8       // of key in the table of that level
	event  bool        // it is a member of the event
	keys   level       // of its own members, if it is an object; levelEvent if the schema does not name them
	inside model.Field // the attribute that its texts belong to
}

// learn adds a template of the event b[i:end], which was decoded. flawed has a bit for each key whose value had a problem: what a fragment
// holds must be the cause of none.
func (d *Decoder) learn(i, end int, flawed uint64) {
	if end-i > maxTemplateBytes {
		return
	}
	t := &d.templates
	if len(t.fragments)+maxTemplateHoles > maxFragments {
		t.begin()
	}
	l := learner{d: d, from: i, ok: true, column: model.NoColumn}
	l.event(i, flawed)
	l.fragment(end, holeEnd, place{})
}

// event takes apart the members of the event at i.
func (l *learner) event(i int, flawed uint64) {
	b, inner := l.d.b, &l.d.inner
	for i = inner.Space(b, i+1); l.ok && b[i] != '}'; {
		start := i + 1
		i, _, _ = inner.String(b, start)
		key := eventKeys.find(b[start:i])
		i, _ = inner.Colon(b, i+1)
		if l.ok = key != unknownKey && l.seen>>key&1 == 0; !l.ok {
			return
		}
		l.seen |= 1 << key
		l.key, l.shape = key, l.shape[:0]
		i = l.eventMember(key, i, flawed>>key&1 != 0)
		if i = inner.Space(b, i); b[i] == ',' {
			i = inner.Space(b, i+1)
		}
	}
}

// eventMember takes apart the value at i of a member of the event, and returns the index after it.
func (l *learner) eventMember(key uint8, i int, flawed bool) int {
	k := &eventKeys.keys[key]
	p := place{key: k, at: key, inside: k.field, event: true}
	plain := !flawed && (k.kind == model.TypeAny || k.kind == model.TypeObject || k.kind == model.TypeBool || k.kind == model.TypeErrors)
	switch c := l.d.b[i]; {
	case c == '[' && k.kind == model.TypeAny && !flawed:
		l.fragment(i, holeList, p)
		l.from, _ = l.d.inner.Value(l.d.b, i)
		return l.from
	case c == '{' && (k.kind == model.TypeAny || k.kind == model.TypeObject):
		if l.ok = l.ok && !flawed; l.inner {
			l.fragment(i, holeNone, p)
			l.from = i
		}
		p.key, p.event = nil, false
		if k.field == model.FieldActor {
			p.keys = levelActor
		}
		if i = l.object(i, p, 1); l.inner { // the fragment of how the value ends does not depend on what comes next
			l.fragment(i, holeNone, place{event: true, at: unknownKey})
			l.from = i
		}
		return i
	case plain && (c == 't' || c == 'f' || c == 'n'): // bytes of a fragment
		end, _ := l.d.inner.Value(l.d.b, i)
		return end
	}
	switch {
	case !flawed && k.text && l.d.b[i] == '"' && k.field != model.FieldUserAgent:
		return l.keep(i, p)
	case k.kind == model.TypeTime:
		l.fragment(i, holeTime, p)
	case k.kind == model.TypeStrings:
		l.fragment(i, holeAddresses, p)
	default:
		l.fragment(i, holeMember, p)
	}
	l.from, _ = l.d.inner.Value(l.d.b, i)
	return l.from
}

// keep takes apart the string at i that a column keeps, and returns the index after it.
func (l *learner) keep(i int, p place) int {
	end, info, _ := l.d.inner.String(l.d.b, i+1)
	if k := p.key; k.kind == model.TypeEnumeration && l.column == model.NoColumn && info == 0 {
		if id := l.d.lookups[k.column].id(l.d.b[i+1 : end]); id >= 2 && id < k.values {
			l.constant, l.column = id, k.column // bytes of a fragment
			return end + 1
		}
	}
	l.fragment(i+1, holeColumn, p)
	l.from = end + 1
	return l.from
}

// value takes apart the value at i within that of a member of the event, and returns the index after it.
func (l *learner) value(i int, p place, depth int) int {
	b, k := l.d.b, p.key
	switch c := b[i]; {
	case c == '[':
		l.ok = l.ok && (k == nil || k.kind == model.TypeAny)
		l.fragment(i, holeList, p)
		l.from, _ = l.d.inner.Value(b, i)
		return l.from
	case c == '{':
		if l.ok = l.ok && depth < maxTemplateDepth && (k == nil || k.kind == model.TypeObject || k.kind == model.TypeAny); l.ok {
			return l.object(i, p, depth+1)
		}
		return i
	case c == '"':
		end, _, _ := l.d.inner.String(b, i+1)
		switch {
		case k != nil && k.text:
			return l.keep(i, p)
		case k == nil || k.kind == model.TypeAny || k.kind == model.TypeString && k.column == model.NoColumn:
			l.fragment(i+1, holeText, p)
		default:
			l.ok = false
		}
		l.from = end + 1
		return l.from
	case c == '-' || c-'0' < 10:
		l.ok = l.ok && (k == nil || k.kind == model.TypeAny)
		l.fragment(i, holeNumber, p)
		l.from, _ = l.d.inner.Value(b, i)
		return l.from
	default: // true, false and null are bytes of a fragment
		l.ok = l.ok && (k == nil || k.column == model.NoColumn || c == 'n')
	}
	end, _ := l.d.inner.Value(b, i)
	return end
}

// object takes the object at i apart and returns the index after it.
func (l *learner) object(i int, p place, depth int) int {
	b, inner, begin := l.d.b, &l.d.inner, len(l.shape)
	l.shape = append(l.shape, '{')
	for i = inner.Space(b, i+1); l.ok && b[i] != '}'; {
		start := i + 1
		end, info, _ := inner.String(b, start)
		l.shape = append(append(l.shape, b[start:end]...), '"')
		l.ok = l.ok && info == 0 && len(l.shape) <= maxTemplateShape // a fragment must be the cause of no flag
		i, _ = inner.Colon(b, end+1)
		if i = inner.Space(b, l.value(i, p.member(b[start:end]), depth)); l.ok && b[i] == ',' {
			i = inner.Space(b, i+1)
		}
	}
	l.shape = l.shape[:begin]
	return i + 1
}

// member returns the place of a member of the object at p. Its name has no escapes, or is none of the schema's.
func (p place) member(name []byte) place {
	if p.keys == levelEvent {
		return place{inside: p.inside}
	}
	key := tables[p.keys].find(name)
	if key == unknownKey {
		return place{inside: parents[p.keys]}
	}
	k := &tables[p.keys].keys[key]
	m := place{key: k, level: p.keys, at: key, inside: k.field}
	if k.field == model.FieldActorAttributes {
		m.keys = levelAttributes
	}
	return m
}

// fragment adds the bytes up to b[i] and the hole behind them to the template.
func (l *learner) fragment(i int, h hole, p place) {
	if l.holes++; l.holes > maxTemplateHoles {
		l.ok = false
	}
	if !l.ok {
		return
	}
	t, text := &l.d.templates, l.d.b[l.from:i]
	n, at := 0, &t.lists[l.list]
	for ; *at != 0; at = &t.fragments[*at].other {
		f := &t.fragments[*at]
		if f.hole == h && f.level == uint8(p.level) && f.key == p.at && string(t.text(f)) == string(text) {
			l.follow(f)
			return
		}
		if n++; n == maxAlternatives {
			*at = 0
			break
		}
	}
	f := fragment{seen: l.seen, text: uint32(len(t.texts)), n: uint16(len(text)), value: l.constant, column: l.column,
		hole: h, level: uint8(p.level), key: p.at, inside: p.inside}
	f.shared = p.event
	if h != holeMember { // which has its place behind those that know more of the value
		at = &t.lists[l.list]
	}
	f.other, *at = *at, uint16(len(t.fragments))
	t.texts = append(t.texts, text...)
	l.behind(&f)
	t.fragments = append(t.fragments, f)
	l.follow(&f)
}

// behind sets the list of what may follow a new fragment.
func (l *learner) behind(f *fragment) {
	t, at := &l.d.templates, state{seen: l.seen, value: unknownKey}
	switch {
	case f.hole == holeNone:
		at.value = f.key
	case !f.shared:
		at.value, at.shape = l.key, string(l.shape)
		if l.key == paramsAt && l.seen>>actionAt&1 != 0 {
			at.way = uint8(l.d.row.Columns[model.ColAction] % actionWays)
		}
	}
	if f.shared && l.seen>>actionAt&1 != 0 && (l.seen>>paramsAt&1 == 0 || at.value == paramsAt) {
		f.ways = actionWays - 1
	}
	list, ok := t.behind[at]
	if !ok {
		list = uint32(len(t.lists))
		t.lists = append(t.lists, make([]uint16, 1+int(f.ways))...)
	}
	t.behind[at] = list
	f.then = list
}

// follow goes on with what may follow a fragment.
func (l *learner) follow(f *fragment) {
	l.inner, l.column = !f.shared, model.NoColumn
	l.list = f.then + l.d.row.Columns[model.ColAction]&uint32(f.ways)
}
