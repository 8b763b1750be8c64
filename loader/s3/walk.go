package s3

import (
	"context"
	"slices"
	"time"
)

const (
	// dividePages is how many pages a span may have before it is divided, where that can be done: enough not to divide
	// what is small, few enough to come to the newest objects soon.
	dividePages = 4
	// maxHeld is how many objects are remembered between counting and loading; what is beyond is listed again.
	maxHeld = 100_000
)

// walk lists spans in their order, and gives what it finds in portions: the newest partition first as far as the layout is
// known. It holds some pages at a time, however many keys there are.
type walk struct {
	lister   lister
	prefix   string // as the user gave it
	from, to time.Time
	spans    []span
	unknown  bool // some of it is of no known layout, so that [from, to) could not narrow it
	requests int  // listings that were begun
	// visit takes objects of a span. more says that the rest of the span follows.
	visit func(s *span, found []object, more bool) error
}

// newWalk prepares to list [from, to) of a prefix. Without these times it looks for partitions only when there is much.
func newWalk(ctx context.Context, l lister, prefix string, from, to time.Time) (*walk, error) {
	w := &walk{lister: l, prefix: prefix, from: from, to: to}
	if from.IsZero() && to.IsZero() {
		w.spans = []span{{prefix: prefix, whole: true}}
		return w, nil
	}
	return w, w.explore(ctx)
}

// explore finds out what the ground is, and what to list of it.
func (w *walk) explore(ctx context.Context) error {
	g, err := survey(ctx, w.lister, w.prefix)
	if err != nil {
		return err
	}
	w.unknown = len(g.others) > 0
	w.spans = g.spans(w.prefix, w.from, w.to)
	if len(g.objects) > 0 {
		w.spans = append(w.spans, span{beside: g.objects})
	}
	return nil
}

// run lists all spans.
func (w *walk) run(ctx context.Context) error {
	for len(w.spans) > 0 {
		s := w.spans[0]
		w.spans = w.spans[1:]
		var err error
		switch {
		case s.beside != nil:
			err = w.visit(&s, s.beside, false)
		case s.divisible():
			err = w.try(ctx, s)
		default:
			w.requests++
			err = pages(ctx, w.lister, request{prefix: s.prefix, after: s.after}, func(p page) (bool, error) {
				return true, w.visit(&s, p.objects, p.next != "")
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// try lists a span that can be divided, and divides it if it is large.
func (w *walk) try(ctx context.Context, s span) error {
	var found []object
	n, large := 0, false
	w.requests++
	err := pages(ctx, w.lister, request{prefix: s.prefix, after: s.after}, func(p page) (bool, error) {
		found = append(found, p.objects...)
		n++
		large = n >= dividePages && p.next != ""
		return !large, nil
	})
	if err != nil {
		return err
	}
	if !large {
		slices.SortStableFunc(found, newerPartition)
		return w.visit(&s, found, false)
	}
	if s.whole {
		return w.explore(ctx)
	}
	parts, err := w.divide(ctx, s)
	w.spans = append(parts, w.spans...)
	return err
}

// divide gives what to list instead of a large span of a known layout: the partitions that there are in it, newest first, then
// what stands beside them. A span that holds much beside them stays as it is.
func (w *walk) divide(ctx context.Context, s span) ([]span, error) {
	var parts, others []span
	n, flat := 0, false
	err := pages(ctx, w.lister, request{prefix: s.prefix, delimiter: "/"}, func(p page) (bool, error) {
		for _, folder := range p.prefixes {
			if _, c, _, ok := placed(folder); ok && c.unit == s.cell.unit+1 {
				parts = append(parts, span{prefix: folder, layout: s.layout, cell: c})
			} else {
				others = append(others, span{prefix: folder})
			}
		}
		if len(p.objects) > 0 {
			others = append(others, span{beside: p.objects})
		}
		n++
		flat = n >= dividePages && p.next != ""
		return !flat, nil
	})
	if flat {
		return []span{{prefix: s.prefix}}, err
	}
	slices.SortStableFunc(parts, newerCell)
	return append(parts, others...), err
}

// tally is how much there is to load.
type tally struct {
	objects, bytes int64
}

func (t *tally) add(o *object) {
	t.objects++
	t.bytes += max(0, o.size)
}

// held is the outcome of counting: the first objects themselves, and where the others are.
type held struct {
	tally tally
	first []object
	rest  []span
}

// hold counts what a walk finds, and remembers as much of it as has room.
func (w *walk) hold(ctx context.Context, room int, wanted func(*object) bool, told func(tally)) (held, error) {
	var h held
	full := false
	var open *span // the span that has begun, and of which more may come
	w.visit = func(s *span, found []object, more bool) error {
		begun := open != nil && open.prefix == s.prefix
		if !full && len(h.first) > 0 && len(h.first)+len(found) > room {
			full = true
			if begun {
				h.rest = append(h.rest, *open)
			}
		}
		if full && !begun {
			h.rest = append(h.rest, span{prefix: s.prefix, after: s.after, beside: s.beside})
		}
		for i := range found {
			if o := &found[i]; wanted(o) {
				h.tally.add(o)
				if !full {
					h.first = append(h.first, *o)
				}
			}
		}
		if open = nil; more {
			open = &span{prefix: s.prefix, after: s.after}
			if len(found) > 0 {
				open.after = found[len(found)-1].key
			}
		}
		told(h.tally)
		return nil
	}
	return h, w.run(ctx)
}
