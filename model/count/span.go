package count

import (
	"slices"

	"pawprint/model"
)

// span is a number of events and their first and last time.
type span struct {
	n           uint32
	first, last int64
}

func (s *span) add(t int64) {
	s.n++
	s.reach(t)
}

func (s *span) reach(t int64) {
	if t < s.first {
		s.first = t
	}
	if t > s.last {
		s.last = t
	}
}

// goesOn reports whether the rows of p that are in line can be counted as such. Where they begin before those so far, it takes
// down the times so far, unless there are too many numbers for that.
func (c *cells) goesOn(p *census) bool {
	if p.line.First > p.line.Last {
		return true
	}
	if p.line.First < c.latest {
		if len(c.n) > model.SegmentRows {
			return false
		}
		c.roomForSpans()
		for id, first := range c.first {
			if first != unmet {
				s := &c.spans[id]
				s.n += c.n[id] + c.more[id]
				s.reach(p.snap.Nanos(model.Row(first)))
				s.reach(p.snap.Nanos(model.Row(c.last[id])))
				c.n[id], c.more[id], c.first[id] = 0, 0, unmet
			}
		}
	}
	c.latest = p.line.Last
	return true
}

func (c *cells) roomForSpans() {
	for len(c.spans) < len(c.n) {
		c.spans = append(slices.Grow(c.spans, len(c.n)-len(c.spans)), span{0, newTally.first, newTally.last})
	}
}

// countLate adds events that are not in line.
func (c *cells) countLate(late *timedRows, ids *model.IDs) {
	c.roomForSpans()
	switch {
	case ids.U8 != nil:
		countLate(c, late, ids.U8)
	case ids.U16 != nil:
		countLate(c, late, ids.U16)
	case ids.U32 != nil:
		countLate(c, late, ids.U32)
	default:
		for _, t := range late.nanos {
			c.spans[ids.Const].add(t)
		}
	}
}

func countLate[T uint8 | uint16 | uint32](c *cells, late *timedRows, ids []T) {
	spans, nanos := c.spans, late.nanos[:len(late.rows)]
	for k, i := range late.rows {
		spans[ids[i]].add(nanos[k])
	}
}
