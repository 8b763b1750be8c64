package statistics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pawprint/model/count"
)

// Order is an order of groups. The zero Order is the most frequent first.
type Order struct {
	by       func(a, b *group) int // negative if a comes first; nil leaves them as they are
	reversed bool
}

// named is an order with the name that --sort gives it.
type named[T any] struct {
	name string
	by   T
}

// orders are the orders of groups that --sort names, with the most notable group first.
var orders = []named[func(a, b *group) int]{
	{"count", func(a, b *group) int { return cmp.Compare(b.Events, a.Events) }},
	{"failed", func(a, b *group) int { return cmp.Compare(b.Failed, a.Failed) }},
	{"distinct", func(a, b *group) int { return slices.Compare(b.distinct, a.distinct) }},
	{"first", func(a, b *group) int { return compareTimes(a, b, a.First, b.First) }},
	{"last", func(a, b *group) int { return compareTimes(a, b, b.Last, a.Last) }},
	{"value", func(a, b *group) int { return slices.CompareFunc(a.Values, b.Values, count.Value.Compare) }},
}

// compareTimes orders times of two groups; groups without any are last.
func compareTimes(a, b *group, x, y int64) int {
	switch {
	case a.Timed && b.Timed:
		return cmp.Compare(x, y)
	case a.Timed:
		return -1
	case b.Timed:
		return 1
	}
	return 0
}

// ParseOrder reads the name of an order; a minus before it reverses it.
func ParseOrder(text string) (Order, error) {
	by, reversed, err := findOrder(orders, text)
	return Order{by, reversed}, err
}

func findOrder[T any](orders []named[T], text string) (by T, reversed bool, err error) {
	name, reversed := strings.CutPrefix(text, "-")
	var names []string
	for _, o := range orders {
		if o.name == name {
			return o.by, reversed, nil
		}
		names = append(names, o.name)
	}
	last := len(names) - 1
	return by, false, fmt.Errorf("%q is not an order: choose from %s and %s, with a - in front to reverse it", text, strings.Join(names[:last], ", "), names[last])
}

func (o Order) compare(a, b group) int {
	if o.reversed {
		return o.by(&b, &a)
	}
	return o.by(&a, &b)
}
