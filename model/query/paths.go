package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/line"
)

// PathCount is a path to parameters that rows have, as a query names it, such as actionParams.dynamic.input.id or param.id.
type PathCount struct {
	Path   string
	Count  int          // rows that have it
	Values []ValueCount // what stands there, the most frequent first; only short texts, numbers and words
}

const (
	pathValues     = 200 // different values that are remembered for a path
	pathValueBytes = 120 // a longer value is not offered
	pathDepth      = 8   // how deep parameters are looked into
)

// Paths lists the paths under actionParams in the newest rows of a selection, at most limit of them, the most frequent
// paths first. It reads their lines; rows that cannot be read are left out. It stops early with the error of ctx.
func Paths(ctx context.Context, sel *model.Selection, limit int) ([]PathCount, error) {
	p := pathCounter{paths: map[string]*pathTally{}}
	raw := model.NewRawReader(sel.Snapshot())
	for k := max(0, sel.Len()-limit); k < sel.Len(); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := raw.Line(sel.At(k))
		if err != nil {
			continue
		}
		if doc, err := line.Parse(model.NewText(string(text))); err == nil {
			p.row++
			p.count("actionParams", doc.Get("actionParams"), 0)
			p.countParams(doc)
		}
	}
	return p.list(), nil
}

// pathCounter counts the paths of rows.
type pathCounter struct {
	row   int // the number of the row at hand, to count a path once a row
	paths map[string]*pathTally
}

type pathTally struct {
	row, count int
	values     map[string]int
}

// count counts the paths below a node. Lists are stepped into, as a query does.
func (p *pathCounter) count(path string, n *line.Node, depth int) {
	switch {
	case n == nil || depth > pathDepth:
	case n.Kind == line.ObjectKind:
		for i := range n.Nodes {
			if key := n.Nodes[i].Key.Raw(); nameEnd(path+"."+key) == len(path)+1+len(key) {
				p.count(path+"."+key, &n.Nodes[i], depth+1)
			}
		}
	case n.Kind == line.ListKind:
		for i := range n.Nodes {
			p.count(path, &n.Nodes[i], depth+1)
		}
	default:
		p.add(path, n)
	}
}

// countParams counts the parameters by the short names that find them wherever they stand.
func (p *pathCounter) countParams(doc *line.Node) {
	params := doc.Get("actionParams")
	for _, place := range [][]string{{"dynamic", "input"}, {"static", "input"}, {"input"}} {
		if n := params.Get(place...); n != nil {
			p.count("param", n, 0)
		}
	}
}

func (p *pathCounter) add(path string, n *line.Node) {
	t := p.paths[path]
	if t == nil {
		t = &pathTally{values: map[string]int{}}
		p.paths[path] = t
	}
	if t.row != p.row {
		t.row = p.row
		t.count++
	}
	text := n.Text.Raw()
	if _, known := t.values[text]; known || len(t.values) < pathValues && len(text) <= pathValueBytes && n.Kind != line.NullKind {
		t.values[text]++
	}
}

func (p *pathCounter) list() []PathCount {
	out := make([]PathCount, 0, len(p.paths))
	for path, t := range p.paths {
		c := PathCount{Path: path, Count: t.count}
		for text, n := range t.values {
			c.Values = append(c.Values, ValueCount{model.NewText(text), n})
		}
		slices.SortFunc(c.Values, func(a, b ValueCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value.Raw(), b.Value.Raw()))
		})
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b PathCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Path, b.Path))
	})
	return out
}
