package tui

import (
	"context"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// facetSpec is a group of the facets: what events are counted by, and the name by which the query language knows it.
type facetSpec struct {
	title  termsafe.Safe
	name   string
	key    model.Key
	folded bool // at first
}

// facetSpecs lists the groups in their order. All of them are counted from columns: what only raw lines hold, such as
// targets, would cost reading them all. An address is counted, and filtered by, as the source's own, whatever forwarded it.
// An actor is counted by its name, and filtered by as the word actor means it: its id and address may be found, too.
var facetSpecs = [...]facetSpec{
	{title: termsafe.Const("Result"), name: "result", key: model.ByColumn(model.ColResult)},
	{title: termsafe.Const("Actor"), name: "actor", key: model.ByActor()},
	{title: termsafe.Const("Action"), name: "action", key: model.ByColumn(model.ColAction)},
	{title: termsafe.Const("IP"), name: "sourceIP", key: model.ByColumn(model.ColSourceIP)},
	{title: termsafe.Const("Actor type"), name: "actor.type", key: model.ByColumn(model.ColActorType)},
	{title: termsafe.Const("User agent"), name: "ua", key: model.ByColumn(model.ColUserAgent), folded: true},
	{title: termsafe.Const("Version"), name: "version", key: model.ByColumn(model.ColVersion), folded: true},
	{title: termsafe.Const("Source"), name: "source", key: model.BySource(), folded: true},
}

const numFacets = len(facetSpecs)

// facetLimits is how many values a group shows: at first, and after each wish for more. Beyond, the filter is the tool.
var facetLimits = [...]int{5, 15, 50, 200, 1000}

// facetDepths is, for each group, which of the limits holds.
type facetDepths [numFacets]int

// facetCounts is what a group shows.
type facetCounts struct {
	top []model.Count
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
	facets *model.Facets
	groups [numFacets]facetCounts
	events int // in the selection
	err    error
}

// newFacets makes facets that have counted nothing.
func newFacets() *model.Facets {
	var by [][]model.Key
	for i := range facetSpecs {
		by = append(by, []model.Key{facetSpecs[i].key})
	}
	return model.NewFacets(by...)
}

// countFacets counts what is ordered; what before counted already costs nothing.
func countFacets(ctx context.Context, job job, order facetOrder, before *model.Facets) facetsCounted {
	out := facetsCounted{job: job, order: order}
	if out.facets, out.err = before.Extend(ctx, order.sel); out.err != nil {
		return out
	}
	for i := range out.groups {
		f := out.facets.Facet(i)
		out.groups[i] = facetCounts{f.Top(facetLimits[order.depths[i]]), f.Len()}
		out.events, _ = f.Events()
	}
	return out
}
