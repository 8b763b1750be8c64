package statistics

import (
	"cmp"
	"slices"

	"pawprint/model/count"
)

// merged adds the counts from elsewhere to groups, and puts the most frequent first.
func (c *Statistic) merged(gs []group) (all []group, events int) {
	if len(c.Elsewhere) == 0 {
		return gs, 0
	}
	at := map[string]int{}
	for i := range gs {
		at[count.TupleText(gs[i].Values)] = i
	}
	for _, n := range c.Elsewhere {
		events += n.Events
		text := count.TupleText(n.Values)
		if i, known := at[text]; known {
			add(&gs[i].Count, &n)
			continue
		}
		at[text] = len(gs)
		gs = append(gs, group{Count: n})
	}
	slices.SortFunc(gs, func(a, b group) int {
		return cmp.Or(b.Events-a.Events, slices.CompareFunc(a.Values, b.Values, absentFirst))
	})
	return gs, events
}

// absentFirst orders values as facets do: no value comes first.
func absentFirst(a, b count.Value) int {
	switch {
	case a.Absent == b.Absent:
		return a.Compare(b)
	case a.Absent:
		return -1
	}
	return 1
}

// add adds a count of the same values to another one.
func add(to, n *count.Count) {
	to.Events += n.Events
	to.Failed += n.Failed
	switch {
	case !n.Timed:
	case !to.Timed:
		to.First, to.Last, to.Timed = n.First, n.Last, true
	default:
		to.First, to.Last = min(to.First, n.First), max(to.Last, n.Last)
	}
}

// withElsewhere adds the counts from elsewhere to buckets, and the empty ones between.
func (c *Statistic) withElsewhere(buckets []count.Bucket) ([]count.Bucket, error) {
	if len(c.Elsewhere) == 0 {
		return buckets, nil
	}
	starts := map[int64]*count.Bucket{}
	first := count.StepStart(c.Elsewhere[0].Values[0].Text)
	last := first
	note := func(start int64, events, failed int) {
		b := starts[start]
		if b == nil {
			b = &count.Bucket{}
			starts[start] = b
		}
		b.Events, b.Failed = b.Events+events, b.Failed+failed
		first, last = min(first, start), max(last, start)
	}
	for _, b := range buckets {
		note(b.Start, b.Events, b.Failed)
	}
	for _, n := range c.Elsewhere {
		note(count.StepStart(n.Values[0].Text), n.Events, n.Failed)
	}
	var all []count.Bucket
	for start := first; start <= last; {
		if len(all) == count.MaxBuckets {
			return nil, count.ErrTooManyBuckets
		}
		_, end := c.Step.Bounds(start)
		b := count.Bucket{Start: start, End: end}
		if n := starts[start]; n != nil {
			b.Events, b.Failed = n.Events, n.Failed
		}
		all = append(all, b)
		start = end
	}
	return all, nil
}
