// Package model is the audit trail in memory: a Log of rows kept as columns, the Snapshots of it, which never change, and Selections
// of their rows. It does no I/O of its own, reads no clock, and leaves no goroutine behind.
package model

import (
	"context"
	"math"
	"sync"

	"pawprint/model/intern"
)

// Revision counts the changes of a log. A larger one means that something changed.
type Revision uint64

// Log is the audit trail in memory: rows of columns, appended and never changed. Any number of goroutines may use it;
// Append takes turns among writers and waits for no reader.
type Log struct {
	mu         sync.Mutex
	id         LogID
	revision   Revision
	changed    chan struct{} // closed and replaced at each change
	sealed     []*Segment
	open       *openSegment
	viewed     *Segment // the last view of open, or nil if open has grown since
	shared     bool     // whether a view uses the memory of open
	columns    [NumColumns]*intern.Table
	keys       *intern.Table
	sources    []SourceState
	lent       bool    // whether a snapshot uses the memory of sources
	last       []int64 // by source: the time of its last row
	books      Books
	ranking    ranking
	order      appendOrder
	finders    *finders
	found      *findings // of the rows so far; nil if there are new ones since the last snapshot
	background Background
	rowless    bool // it keeps books only
}

// noTimeYet is the value in Log.last of a source without a time so far.
const noTimeYet = math.MinInt64

// NewLog makes an empty log.
func NewLog() *Log {
	l := &Log{id: LogID{new(byte)}, changed: make(chan struct{}), open: newOpenSegment(0), keys: intern.New(), finders: new(finders),
		order: appendOrder{timed: true, ranked: true, last: orderEnd{nanos: math.MinInt64}}}
	for c := range l.columns {
		l.columns[c] = columnDictionary(Column(c))
	}
	return l
}

// NewBookLog makes a log that keeps the books of what is appended, and the state of its sources, but no rows: it needs no more memory for
// more lines.
func NewBookLog() *Log {
	l := NewLog()
	l.rowless = true
	return l
}

// AddSource adds a source of rank zero and returns its id, for Batch.Source.
func (l *Log) AddSource(name Text) SourceID { return l.AddRanked(name, Rank{}) }

// AddRanked is AddSource with a rank.
func (l *Log) AddRanked(name Text, rank Rank) SourceID {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ranking.add(rank)
	// Snapshots do not see past their own length, so nothing needs to be copied.
	l.sources = append(l.sources, SourceState{Name: name, Size: -1})
	l.last = append(l.last, noTimeYet)
	l.publish()
	return SourceID(len(l.sources) - 1)
}

// UpdateSource changes the state of a source except for its books, which Append keeps. update runs with the log locked.
func (l *Log) UpdateSource(id SourceID, update func(*SourceState)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.source(id)
	books := s.Books
	update(s)
	s.Books = books
	l.publish()
}

// source returns a source for changing, in memory that no snapshot uses. The caller holds mu.
func (l *Log) source(id SourceID) *SourceState {
	if l.lent {
		l.sources, l.lent = append(make([]SourceState, 0, len(l.sources)+len(l.sources)/4+1), l.sources...), false
	}
	return &l.sources[id]
}

// publish makes a change visible. The caller holds mu.
func (l *Log) publish() {
	l.revision++
	close(l.changed)
	l.changed = make(chan struct{})
}

// Append adds the rows of b after all others and its lines to the books. It copies what it keeps.
func (l *Log) Append(b *Batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rowless {
		l.keepBooks(b)
		l.publish()
		return
	}
	b.Vocabulary.translate(l)
	b.carryTimes(&l.last[b.Source])
	b.markGaps()
	if b.Rows() > 0 {
		l.order.begin(b.times[0], b.Source, &l.ranking)
	}
	problems, forwarded := b.problems, b.forwarded
	for from := 0; from < b.Rows(); {
		n := min(b.Rows()-from, SegmentRows-l.open.rows())
		forwarded = l.open.forwarded.take(forwarded, n, l.open.rows())
		problems = l.appendRows(b, from, n, problems)
		from += n
		if l.open.rows() == SegmentRows {
			l.seal()
		}
	}
	l.keepBooks(b)
	l.viewed, l.found = nil, nil
	l.publish()
}

