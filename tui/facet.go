package tui

import (
	"cmp"
	"context"
	"slices"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/termsafe"
)

// facetSpec is a group of the facets: what events are counted by, and the name by which the query language knows it.
type facetSpec struct {
	title  termsafe.Safe
	name   string
	key    count.Key
	folded bool // at first
}

// facetSpecs lists the groups in their order: those of the schema, then the sources. All of them are counted from columns: what
// only raw lines hold, such as targets, would cost reading them all. An address is counted, and filtered by, as the source's own,
// whatever forwarded it. An actor is counted by its name, and filtered by as the word actor means it: its id and address may be
// found, too.
var facetSpecs = append(schemaFacets(), facetSpec{title: termsafe.Const("Source"), name: "source", key: count.BySource(), folded: true})

// maxFacets is how many groups there can be: one for each column, the actors and the sources.
const maxFacets = int(model.NumColumns) + 2

func schemaFacets() []facetSpec {
	var infos []model.FieldInfo
	for _, f := range model.Schema() {
		if f.Facet.Place > 0 {
			infos = append(infos, f)
		}
	}
	slices.SortFunc(infos, func(a, b model.FieldInfo) int { return a.Facet.Place - b.Facet.Place })
	var out []facetSpec
	for _, f := range infos {
		spec := facetSpec{title: termsafe.Clean(f.Facet.Title, termsafe.Options{}), folded: f.Facet.Folded,
			name: cmp.Or(f.Facet.Name, f.Short()), key: count.ByColumn(f.Column)}
		if f.Field == model.FieldActor {
			spec.key = count.ByActor()
		}
		out = append(out, spec)
	}
	return out
}

// facetLimits is how many values a group shows: at first, and after each wish for more. Beyond, the filter is the tool.
var facetLimits = [...]int{5, 15, 50, 200, 1000}

// facetDepths is, for each group, which of the limits holds.
type facetDepths [maxFacets]int

// facetCounts is what a group shows.
type facetCounts struct {
	top []count.Count
	len int // different values, shown or not
}

// facetOrder is what is to be counted.
type facetOrder struct {
	sel    *model.Selection
	depths facetDepths
}

// facetsCounted brings the counts.
type facetsCounted struct {
	job
	order  facetOrder
	facets *count.Facets
	groups [maxFacets]facetCounts
	events int // in the selection
	err    error
}

// newFacets makes facets that have counted nothing.
func newFacets() *count.Facets {
	var by [][]count.Key
	for i := range facetSpecs {
		by = append(by, []count.Key{facetSpecs[i].key})
	}
	return count.NewFacets(by...)
}

// countFacets counts what is ordered; what before counted already costs nothing.
func countFacets(ctx context.Context, job job, order facetOrder, before *count.Facets) facetsCounted {
	out := facetsCounted{job: job, order: order}
	if out.facets, out.err = before.Extend(ctx, order.sel); out.err != nil {
		return out
	}
	for i := range facetSpecs {
		f := out.facets.Facet(i)
		out.groups[i] = facetCounts{f.Top(facetLimits[order.depths[i]]), f.Len()}
		out.events, _ = f.Events()
	}
	return out
}
