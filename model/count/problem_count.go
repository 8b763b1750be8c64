package count

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"pawprint/model"
)

// ProblemGroup counts the problems of one kind with one attribute or key.
type ProblemGroup struct {
	Code        model.Code
	Field       model.Field
	Key         model.Text    // the name of a key that the schema does not know, or of a duplicate; else empty
	Count       int           // problems
	Rows        int           // rows that have any of them
	First, Last model.Row     // the first and the last of those rows, in the order in which they were appended
	Sources     []SourceCount // problems by source, in the order of ids; the caller must not change them
	key         uint32
	log         model.LogID // the log that key belongs to
}

// SourceCount is a number of problems of one source.
type SourceCount struct {
	Source model.SourceID
	Count  int
}

// Severity ranks the problems of the group.
func (g *ProblemGroup) Severity() model.Severity { return g.Code.Severity() }

// Matcher returns a matcher for the rows of the log with a problem of the group. Matchers of the same group are equal.
func (g *ProblemGroup) Matcher() model.Matcher {
	return problemMatcher{problemKind{g.Code, g.Field, g.key}, g.log}
}

// problemKind identifies a group of a log.
type problemKind struct {
	code  model.Code
	field model.Field
	key   uint32
}

// problemMatcher matches the rows with a problem of one kind.
type problemMatcher struct {
	kind problemKind
	log  model.LogID
}

// Narrow clears the rows without such a problem. See model.Matcher.
func (p problemMatcher) Narrow(_ context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if snap.Log() != p.log {
		return fmt.Errorf("matching a problem: %w", model.ErrOtherLog)
	}
	var match model.Bitmap
	problems := seg.Problems()
	for i := range problems {
		if q := &problems[i]; p.kind == kindOf(q) {
			match.Set(q.Row())
		}
	}
	for i := range rows {
		rows[i] &= match[i]
	}
	return nil
}

func kindOf(p *model.RowProblem) problemKind { return problemKind{p.Code(), p.Field(), p.Key()} }

// ProblemCounts counts the problems of a selection in groups. It never changes; Extend returns a new one. The zero value has
// counted nothing.
type ProblemCounts struct {
	groups  map[problemKind]*problemTotal
	matcher model.Matcher
	rows    int // rows of the log that have been read
	keys    model.Dictionary
	log     model.LogID
}

// problemTotal holds the counts of a group.
type problemTotal struct {
	count, rows int
	first, last model.Row
	sources     []SourceCount // in the order of ids
}

// Extend returns the counts of sel. If p counted an earlier selection of the same log with the same matcher, it copies those
// counts and reads only newer rows; else it counts all rows. It works on all cores without I/O and stops early with the error of
// ctx.
func (p *ProblemCounts) Extend(ctx context.Context, sel *model.Selection) (*ProblemCounts, error) {
	if p.log != sel.Snapshot().Log() || !sameMatcher(p.matcher, sel.Matcher()) || p.rows > sel.Snapshot().Rows() {
		p = new(ProblemCounts)
	}
	next := &ProblemCounts{groups: p.copyGroups(), matcher: sel.Matcher(), rows: sel.Snapshot().Rows(), keys: sel.Snapshot().Keys(), log: sel.Snapshot().Log()}
	var mu sync.Mutex
	err := eachSegment(ctx, p.rows/model.SegmentRows, sel.Snapshot().Segments(), func() (work func(int) error, finish func()) {
		c := problemCounter{groups: map[problemKind]*problemTotal{}}
		work = func(k int) error {
			c.count(sel, k, max(0, p.rows-k*model.SegmentRows))
			return nil
		}
		return work, func() {
			mu.Lock()
			defer mu.Unlock()
			next.merge(c.groups)
		}
	})
	if err != nil {
		return nil, err
	}
	return next, nil
}

