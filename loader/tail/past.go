package tail

import (
	"bytes"
	"cmp"
	"slices"
)

// past is the generations that were or are being read, so that copies of them are recognised. They are found by their heads without
// looking at each, as there can be very many. It is for one goroutine.
type past struct {
	all    map[*generation]bool
	age    int           // of the next
	byHead []*generation // those with a head, in the order of heads, then ages
	ended  []*generation // those of which nothing more is read, oldest first
}

func newPast() *past { return &past{all: map[*generation]bool{}} }

// remember adds a generation.
func (p *past) remember(g *generation) {
	p.age++
	g.past, g.age = p, p.age
	p.all[g] = true
}

// forget removes a generation, so that no file counts as a copy of it.
func (p *past) forget(g *generation) {
	g.setHead(nil)
	g.past = nil
	delete(p.all, g)
	p.ended = slices.DeleteFunc(p.ended, func(o *generation) bool { return o == g })
}

// end notes that nothing more is read into a generation. Beyond maxRead such, those that ended first are forgotten. p may be nil.
func (p *past) end(g *generation) {
	if p == nil {
		return
	}
	for p.ended = append(p.ended, g); len(p.ended) > maxRead; {
		p.forget(p.ended[0])
	}
}

// setHead sets the first bytes of the generation's file, by which copies of it are found.
func (g *generation) setHead(head []byte) {
	p := g.past
	if p != nil && len(g.head) > 0 {
		i, _ := slices.BinarySearchFunc(p.byHead, g, compareHeads)
		p.byHead = slices.Delete(p.byHead, i, i+1)
	}
	g.head = head
	if p != nil && len(g.head) > 0 {
		i, _ := slices.BinarySearchFunc(p.byHead, g, compareHeads)
		p.byHead = slices.Insert(p.byHead, i, g)
	}
}

func compareHeads(a, b *generation) int {
	return cmp.Or(bytes.Compare(a.head, b.head), cmp.Compare(a.age, b.age))
}

// atLeast returns the index of the first generation whose head is not less than head.
func (p *past) atLeast(head []byte) int {
	i, _ := slices.BinarySearchFunc(p.byHead, head, func(g *generation, head []byte) int { return bytes.Compare(g.head, head) })
	return i
}

// alike returns the generations of which a file with this head may be a copy, or which may be a copy of it: their heads agree as far
// as both go. The oldest comes first. For an empty head there is none.
func (p *past) alike(head []byte) (found []*generation) {
	head = head[:min(len(head), headBytes)]
	if len(head) == 0 {
		return nil
	}
	at := p.atLeast(head)
	for _, g := range p.byHead[at:] {
		if !bytes.HasPrefix(g.head, head) {
			break
		}
		found = append(found, g)
	}
	// The heads that head begins with come before it, each one before the longer ones.
	for at > 0 {
		before := p.byHead[at-1].head
		n := commonPrefix(before, head)
		if n == len(before) {
			found = append(found, p.byHead[at-1])
			at--
			continue
		}
		if n == 0 {
			break
		}
		head = head[:n]
		at = p.after(head)
	}
	slices.SortFunc(found, func(a, b *generation) int { return cmp.Compare(a.age, b.age) })
	return found
}

// after returns the index of the first generation whose head is greater than head.
func (p *past) after(head []byte) int {
	i, _ := slices.BinarySearchFunc(p.byHead, head, func(g *generation, head []byte) int {
		if bytes.Compare(g.head, head) <= 0 {
			return -1
		}
		return 1
	})
	return i
}

func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// include reports whether a file with this head was read already: one of the heads that were read is the same, or is complete and
// the file begins with it.
func (p *past) include(head []byte) bool {
	return slices.ContainsFunc(p.alike(head), func(g *generation) bool {
		return bytes.Equal(head, g.head) || len(g.head) == headBytes && bytes.HasPrefix(head, g.head)
	})
}

// mayInclude reports whether a file is too short to know whether it is a copy of one that was read.
func (p *past) mayInclude(head []byte) bool {
	i := p.atLeast(head)
	return i < len(p.byHead) && bytes.HasPrefix(p.byHead[i].head, head)
}
