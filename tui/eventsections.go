package tui

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// group is a section of the detail that members of the event are sorted into.
type group uint8

const (
	otherGroup group = iota
	actorGroup
	paramsGroup
	detailsGroup
	networkGroup
	lakeGroup
	errorsGroup // shown apart
	numGroups
)

// groupOf sorts the members of an event by the schema.
var groupOf = map[string]group{
	"actor": actorGroup, "actionParams": paramsGroup, "actionDetails": detailsGroup,
	"actionName": detailsGroup, "actionDescription": detailsGroup, "actionResult": detailsGroup, "timestamp": detailsGroup, "pantherVersion": detailsGroup,
	"sourceIP": networkGroup, "XForwardedFor": networkGroup, "userAgent": networkGroup, "errors": errorsGroup,
}

// groups lists the sections in their order.
var groups = []struct {
	group group
	label termsafe.Safe
	id    string
	whole bool // the section shows the members of one value, not values under their keys
	open  bool
}{
	{actorGroup, termsafe.Const("Actor"), actorID, true, true},
	{paramsGroup, termsafe.Const("Params"), paramsID, true, true},
	{detailsGroup, termsafe.Const("Details"), detailsID, false, true},
	{networkGroup, termsafe.Const("Network"), networkID, false, true},
	{otherGroup, termsafe.Const("Unknown"), otherID, false, true},
	{lakeGroup, termsafe.Const("Enrichment"), lakeID, false, false},
}

// groupFor gives the group of a member of the event.
func groupFor(n *line.Node, d *document) group {
	key := n.Key.Raw()
	switch {
	case n.Duplicate:
		return otherGroup
	case strings.HasPrefix(key, "p_"):
		return lakeGroup
	case key == "errors" && len(d.messages) == 0 && n.Kind != line.NullKind && len(n.Nodes) > 0:
		return otherGroup
	}
	return groupOf[key]
}

// memberOrder is the order of members within their section, where that is not the order of the source.
var memberOrder = map[string]int{
	"actionName": 1, "actionDescription": 2, "actionResult": 3, "timestamp": 4, "pantherVersion": 5, "actionDetails": 6,
	"sourceIP": 1, "XForwardedFor": 2, "userAgent": 3,
}

// placeOrder is the order in which the places of parameters count.
var placeOrder = map[string]int{"dynamic": -3, "static": -2, "input": -1}

// sortGroups puts first what counts first.
func (d *document) sortGroups() {
	for _, g := range []group{detailsGroup, networkGroup} {
		slices.SortStableFunc(d.groups[g], func(a, b *line.Node) int { return memberOrder[a.Key.Raw()] - memberOrder[b.Key.Raw()] })
	}
	for i, n := range d.groups[paramsGroup] {
		d.groups[paramsGroup][i] = inPlaceOrder(n, 2)
	}
}

// inPlaceOrder gives a copy of an object with its places in their order, and those in them; other nodes are given back.
func inPlaceOrder(n *line.Node, levels int) *line.Node {
	if n.Kind != line.ObjectKind || levels == 0 {
		return n
	}
	c := *n
	c.Nodes = slices.Clone(n.Nodes)
	slices.SortStableFunc(c.Nodes, func(a, b line.Node) int { return placeOrder[a.Key.Raw()] - placeOrder[b.Key.Raw()] })
	for i := range c.Nodes {
		if placeOrder[c.Nodes[i].Key.Raw()] != 0 {
			c.Nodes[i] = *inPlaceOrder(&c.Nodes[i], levels-1)
		}
	}
	return &c
}

// eventSections shows every member of the event, sorted into groups. Without the line it shows the columns.
func (b *builder) eventSections() {
	d := b.doc
	if d.node == nil {
		b.columnSections()
		return
	}
	for i, g := range groups {
		if i == 1 && !d.target.Empty() {
			b.targetSection()
		}
		members := d.groups[g.group]
		if len(members) == 0 {
			continue
		}
		holds := &line.Node{Kind: line.ObjectKind, Nodes: nil}
		if g.whole {
			holds = members[0]
		} else {
			for _, n := range members[:min(len(members), peekMembers+1)] {
				holds.Nodes = append(holds.Nodes, *n)
			}
		}
		size := len(members)
		if g.whole {
			size = len(holds.Nodes)
		}
		head := sectionHead{g.label, g.id, g.open, termsafe.Count(int64(size), "key", "keys"), holds}
		if !b.section(head) {
			continue
		}
		b.note = b.notesOf(g.group)
		b.showGroup(g.group, g.id, g.whole, members)
		b.note = nil
	}
}

