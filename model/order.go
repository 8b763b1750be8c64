package model

import (
	"cmp"
	"slices"
)

// The order of events is the order in which a log is shown, printed and counted: by time, then by the rank of the source, then by
// line. It does not depend on which source was read first.

// Rank says where a source stands among the others. Sources of equal rank stand in the order in which they were added.
type Rank struct {
	Argument int    // which argument of the command line the source belongs to
	Key      string // orders the sources of one argument, byte by byte
}

func (r Rank) compare(o Rank) int {
	return cmp.Or(cmp.Compare(r.Argument, o.Argument), cmp.Compare(r.Key, o.Key))
}

// ranks are the places of the sources among each other, by id; nil if they stand in the order of their ids. A table never changes,
// and a later one keeps the order of the sources that it shares with it.
type ranks []uint32

// of returns the place of a source.
func (r ranks) of(id SourceID) uint32 {
	if r == nil {
		return uint32(id)
	}
	return r[id]
}

// ranking makes the tables of ranks while sources are added.
type ranking struct {
	known  []Rank     // by source
	sorted []SourceID // those of table, in order
	table  ranks      // of the first len(sorted) sources
}

func (g *ranking) add(r Rank) { g.known = append(g.known, r) }

func (g *ranking) compare(a, b SourceID) int {
	return cmp.Or(g.known[a].compare(g.known[b]), cmp.Compare(a, b))
}

// ranks returns the table of all sources.
func (g *ranking) ranks() ranks {
	n := len(g.sorted)
	if n == len(g.known) {
		return g.table
	}
	var fresh []SourceID
	for id := n; id < len(g.known); id++ {
		fresh = append(fresh, SourceID(id))
	}
	slices.SortFunc(fresh, g.compare)
	g.sorted = g.merge(g.sorted, fresh)
	if g.table = nil; slices.IsSorted(g.sorted) {
		return nil
	}
	g.table = make(ranks, len(g.sorted))
	for place, id := range g.sorted {
		g.table[id] = uint32(place)
	}
	return g.table
}

// merge merges sorted sources into a new list.
func (g *ranking) merge(a, b []SourceID) []SourceID {
	out := make([]SourceID, 0, len(a)+len(b)+len(b)/2)
	for len(a) > 0 && len(b) > 0 {
		if g.compare(a[0], b[0]) < 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// appendOrder says in which orders the rows of a log stand as they were appended.
type appendOrder struct {
	timed   bool // in the order of events
	ranked  bool // in the order of sources, then of lines
	started bool // whether there is a last row
	last    orderEnd
}

// begin takes note of the first row of a batch.
func (o *appendOrder) begin(nanos int64, source SourceID, g *ranking) {
	if o.started && source != o.last.source && g.compare(source, o.last.source) < 0 {
		o.ranked = false
		o.timed = o.timed && nanos != o.last.nanos
	}
	o.started, o.last.source = true, source
}

// add takes note of the next row of a batch.
func (o *appendOrder) add(nanos int64) {
	o.timed = o.timed && nanos >= o.last.nanos
	o.last.nanos = nanos
}

// Before reports whether row a precedes row b in the order of events. Within a source, lines were appended in order.
func (s *Snapshot) Before(a, b Row) bool {
	ta, tb := s.Nanos(a), s.Nanos(b)
	return ta < tb || ta == tb && s.precedes(a, b)
}

// precedes is Before for rows of the same time.
func (s *Snapshot) precedes(a, b Row) bool {
	if s.order.ranked {
		return a < b
	}
	if x, y := s.rankOf(a), s.rankOf(b); x != y {
		return x < y
	}
	return a < b
}

// rankOf returns the place of a row's source.
func (s *Snapshot) rankOf(r Row) uint32 {
	seg, i := s.place(r)
	return s.ranks.of(seg.run(i).source)
}

// SourceOrder lists the sources by their ranks.
func (s *Snapshot) SourceOrder() []SourceID {
	out := make([]SourceID, len(s.sources))
	for id := range out {
		out[s.ranks.of(SourceID(id))] = SourceID(id)
	}
	return out
}

// InSourceOrder puts rows, which must be in the order in which they were appended, in the order of sources, then of lines. It
// returns a new list, or rows themselves if they are in that order.
func (s *Snapshot) InSourceOrder(rows []Row) []Row {
	if s.order.ranked || len(rows) == 0 {
		return rows
	}
	starts := make([]int, len(s.sources)+1)
	s.eachRank(rows, func(rank uint32, part []Row) { starts[rank+1] += len(part) })
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	out := make([]Row, len(rows))
	s.eachRank(rows, func(rank uint32, part []Row) { starts[rank] += copy(out[starts[rank]:], part) })
	return out
}

// eachRank calls visit for the rows of each run, with the place of their source.
func (s *Snapshot) eachRank(rows []Row, visit func(rank uint32, part []Row)) {
	for len(rows) > 0 {
		seg, i := s.place(rows[0])
		run := seg.run(i)
		end := seg.base + Row(seg.runEnd(run))
		n := 1
		for n < len(rows) && rows[n] < end {
			n++
		}
		visit(s.ranks.of(run.source), rows[:n])
		rows = rows[n:]
	}
}
