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
	days      []int64 // on which there are events
	history   History
}

// Standing distinguishes these answers from others about the same log. An event stops being the first when an earlier one is read later; no
// other answer changes.
func (f *Firsts) Standing() Standing { return f.standing }

// Addresses marks the events of segment k that are the first of their actor from their address. The caller must not change it.
func (f *Firsts) Addresses(k int) *Bitmap { return f.addresses[k] }

// Actions marks the events of segment k that are the first of their actor with their action. The caller must not change it.
func (f *Firsts) Actions(k int) *Bitmap { return f.actions[k] }

// History says how far back the events go on which these answers rest.
func (f *Firsts) History() History { return f.history }

// Seen says of an event whether it is the first of its actor from its address, or with its action.
type Seen uint8

// The values of Seen. SeenUnknown is for events without an actor's id, and for all events until the answer is known.
const (
	SeenUnknown Seen = iota
	SeenBefore
	SeenNewAddress
	SeenNewAction
	SeenNewBoth
)

// String returns what is shown: empty for SeenUnknown.
func (s Seen) String() string {
	return [...]string{"", "known", "new address", "new action", "new address, action"}[s]
}

// Seen returns what is known of an event of the snapshot. It is SeenUnknown if f is nil.
func (f *Firsts) Seen(e *Event) Seen {
	if f == nil || e.Flags&FlagReject != 0 || e.Actor.ID.Empty() {
		return SeenUnknown
	}
	k, i := int(e.Row/SegmentRows), int(e.Row%SegmentRows)
	switch address, action := f.Addresses(k).Has(i), f.Actions(k).Has(i); {
	case address && action:
		return SeenNewBoth
	case address:
		return SeenNewAddress
	case action:
		return SeenNewAction
	}
	return SeenBefore
}

// firstFinder finds the first events of a log. The zero value has read nothing.
type firstFinder struct {
	mu        sync.Mutex
	next      Row // the first row that was not read yet
	baseline  *Baseline
	standing  Standing
	addresses firstPairs
	actions   firstPairs
	days      dayCounter
}

// upTo returns the first events of s. If the finder is already ahead of s, it starts anew for s alone.
func (f *firstFinder) upTo(ctx context.Context, s *Snapshot) (*Firsts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	baseline := s.background.Baseline
	if int(f.next) > s.rows || f.baseline != nil && f.baseline != baseline {
		return new(firstFinder).upTo(ctx, s)
	}
	if f.standing == nil || f.baseline != baseline {
		f.begin(baseline)
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
	return f.result(addresses, actions), nil
}

// begin forgets all rows.
func (f *firstFinder) begin(baseline *Baseline) {
	f.next, f.baseline, f.standing, f.days = 0, baseline, newStanding(), dayCounter{}
	f.addresses, f.actions = newFirstPairs(ColSourceIP), newFirstPairs(ColAction)
	if baseline == nil {
		return
	}
	f.addresses.earlier, f.actions.earlier = baseline.addresses, baseline.actions
	for _, day := range baseline.days {
		f.days.add(day * dayNanos)
	}
	f.days.begin = baseline.begin
}

func (f *firstFinder) result(addresses, actions []*Bitmap) *Firsts {
	days := f.days.sorted()
	return &Firsts{f.standing, addresses, actions, days, historyOf(f.days.begin, days)}
}

// read takes the new rows of a segment.
func (f *firstFinder) read(s *Snapshot, seg *Segment) {
	actors, addresses, actions := seg.IDs(ColActorID), seg.IDs(ColSourceIP), seg.IDs(ColAction)
	for i := int(f.next - seg.base); i < seg.rows; i++ {
		at := rowAt{seg.times.At(i), seg.base + Row(i)}
		if seg.flags[i]&(FlagReject|FlagNoTime) == 0 {
			f.days.add(at.nanos)
		}
		if actor := actors.At(i); actor > IDEmpty {
			f.addresses.add(s, actor, addresses.At(i), at)
			f.actions.add(s, actor, actions.At(i), at)
		}
	}
	f.next = seg.base + Row(seg.rows)
}
