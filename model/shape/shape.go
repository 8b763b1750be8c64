// Package shape counts which values occur at which places of many documents. It is given parsed values and keeps copies of what it
// counts; it never reads a line.
package shape

import (
	"cmp"
	"slices"
	"strings"

	"pawprint/model/field"
	"pawprint/model/line"
)

// The limits of counting. Values beyond them are counted, but not told apart.
const (
	MaxKeys   = 5_000 // places in all
	maxValues = 500   // distinct values counted at one place
	maxBytes  = 200   // longer values are only counted as long
	maxDepth  = 12
)

// Counter counts the values of documents. It is not safe for concurrent use.
type Counter struct {
	Root Place
	Full bool // there were more than MaxKeys places
	row  int  // the number of the current document
	left int  // how many more places may be counted
}

// NewCounter returns a counter of no documents.
func NewCounter() *Counter { return &Counter{left: MaxKeys} }

// Add counts the values of another document.
func (c *Counter) Add(n *line.Node) {
	c.row++
	c.count(&c.Root, n, 0)
}

// Place is what stands at one place of the documents. All elements of a list share one place.
type Place struct {
	Key     string
	Element bool // of a list
	Rows    int  // documents with a value here
	Empty   int  // empty lists and objects
	Nulls   int
	Long    int // values that are too long to tell apart
	Others  int // occurrences of values beyond the first that were counted one by one
	Values  map[Value]int
	Members map[Name]*Place
	last    int // the document counted last, so that Rows counts each once
}

// Name tells the members of a place apart: the elements of a list from each key of an object.
type Name struct {
	element bool
	key     string
}

// Value is a scalar.
type Value struct {
	Kind line.Kind
	Text string
}

func (c *Counter) count(t *Place, n *line.Node, depth int) {
	if t.last != c.row {
		t.last = c.row
		t.Rows++
	}
	switch {
	case n.Kind == line.ObjectKind || n.Kind == line.ListKind:
		if len(n.Nodes) == 0 {
			t.Empty++
		}
		for i := range n.Nodes {
			if m := c.member(t, n, i); m != nil && depth < maxDepth {
				c.count(m, &n.Nodes[i], depth+1)
			}
		}
	case n.Kind == line.NullKind:
		t.Nulls++
	default:
		t.value(Value{n.Kind, n.Text.Raw()})
	}
}

// member returns the tally of a member, nil if there are too many.
func (c *Counter) member(t *Place, n *line.Node, i int) *Place {
	name := Name{element: n.Kind == line.ListKind, key: n.Nodes[i].Key.Raw()}
	if m := t.Members[name]; m != nil {
		return m
	}
	if c.left == 0 {
		c.Full = true
		return nil
	}
	c.left--
	if t.Members == nil {
		t.Members = map[Name]*Place{}
	}
	m := &Place{Key: strings.Clone(n.Nodes[i].Key.Raw()), Element: n.Kind == line.ListKind}
	t.Members[Name{name.element, m.Key}] = m // not name, which would keep the whole line
	return m
}

func (t *Place) value(v Value) {
	_, known := t.Values[v]
	switch {
	case known:
		t.Values[v]++
	case len(v.Text) > maxBytes:
		t.Long++
	case len(t.Values) >= maxValues:
		t.Others++
	default:
		if t.Values == nil {
			t.Values = map[Value]int{}
		}
		v.Text = strings.Clone(v.Text)
		t.Values[v] = 1
	}
}

// List returns the members: places of parameters in their order, then the others, most frequent first.
func (t *Place) List() []*Place {
	out := make([]*Place, 0, len(t.Members))
	for _, m := range t.Members {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b *Place) int {
		return cmp.Or(cmp.Compare(field.PlaceRank(a.Key), field.PlaceRank(b.Key)), cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Key, b.Key))
	})
	return out
}

// CountedValue is a value and its count.
type CountedValue struct {
	Value
	N int
}

func (t *Place) ListValues() []CountedValue {
	out := make([]CountedValue, 0, len(t.Values))
	for v, n := range t.Values {
		out = append(out, CountedValue{v, n})
	}
	slices.SortFunc(out, func(a, b CountedValue) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}