func (p *ProblemCounts) copyGroups() map[problemKind]*problemTotal {
	out := make(map[problemKind]*problemTotal, len(p.groups))
	for kind, t := range p.groups {
		out[kind] = &problemTotal{t.count, t.rows, t.first, t.last, slices.Clone(t.sources)}
	}
	return out
}

func (p *ProblemCounts) merge(groups map[problemKind]*problemTotal) {
	for kind, t := range groups {
		known := p.groups[kind]
		if known == nil {
			p.groups[kind] = t
			continue
		}
		known.count += t.count
		known.rows += t.rows
		known.first, known.last = min(known.first, t.first), max(known.last, t.last)
		known.sources = mergeSources(known.sources, t.sources)
	}
}

// mergeSources adds two lists of counts, both in the order of ids.
func mergeSources(a, b []SourceCount) []SourceCount {
	out := make([]SourceCount, 0, max(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Source < b[0].Source:
			out, a = append(out, a[0]), a[1:]
		case a[0].Source > b[0].Source:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, SourceCount{a[0].Source, a[0].Count + b[0].Count})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// problemCounter counts segments, in ascending order, on one goroutine.
type problemCounter struct {
	groups map[problemKind]*problemTotal
	kind   problemKind   // of the last problem
	total  *problemTotal // of kind
}

// count adds the problems of segment k of sel from row from on.
func (c *problemCounter) count(sel *model.Selection, k, from int) {
	seg, marked := sel.Snapshot().Segment(k), sel.Marked(k)
	problems := seg.Problems()
	at, _ := slices.BinarySearchFunc(problems, from, func(p model.RowProblem, row int) int { return cmp.Compare(p.Row(), row) })
	problems = problems[at:]
	seg.EachSource(func(_, to int, source model.SourceID) {
		for ; len(problems) > 0 && problems[0].Row() < to; problems = problems[1:] {
			if p := &problems[0]; marked.Has(p.Row()) {
				c.of(kindOf(p)).add(seg.Base()+model.Row(p.Row()), source)
			}
		}
	})
}

// of returns the total of a kind of problem.
func (c *problemCounter) of(kind problemKind) *problemTotal {
	if c.total == nil || c.kind != kind {
		c.kind, c.total = kind, c.groups[kind]
		if c.total == nil {
			c.total = new(problemTotal)
			c.groups[kind] = c.total
		}
	}
	return c.total
}

// add adds a problem. Rows must come in ascending order.
func (t *problemTotal) add(row model.Row, source model.SourceID) {
	if t.count == 0 || t.last != row {
		t.rows++
		if t.count == 0 {
			t.first = row
		}
		t.last = row
	}
	t.count++
	at := len(t.sources) - 1
	if at < 0 || t.sources[at].Source != source {
		var known bool
		at, known = slices.BinarySearchFunc(t.sources, source, func(s SourceCount, id model.SourceID) int { return cmp.Compare(s.Source, id) })
		if !known {
			t.sources = slices.Insert(t.sources, at, SourceCount{Source: source})
		}
	}
	t.sources[at].Count++
}

// Groups returns the first n groups, or all if n is 0 or less: errors before warnings, then the most frequent group first, then
// the one that occurred first. The caller owns the slice.
func (p *ProblemCounts) Groups(n int) []ProblemGroup {
	out := make([]ProblemGroup, 0, len(p.groups))
	for kind, t := range p.groups {
		out = append(out, ProblemGroup{Code: kind.code, Field: kind.field, Key: p.keys.Text(kind.key), Count: t.count, Rows: t.rows,
			First: t.first, Last: t.last, Sources: t.sources, key: kind.key, log: p.log})
	}
	slices.SortFunc(out, compareGroups)
	if n > 0 && n < len(out) {
		out = out[:n]
	}
	return out
}

func compareGroups(a, b ProblemGroup) int {
	return cmp.Or(cmp.Compare(b.Severity(), a.Severity()), cmp.Compare(b.Count, a.Count), cmp.Compare(a.First, b.First),
		cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field), cmp.Compare(a.key, b.key))
}
