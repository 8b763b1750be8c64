package detail

import (
	"strings"

	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// lakeParts are the groups of keys that the data lake adds to an event, by prefix or suffix; the first match counts.
var lakeParts = []struct {
	name           string
	label          termsafe.Safe
	prefix, suffix string
}{
	{"alert", termsafe.Const("alert and rule"), "p_alert_", ""},
	{"alert", termsafe.Const("alert and rule"), "p_rule_", ""},
	{"any", termsafe.Const("indicators"), "p_any_", ""},
	{"enrichment", termsafe.Const("enrichment"), "p_enrichment", ""},
	{"times", termsafe.Const("times"), "p_", "_time"},
	{"source", termsafe.Const("source"), "p_source_", ""},
	{"source", termsafe.Const("source"), "p_log_type", ""},
	{"source", termsafe.Const("source"), "p_row_id", ""},
	{"source", termsafe.Const("source"), "p_schema_version", ""},
	{"more", termsafe.Const("more"), "p_", ""},
}

// lakePart returns the index in lakeParts for a key.
func lakePart(key string) int {
	for i := range lakeParts {
		if strings.HasPrefix(key, lakeParts[i].prefix) && strings.HasSuffix(key, lakeParts[i].suffix) {
			return i
		}
	}
	return len(lakeParts) - 1
}

// lakeSection is a part of the enrichment.
type lakeSection struct {
	id      string
	label   termsafe.Safe
	members []*line.Node
}

// lakeSections sorts the members of the enrichment into its parts.
func lakeSections(members []*line.Node) []lakeSection {
	var out []lakeSection
	for i, part := range lakeParts {
		if i > 0 && lakeParts[i-1].name == part.name {
			continue
		}
		s := lakeSection{id: joinNamed(lakeID, part.name), label: part.label}
		for _, n := range members {
			if lakeParts[lakePart(n.Key.Raw())].name == part.name {
				s.members = append(s.members, n)
			}
		}
		if len(s.members) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// lakeGroups shows the data lake's additions, group by group.
func (b *builder) lakeGroups(members []*line.Node) {
	for _, s := range lakeSections(members) {
		at := block{id: s.id, text: s.label, role: kit.Muted, fold: s.id, open: b.isOpen(s.id, true)}
		if !at.open {
			at.note = termsafe.Count(int64(len(s.members)), "key", "keys")
		}
		b.add(at)
		if at.open {
			b.showMembers(s.members, s.id, 1)
		}
	}
}

// lakeNote returns a note on the kinds of the addresses among the indicators.
func (b *builder) lakeNote(id string, n *line.Node) termsafe.Safe {
	if n.Kind == line.StringKind && strings.HasPrefix(id, joinNamed(lakeID, "any")+string(idSep)+"p_any_ip_addresses") {
		return addressNote(n.Text.Raw())
	}
	return termsafe.Safe{}
}
