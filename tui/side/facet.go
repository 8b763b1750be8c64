package side

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// facetSpec is a group of the facets: the key to count events by and its name in the query language.
type facetSpec struct {
	title  termsafe.Safe
	name   string
	key    count.Key
	folded bool // folded until the user unfolds it
	alone  bool // counted by a job of its own and only while unfolded, as it may need raw lines
	added  bool // by the user
	said   bool // the values are what the user said about events
}

// results reports whether the values are results, which say themselves whether the events failed.
func (s *facetSpec) results() bool { return s.name == "result" }

// facetSpecs are the groups in their order: those of the schema, those that only raw lines hold, and the sources. An address is that of
// the source, whatever forwarded it. An actor is counted by name, but filtering by "actor" can also match ids and addresses.
var facetSpecs = slices.Concat(schemaFacets(), lineFacets(),
	[]facetSpec{{title: termsafe.Const("Source"), name: "source", key: count.BySource(), folded: true}})

// CountedTogether lists the fields of the groups that need no raw lines. The first one is the result.
func CountedTogether() (out []kit.CountedBy) {
	for i := range facetSpecs {
		if s := &facetSpecs[i]; !s.alone {
			out = append(out, kit.CountedBy{Name: s.name, Key: s.key})
		}
	}
	return out
}

// lineFacets are the groups whose values only raw lines hold: all lines are read when one is unfolded.
func lineFacets() (out []facetSpec) {
	for _, of := range []struct {
		name  string
		title termsafe.Safe
	}{{"error", termsafe.Const("Message")}, {"target", termsafe.Const("Target")}, {"role", termsafe.Const("Role")}} {
		spec, err := aloneFacet(of.name)
		if err != nil {
			panic("side: " + err.Error())
		}
		spec.title, spec.folded = of.title, true
		out = append(out, spec)
	}
	return out
}

// aloneFacet returns a group of any field or path, titled by its name. It fails if that has no values to be counted.
func aloneFacet(name string) (facetSpec, error) {
	f := field.Of(name)
	key, err := f.CountKey(marks.Rows{}.Search)
	return facetSpec{title: termsafe.Clean(name, termsafe.Options{}), name: f.Counted(name), key: key, alone: true, said: f.OfMark()}, err
}

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

// facetValues is the number of values that a group shows; facetFound is that number while the user searches.
const facetValues, facetFound = 5, 50

// facetWay says which values of each group come first.
type facetWay struct {
	search string // only those that contain these words, in any case
	byName bool
	masked kit.Masking // how values are shown, which is what a search looks into
}

// facetCounts are the counted values of a group.
type facetCounts struct {
	top []count.Count
	len int // number of distinct values that are searched for, shown or not
	all int // number of distinct values

	loaded []int // the events of each of top that are loaded, if the counts are of all rows; else nil
}

// countsOf arranges the values of a facet.
func (w *facetWay) countsOf(ctx context.Context, name string, f *count.Facet) facetCounts {
	if w.search == "" && !w.byName {
		n := f.Len()
		return facetCounts{top: f.Top(facetValues), len: n, all: n}
	}
	return w.arranged(ctx, name, f.Top(0))
}

// ofAll arranges the values of all rows, of which a facet has counted those that are loaded.
func (w *facetWay) ofAll(ctx context.Context, name string, all []count.Count, f *count.Facet) facetCounts {
	here := map[string]int{}
	for _, c := range f.Top(0) {
		here[count.TupleText(c.Values)] = c.Events
	}
	out := w.arranged(ctx, name, all)
	out.loaded = make([]int, len(out.top))
	for i := range out.top {
		out.loaded[i] = here[count.TupleText(out.top[i].Values)]
	}
	return out
}

// arranged arranges values, of which the most frequent come first.
func (w *facetWay) arranged(ctx context.Context, name string, all []count.Count) facetCounts {
	out, n := facetCounts{top: all, all: len(all)}, facetValues
	if words := strings.Fields(strings.ToLower(w.search)); len(words) > 0 {
		out.top, n = nil, facetFound
		for i := range all {
			if i%1000 == 0 && ctx.Err() != nil {
				return facetCounts{}
			}
			if kit.HoldsAll(strings.ToLower(w.masked.Text(name, all[i].Values[0].Text.Raw())), words) {
				out.top = append(out.top, all[i])
			}
		}
	}
	if w.byName {
		out.top = slices.Clone(out.top)
		slices.SortStableFunc(out.top, func(a, b count.Count) int { return a.Values[0].Compare(b.Values[0]) })
	}
	out.len = len(out.top)
	out.top = slices.Clone(out.top[:min(n, len(out.top))])
	return out
}

// facetOrder says what to count.
type facetOrder struct {
	sel *model.Selection
	all *kit.Everything // what was counted of all rows, loaded or not; nil if that is not known
	way facetWay
}

// facetsCounted brings the counts.
type facetsCounted struct {
	kit.Job
	order  facetOrder
	facets *count.Facets
	groups []facetCounts // of facetSpecs; empty for those that are counted alone
	events int           // number of events that are counted …
	here   int           // … and of those of the selection
	err    error
}

// newFacets returns empty facets of the groups that are counted together.
func newFacets() *count.Facets {
	var by [][]count.Key
	for i := range facetSpecs {
		if !facetSpecs[i].alone {
			by = append(by, []count.Key{facetSpecs[i].key})
		}
	}
	return count.NewFacets(by...)
}

// countFacets counts what order says. It extends before, so that rows counted there are not counted again.
func countFacets(ctx context.Context, job kit.Job, order facetOrder, before *count.Facets) facetsCounted {
	out := facetsCounted{Job: job, order: order, groups: make([]facetCounts, len(facetSpecs))}
	if out.facets, out.err = before.Extend(ctx, order.sel); out.err != nil {
		return out
	}
	n := 0
	for i := range facetSpecs {
		if !facetSpecs[i].alone {
			f := out.facets.Facet(n)
			out.events, _ = f.Events()
			out.groups[i] = order.counts(ctx, facetSpecs[i].name, f)
			n++
		}
	}
	if out.here = out.events; order.all != nil {
		out.events = order.all.Events
	}
	out.err = ctx.Err()
	return out
}

// counts arranges the counts of a group: those of all rows if they are known.
func (o *facetOrder) counts(ctx context.Context, name string, f *count.Facet) facetCounts {
	if o.all != nil && o.all.Facets[name] != nil {
		return o.way.ofAll(ctx, name, o.all.Facets[name], f)
	}
	return o.way.countsOf(ctx, name, f)
}
