package detail

import (
	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// comparison is a page that shows two events field by field.
type comparison struct {
	before, after *document
	title         termsafe.Safe
	changes       bool            // it compares the parameters with those of the event before, with the same action and target
	notes         []termsafe.Safe // what limits the comparison
	pairs         []pair
	differ, alike int
	cut           bool // there are more pairs than are listed
	all           bool // show unchanged fields too
}

// pair is a value in both events; nil in the event that does not have it.
type pair struct {
	id            string
	before, after *line.Node
}

func (p *pair) alike() bool {
	return p.before != nil && p.after != nil && equalNodes(p.before, p.after)
}

// The limits of a comparison.
const (
	maxPairs     = 5_000
	maxAlignment = 1 << 18 // pairs of list elements that are compared
)

// diffID is the section of the pairs.
const diffID = "#diff"

// compareDocuments compares two events whose lines were read.
func compareDocuments(a, b *document) *comparison {
	c := &comparison{before: a, after: b, title: termsafe.Const("Two events compared")}
	c.noteMasks()
	c.nodes(diffID, inSections(a), inSections(b))
	c.count()
	return c
}

// noteMasks adds a note that masked values look alike in both events.
func (c *comparison) noteMasks() {
	if c.before.masked+c.after.masked > 0 {
		c.notes = append(c.notes, termsafe.Const("secrets are masked: whether they differ is not shown"))
	}
}

// inSections returns the members of an event in the order of the sections.
func inSections(d *document) *line.Node {
	n := &line.Node{Kind: line.ObjectKind}
	for _, g := range []model.Section{
		model.ParamsSection, model.DetailsSection, model.ActorSection, model.ErrorsSection, model.NetworkSection,
		model.UnknownSection, model.LakeSection,
	} {
		for _, m := range d.groups[g] {
			n.Nodes = append(n.Nodes, *m)
		}
	}
	return n
}

func (c *comparison) count() {
	for i := range c.pairs {
		if c.pairs[i].alike() {
			c.alike++
		} else {
			c.differ++
		}
	}
}

// nodes compares two nodes at the same place.
func (c *comparison) nodes(id string, a, b *line.Node) {
	switch {
	case len(c.pairs) >= maxPairs:
		c.cut = true
	case a.Kind == line.ObjectKind && b.Kind == line.ObjectKind && len(a.Nodes)+len(b.Nodes) > 0:
		c.objects(id, a, b)
	case a.Kind == line.ListKind && b.Kind == line.ListKind && len(a.Nodes)+len(b.Nodes) > 0:
		c.lists(id, a, b)
	case len(a.Nodes)+len(b.Nodes) == 0:
		c.pairs = append(c.pairs, pair{id, a, b})
	default:
		c.side(id, a, true)
		c.side(id, b, false)
	}
}

// side adds all values below a node that only one event has.
func (c *comparison) side(id string, n *line.Node, before bool) {
	if len(c.pairs) >= maxPairs {
		c.cut = true
		return
	}
	for i := range n.Nodes {
		c.side(joinKey(id, n, i), &n.Nodes[i], before)
	}
	switch {
	case len(n.Nodes) > 0:
	case before:
		c.pairs = append(c.pairs, pair{id, n, nil})
	default:
		c.pairs = append(c.pairs, pair{id, nil, n})
	}
}

// nthKey distinguishes the members of an object that have the same key.
type nthKey struct {
	key string
	nth int
}

func nthKeys(n *line.Node) map[nthKey]int {
	out, seen := make(map[nthKey]int, len(n.Nodes)), map[string]int{}
	for i := range n.Nodes {
		key := n.Nodes[i].Key.Raw()
		out[nthKey{key, seen[key]}] = i
		seen[key]++
	}
	return out
}

func (c *comparison) objects(id string, a, b *line.Node) {
	inA, inB := nthKeys(a), nthKeys(b)
	seen := map[string]int{}
	for i := range a.Nodes {
		key := nthKey{a.Nodes[i].Key.Raw(), seen[a.Nodes[i].Key.Raw()]}
		seen[key.key]++
		if k, ok := inB[key]; ok {
			c.nodes(joinKey(id, b, k), &a.Nodes[i], &b.Nodes[k])
			continue
		}
		c.side(joinKey(id, a, i), &a.Nodes[i], true)
	}
	clear(seen)
	for k := range b.Nodes {
		key := nthKey{b.Nodes[k].Key.Raw(), seen[b.Nodes[k].Key.Raw()]}
		seen[key.key]++
		if _, ok := inA[key]; !ok {
			c.side(joinKey(id, b, k), &b.Nodes[k], false)
		}
	}
}

// lists compares two lists. An added or removed element does not make all elements after it differ.
func (c *comparison) lists(id string, a, b *line.Node) {
	i, k := 0, 0
	for _, m := range alignLists(a.Nodes, b.Nodes) {
		c.stretch(id, a, b, i, m.a, k, m.b)
		if m.a < len(a.Nodes) {
			c.nodes(joinKey(id, b, m.b), &a.Nodes[m.a], &b.Nodes[m.b])
		}
		i, k = m.a+1, m.b+1
	}
}

// stretch compares ranges without equal elements: one by one if both have the same length, else as removed and added.
func (c *comparison) stretch(id string, a, b *line.Node, fromA, toA, fromB, toB int) {
	if toA-fromA == toB-fromB {
		for n := range toA - fromA {
			c.nodes(joinKey(id, b, fromB+n), &a.Nodes[fromA+n], &b.Nodes[fromB+n])
		}
		return
	}
	for i := fromA; i < toA; i++ {
		c.side(joinKey(id, a, i), &a.Nodes[i], true)
	}
	for k := fromB; k < toB; k++ {
		c.side(joinKey(id, b, k), &b.Nodes[k], false)
	}
}

// match is the indexes of two equal elements.
type match struct{ a, b int }

// alignLists returns a longest common subsequence of equal elements. The last match is the ends of the lists.
func alignLists(a, b []line.Node) []match {
	var out []match
	head := 0
	for head < len(a) && head < len(b) && equalNodes(&a[head], &b[head]) {
		out = append(out, match{head, head})
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && equalNodes(&a[len(a)-1-tail], &b[len(b)-1-tail]) {
		tail++
	}
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(midA)*len(midB) <= maxAlignment {
		for _, m := range longestRun(midA, midB) {
			out = append(out, match{head + m.a, head + m.b})
		}
	}
	for n := range tail {
		out = append(out, match{len(a) - tail + n, len(b) - tail + n})
	}
	return append(out, match{len(a), len(b)})
}

// longestRun finds the longest common subsequence.
func longestRun(a, b []line.Node) []match {
	width := len(b) + 1
	best := make([]int32, (len(a)+1)*width) // best[i*width+k]: the longest run from i in a and k in b on
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			at := i*width + k
			if equalNodes(&a[i], &b[k]) {
				best[at] = best[at+width+1] + 1
			} else {
				best[at] = max(best[at+1], best[at+width])
			}
		}
	}
	var out []match
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch at := i*width + k; {
		case best[at] > best[at+1] && best[at] > best[at+width]:
			out = append(out, match{i, k})
			i, k = i+1, k+1
		case best[at] == best[at+1]:
			k++
		default:
			i++
		}
	}
	return out
}

// equalNodes reports whether two values are equal. The order of keys does not matter, and numbers are compared as text.
func equalNodes(a, b *line.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Nodes) != len(b.Nodes) {
		return false
	}
	sameOrder := true
	for i := range a.Nodes {
		if a.Kind == line.ObjectKind && a.Nodes[i].Key != b.Nodes[i].Key {
			sameOrder = false
			break
		}
	}
	if sameOrder {
		for i := range a.Nodes {
			if !equalNodes(&a.Nodes[i], &b.Nodes[i]) {
				return false
			}
		}
		return true
	}
	inB := nthKeys(b)
	for key, i := range nthKeys(a) {
		if k, ok := inB[key]; !ok || !equalNodes(&a.Nodes[i], &b.Nodes[k]) {
			return false
		}
	}
	return true
}
