package tui

import (
	"strings"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// group is a section of the detail that members of the event are sorted into.
type group uint8

const (
	otherGroup group = iota
	actorGroup
	paramsGroup
	detailsGroup
	actionGroup
	networkGroup
	lakeGroup
	errorsGroup // shown apart
)

// groupOf sorts the members of an event by the schema.
var groupOf = map[string]group{
	"actor": actorGroup, "actionParams": paramsGroup, "actionDetails": detailsGroup,
	"actionName": actionGroup, "actionDescription": actionGroup, "actionResult": actionGroup, "timestamp": actionGroup, "pantherVersion": actionGroup,
	"sourceIP": networkGroup, "XForwardedFor": networkGroup, "userAgent": networkGroup, "errors": errorsGroup,
}

// groups lists the sections in their order.
var groups = []struct {
	group group
	label termsafe.Safe
	path  string
	whole bool // the section shows the members of one value, not values under their keys
}{
	{actorGroup, termsafe.Const("Actor"), "actor", true},
	{paramsGroup, termsafe.Const("Parameters"), "actionParams", true},
	{detailsGroup, termsafe.Const("Details"), "actionDetails", true},
	{networkGroup, termsafe.Const("Network"), "network", false},
	{actionGroup, termsafe.Const("Action"), "action", false},
	{lakeGroup, termsafe.Const("Enrichment"), "lake", false},
	{otherGroup, termsafe.Const("Other"), "other", false},
}

// eventSections shows every member of the event, sorted into groups; what the schema does not name comes last. Without
// the line it shows the columns.
func (b *builder) eventSections() {
	n := b.doc.node
	if n == nil {
		b.columnSections()
		return
	}
	var members [errorsGroup + 1][]model.Node
	for i := range n.Nodes {
		g := groupFor(&n.Nodes[i], b.doc)
		members[g] = append(members[g], n.Nodes[i])
	}
	for i, g := range groups {
		if i == 1 && !b.doc.target.Empty() {
			b.title(termsafe.Const("Target"))
			b.chunked(b.doc.target.Raw(), splitChunks(b.doc.target.Raw()), block{marked: -1})
		}
		if len(members[g.group]) == 0 {
			continue
		}
		n := &model.Node{Kind: model.ObjectKind, Nodes: members[g.group]}
		if g.whole {
			n = &members[g.group][0]
		}
		if b.section(g.label, "#"+g.path, g.group != lakeGroup, termsafe.Count(int64(len(n.Nodes)), "key", "keys")) {
			b.whole(n, g.path)
		}
	}
}

// groupFor gives the group of a member of the event.
func groupFor(n *model.Node, d *document) group {
	key := n.Key.Raw()
	switch {
	case n.Duplicate:
		return otherGroup
	case strings.HasPrefix(key, "p_"):
		return lakeGroup
	case key == "errors" && len(d.messages) == 0 && n.Kind != model.NullKind && len(n.Nodes) > 0:
		return otherGroup
	}
	return groupOf[key]
}

// whole shows the members of an object, or a value of the wrong type as it is.
func (b *builder) whole(n *model.Node, path string) {
	if len(n.Nodes) == 0 {
		b.addNode(n, termsafe.Safe{}, 0, path, 0)
		return
	}
	b.addTree(n, path, 0)
}

// columnSections shows what the log knows of an event without its line.
func (b *builder) columnSections() {
	e := &b.doc.event
	add := func(label termsafe.Safe, fields []columnField) {
		b.title(label)
		for _, f := range fields {
			if !f.text.Empty() {
				b.addText(block{key: f.key, keyAt: 14, marked: -1}, f.text.Raw())
			}
		}
	}
	add(termsafe.Const("Actor"), []columnField{
		{termsafe.Const("id"), e.Actor.ID}, {termsafe.Const("type"), e.Actor.Type}, {termsafe.Const("name"), e.Actor.Name}, {termsafe.Const("email"), e.Actor.Email}})
	add(termsafe.Const("Network"), []columnField{{termsafe.Const("sourceIP"), e.IP}, {termsafe.Const("userAgent"), e.Agent}})
	add(termsafe.Const("Action"), []columnField{
		{termsafe.Const("actionName"), e.Action}, {termsafe.Const("actionResult"), e.Outcome}, {termsafe.Const("pantherVersion"), e.Version}})
	b.title(termsafe.Safe{})
}

type columnField struct {
	key  termsafe.Safe
	text model.Text
}
