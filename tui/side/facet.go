package side

import (
	"cmp"
	"context"
	"slices"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// facetSpec is a group of the facets: the key to count events by and its name in the query language.
type facetSpec struct {
	title  termsafe.Safe
	name   string
	key    count.Key
	folded bool // folded until the user unfolds it
}

// facetSpecs are the groups in their order: those of the schema, then the sources. All are counted from columns; values that
// only raw lines hold, such as targets, would need all lines to be read. An address is that of the source, whatever forwarded
// it. An actor is counted by name, but filtering by "actor" can also match ids and addresses.
var facetSpecs = append(schemaFacets(), facetSpec{title: termsafe.Const("Source"), name: "source", key: count.BySource(), folded: true})

// maxFacets is the maximum number of groups: one per column, the actors and the sources.
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
			name: cmp.Or(f.Facet.Name, f.Short()), key: field.ColumnKey(f.Column, f.Field)}
		if f.Field == model.FieldActor {
			spec.key = count.ByActor()
		}
		out = append(out, spec)
	}
	return out
}

// facetLimits are the numbers of values a group shows: at first, and each time the user wants more.
var facetLimits = [...]int{5, 15, 50, 200, 1000}

// facetDepths is the index in facetLimits of each group.
type facetDepths [maxFacets]int

// facetCounts are the counted values of a group.
type facetCounts struct {
	top []count.Count
	len int // number of distinct values, shown or not
}

// facetOrder says what to count.
type facetOrder struct {
	sel    *model.Selection
	depths facetDepths
}

// facetsCounted brings the counts.
type facetsCounted struct {
	kit.Job
	order  facetOrder
	facets *count.Facets
	groups [maxFacets]facetCounts
	events int // number of events in the selection
	err    error
}

// newFacets returns empty facets.
func newFacets() *count.Facets {
	var by [][]count.Key
	for i := range facetSpecs {
		by = append(by, []count.Key{facetSpecs[i].key})
	}
	return count.NewFacets(by...)
}

// countFacets counts what order says. It extends before, so that rows counted there are not counted again.
func countFacets(ctx context.Context, job kit.Job, order facetOrder, before *count.Facets) facetsCounted {
	out := facetsCounted{Job: job, order: order}
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
