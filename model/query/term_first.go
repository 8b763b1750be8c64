package query

import (
	"pawprint/model"
)

// firstSeen matches the events that are, in the order of events, the first of their actor with one of the things wanted. Events
// without an actor's id never match; those without an address count by their action only.
type firstSeen struct{ wanted firstThings }

// firstThings are the things that an actor can be seen with for the first time.
type firstThings uint8

const (
	firstAddress firstThings = 1 << iota
	firstAction
)

func firstPlan(wanted firstThings) plan { return func(*Env) predicate { return firstSeen{wanted} } }

func (firstSeen) cost() int { return costState }

func (f firstSeen) narrow(w *worker, rows *model.Bitmap) error {
	firsts, err := w.snap.Firsts(w.ctx)
	if err != nil {
		return err
	}
	match := f.of(firsts, int(w.seg.Base()/model.SegmentRows))
	for i := range rows {
		rows[i] &= match[i]
	}
	return nil
}

// of returns the rows of segment k that match.
func (f firstSeen) of(firsts *model.Firsts, k int) (match model.Bitmap) {
	if f.wanted&firstAddress != 0 {
		match = *firsts.Addresses(k)
	}
	if f.wanted&firstAction != 0 {
		for i, w := range firsts.Actions(k) {
			match[i] |= w
		}
	}
	return match
}
