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

// Standing tells answers about a growing log apart: as long as it is the same, no answer about an earlier row has changed.
type Standing *byte

func newStanding() Standing { return new(byte) }

// Standing says until when the answers about these rows stay the same. An event that is the first stops being it when an earlier
// one is read later; no other answer changes.
func (f *Firsts) Standing() Standing { return f.standing }

// Addresses marks the events of segment k that are the first of their actor from their address. The caller must not change it.
func (f *Firsts) Addresses(k int) *Bitmap { return f.addresses[k] }

// Actions marks the events of segment k that are the first of their actor with their action. The caller must not change it.
func (f *Firsts) Actions(k int) *Bitmap { return f.actions[k] }

// Firsts returns the first events of the snapshot. The first call for a log reads all its rows, later ones only the rows that are
// new since. It stops early with the error of ctx. Any number of goroutines may call it.
func (s *Snapshot) Firsts(ctx context.Context) (*Firsts, error) {
	if s.found == nil {
		return &Firsts{}, nil
	}
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if s.found.firsts == nil {
		firsts, err := s.found.log.firsts.upTo(ctx, s)
		if err != nil {
			return nil, err
		}
		s.found.firsts = firsts
	}
	return s.found.firsts, nil
}

// findings is what was found out from all rows of a snapshot, each when somebody first asked for it. Its copies share it.
type findings struct {
	log    *finders
	mu     sync.Mutex
	firsts *Firsts
}

// finders find things out about a growing log, for one snapshot after the other.
type finders struct{ firsts firstFinder }

// firstFinder finds the first events of a log. The zero value has read nothing.
type firstFinder struct {
	mu        sync.Mutex
	next      Row // the first row that was not read yet
	standing  Standing
	addresses earliest[uint64] // by the ids of actor and address
	actions   earliest[uint64]
}

// upTo returns the first events of s. If the finder is already ahead of s, it starts anew for s alone.
func (f *firstFinder) upTo(ctx context.Context, s *Snapshot) (*Firsts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if int(f.next) > s.rows {
		return new(firstFinder).upTo(ctx, s)
	}
	if f.standing == nil {
		f.standing, f.addresses, f.actions = newStanding(), newEarliest[uint64](), newEarliest[uint64]()
	}
	for int(f.next) < s.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.read(s, s.Segment(int(f.next/SegmentRows)))
	}
	addresses, oneChanged := f.addresses.marks.lend(s.rows, s.Segments())
	actions, otherChanged := f.actions.marks.lend(s.rows, s.Segments())
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
		if id := addresses.At(i); id > IDEmpty {
			f.addresses.add(s, pairOf(actor, id), at)
		}
		if id := actions.At(i); id > IDEmpty {
			f.actions.add(s, pairOf(actor, id), at)
		}
	}
	f.next = seg.base + Row(seg.rows)
}

func pairOf(actor, other uint32) uint64 { return uint64(actor)<<32 | uint64(other) }
