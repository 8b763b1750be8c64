package detail

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// paramsPage shows which parameters occur with an action, with which values and how often.
type paramsPage struct {
	action  model.Text
	of      int  // events of the action in the selection
	looked  int  // the newest of them that were read
	unread  int  // those of looked that could not be read
	full    bool // there were too many keys to count all
	tallies *paramTally
}

// The limits of counting parameters.
const (
	maxParamRows   = 10_000
	maxParamKeys   = 5_000
	maxParamValues = 500 // distinct values counted at one place
	maxParamBytes  = 200 // longer values are only counted as long
	maxParamDepth  = 12
)

// paramTally counts the values at one place of the parameters. All elements of a list share one place.
type paramTally struct {
	key     string
	element bool // of a list
	last    int  // the row counted last, so that rows counts each once
	rows    int  // rows with a value here
	empty   int  // empty lists and objects
	nulls   int
	long    int // values longer than maxParamBytes
	others  int // occurrences of values beyond the first maxParamValues
	values  map[paramValue]int
	members map[string]*paramTally
}

type paramValue struct {
	kind line.Kind
	text string
}

// readParams counts the parameters of the newest events of an action in a selection. It stops early with the error of ctx.
func readParams(ctx context.Context, sel *model.Selection, action model.Text, m kit.Masking) (page, error) {
	snap := sel.Snapshot()
	want := query.Is("action", action.Raw())
	if action.Empty() {
		want = query.Not(query.Has("action"))
	}
	mine, err := model.SelectWithin(ctx, *snap, query.Compile(want, query.Env{}), sel)
	if err != nil {
		return nil, err
	}
	p := &paramsPage{action: action, of: mine.Len(), tallies: &paramTally{}}
	c := paramCounter{page: p, left: maxParamKeys}
	raw := model.NewRawReader(snap)
	for k := max(0, mine.Len()-maxParamRows); k < mine.Len(); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.looked++
		text, err := raw.Line(mine.At(k))
		if err != nil {
			p.unread++
			continue
		}
		text, _ = m.Line(text)
		if event, err := line.Parse(model.NewText(string(text))); err == nil {
			c.row++
			if params := event.Get("actionParams"); params != nil {
				c.count(p.tallies, params, 0)
			}
		}
	}
	return p, nil
}

type paramCounter struct {
	page *paramsPage
	row  int // the number of the current row
	left int // how many more keys may be counted
}

func (c *paramCounter) count(t *paramTally, n *line.Node, depth int) {
	if t.last != c.row {
		t.last = c.row
		t.rows++
	}
	switch {
	case n.Kind == line.ObjectKind || n.Kind == line.ListKind:
		if len(n.Nodes) == 0 {
			t.empty++
		}
		for i := range n.Nodes {
			if m := c.member(t, n, i); m != nil && depth < maxParamDepth {
				c.count(m, &n.Nodes[i], depth+1)
			}
		}
	case n.Kind == line.NullKind:
		t.nulls++
	default:
		t.value(paramValue{n.Kind, n.Text.Raw()})
	}
}

// member returns the tally of a member, nil if there are too many.
func (c *paramCounter) member(t *paramTally, n *line.Node, i int) *paramTally {
	name := string(idIndex)
	if n.Kind == line.ObjectKind {
		name = escapeKey(n.Nodes[i].Key.Raw())
	}
	if m := t.members[name]; m != nil {
		return m
	}
	if c.left == 0 {
		c.page.full = true
		return nil
	}
	c.left--
	if t.members == nil {
		t.members = map[string]*paramTally{}
	}
	m := &paramTally{key: strings.Clone(n.Nodes[i].Key.Raw()), element: n.Kind == line.ListKind}
	t.members[name] = m
	return m
}

func (t *paramTally) value(v paramValue) {
	_, known := t.values[v]
	switch {
	case known:
		t.values[v]++
	case len(v.text) > maxParamBytes:
		t.long++
	case len(t.values) >= maxParamValues:
		t.others++
	default:
		if t.values == nil {
			t.values = map[paramValue]int{}
		}
		v.text = strings.Clone(v.text)
		t.values[v] = 1
	}
}

// list returns the members: places of parameters in their order, then the others, most frequent first.
func (t *paramTally) list() []*paramTally {
	out := make([]*paramTally, 0, len(t.members))
	for _, m := range t.members {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b *paramTally) int {
		return cmp.Or(cmp.Compare(field.PlaceRank(a.key), field.PlaceRank(b.key)), cmp.Compare(b.rows, a.rows), strings.Compare(a.key, b.key))
	})
	return out
}

// countedValue is a value and its count.
type countedValue struct {
	paramValue
	n int
}

func (t *paramTally) listValues() []countedValue {
	out := make([]countedValue, 0, len(t.values))
	for v, n := range t.values {
		out = append(out, countedValue{v, n})
	}
	slices.SortFunc(out, func(a, b countedValue) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.text, b.text), cmp.Compare(a.kind, b.kind))
	})
	return out
}
