package model

import (
	"context"
	"slices"
)

// Watch finds the rows of a growing log that match, among those that were appended after every source had been read to its end once.
// Only one goroutine may use it at a time.
type Watch struct {
	matcher Matcher
	begun   bool
	from    Row        // the first row that can be found
	seen    *Selection // of the last look; nil before there were rows to look at
	rows    []Row      // found so far, in the order in which they were appended
}

// NewWatch returns a watch for the rows that a matcher matches. See Select for what the matcher must be.
func NewWatch(m Matcher) *Watch { return &Watch{matcher: m} }

// Look looks at a later snapshot of the same log and returns the rows that match now and were not found before, each once. It costs as
// much as there are new rows, whatever the log has besides. After an error the same rows are looked at again.
func (w *Watch) Look(ctx context.Context, snap Snapshot) (fresh []Row, err error) {
	if !w.begun {
		if w.begun = snap.ReadOnce(); !w.begun {
			return nil, nil
		}
		w.from = Row(snap.rows)
	}
	if w.seen == nil {
		if w.seen, err = Select(ctx, snap, nothing{}, nil); err == nil {
			w.seen, err = SelectWithin(ctx, snap, w.matcher, w.seen)
		}
		if err != nil {
			w.seen = nil
		}
		return nil, err
	}
	sel, err := Select(ctx, snap, w.matcher, w.seen)
	if err != nil {
		return nil, err
	}
	again := sel.matcher != w.seen.matcher // rows that did not match may do so now
	fresh = w.fresh(sel, again)
	w.seen, w.rows = sel, append(w.rows, fresh...)
	if again {
		w.rows = slices.Sorted(slices.Values(w.rows)) // a copy: callers may still use the earlier rows
	}
	return fresh, nil
}

// fresh returns the rows of a selection that were not found before, among the new rows or, if again is set, among all rows.
func (w *Watch) fresh(sel *Selection, again bool) (fresh []Row) {
	looked, from := Row(w.seen.snap.rows), w.from
	if !again {
		from = max(from, looked)
	}
	for k := int(from / SegmentRows); k < len(sel.parts); k++ {
		base := Row(k * SegmentRows)
		for i := sel.parts[k].bits.Next(max(0, int(from)-int(base))); i >= 0; i = sel.parts[k].bits.After(i) {
			r := base + Row(i)
			if _, found := slices.BinarySearch(w.rows, r); !found {
				fresh = append(fresh, r)
			}
		}
	}
	return fresh
}

// ReadOnce reports whether every source has been read to its end once, or waits for what is not there yet.
func (s *Snapshot) ReadOnce() bool {
	for i := range s.sources {
		if p := s.sources[i].Phase; p == Loading || p == Waiting && s.sources[i].Note.Empty() {
			return false
		}
	}
	return len(s.sources) > 0
}

// Rows returns the rows that were found so far, in the order in which they were appended. The caller must not change them.
func (w *Watch) Rows() []Row { return w.rows }

// nothing matches no row.
type nothing struct{}

// Narrow implements Matcher.
func (nothing) Narrow(_ context.Context, _ *Snapshot, _ *Segment, rows *Bitmap) error {
	*rows = Bitmap{}
	return nil
}
