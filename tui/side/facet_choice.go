package side

import (
	"cmp"
	"slices"
	"strings"

	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// search asks for the text that values must contain.
func (p *FacetPane) search() kit.Wish {
	before := p.way.search
	narrow := func(text string) (kit.Wish, error) {
		p.way.search = text
		return kit.Wish{}, nil
	}
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("search the facets: "), Text: before, Live: narrow, Done: narrow,
		Given: func() { p.way.search = before }}}
}

// sortWords says how the values are sorted.
func (p *FacetPane) sortWords() termsafe.Safe {
	if p.way.byName {
		return termsafe.Const("facets by name; S sorts by count")
	}
	return termsafe.Const("facets by count; S sorts by name")
}

// mostAdded limits the groups that the user adds: each may read all lines.
const mostAdded = 20

// Fields returns the fields and paths whose groups the user added, in their order.
func (p *FacetPane) Fields() (names []string) {
	for i := range p.groups {
		if p.groups[i].added {
			names = append(names, p.groups[i].name)
		}
	}
	return names
}

// Takes reports whether ShowFields can show these groups.
func (p *FacetPane) Takes(names []string) bool {
	return len(names) <= mostAdded && !slices.ContainsFunc(names, func(name string) bool { _, ok := addedFacet(name); return !ok })
}

// ShowFields shows the groups of these fields and paths instead of those that were added before. Names that cannot be counted are left
// out; see Takes.
func (p *FacetPane) ShowFields(names []string) {
	for _, old := range p.Fields() {
		p.exclude(old)
	}
	for _, name := range names {
		p.include(name)
	}
	p.arrange()
}

// addedFacet returns the group of a field or path that the user names; ok is false if a query cannot name it, or it has no values to be
// counted.
func addedFacet(name string) (spec facetSpec, ok bool) {
	e, err := query.Parse(query.Has(name).String())
	if name == "" || err != nil || len(query.Terms(e)) != 1 {
		return spec, false
	}
	spec, err = aloneFacet(name)
	spec.added = true
	return spec, err == nil
}

// has reports whether there is a group of a field or path.
func (p *FacetPane) has(name string) bool {
	f := field.Of(name)
	return slices.ContainsFunc(p.groups, func(g facetGroup) bool { return g.name == f.Counted(name) || field.Of(g.name).Name == f.Name })
}

// include adds a group, unless there is one of that field already.
func (p *FacetPane) include(name string) {
	if spec, ok := addedFacet(name); ok && !p.has(name) && len(p.Fields()) < mostAdded {
		p.addSpec(spec)
	}
}

// exclude removes a group that the user added.
func (p *FacetPane) exclude(name string) {
	p.groups = slices.DeleteFunc(p.groups, func(g facetGroup) bool {
		gone := g.added && g.name == name
		if gone {
			g.alone.stop()
		}
		return gone
	})
}

// choose opens the menu of fields to count: it adds a group for any field or path, and removes those that were added.
func (p *FacetPane) choose() kit.Wish {
	picker := kit.NewPicker(p.display, termsafe.Const("Add a facet: a field, or any path such as param.id"), append(p.removals(), p.additions()...))
	picker.Invites = termsafe.Const("type to search, or type a path")
	picker.Free = func(text string) (kit.Choice, bool) {
		if _, ok := addedFacet(text); !ok || p.has(text) {
			return kit.Choice{}, false
		}
		return p.addition(text, termsafe.Const("the values at this path")), true
	}
	return kit.Wish{Modal: picker}
}

// removals lists the groups that can be removed, first the one under the cursor.
func (p *FacetPane) removals() (out []kit.Choice) {
	under := ""
	if len(p.lines) > 0 {
		under = p.groups[p.line().group].name
	}
	for _, name := range p.Fields() {
		c := kit.Choice{Name: termsafe.Concat(termsafe.Const("remove "), p.display.Quoted(name)), Take: func() kit.Wish {
			clear(p.picked)
			p.exclude(name)
			p.arrange()
			return kit.Wish{}
		}}
		if out = append(out, c); name == under {
			out[0], out[len(out)-1] = out[len(out)-1], out[0]
		}
	}
	return out
}

// additions lists the fields that have no group, each by its first name.
func (p *FacetPane) additions() (out []kit.Choice) {
	seen := map[string]bool{}
	for _, n := range field.Names() {
		f := field.Of(n.Name)
		if _, err := f.CountKey(nil); err != nil || seen[f.Name] || p.has(n.Name) {
			continue
		}
		seen[f.Name] = true
		out = append(out, p.addition(n.Name, p.display.Own(cmp.Or(n.Shown, n.Doc))))
	}
	return out
}

// addition is the choice that adds a group and moves the cursor to it.
func (p *FacetPane) addition(name string, does termsafe.Safe) kit.Choice {
	return kit.Choice{Name: p.display.Quoted(name), Does: does, Take: func() kit.Wish {
		if len(p.Fields()) == mostAdded {
			return kit.Wish{Toast: termsafe.Const("there are many facets: remove one first")}
		}
		p.include(strings.TrimSpace(name))
		p.arrange()
		p.moveTo(slices.IndexFunc(p.lines, facetLine{kind: facetHead, group: len(p.groups) - 1}.same))
		return kit.Wish{Whole: true}
	}}
}
