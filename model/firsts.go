package model

import (
	"context"
	"sync"
)

// Firsts says which events of a snapshot are the first of their actor from an address, and the first of their actor with an
// action, in the order of events. Events without an actor's id are never first. It never changes.
type Firsts struct {
	standing  Standing
	addresses []*Bitmap // by segment
	actions   []*Bitmap
}

// Standing tells these answers from others about the same log. An event stops being the first when an earlier one is read later; no
// other answer changes.
func (f *Firsts) Standing() Standing { return f.standing }

// Addresses marks the events of segment k that are the first of their actor from their address. The caller must not change it.
func (f *Firsts) Addresses(k int) *Bitmap { return f.addresses[k] }

// Actions marks the events of segment k that are the first of their actor with their action. The caller must not change it.
func (f *Firsts) Actions(k int) *Bitmap { return f.actions[k] }

// firstFinder finds the first events of a log. The zero value has read nothing.
type firstFinder struct {
	mu        sync.Mutex
	next      Row // the first row that was not read yet
	standing  Standing
	addresses firstPairs
	actions   firstPairs
}

// firstPairs marks the first event of each pair of ids: an actor, and what the actor is seen with.
type firstPairs struct {
	earliest earliest[uint64]
	marks    rowMarks
}

func (f *firstPairs) add(s *Snapshot, actor, other uint32, at rowAt) {
	if other <= IDEmpty {
		return
	}
	later, ok := f.earliest.add(s, uint64(actor)<<32|uint64(other), at)
	if ok && later == at.row {
		return
	}
	if ok {
		f.marks.clear(later)
	}
	f.marks.set(at.row)
}

// upTo returns the first events of s. If the finder is already ahead of s, it starts anew for s alone.
func (f *firstFinder) upTo(ctx context.Context, s *Snapshot) (*Firsts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if int(f.next) > s.rows {
		return new(firstFinder).upTo(ctx, s)
	}
	if f.standing == nil {
		f.standing, f.addresses.earliest, f.actions.earliest = newStanding(), earliest[uint64]{}, earliest[uint64]{}
	}
	for int(f.next) < s.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.read(s, s.Segment(int(f.next/SegmentRows)))
	}
	addresses, oneChanged := f.addresses.marks.lend(s)
	actions, otherChanged := f.actions.marks.lend(s)
	if oneChanged || otherChanged {
		f.standing = newStanding()
	}
	return &Firsts{f.standing, addresses, actions}, nil
}

// read takes the new rows of a segment.
func (f *firstFinder) read(s *Snapshot, seg *Segment) {
	actors, addresses, actions := seg.IDs(ColActorID), seg.IDs(ColSourceIP), seg.IDs(ColAction)
	for i := int(f.next - seg.base); i < seg.rows; i++ {
		actor := actors.At(i)
		if actor <= IDEmpty {
			continue
		}
		at := rowAt{seg.times.At(i), seg.base + Row(i)}
		f.addresses.add(s, actor, addresses.At(i), at)
		f.actions.add(s, actor, actions.At(i), at)
	}
	f.next = seg.base + Row(seg.rows)
}
