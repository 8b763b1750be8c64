// Package diff compares two parsed lines value by value. Objects are compared by key, lists of scalars as sets, and other lists
// element by element. It never reads a line, and it keeps pointers into the trees that it was given.
package diff

import (
	"slices"

	"pawprint/model/line"
)

// Result is what two trees have in common and what not. The counts are exact; the lists stop at the limit given to Compare.
type Result struct {
	Changes   []Change
	Unchanged []Change // After is the value
	Changed   int      // number of changes, whether listed or not
	Same      int      // number of unchanged values, whether listed or not
}

// Change is a value at one place. A scalar, an empty object and a list of scalars are one value.
type Change struct {
	Path          []Step
	Before, After *line.Node // nil in the tree that does not have the value
	// Gone and Came are the elements of a changed list of scalars that only Before and only After has, in their order. An element
	// that is there several times counts as often. If both are empty, only the order differs.
	Gone, Came []*line.Node
	same       bool
}

// Same reports whether the value did not change.
func (c *Change) Same() bool { return c.same }

// Sets reports whether the value is a list of scalars in both trees.
func (c *Change) Sets() bool {
	return c.Before != nil && c.After != nil && IsSet(c.Before) && IsSet(c.After)
}

// Step leads from a node to its member with an index.
type Step struct {
	Parent *line.Node
	Index  int
}

// maxAlignment limits the pairs of list elements that are compared. In longer lists the elements between the equal ones at both
// ends are paired by their place, or are removed and added.
const maxAlignment = 1 << 18

// Compare compares two trees and lists at most limit changes and as many unchanged values. Neither tree may be nil.
func Compare(a, b *line.Node, limit int) Result {
	c := comparer{limit: limit}
	c.nodes(a, b)
	return c.result
}

type comparer struct {
	result Result
	limit  int
	path   []Step
}

// at calls visit one step deeper.
func (c *comparer) at(parent *line.Node, i int, visit func()) {
	c.path = append(c.path, Step{parent, i})
	visit()
	c.path = c.path[:len(c.path)-1]
}

// value counts a value, and lists it up to the limit.
func (c *comparer) value(a, b *line.Node) {
	same := a != nil && b != nil && Equal(a, b)
	list, n := &c.result.Changes, &c.result.Changed
	if same {
		list, n = &c.result.Unchanged, &c.result.Same
	}
	if *n++; len(*list) >= c.limit {
		return
	}
	ch := Change{Path: slices.Clone(c.path), Before: a, After: b, same: same}
	if !same && ch.Sets() {
		ch.Gone, ch.Came = without(a, b), without(b, a)
	}
	*list = append(*list, ch)
}

// isValue reports whether a node is compared as a whole.
func isValue(n *line.Node) bool {
	return len(n.Nodes) == 0 || IsSet(n)
}

// IsSet reports whether a node is a list without objects and lists in it.
func IsSet(n *line.Node) bool {
	return n.Kind == line.ListKind && !slices.ContainsFunc(n.Nodes, func(m line.Node) bool {
		return m.Kind == line.ListKind || m.Kind == line.ObjectKind
	})
}

// nodes compares two nodes at the same place.
func (c *comparer) nodes(a, b *line.Node) {
	switch {
	case isValue(a) && isValue(b):
		c.value(a, b)
	case a.Kind == line.ObjectKind && b.Kind == line.ObjectKind:
		c.objects(a, b)
	case a.Kind == line.ListKind && b.Kind == line.ListKind:
		c.lists(a, b)
	default:
		c.side(a, true)
		c.side(b, false)
	}
}

// side adds all values below a node that only one tree has.
func (c *comparer) side(n *line.Node, before bool) {
	switch {
	case !isValue(n):
		for i := range n.Nodes {
			c.at(n, i, func() { c.side(&n.Nodes[i], before) })
		}
	case before:
		c.value(n, nil)
	default:
		c.value(nil, n)
	}
}

// nthKey distinguishes the members of an object that have the same key.
type nthKey struct {
	key string
	nth int
}

// nthKeys returns the keys of an object in their order, and the index of each.
func nthKeys(n *line.Node) ([]nthKey, map[nthKey]int) {
	keys, places, seen := make([]nthKey, len(n.Nodes)), make(map[nthKey]int, len(n.Nodes)), map[string]int{}
	for i := range n.Nodes {
		key := n.Nodes[i].Key.Raw()
		keys[i] = nthKey{key, seen[key]}
		places[keys[i]] = i
		seen[key]++
	}
	return keys, places
}

func (c *comparer) objects(a, b *line.Node) {
	keysA, inA := nthKeys(a)
	keysB, inB := nthKeys(b)
	for i, key := range keysA {
		if k, ok := inB[key]; ok {
			c.at(b, k, func() { c.nodes(&a.Nodes[i], &b.Nodes[k]) })
		} else {
			c.at(a, i, func() { c.side(&a.Nodes[i], true) })
		}
	}
	for k, key := range keysB {
		if _, ok := inA[key]; !ok {
			c.at(b, k, func() { c.side(&b.Nodes[k], false) })
		}
	}
}

// Equal reports whether two values are equal. The order of keys does not matter, that of list elements does, and numbers are
// compared as text.
func Equal(a, b *line.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Nodes) != len(b.Nodes) {
		return false
	}
	if a.Kind != line.ObjectKind || slices.EqualFunc(a.Nodes, b.Nodes, func(x, y line.Node) bool { return x.Key == y.Key }) {
		for i := range a.Nodes {
			if !Equal(&a.Nodes[i], &b.Nodes[i]) {
				return false
			}
		}
		return true
	}
	keys, _ := nthKeys(a)
	_, inB := nthKeys(b)
	for i, key := range keys {
		if k, ok := inB[key]; !ok || !Equal(&a.Nodes[i], &b.Nodes[k]) {
			return false
		}
	}
	return true
}