// carryTimes returns rows without a time the time of the row before them in their source, so that they keep their place.
// The first rows of a source take the first time that follows.
func (b *Batch) carryTimes(last *int64) {
	if *last == noTimeYet {
		for i, f := range b.flags {
			if f&FlagNoTime == 0 {
				*last = b.times[i]
				break
			}
		}
	}
	for i, f := range b.flags {
		if f&FlagNoTime == 0 {
			*last = b.times[i]
		} else if *last != noTimeYet {
			b.times[i] = *last
		} else {
			b.times[i] = 0
		}
	}
}

// appendRows copies n rows of b, from row from on, into the open segment, which must have space for them. It takes their problems
// from the front of problems and returns the rest.
func (l *Log) appendRows(b *Batch, from, n int, problems []batchProblem) []batchProblem {
	o, to := l.open, from+n
	shift := uint32(o.rows()) - uint32(from)
	for len(problems) > 0 && int(problems[0].row) < to {
		p := problems[0]
		o.problems = append(o.problems, RowProblem{row: uint16(p.row + shift), offset: p.offset, code: p.code, field: p.field,
			detail: p.detail, key: b.Vocabulary.remap[NumColumns][p.key]})
		if row := uint16(p.row + shift); p.code.gap() && (len(o.gaps) == 0 || o.gaps[len(o.gaps)-1] != row) {
			o.gaps = append(o.gaps, row)
		}
		problems = problems[1:]
	}
	o.runs = append(o.runs, run{first: uint32(o.rows()), source: b.Source, raw: b.Raw, base: b.Base, length: b.Summed, sum: b.Sum, line: b.Line})
	for _, t := range b.times[from:to] {
		o.min, o.max = min(o.min, t), max(o.max, t)
		l.order.add(t)
	}
	o.times = append(room(o.times, n), b.times[from:to]...)
	o.offsets = append(room(o.offsets, n), b.offsets[from:to]...)
	o.lengths = append(room(o.lengths, n), b.lengths[from:to]...)
	o.lines = append(room(o.lines, n), b.lines[from:to]...)
	for _, f := range b.flags[from:to] {
		o.anyFlags |= f
	}
	o.flags = append(room(o.flags, n), b.flags[from:to]...)
	o.addRowIDs(b, from, to)
	for c := range o.columns {
		o.columns[c] = appendRemapped(room(o.columns[c], n), b.columns[from:to], Column(c), b.Vocabulary.remap[c])
	}
	return problems
}

// appendRemapped appends a column of rows to one that has room for them.
func appendRemapped(dst []uint32, rows [][NumColumns]uint32, c Column, remap []uint32) []uint32 {
	from := len(dst)
	dst = dst[:from+len(rows)]
	for i := range rows {
		dst[from+i] = remap[rows[i][c]]
	}
	return dst
}

// seal packs the full open segment and begins the next.
func (l *Log) seal() {
	from, sealed := l.open.orderFrom, l.open.seal(l.order.timed, l.ranking.ranks())
	l.sealed = append(l.sealed, sealed)
	next := l.open.base + Row(l.open.rows())
	if l.shared {
		// A snapshot still reads the old columns.
		l.open, l.shared = newOpenSegment(next), false
	} else {
		l.open.reset(next)
	}
	l.open.orderFrom = sealed.inOrder.end(from)
}

func (l *Log) keepBooks(b *Batch) {
	books := b.Books()
	l.source(b.Source).Books.add(books)
	l.books.add(books)
}

// Snapshot returns the log as it is now. It copies no rows, and it does not change while the log grows.
func (l *Log) Snapshot() Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.viewed == nil && l.open.rows() > 0 {
		l.viewed, l.shared = l.open.view(l.ranking.ranks()), true
	}
	l.lent = true
	if l.found == nil {
		l.found = &findings{log: l.finders}
	}
	s := Snapshot{found: l.found, background: l.background, log: l.id, revision: l.revision, sealed: l.sealed, open: l.viewed, rows: int(l.open.base) + l.open.rows(),
		order: l.order, ranks: l.ranking.ranks(), sources: l.sources[:len(l.sources):len(l.sources)], books: l.books, keys: Dictionary{l.keys.View()}}
	for c, d := range l.columns {
		s.dictionaries[c] = Dictionary{d.View()}
	}
	return s
}

// Wait returns when the log has a revision after the given one, or with the error of ctx.
func (l *Log) Wait(ctx context.Context, after Revision) error {
	for {
		l.mu.Lock()
		revision, changed := l.revision, l.changed
		l.mu.Unlock()
		if revision > after {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
