package count

import (
	"slices"

	"pawprint/model"
)

// extent is a number of events and their first and last time.
type extent struct {
	n           uint32
	first, last int64
}

func (s *extent) add(t int64) {
	s.n++
	s.reach(t)
}

func (s *extent) reach(t int64) {
	if t < s.first {
		s.first = t
	}
	if t > s.last {
		s.last = t
	}
}

// continues reports whether the rows in order of e can be counted as such. If they start before the rows so far, it first saves
// the times so far in outOfOrder, unless there are too many ids for that.
func (c *idCounts) continues(e *segmentEvents) bool {
	if e.order.First > e.order.Last {
		return true
	}
	if e.order.First < c.latest {
		if len(c.rows) > model.SegmentRows {
			return false
		}
		c.growOutOfOrder()
		for id := range c.rows {
			if r := &c.rows[id]; r.first != noRow {
				s := &c.outOfOrder[id]
				s.n += r.n + r.more
				s.reach(e.snap.Nanos(model.Row(r.first)))
				s.reach(e.snap.Nanos(model.Row(r.last)))
				*r = idRows{first: noRow}
			}
		}
	}
	c.latest = e.order.Last
	return true
}

func (c *idCounts) growOutOfOrder() {
	for len(c.outOfOrder) < len(c.rows) {
		c.outOfOrder = append(slices.Grow(c.outOfOrder, len(c.rows)-len(c.outOfOrder)), extent{0, noTotal.first, noTotal.last})
	}
}

// countLate adds events that are not in order.
func (c *idCounts) countLate(late *timedRows, ids *model.IDs) {
	c.growOutOfOrder()
	switch {
	case ids.U8 != nil:
		countLate(c, late, ids.U8)
	case ids.U16 != nil:
		countLate(c, late, ids.U16)
	case ids.U32 != nil:
		countLate(c, late, ids.U32)
	default:
		for _, t := range late.nanos {
			c.outOfOrder[ids.Const].add(t)
		}
	}
}

func countLate[T uint8 | uint16 | uint32](c *idCounts, late *timedRows, ids []T) {
	extents, nanos := c.outOfOrder, late.nanos[:len(late.rows)]
	for k, i := range late.rows {
		extents[ids[i]].add(nanos[k])
	}
}
