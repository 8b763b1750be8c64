package query

import (
	"sync"

	"pawprint/model"
)

// firstSeen matches the events that are the first of their actor with that address or that action, in the order in which rows
// were appended. Events without an actor's id never match; those without an address count by their action only.
type firstSeen struct {
	mu        sync.Mutex
	addresses map[uint64]struct{}
	actions   map[uint64]struct{}
	next      model.Row // the first row that was not scanned yet
	first     []model.Bitmap
}

func newFirstSeen() *firstSeen {
	return &firstSeen{addresses: make(map[uint64]struct{}), actions: make(map[uint64]struct{})}
}

func (*firstSeen) cost() int { return costState }

func (f *firstSeen) narrow(w *worker, rows *model.Bitmap) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	last := int(w.seg.Base() / model.SegmentRows)
	for k := int(f.next / model.SegmentRows); k <= last; k++ {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		seg := w.seg
		if k < last {
			seg = w.snap.Segment(k)
		}
		f.scan(k, seg)
	}
	for i := range rows {
		rows[i] &= f.first[last][i]
	}
	return nil
}

// scan notes the new rows of segment k.
func (f *firstSeen) scan(k int, seg *model.Segment) {
	if k == len(f.first) {
		f.first = append(f.first, model.Bitmap{})
	}
	actors, addresses, actions := seg.IDs(model.ColActorID), seg.IDs(model.ColSourceIP), seg.IDs(model.ColAction)
	for i := int(f.next - seg.Base()); i < seg.Rows(); i++ {
		f.next++
		actor := actors.At(i)
		if actor <= model.IDEmpty {
			continue
		}
		a, b := note(f.addresses, actor, addresses.At(i)), note(f.actions, actor, actions.At(i))
		if a || b {
			f.first[k].Set(i)
		}
	}
}

// note adds a pair and reports whether it is new.
func note(seen map[uint64]struct{}, actor, other uint32) bool {
	if other <= model.IDEmpty {
		return false
	}
	pair := uint64(actor)<<32 | uint64(other)
	if _, ok := seen[pair]; ok {
		return false
	}
	seen[pair] = struct{}{}
	return true
}
