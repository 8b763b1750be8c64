// Package count counts the events of a selection: facets by any keys, histograms over time, and problems by kind. It also sorts
// rows by a key. Counts can be extended as a log grows, at the cost of the new rows. It reads segments only through their exported
// methods, on all cores, and leaves no goroutine behind.
package count

import (
	"context"
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"sync"

	"pawprint/model"
	"pawprint/model/intern"
)

// Facets are several facets of one selection, counted together. They never change; Extend returns new ones.
type Facets struct {
	by      [][]Key
	facets  []*Facet
	log     model.LogID
	matcher model.Matcher
	rows    int // rows of the log that have been read
}

// Facet is how often each value of a key, or each tuple of values of several keys, occurs among the events of a selection.
// Rejects have no values and are not in it, unless a key is ByReject. It never changes.
type Facet struct {
	keys   []Key
	owned  []*intern.Table // by key: the values that are in no dictionary of the log
	tuples *intern.Table   // of the ids of several keys; nil for one key
	totals []total         // by id of the value or the tuple
	values []keyValues     // by key: turns ids back into values

	events, failed int
	unread         int
	err            error

	mu      sync.Mutex // guards the facet while workers count
	merging sync.Once  // fills merged when all is counted
	merged  []mergedTotal
}

// Value is one value of a key. Absent distinguishes no value from an empty one.
type Value struct {
	Text   model.Text
	Absent bool
	Number bool // Text is a decimal number, or Absent is set
}

// Count is how often a value, or a tuple of values, occurs.
type Count struct {
	Values      []Value // one for each key
	Events      int
	Failed      int   // events that FAILED or PARTIALLY_FAILED
	First, Last int64 // times of the earliest and the latest event, in Unix nanoseconds
	Timed       bool  // whether any event has a time of its own; else First and Last are undefined
}

// NewFacets makes facets that have counted nothing yet, one for each list of keys.
func NewFacets(by ...[]Key) *Facets { return &Facets{by: by} }

// Facet returns facet i, in the order of NewFacets. Before the first Extend there is none.
func (f *Facets) Facet(i int) *Facet { return f.facets[i] }