// notesOf gives what knows our words for the values of a group.
func (b *builder) notesOf(g group) func(id string, n *line.Node) termsafe.Safe {
	switch g {
	case actorGroup:
		return b.actorNote
	case networkGroup:
		return b.networkNote
	case detailsGroup:
		return b.actionNote
	case lakeGroup:
		return b.lakeNote
	}
	return nil
}

func (b *builder) showGroup(g group, id string, whole bool, members []*line.Node) {
	switch {
	case g == lakeGroup:
		b.lakeGroups(members)
	case whole && len(members[0].Nodes) > 0:
		b.addTree(members[0], joinMember(id, members[0], 0), 0)
	default:
		b.showMembers(members, id, 0)
	}
}

// showMembers shows members of the event under their keys, in pages if they are many.
func (b *builder) showMembers(members []*line.Node, id string, indent int) {
	if len(members) > maxMembers {
		b.addPages(id, indent, 0, len(members), func(id string, lo, hi, indent int) { b.showFew(members[lo:hi], id, indent) })
		return
	}
	b.showFew(members, id, indent)
}

func (b *builder) showFew(members []*line.Node, id string, indent int) {
	width := 1
	keys := make([]termsafe.Safe, len(members))
	for i, n := range members {
		keys[i] = b.keyText(&line.Node{Kind: line.ObjectKind, Nodes: []line.Node{*n}}, 0)
		if w := b.look.widther.Width(keys[i]); w <= maxKeyWidth {
			width = max(width, w)
		}
	}
	for i, n := range members {
		b.addNode(n, block{id: joinMember(id, n, n.Start), key: keys[i], keyAt: width, indent: indent})
	}
}

// targetSection shows what the action touched.
func (b *builder) targetSection() {
	d := b.doc
	if b.section(sectionHead{label: termsafe.Const("Target"), id: targetID, open: true, summary: termsafe.Const("folded")}) {
		at := block{id: joinNamed(targetID, "text"), raw: d.target.Raw(), value: &value{name: "target", text: d.target}}
		b.foldLong(&at)
		b.add(at)
	}
}

// actorNote tells tokens, the deployment itself and SCIM from people.
func (b *builder) actorNote(id string, n *line.Node) termsafe.Safe {
	key, text := n.Key.Raw(), n.Text.Raw()
	switch {
	case id != actorID+string(idSep)+"actor"+string(idSep)+key:
	case key == "type" && text == "TOKEN":
		return termsafe.Concat(b.look.glyphs.token, termsafe.Const(" an API token"))
	case key == "id" && b.doc.event.Actor.System():
		return termsafe.Const("the deployment itself")
	case key == "id" && text == "scim":
		return termsafe.Const("the identity provider, by SCIM")
	}
	return termsafe.Safe{}
}

// actionNote tells the class of the action.
func (b *builder) actionNote(id string, n *line.Node) termsafe.Safe {
	if id == detailsID+string(idSep)+"actionName" && n.Kind == line.StringKind {
		return b.look.own(b.doc.event.Class().String())
	}
	return termsafe.Safe{}
}

// columnSections shows what the log knows of an event without its line.
func (b *builder) columnSections() {
	e := &b.doc.event
	add := func(label termsafe.Safe, fields []columnField) {
		b.title(label)
		for _, f := range fields {
			f.text = b.look.redact.field(f.name, f.text)
			if !f.text.Empty() {
				b.add(block{id: joinNamed("#column", f.name), key: f.key, keyAt: 14, text: quote, raw: f.text.Raw(), tail: quote, role: jsonString,
					value: &value{name: f.name, text: f.text}})
			}
		}
	}
	add(termsafe.Const("Actor"), []columnField{
		{termsafe.Const("id"), "actor.id", e.Actor.ID}, {termsafe.Const("type"), "actor.type", e.Actor.Type},
		{termsafe.Const("name"), "actor.name", e.Actor.Name}, {termsafe.Const("email"), "email", e.Actor.Email}})
	add(termsafe.Const("Details"), []columnField{{termsafe.Const("actionName"), "action", e.Action},
		{termsafe.Const("actionResult"), "result", e.Outcome}, {termsafe.Const("pantherVersion"), "version", e.Version}})
	add(termsafe.Const("Network"), []columnField{{termsafe.Const("sourceIP"), "ip", e.IP}, {termsafe.Const("userAgent"), "ua", e.Agent}})
	b.title(termsafe.Safe{})
}

// columnField is an attribute that the log keeps in a column.
type columnField struct {
	key  termsafe.Safe
	name string // in the query language
	text model.Text
}
