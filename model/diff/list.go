package diff

import "pawprint/model/line"

// scalar identifies an element of a set.
type scalar struct {
	kind line.Kind
	text string
}

// without returns the elements of a that b does not have, or not as often.
func without(a, b *line.Node) []*line.Node {
	left := make(map[scalar]int, len(b.Nodes))
	for i := range b.Nodes {
		left[scalar{b.Nodes[i].Kind, b.Nodes[i].Text.Raw()}]++
	}
	var out []*line.Node
	for i := range a.Nodes {
		key := scalar{a.Nodes[i].Kind, a.Nodes[i].Text.Raw()}
		if left[key]--; left[key] < 0 {
			out = append(out, &a.Nodes[i])
		}
	}
	return out
}

// lists compares two lists. An added or removed element does not make all elements after it differ.
func (c *comparer) lists(a, b *line.Node) {
	i, k := 0, 0
	for _, m := range alignLists(a.Nodes, b.Nodes) {
		c.stretch(a, b, match{i, k}, m)
		if m.a < len(a.Nodes) {
			c.at(b, m.b, func() { c.nodes(&a.Nodes[m.a], &b.Nodes[m.b]) })
		}
		i, k = m.a+1, m.b+1
	}
}

// stretch compares ranges without equal elements: one by one if both have the same length, else as removed and added.
func (c *comparer) stretch(a, b *line.Node, from, to match) {
	if to.a-from.a == to.b-from.b {
		for i, k := from.a, from.b; i < to.a; i, k = i+1, k+1 {
			c.at(b, k, func() { c.nodes(&a.Nodes[i], &b.Nodes[k]) })
		}
		return
	}
	for i := from.a; i < to.a; i++ {
		c.at(a, i, func() { c.side(&a.Nodes[i], true) })
	}
	for k := from.b; k < to.b; k++ {
		c.at(b, k, func() { c.side(&b.Nodes[k], false) })
	}
}

// match is the indexes of two equal elements.
type match struct{ a, b int }

// alignLists returns a longest common subsequence of equal elements. The last match is the ends of the lists.
func alignLists(a, b []line.Node) []match {
	var out []match
	head := 0
	for head < len(a) && head < len(b) && Equal(&a[head], &b[head]) {
		out = append(out, match{head, head})
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && Equal(&a[len(a)-1-tail], &b[len(b)-1-tail]) {
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
			if Equal(&a[i], &b[k]) {
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
