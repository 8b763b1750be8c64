package query

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"pawprint/model"
	"pawprint/model/field"
)

// PathCount is a path of parameters as a query writes it, such as actionParams.dynamic.input.id or param.id, with its counts.
type PathCount struct {
	Path   string
	Count  int          // rows that have it
	Values []ValueCount // the values there, the most frequent first; only short texts, numbers and words
}

const (
	pathValues     = 200 // different values that are remembered for a path
	pathValueBytes = 120 // a longer value is not offered
	pathRowValues  = 50  // different values of one row
	pathDepth      = 8   // how deep parameters are searched
)

// Paths lists the paths under actionParams in the newest rows of a selection, at most limit of them, the most frequent
// paths first. It reads their lines; rows that cannot be read are left out. It stops early with the error of ctx.
func Paths(ctx context.Context, sel *model.Selection, limit int) ([]PathCount, error) {
	p := pathCounter{walker: field.NewWalker(), paths: map[string]*pathTally{}}
	snap := sel.Snapshot()
	raw := model.NewRawReader(snap)
	for k := max(0, sel.Len()-limit); k < sel.Len(); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if line, err := raw.Line(sel.At(k)); err == nil && snap.Flags(sel.At(k))&model.FlagReject == 0 {
			p.count(line)
		}
	}
	return p.list(), nil
}

// pathCounter counts the paths of rows, in one pass over each. A path counts in the rows where a query for it finds a value.
type pathCounter struct {
	walker field.Walker
	row    int                   // the number of the current row
	paths  map[string]*pathTally // by the path in lower case, as the case of keys makes no difference
	met    []*pathTally          // in the current row
}

type pathTally struct {
	name   string // as it was spelled first
	single bool   // some value is not an object or a list
	count  int
	values map[string]int

	row     int      // the last row that has it, and in that row:
	place   int      // the first place that has it
	present bool     // it is not null
	texts   []string // some of its values, without repeats
}

// count counts the paths in a line.
func (p *pathCounter) count(line []byte) {
	p.row++
	p.met = p.met[:0]
	params := model.FieldActionParams.String()
	p.walker.At(line, params, func(b []byte, i int) (int, bool, bool) {
		return p.walk(b, i, "", 0, func(path string, raw []byte) {
			p.meet(params+"."+path, 0, raw)
			name, place := field.ParamName(path)
			p.meet(name, place, raw)
		})
	})
	for _, t := range p.met {
		if t.present {
			t.count++
		}
		for _, text := range t.texts {
			t.add(text)
		}
	}
}

// walk calls visit with the value at each path below the value at b[i]; raw is empty for an object or a list. Paths go through
// lists, as in queries.
func (p *pathCounter) walk(b []byte, i int, path string, depth int, visit func(path string, raw []byte)) (end int, found, ok bool) {
	w := &p.walker
	branch := i < len(b) && (b[i] == '{' || b[i] == '[')
	if branch && path != "" {
		visit(path, nil)
	}
	switch {
	case branch && b[i] == '{' && depth <= pathDepth:
		return w.Members(b, i, func(key []byte, i int) (int, bool, bool) {
			if name := strings.TrimPrefix(path+"."+string(key), "."); nameable(name, key) {
				return p.walk(b, i, name, depth+1, visit)
			}
			end, ok := w.Scanner.Value(b, i)
			return end, false, ok
		})
	case branch && b[i] == '[':
		return w.Elements(b, i, func(i int) (int, bool, bool) { return p.walk(b, i, path, depth, visit) })
	}
	if end, ok = w.Scanner.Value(b, i); ok && !branch && path != "" {
		visit(path, b[i:end])
	}
	return end, false, ok
}

// nameable reports whether a query can write the path, which ends in key, without quotes.
func nameable(path string, key []byte) bool {
	return len(key) > 0 && bareName("x."+path) && !strings.Contains(path, "[]")
}

// meet notes the value at a path in the current row.
func (p *pathCounter) meet(name string, place int, raw []byte) {
	folded := strings.Map(foldASCII, name)
	t := p.paths[folded]
	if t == nil {
		t = &pathTally{name: name, values: map[string]int{}}
		p.paths[folded] = t
	}
	if t.row != p.row {
		t.row, t.place, t.present, t.texts = p.row, place, false, t.texts[:0]
		p.met = append(p.met, t)
	}
	if place < t.place {
		t.place, t.present, t.texts = place, false, t.texts[:0]
	}
	if place > t.place || len(raw) > 0 && raw[0] == 'n' {
		return
	}
	t.present = true
	if len(raw) == 0 {
		return
	}
	t.single = true
	if text := p.walker.Text(raw); len(text) <= pathValueBytes && len(t.texts) < pathRowValues && !slices.Contains(t.texts, string(text)) {
		t.texts = append(t.texts, string(text))
	}
}

// foldASCII is the lower case of an ASCII letter.
func foldASCII(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(lower(byte(r)))
	}
	return r
}

func (t *pathTally) add(text string) {
	if _, known := t.values[text]; known || len(t.values) < pathValues {
		t.values[text]++
	}
}

func (p *pathCounter) list() []PathCount {
	out := make([]PathCount, 0, len(p.paths))
	for _, t := range p.paths {
		if t.count == 0 || !t.single {
			continue
		}
		c := PathCount{Path: t.name, Count: t.count}
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
