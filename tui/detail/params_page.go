package detail

import (
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/model/shape"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// browseID is the section of the parameters of an action.
const browseID = "#browse"

// shownValues is the number of values of a parameter that are shown while the rest is folded.
const shownValues = 5

// build implements page.
func (p *paramsPage) build(b *builder) {
	name := termsafe.Const("events without an action")
	if !p.action.Empty() {
		name = short(b.display, "actionName", p.action)
	}
	b.add(block{id: "#", indent: fullWidth, text: termsafe.Concat(termsafe.Const("Parameters of "), name), role: kit.Strong})
	b.add(block{id: joinNamed(browseID, "counts"), indent: fullWidth, text: p.extent(), role: kit.Muted})
	b.add(block{indent: fullWidth})
	if len(p.counted.Root.Members) == 0 {
		b.say(termsafe.Const("none of these events has parameters"), kit.Muted)
		return
	}
	p.members(b, &p.counted.Root, browseID+string(idSep)+"actionParams", 0)
}

// extent returns which events were counted.
func (p *paramsPage) extent() termsafe.Safe {
	out := termsafe.Concat(termsafe.Const("of "), termsafe.Count(int64(p.of), "event", "events"), termsafe.Const(" in the list"))
	if p.looked < p.of {
		out = termsafe.Concat(termsafe.Const("of the newest "), termsafe.Int(int64(p.looked)), termsafe.Const(" "), out)
	}
	if p.unread > 0 {
		out = termsafe.Concat(out, termsafe.Const(", "), termsafe.Int(int64(p.unread)), termsafe.Const(" of which cannot be read"))
	}
	if p.counted.Full {
		out = termsafe.Concat(out, termsafe.Const(", but not all of their keys"))
	}
	return out
}

// tallyLink is a line of the page: a place and the keys that lead to it.
type tallyLink struct {
	id  string
	key termsafe.Safe
	t   *shape.Place
}

// link descends from a place as long as there is only one member.
func (p *paramsPage) link(b *builder, id string, t *shape.Place) tallyLink {
	l := tallyLink{tallyID(id, t), p.key(b, t, true), t}
	width := b.display.Widther.Width(l.key)
	for len(l.t.Members) == 1 && len(l.t.Values)+l.t.Empty+l.t.Nulls+l.t.Long+l.t.Others == 0 {
		next := l.t.List()[0]
		text := p.key(b, next, false)
		if width += b.display.Widther.Width(text); width > maxChainWidth || next.Rows != l.t.Rows {
			break
		}
		l = tallyLink{tallyID(l.id, next), termsafe.Concat(l.key, text), next}
	}
	return l
}

func (p *paramsPage) key(b *builder, t *shape.Place, first bool) termsafe.Safe {
	switch {
	case t.Element:
		return termsafe.Const("[]")
	case first:
		return b.keyText(&line.Node{Kind: line.ObjectKind, Nodes: []line.Node{{Key: model.NewText(t.Key)}}}, 0)
	case plainKey(t.Key):
		return termsafe.Concat(termsafe.Const("."), b.stepText(field.Step{Key: t.Key, Index: -1}))
	}
	return b.stepText(field.Step{Key: t.Key, Index: -1})
}

// tallyID returns the id of a place. Elements of a list share that of the first.
func tallyID(id string, t *shape.Place) string {
	if t.Element {
		return id + string(idSep) + string(idIndex) + "0"
	}
	return id + string(idSep) + escapeKey(t.Key)
}

func (p *paramsPage) members(b *builder, t *shape.Place, id string, indent int) {
	list := t.List()
	links := make([]tallyLink, len(list))
	width := 1
	for i, m := range list {
		links[i] = p.link(b, id, m)
		if w := b.display.Widther.Width(links[i].key); w <= maxKeyWidth {
			width = max(width, w)
		}
	}
	for _, l := range links {
		p.place(b, l, width, indent)
	}
}

// place shows how many events have a value at a place, and which values.
func (p *paramsPage) place(b *builder, l tallyLink, width, indent int) {
	at := block{id: l.id, key: l.key, keyAt: width, indent: indent, fold: l.id}
	at.text = termsafe.Count(int64(l.t.Rows), "event", "events")
	at.note = tallyWords(l.t)
	at.open = b.isOpen(l.id, indent < openLevels && len(l.t.Members) <= openMembers)
	b.add(at)
	if !at.open {
		return
	}
	p.values(b, l, indent+1)
	p.members(b, l.t, l.id, indent+1)
}

// tallyWords describes the values at a place that are not listed.
func tallyWords(t *shape.Place) termsafe.Safe {
	var parts []termsafe.Safe
	if n := len(t.Values); n > 1 {
		parts = append(parts, termsafe.Concat(termsafe.Int(int64(n)), termsafe.Const(" different values")))
	}
	for _, c := range []struct {
		n    int
		what termsafe.Safe
	}{
		{t.Nulls, termsafe.Const("null")}, {t.Empty, termsafe.Const("empty")}, {t.Long, termsafe.Const("long")},
		{t.Others, termsafe.Const("with other values")},
	} {
		if c.n > 0 {
			parts = append(parts, termsafe.Concat(termsafe.Int(int64(c.n)), termsafe.Const(" "), c.what))
		}
	}
	return termsafe.Join(termsafe.Const(", "), parts...)
}

// values lists the values at a place, the most frequent first, each with its count.
func (p *paramsPage) values(b *builder, l tallyLink, indent int) {
	values := l.t.ListValues()
	if len(values) == 0 {
		return
	}
	rest := joinNamed(l.id, "rest")
	shown := values
	open := len(values) <= shownValues+1 || b.isOpen(rest, false)
	if !open {
		shown = values[:shownValues]
	}
	width := termsafe.Int(int64(values[0].N)).Len()
	for i, v := range shown {
		b.add(p.valueBlock(joinGroup(l.id, i), stepsOf(l.id), v, width, indent))
	}
	if len(values) > shownValues+1 {
		text := termsafe.Concat(termsafe.Int(int64(len(values)-shownValues)), termsafe.Const(" more values"))
		if open {
			text = termsafe.Const("fewer values")
		}
		b.add(block{id: rest, fold: rest, open: open, indent: indent, text: text, role: kit.Muted})
	}
}

func (p *paramsPage) valueBlock(id string, steps []field.Step, v shape.CountedValue, width, indent int) block {
	count := termsafe.Int(int64(v.N))
	at := block{id: id, indent: indent, key: termsafe.Concat(termsafe.Repeat(" ", width-count.Len()), count), keyAt: width, raw: v.Text}
	switch v.Kind {
	case line.StringKind:
		at.role, at.text, at.tail = kit.JsonString, kit.Quote, kit.Quote
	case line.NumberKind:
		at.role = kit.JsonNumber
	default:
		at.role = kit.JsonWord
	}
	at.value = &kit.Value{Name: pathName(steps), Text: model.NewText(v.Text)}
	return at
}

// pathName returns the name of a parameter that means this place only.
func pathName(steps []field.Step) string {
	name := ""
	for _, s := range steps {
		switch {
		case s.Index >= 0:
		case name == "":
			name = s.Key
		default:
			name += "." + s.Key
		}
	}
	return name
}
