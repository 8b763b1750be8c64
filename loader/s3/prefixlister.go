package s3

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"pawprint/model/amount"
)

const (
	// dividePages is how many pages of a span are listed before it is divided into partitions, if it can be: enough not to divide
	// small spans, few enough to reach the newest objects soon.
	dividePages = 4
	// maxHeld is how many objects are remembered between counting and loading; the others are listed again.
	maxHeld = 100_000
)

// prefixLister lists spans in order and passes on the objects page by page: the newest partition first where the layout is known.
// It holds a few pages at a time, however many keys there are.
type prefixLister struct {
	lister   lister
	from, to time.Time
	spans    []span
	unknown  bool // some keys have no known layout, so [from, to) could not narrow them
	requests int  // listings that were started
	// partial reports whether the objects of a span found before an error are to be visited; nil means yes.
	partial func(error) bool
	// visit takes objects of a span. more says that others of the same span follow.
	visit func(s *span, found []object, more bool) error
}

// newPrefixLister prepares to list [from, to) of prefixes, none of which contains another. If both times are zero it looks for
// partitions only in large ones.
func newPrefixLister(ctx context.Context, l lister, prefixes []string, from, to time.Time) (*prefixLister, error) {
	w := &prefixLister{lister: l, from: from, to: to}
	for _, prefix := range prefixes {
		if from.IsZero() && to.IsZero() {
			w.spans = append(w.spans, span{prefix: prefix, whole: true})
			continue
		}
		spans, err := w.explore(ctx, prefix)
		if err != nil {
			return w, err
		}
		w.spans = append(w.spans, spans...)
	}
	return w, nil
}

// explore surveys a prefix and returns which spans to list.
func (w *prefixLister) explore(ctx context.Context, prefix string) ([]span, error) {
	root := surveyed(prefix)
	g, err := survey(ctx, w.lister, root)
	if err != nil {
		return nil, err
	}
	w.unknown = w.unknown || len(g.others) > 0
	spans := overlapping(g.spans(root, w.from, w.to), prefix)
	beside := slices.DeleteFunc(g.objects, func(o object) bool { return !strings.HasPrefix(o.key, prefix) })
	if len(beside) > 0 {
		spans = append(spans, span{beside: beside})
	}
	return spans, nil
}

// run lists all spans.
func (w *prefixLister) run(ctx context.Context) error {
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
func (w *prefixLister) try(ctx context.Context, s span) error {
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
		if len(found) == 0 || w.partial != nil && !w.partial(err) {
			return err
		}
		return errors.Join(w.visit(&s, found, false), err)
	}
	if !large {
		slices.SortStableFunc(found, newerPartition)
		return w.visit(&s, found, false)
	}
	divide := w.divide
	if s.whole {
		divide = func(ctx context.Context, s span) ([]span, error) { return w.explore(ctx, s.prefix) }
	}
	parts, err := divide(ctx, s)
	w.spans = append(parts, w.spans...)
	return err
}

// divide returns the spans to list instead of a large one: its partitions, newest first, then the objects beside them. A span
// whose folders and objects fill too many pages is not divided.
func (w *prefixLister) divide(ctx context.Context, s span) ([]span, error) {
	var parts, others []span
	n, flat := 0, false
	err := pages(ctx, w.lister, request{prefix: s.prefix, delimiter: "/"}, func(p page) (bool, error) {
		for _, folder := range p.prefixes {
			if _, c, _, ok := placed(folder); ok && c.unit == s.partition.unit+1 {
				parts = append(parts, span{prefix: folder, layout: s.layout, partition: c})
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
	slices.SortStableFunc(parts, newerSpan)
	return append(parts, others...), err
}

// tally counts the objects and bytes to load.
type tally struct {
	objects, bytes int64
}

// add counts an object. A sum of bytes that would overflow stays at the maximum.
func (t *tally) add(o *object) {
	t.objects++
	if t.bytes += max(0, o.size); t.bytes < 0 {
		t.bytes = math.MaxInt64
	}
}

// held is the result of counting: the first objects, and the spans in which the others are.
type held struct {
	tally tally
	first []object
	rest  []span
}

// hold counts the listed objects and remembers up to capacity of them. It calls counted after each page. After an error it
// returns what was counted before.
func (w *prefixLister) hold(ctx context.Context, capacity int, wanted func(*object) bool, counted func(tally)) (held, error) {
	h := holding{capacity: capacity}
	w.visit = func(s *span, found []object, more bool) error {
		if err := h.enter(s, found, more); err != nil {
			return err
		}
		for i := range found {
			if o := &found[i]; wanted(o) {
				h.tally.add(o)
				if !h.full {
					h.first = append(h.first, *o)
				}
			}
		}
		counted(h.tally)
		return nil
	}
	err := w.run(ctx)
	return h.held, err
}

// holding is a held while the listing goes on.
type holding struct {
	held
	capacity int
	full     bool
	open     *span // the rest of the span that is being listed, after the last key
	unsorted bool  // its keys are not in order
}

// enter decides whether the objects found next can be remembered. If not, it notes the span from which to list them again.
func (h *holding) enter(s *span, found []object, more bool) error {
	before := h.open
	if begun := before != nil && before.prefix == s.prefix; !begun {
		before, h.unsorted = nil, false
	}
	if !h.full && len(h.first) > 0 && len(h.first)+len(found) > h.capacity {
		h.full = true
		if before != nil && h.unsorted {
			return fmt.Errorf("listing %s: the store lists more than %s keys in no order; name a longer prefix", display(s.prefix), amount.Count(int64(h.capacity)))
		}
		if before != nil {
			h.rest = append(h.rest, *before)
		}
	}
	if h.full && before == nil {
		h.rest = append(h.rest, span{prefix: s.prefix, after: s.after, beside: s.beside})
	}
	h.open = nil
	if more {
		h.open = h.restAfter(s, before, found)
	}
	return nil
}

// restAfter returns the rest of a span after the objects found so far.
func (h *holding) restAfter(s, before *span, found []object) *span {
	rest := &span{prefix: s.prefix, after: s.after}
	if before != nil {
		rest.after = before.after
	}
	for i := range found {
		h.unsorted = h.unsorted || found[i].key <= rest.after
		rest.after = max(rest.after, found[i].key)
	}
	return rest
}
