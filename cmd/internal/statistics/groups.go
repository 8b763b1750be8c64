package statistics

import (
	"context"
	"fmt"
	"slices"

	"pawprint/model"
	"pawprint/model/count"
)

// group is a tuple of values with its counts.
type group struct {
	count.Count
	distinct []int // by field of --distinct: how many different values its events have
}

// groups counts a selection by the step, if there is one, and the fields. The most frequent group is the first. events is how many
// events were counted; the error may say that some values could not be read.
func (c *Statistic) groups(ctx context.Context, sel *model.Selection) (gs []group, events int, err error) {
	keys := c.keys
	if c.bucketed() {
		keys = append([]count.Key{count.ByStep(c.Step)}, keys...)
	}
	by := [][]count.Key{keys}
	for _, d := range c.distinctKeys {
		by = append(by, append(slices.Clone(keys), d))
	}
	facets, err := count.NewFacets(by...).Extend(ctx, sel)
	if err != nil {
		return nil, 0, err
	}
	top := 0
	if len(c.distinctKeys) == 0 && c.Elsewhere == nil && c.Min == 0 && c.Sort.by == nil && !c.bucketed() {
		top = c.Top // no other group can be wanted
	}
	here, err := c.elsewhere(0).Merged(ctx, facets.Facet(0).Top(top), keys)
	if err != nil {
		return nil, 0, err
	}
	at := map[string]int{}
	for _, n := range here {
		at[count.TupleText(n.Values)] = len(gs)
		gs = append(gs, group{n, make([]int, len(c.distinctKeys))})
	}
	for d := range c.distinctKeys {
		if err := c.addDifferent(ctx, gs, at, facets.Facet(d+1), by[d+1], d); err != nil {
			return nil, 0, err
		}
	}
	events, _ = facets.Facet(0).Events()
	events += c.elsewhere(0).number()
	for i := range by {
		if n, cause := facets.Facet(i).Unread(); n > 0 {
			return gs, events, fmt.Errorf("counting: %d values could not be read: %w", n, cause)
		}
	}
	return gs, events, nil
}

// addDifferent counts the different values of a field of --distinct in each group; at holds the indices of the groups.
func (c *Statistic) addDifferent(ctx context.Context, gs []group, at map[string]int, f *count.Facet, keys []count.Key, d int) error {
	all, err := c.elsewhere(d).Merged(ctx, f.Top(0), keys)
	for _, n := range all {
		last := len(n.Values) - 1
		// What is written elsewhere meanwhile may have no group yet.
		if k, known := at[count.TupleText(n.Values[:last])]; known && !n.Values[last].Absent {
			gs[k].distinct[d]++
		}
	}
	return err
}

// chosen returns the groups that --min, --sort and --top leave, in their order.
func (c *Statistic) chosen(gs []group) []group {
	gs = slices.DeleteFunc(gs, func(g group) bool { return c.measure(&g) < c.Min })
	if c.bucketed() {
		return byBucket(gs, c.Top)
	}
	if c.Sort.by != nil {
		slices.SortStableFunc(gs, c.Sort.compare)
	}
	if c.Top > 0 && len(gs) > c.Top {
		gs = gs[:c.Top]
	}
	return gs
}

// measure is the number that --min limits: different values if they are counted, else events.
func (c *Statistic) measure(g *group) int {
	if len(g.distinct) > 0 {
		return g.distinct[0]
	}
	return g.Events
}

// byBucket sorts groups by their bucket, those without a time last, and keeps the top most frequent ones of each bucket, or all if top
// is 0.
func byBucket(gs []group, top int) []group {
	slices.SortStableFunc(gs, func(a, b group) int { return a.Values[0].Compare(b.Values[0]) })
	if top == 0 {
		return gs
	}
	kept := gs[:0]
	n := 0
	for i, g := range gs {
		if i > 0 && g.Values[0] != gs[i-1].Values[0] {
			n = 0
		}
		if n++; n <= top {
			kept = append(kept, g)
		}
	}
	return kept
}