// Extend returns the facets of sel. If f counted an earlier selection of the same log with the same matcher, it copies those
// counts and reads only newer rows; else it counts all rows. It works on all cores and stops early with the error of ctx.
func (f *Facets) Extend(ctx context.Context, sel *model.Selection) (*Facets, error) {
	if f.log != sel.Snapshot().Log() || !sameMatcher(f.matcher, sel.Matcher()) || f.rows > sel.Snapshot().Rows() || f.facets == nil {
		f = &Facets{by: f.by}
	}
	snap := *sel.Snapshot()
	next := &Facets{by: f.by, log: snap.Log(), matcher: sel.Matcher(), rows: snap.Rows()}
	for i, keys := range f.by {
		var before *Facet
		if f.facets != nil {
			before = f.facets[i]
		}
		next.facets = append(next.facets, newFacet(keys, before, &snap))
	}
	err := eachSegment(ctx, f.rows/model.SegmentRows, snap.Segments(), func() (work func(int) error, finish func()) {
		c := segmentEvents{withRejects: f.withRejects()}
		counters := make([]*facetCounter, len(next.facets))
		for i, facet := range next.facets {
			counters[i] = newFacetCounter(facet, &snap)
		}
		work = func(k int) error {
			c.read(ctx, sel, k, max(0, f.rows-k*model.SegmentRows))
			for _, counter := range counters {
				if err := counter.count(&c); err != nil {
					return err
				}
			}
			return nil
		}
		return work, func() {
			for _, counter := range counters {
				counter.finish(&snap)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return next, nil
}

// sameMatcher reports whether two matchers are certainly the same.
func sameMatcher(a, b model.Matcher) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return reflect.TypeOf(a) == reflect.TypeOf(b) && reflect.TypeOf(a).Comparable() && a == b
}

// newFacet makes a facet that continues an earlier one, or an empty one if before is nil.
func newFacet(keys []Key, before *Facet, snap *model.Snapshot) *Facet {
	f := &Facet{keys: keys, owned: make([]*intern.Table, len(keys))}
	for i := range keys {
		f.values = append(f.values, keys[i].values(snap))
		if keys[i].owned() {
			f.owned[i] = intern.New()
		}
	}
	if len(keys) != 1 {
		f.tuples = intern.New()
	}
	if before == nil {
		return f
	}
	f.events, f.failed, f.unread, f.err = before.events, before.failed, before.unread, before.err
	f.totals = slices.Clone(before.totals)
	for i, d := range before.owned {
		if d != nil {
			f.owned[i] = d.Clone()
		}
	}
	if before.tuples != nil {
		f.tuples = before.tuples.Clone()
	}
	return f
}

// facetCounter counts segments for one facet, on one goroutine, and adds the result to the facet at the end.
type facetCounter struct {
	facet  *Facet
	keys   []keyValues
	remaps [][]uint32    // by key with own values: from the counter's ids to the facet's; 0 means not known yet
	tuples *intern.Table // of the counter's own ids; nil for one key
	remap  []uint32      // from the counter's tuples to the facet's; 0 means not known yet
	pairs  []uint32      // for two keys with few values: the counter's tuples by the pair of ids; 0 means not known yet
	width  uint32        // of a row in pairs: the bound of the second key
	spread bool          // an id of the counter may stand for several values
	counts idCounts
	tuple  []byte
	buf    []uint32
	out    model.IDs
	events int
	failed int
}

func newFacetCounter(f *Facet, snap *model.Snapshot) *facetCounter {
	c := &facetCounter{facet: f, remaps: make([][]uint32, len(f.keys)), counts: idCounts{latest: math.MinInt64}}
	for i := range f.keys {
		c.keys = append(c.keys, f.keys[i].values(snap))
		c.spread = c.spread || f.keys[i].spreads()
	}
	if f.tuples != nil {
		c.tuples, c.buf = intern.New(), make([]uint32, model.SegmentRows)
	}
	if len(c.keys) == 2 && f.keys[0].numbered() && f.keys[1].numbered() {
		c.width = uint32(c.keys[1].bound())
		if n := c.keys[0].bound() * int(c.width); n <= maxPairs {
			c.pairs = make([]uint32, n)
		}
	}
	return c
}

// count adds the events of a segment.
func (c *facetCounter) count(e *segmentEvents) error {
	ids, bound, err := c.ids(e)
	if err != nil {
		return err
	}
	c.counts.grow(bound)
	c.counts.count(e, ids)
	c.events += e.events
	c.failed += e.failures
	return nil
}

// finish adds the counts to the facet.
func (c *facetCounter) finish(snap *model.Snapshot) {
	f := c.facet
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events += c.events
	f.failed += c.failed
	if c.tuples == nil && f.owned[0] == nil {
		bound := f.values[0].bound()
		if actors, ok := f.values[0].(*actorValues); ok {
			bound = actors.globalBound()
		}
		f.totals = slices.Grow(f.totals, max(0, bound-len(f.totals)))
	}
	c.counts.each(snap, func(id uint32, t total) { c.addTotal(id, t) })
	for _, key := range c.keys {
		if reader, ok := key.(interface{ missed() (int, error) }); ok {
			n, err := reader.missed()
			if f.unread += n; f.err == nil {
				f.err = err
			}
		}
	}
}

// ids numbers the values or tuples of the segment.
func (c *facetCounter) ids(e *segmentEvents) (ids *model.IDs, bound int, err error) {
	if c.tuples == nil {
		ids, err = c.keys[0].ids(e)
		return ids, c.keys[0].bound(), err
	}
	parts := make([]*model.IDs, len(c.keys))
	for k, key := range c.keys {
		if parts[k], err = key.ids(e); err != nil {
			return nil, 0, err
		}
	}
	number := func(i int) { c.buf[i] = c.tupleAt(parts, i) }
	if c.pairs != nil {
		number = func(i int) { c.buf[i] = c.pairAt(parts, i) }
	}
	e.eachTimed(number)
	e.eachUntimed(number)
	c.out.U32 = c.buf
	return &c.out, c.tuples.Len(), nil
}

// tupleAt numbers the tuple of row i.
func (c *facetCounter) tupleAt(parts []*model.IDs, i int) uint32 {
	c.tuple = c.tuple[:0]
	for _, part := range parts {
		c.tuple = appendPart(c.tuple, part.At(i))
	}
	return c.tuples.ID(c.tuple)
}

// maxPairs is the size up to which facetCounter.pairs is used.
const maxPairs = 1 << 18

// pairAt is tupleAt for two keys with few values.
func (c *facetCounter) pairAt(parts []*model.IDs, i int) uint32 {
	id := &c.pairs[parts[0].At(i)*c.width+parts[1].At(i)]
	if *id == 0 {
		*id = c.tupleAt(parts, i)
	}
	return *id
}

// global returns the facet's id of a value or tuple. The caller holds the facet's lock.
func (c *facetCounter) global(id uint32) uint32 {
	if c.tuples == nil {
		return c.part(0, id)
	}
	if int(id) >= len(c.remap) {
		c.remap = append(c.remap, make([]uint32, c.tuples.Len()-len(c.remap))...)
	}
	if c.remap[id] == 0 {
		local := c.tuples.Value(id)
		c.tuple = c.tuple[:0]
		for k := range c.keys {
			c.tuple = appendPart(c.tuple, c.part(k, tuplePart(local, k)))
		}
		c.remap[id] = c.facet.tuples.ID(c.tuple)
	}
	return c.remap[id]
}

// part returns the facet's id of a value of key k.
func (c *facetCounter) part(k int, id uint32) uint32 {
	own := c.facet.owned[k]
	switch actors, ok := c.keys[k].(*actorValues); {
	case ok:
		return actors.global(id)
	case own == nil || id == model.IDAbsent:
		return id
	}
	if int(id) >= len(c.remaps[k]) {
		c.remaps[k] = append(c.remaps[k], make([]uint32, c.keys[k].bound()-len(c.remaps[k]))...)
	}
	if c.remaps[k][id] == 0 {
		c.remaps[k][id] = own.ID(c.keys[k].text(id))
	}
	return c.remaps[k][id]
}

// total returns the total of an id, to be added to.
func (f *Facet) total(id uint32) *total {
	for int(id) >= len(f.totals) {
		f.totals = append(f.totals, noTotal)
	}
	return &f.totals[id]
}

// Events is the number of events that were counted, and how many of them failed, wholly or in part.
func (f *Facet) Events() (events, failed int) { return f.events, f.failed }

// Unread returns how many values are missing because the line could not be read, and the first error. Those events count as having
// no value.
func (f *Facet) Unread() (lines int, err error) { return f.unread, f.err }

// Len is the number of different values, or tuples of them.
func (f *Facet) Len() int {
	n := 0
	f.each(func(uint32, *total) { n++ })
	return n
}

// Top returns the n most frequent values, or all if n is 0 or less, the most frequent first; equally frequent ones are in the byte
// order of their values.
func (f *Facet) Top(n int) []Count {
	var top []ranked
	cut := func() {
		slices.SortFunc(top, f.compare)
		if n > 0 {
			top = top[:min(n, len(top))]
		}
	}
	sorted := false // whether top holds the first n in order; a value that sorts after them is left out then
	f.each(func(id uint32, t *total) {
		r := ranked{id, t}
		if sorted && f.compare(r, top[n-1]) > 0 {
			return
		}
		if top = append(top, r); n > 0 && len(top) >= 2*n {
			cut()
			sorted = true
		}
	})
	cut()
	out := make([]Count, len(top))
	for i, r := range top {
		out[i] = f.countOf(r)
	}
	return out
}

// ranked is a value or tuple with its total.
type ranked struct {
	id uint32
	*total
}

// compare orders by number, then by values.
func (f *Facet) compare(a, b ranked) int {
	if a.events != b.events {
		return b.events - a.events
	}
	for k := range f.keys {
		if c := f.keys[k].compare(f.text(a.id, k), f.part(a.id, k), f.text(b.id, k), f.part(b.id, k)); c != 0 {
			return c
		}
	}
	return 0
}

// part returns the id of key k in a value or tuple.
func (f *Facet) part(id uint32, k int) uint32 {
	if f.tuples == nil {
		return id
	}
	return tuplePart(f.tuples.Value(id), k)
}

// text returns the value of key k in a value or tuple.
func (f *Facet) text(id uint32, k int) []byte {
	part := f.part(id, k)
	switch {
	case part == model.IDAbsent:
		return nil
	case f.owned[k] != nil:
		return f.owned[k].Value(part)
	}
	if actors, ok := f.values[k].(*actorValues); ok {
		return actors.globalText(part)
	}
	return f.values[k].text(part)
}

func (f *Facet) countOf(r ranked) Count {
	c := Count{Events: r.events, Failed: r.failed, First: r.first, Last: r.last, Timed: r.first <= r.last}
	for k := range f.keys {
		c.Values = append(c.Values, Value{Text: model.NewText(string(f.text(r.id, k))), Absent: f.part(r.id, k) == model.IDAbsent, Number: f.keys[k].kind == keyNumber})
	}
	return c
}

// each calls visit for every value or tuple that occurs. It merges labels of actors that are the same text in several columns.
func (f *Facet) each(visit func(id uint32, t *total)) {
	if !f.scattered() {
		for id := range f.totals {
			if t := &f.totals[id]; t.events > 0 {
				visit(uint32(id), t)
			}
		}
		return
	}
	f.merging.Do(f.merge)
	for i := range f.merged {
		visit(f.merged[i].id, &f.merged[i].total)
	}
}

// appendTuple appends the values of a tuple so that different tuples stay different.
func (f *Facet) appendTuple(dst []byte, id uint32) []byte {
	for k := range f.keys {
		text := f.text(id, k)
		dst = binary.AppendUvarint(dst, uint64(len(text)))
		dst = append(dst, text...)
		dst = append(dst, byte(min(f.part(id, k), 1)))
	}
	return dst
}
