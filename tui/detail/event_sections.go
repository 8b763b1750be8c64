package detail

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// groups are the sections in the order in which they are shown.
var groups = []struct {
	group model.Section
	label termsafe.Safe
	id    string
	whole bool // the section shows the members of one value instead of values with their keys
	open  bool
}{
	{model.ActorSection, termsafe.Const("Actor"), actorID, true, true},
	{model.ParamsSection, termsafe.Const("Params"), paramsID, true, true},
	{model.DetailsSection, termsafe.Const("Details"), detailsID, false, true},
	{model.NetworkSection, termsafe.Const("Network"), networkID, false, true},
	{model.UnknownSection, termsafe.Const("Unknown"), otherID, false, true},
	{model.LakeSection, termsafe.Const("Enrichment"), lakeID, false, false},
}

// groupFor returns the section that a member of the event belongs to.
func groupFor(n *line.Node, d *document) model.Section {
	key := n.Key.Raw()
	switch {
	case n.Duplicate:
		return model.UnknownSection
	case strings.HasPrefix(key, "p_"):
		return model.LakeSection
	case key == "errors" && len(d.messages) == 0 && n.Kind != line.NullKind && len(n.Nodes) > 0:
		return model.UnknownSection
	}
	return topFields[key].Section
}

// topFields are the attributes at the top level of an event, by key.
var topFields = func() map[string]model.FieldInfo {
	m := make(map[string]model.FieldInfo)
	for _, f := range model.Schema() {
		if f.Top() {
			m[f.Name] = f
		}
	}
	return m
}()

// sortGroups sorts the members of each section by importance.
func (d *document) sortGroups() {
	for _, members := range d.groups[model.UnknownSection+1:] {
		slices.SortStableFunc(members, func(a, b *line.Node) int { return topFields[a.Key.Raw()].Order - topFields[b.Key.Raw()].Order })
	}
	for i, n := range d.groups[model.ParamsSection] {
		d.groups[model.ParamsSection][i] = inPlaceOrder(n, 2)
	}
}

// inPlaceOrder returns a copy of an object with the places of parameters in their order, to a depth of levels. It returns
// other nodes unchanged.
func inPlaceOrder(n *line.Node, levels int) *line.Node {
	if n.Kind != line.ObjectKind || levels == 0 {
		return n
	}
	c := *n
	c.Nodes = slices.Clone(n.Nodes)
	slices.SortStableFunc(c.Nodes, func(a, b line.Node) int { return field.PlaceRank(a.Key.Raw()) - field.PlaceRank(b.Key.Raw()) })
	for i := range c.Nodes {
		if field.PlaceRank(c.Nodes[i].Key.Raw()) < len(field.Places())-1 { // the last place is the object of parameters itself
			c.Nodes[i] = *inPlaceOrder(&c.Nodes[i], levels-1)
		}
	}
	return &c
}

// eventSections shows every member of the event in its section. If the line was not read, it shows the columns.
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

// notesOf returns the function that makes our notes on the values of a section.
func (b *builder) notesOf(g model.Section) func(id string, n *line.Node) termsafe.Safe {
	switch g {
	case model.ActorSection:
		return b.actorNote
	case model.NetworkSection:
		return b.networkNote
	case model.DetailsSection:
		return b.actionNote
	case model.LakeSection:
		return b.lakeNote
	}
	return nil
}

func (b *builder) showGroup(g model.Section, id string, whole bool, members []*line.Node) {
	switch {
	case g == model.LakeSection:
		b.lakeGroups(members)
	case whole && len(members[0].Nodes) > 0:
		b.addTree(members[0], joinMember(id, members[0], 0), 0)
	default:
		b.showMembers(members, id, 0)
	}
}

// showMembers shows members of the event with their keys, in pages if there are many.
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
		if w := b.display.Widther.Width(keys[i]); w <= maxKeyWidth {
			width = max(width, w)
		}
	}
	for i, n := range members {
		b.addNode(n, block{id: joinMember(id, n, n.Start), key: keys[i], keyAt: width, indent: indent})
	}
}

// targetSection shows the target of the action.
func (b *builder) targetSection() {
	d := b.doc
	if b.section(sectionHead{label: termsafe.Const("Target"), id: targetID, open: true, summary: termsafe.Const("folded")}) {
		at := block{id: joinNamed(targetID, "text"), raw: d.target.Raw(), value: &kit.Value{Name: "target", Text: d.target}}
		b.foldLong(&at)
		b.add(at)
	}
}

// actorNote returns a note if the actor is not a person: a token, the deployment itself or SCIM.
func (b *builder) actorNote(id string, n *line.Node) termsafe.Safe {
	key, text := n.Key.Raw(), n.Text.Raw()
	switch {
	case id != actorID+string(idSep)+"actor"+string(idSep)+key:
	case key == "type" && text == "TOKEN":
		return termsafe.Concat(b.display.Glyphs.Token, termsafe.Const(" an API token"))
	case key == "id" && b.doc.event.Actor.System():
		return termsafe.Const("the deployment itself")
	case key == "id" && text == "scim":
		return termsafe.Const("the identity provider, by SCIM")
	}
	return termsafe.Safe{}
}

// actionNote returns the class of the action.
func (b *builder) actionNote(id string, n *line.Node) termsafe.Safe {
	if id == detailsID+string(idSep)+"actionName" && n.Kind == line.StringKind {
		return b.display.Own(b.doc.event.Class().String())
	}
	return termsafe.Safe{}
}

// columnSections shows the columns of an event whose line was not read.
func (b *builder) columnSections() {
	for _, g := range groups {
		fields := columnsIn(g.group)
		if len(fields) == 0 {
			continue
		}
		b.title(g.label)
		for _, f := range fields {
			name := f.Short()
			if text := b.display.Redact.Field(name, b.doc.columns[f.Column]); !text.Empty() {
				b.add(block{id: joinNamed("#column", name), key: b.display.Own(f.Key()), keyAt: 14,
					text: kit.Quote, raw: text.Raw(), tail: kit.Quote, role: kit.JsonString, value: &kit.Value{Name: name, Text: text}})
			}
		}
	}
	b.title(termsafe.Safe{})
}

// columnsIn lists the attributes of a section that the log keeps in columns.
func columnsIn(section model.Section) []model.FieldInfo {
	var out []model.FieldInfo
	for _, f := range model.Schema() {
		if f.Section == section && f.Column != model.NoColumn {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b model.FieldInfo) int { return a.Order - b.Order })
	return out
}
