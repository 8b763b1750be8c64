// Package compare pairs the counts of two selections, value by value: what is new, what is gone, what grew. It also knows which two
// stretches of time are compared. It counts nothing itself, reads no clock and changes nothing that it is given.
package compare

import (
	"cmp"
	"slices"

	"pawprint/model/count"
)

// Change is how often a value, or a tuple of values, occurs in two selections. The counts of a selection without it are zero.
type Change struct {
	Values        []count.Value // one for each key
	Before, After Number
}

// Number is how many events have the value, and how many of them failed, wholly or in part.
type Number struct{ Events, Failed int }

// Difference is the number of events in the second selection minus that in the first.
func (c *Change) Difference() int { return c.After.Events - c.Before.Events }

// New reports whether only the second selection has the value.
func (c *Change) New() bool { return c.Before.Events == 0 }

// Gone reports whether only the first selection has the value.
func (c *Change) Gone() bool { return c.After.Events == 0 }

// Join pairs the counts of two selections by the same keys, first all of before in their order. The counts must be of all values, as a value
// that is left out would look new or gone. Counts of equal values, such as two sources of one name, are added.
func Join(before, after []count.Count) []Change {
	at := make(map[string]int, len(before))
	changes := make([]Change, 0, max(len(before), len(after)))
	of := func(values []count.Value) *Change {
		key := count.TupleText(values)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(changes), len(changes)
			changes = append(changes, Change{Values: values})
		}
		return &changes[i]
	}
	for i := range before {
		of(before[i].Values).Before.add(&before[i])
	}
	for i := range after {
		of(after[i].Values).After.add(&after[i])
	}
	return changes
}

func (n *Number) add(c *count.Count) {
	n.Events += c.Events
	n.Failed += c.Failed
}

// By is what changes are ordered by.
type By uint8

// The orders, each with the most notable change first.
const (
	ByDifference By = iota // the size of the difference; of equal sizes the growth first
	ByBefore
	ByAfter
	ByFailed // the growth of the number of failed events
	ByShare  // the size of the difference of the shares, where one selection is larger; see Order.Events
	ByNews   // what is new, what is gone, and the rest, each by the difference
	ByValue
)

// Order is an order of changes. The zero Order has the largest difference first.
type Order struct {
	By       By
	Reversed bool
	Events   [2]int // of both selections, for ByShare
}

// Compare orders two changes. Changes that are equal in the order are sorted by their values, so no two changes are equal.
func (o Order) Compare(a, b *Change) int {
	c := 0
	switch o.By {
	case ByDifference:
		c = compareGrowth(a.Difference(), b.Difference())
	case ByShare:
		c = compareGrowth(o.shares(a), o.shares(b))
	case ByNews:
		c = cmp.Or(cmp.Compare(a.news(), b.news()), compareGrowth(a.Difference(), b.Difference()))
	case ByBefore:
		c = cmp.Compare(b.Before.Events, a.Before.Events)
	case ByAfter:
		c = cmp.Compare(b.After.Events, a.After.Events)
	case ByFailed:
		c = cmp.Compare(b.After.Failed-b.Before.Failed, a.After.Failed-a.Before.Failed)
	case ByValue:
		c = compareValues(a, b)
	}
	if o.Reversed {
		c = -c
	}
	return cmp.Or(c, compareValues(a, b))
}

// shares is the difference of the shares of a value, in parts that are the same for all values.
func (o Order) shares(c *Change) int {
	return c.After.Events*max(1, o.Events[0]) - c.Before.Events*max(1, o.Events[1])
}

// compareGrowth orders two differences by their size, and equal sizes with the growth first.
func compareGrowth(x, y int) int {
	return cmp.Or(cmp.Compare(max(y, -y), max(x, -x)), cmp.Compare(y, x))
}

// news ranks new values before those that are gone, and both before the rest.
func (c *Change) news() int {
	switch {
	case c.New():
		return 0
	case c.Gone():
		return 1
	}
	return 2
}

func compareValues(a, b *Change) int {
	return slices.CompareFunc(a.Values, b.Values, count.Value.Compare)
}

// Sum counts values by how they changed.
type Sum struct{ New, Gone, More, Fewer, Same int }

// Total counts changes.
func Total(changes []Change) (sum Sum) {
	for i := range changes {
		switch c := &changes[i]; {
		case c.New():
			sum.New++
		case c.Gone():
			sum.Gone++
		case c.Difference() > 0:
			sum.More++
		case c.Difference() < 0:
			sum.Fewer++
		default:
			sum.Same++
		}
	}
	return sum
}

// Sort sorts changes.
func Sort(changes []Change, o Order) {
	slices.SortFunc(changes, func(a, b Change) int { return o.Compare(&a, &b) })
}
