package count

import (
	"context"
	"encoding/binary"
	"math/bits"
	"runtime"
	"sync/atomic"

	"pawprint/model"
	"pawprint/model/fault"
)

// census is the selected events of one segment, made ready to be counted.
type census struct {
	ctx      context.Context // of the call that counts
	snap     *model.Snapshot
	seg      *model.Segment
	from, to int          // the rows that were looked at
	timed    model.Bitmap // events with a time of their own
	inLine   model.Bitmap // of them, those in line
	loose    model.Bitmap // events without one
	failed   model.Bitmap // of both, those that failed, wholly or in part
	events   int
	failures int
	bad      []uint16 // the rows of timed that failed
	holes    []uint16 // the rows that were looked at and are not in inLine, if they are few
	solid    bool     // holes are few
	loosened bool     // there is one in loose

	line      *model.InOrder // of the segment; nil if the whole log is in the order of its times
	late, all timedRows
}

// timedRows are rows with their times, made when they are first asked for.
type timedRows struct {
	made  bool
	rows  []uint16
	nanos []int64
}

// read looks at segment k of a selection from row from on. It leaves out rejects.
func (c *census) read(ctx context.Context, sel *model.Selection, k, from int) {
	snap := sel.Snapshot()
	seg := snap.Segment(k)
	c.ctx, c.snap, c.seg, c.from, c.to = ctx, snap, seg, from, seg.Rows()
	c.timed, c.loosened = *sel.Marked(k), false
	c.timed.ClearBefore(from)
	c.sortOut(seg.Flags())
	timed, loose := c.timed.Count(), 0
	if c.loosened {
		loose = c.loose.Count()
	}
	c.lineUp()
	c.listHoles()
	c.events, c.failures, c.bad = timed+loose, 0, c.bad[:0]
	if c.events > 0 {
		c.markFailed(seg.IDs(model.ColResult))
		c.listBad()
	}
}

// lineUp fills inLine.
func (c *census) lineUp() {
	c.line, c.late.made, c.all.made = nil, false, false
	c.inLine = c.timed
	if c.snap.Sorted() {
		return
	}
	c.line = c.seg.InOrder()
	if c.line.Late != nil {
		for i, w := range c.line.Late {
			c.inLine[i] &^= w
		}
	}
}

// fewHoles is the share of rows, one in so many, that may be holes for the others to be counted as if all were.
const fewHoles = 8

// listHoles fills holes and solid.
func (c *census) listHoles() {
	c.holes = c.holes[:0]
	rows := c.to - c.from
	c.solid = fewHoles*(rows-c.inLine.Count()) <= rows
	if !c.solid {
		return
	}
	var all model.Bitmap
	all.SetRange(c.from, c.to)
	for k, w := range &all {
		for w &^= c.inLine[k]; w != 0; w &= w - 1 {
			c.holes = append(c.holes, uint16(k<<6+bits.TrailingZeros64(w)))
		}
	}
}

// lateRows gives the events with a time that are not in line, or all of those with a time.
func (c *census) lateRows(all bool) *timedRows {
	list := &c.late
	if all {
		list = &c.all
	}
	if list.made {
		return list
	}
	list.made, list.rows, list.nanos = true, list.rows[:0], list.nanos[:0]
	times := c.seg.Times()
	for k, w := range &c.timed {
		if !all {
			w &^= c.inLine[k]
		}
		for ; w != 0; w &= w - 1 {
			i := k<<6 + bits.TrailingZeros64(w)
			list.rows = append(list.rows, uint16(i))
			list.nanos = append(list.nanos, times.At(i))
		}
	}
	return list
}

// sortOut takes rejects out of timed, and moves events without a time to loose.
func (c *census) sortOut(flags []model.Flags) {
	for k := c.from >> 6; k<<6 < c.to; k++ {
		block := flags[k<<6 : min(k<<6+64, c.to)]
		if allFlags(block)&(model.FlagReject|model.FlagNoTime) == 0 {
			continue
		}
		for w := c.timed[k]; w != 0; w &= w - 1 {
			i := bits.TrailingZeros64(w)
			if f := block[i]; f&(model.FlagReject|model.FlagNoTime) != 0 {
				c.timed[k] &^= 1 << i
				if f&model.FlagReject == 0 {
					c.loosen(k<<6 + i)
				}
			}
		}
	}
}

// loosen marks an event without a time.
func (c *census) loosen(i int) {
	if !c.loosened {
		c.loose, c.loosened = model.Bitmap{}, true
	}
	c.loose.Set(i)
}

// allFlags gives the flags that any row has.
func allFlags(flags []model.Flags) model.Flags {
	var a, b, c, d model.Flags
	for ; len(flags) >= 8; flags = flags[8:] {
		a |= flags[0] | flags[1]
		b |= flags[2] | flags[3]
		c |= flags[4] | flags[5]
		d |= flags[6] | flags[7]
	}
	for _, f := range flags {
		a |= f
	}
	return a | b | c | d
}

// markFailed fills failed.
func (c *census) markFailed(results *model.IDs) {
	c.failed = model.Bitmap{}
	switch {
	case results.U8 != nil:
		markFailed8(&c.failed, results.U8[:c.to])
	case results.U16 == nil && results.U32 == nil:
		if model.ResultOf(results.Const).Bad() {
			c.failed.SetRange(c.from, c.to)
		}
	default:
		for i := c.from; i < c.to; i++ {
			if model.ResultOf(results.At(i)).Bad() {
				c.failed.Set(i)
			}
		}
	}
	for i := range c.failed {
		events := c.timed[i]
		if c.loosened {
			events |= c.loose[i]
		}
		c.failed[i] &= events
	}
	c.failures = c.failed.Count()
}

// listBad fills bad: every facet goes through it.
func (c *census) listBad() {
	for k, w := range &c.failed {
		for w &= c.timed[k]; w != 0; w &= w - 1 {
			c.bad = append(c.bad, uint16(k<<6+bits.TrailingZeros64(w)))
		}
	}
}

// markFailed8 marks the failures among narrow ids, eight at a time.
func markFailed8(failed *model.Bitmap, ids []uint8) {
	const (
		ones  = 0x0101010101010101
		low   = 0x7f * ones
		high  = 0x80 * ones
		toOne = 0x0002040810204081 // gathers the highest bits of eight bytes in the highest byte, the first one lowest
	)
	for k := range failed {
		word, from := uint64(0), k<<6
		if from+64 > len(ids) {
			for i := from; i < len(ids); i++ {
				if model.ResultOf(uint32(ids[i])).Bad() {
					failed.Set(i)
				}
			}
			return
		}
		for i := 0; i < 64; i += 8 {
			w := binary.LittleEndian.Uint64(ids[from+i : from+i+8])
			a, b := w^uint64(model.IDFailed)*ones, w^uint64(model.IDPartiallyFailed)*ones
			// The highest bit of a byte is set if the byte is 0.
			found := ^((a&low + low | a) & (b&low + low | b)) & high
			word |= found * toOne >> 56 << i
		}
		failed[k] = word
	}
}

// eachTimed calls visit for the events with a time.
func (c *census) eachTimed(visit func(i int)) {
	for i := c.timed.Next(0); i >= 0; i = c.timed.After(i) {
		visit(i)
	}
}

// eachLoose calls visit for the events without a time.
func (c *census) eachLoose(visit func(i int)) {
	if !c.loosened {
		return
	}
	for i := c.loose.Next(0); i >= 0; i = c.loose.After(i) {
		visit(i)
	}
}

// eachSegment gives the numbers from first up to but not including end to workers, to each of them in ascending order. newWorker
// makes one for each core: work is called for each number and, unless there was an error, finish at the end. It returns when all
// of them have ended, with their first error or that of ctx.
func eachSegment(ctx context.Context, first, end int, newWorker func() (work func(k int) error, finish func())) error {
	errs := make([]error, min(runtime.GOMAXPROCS(0), max(0, end-first)))
	var next atomic.Int64
	next.Store(int64(first))
	run := func(err *error) {
		work, finish := newWorker()
		for *err == nil {
			k := int(next.Add(1)) - 1
			if k >= end {
				finish()
				return
			}
			if *err = ctx.Err(); *err == nil {
				*err = work(k)
			}
		}
	}
	var group fault.Group
	for i := 1; i < len(errs); i++ {
		group.Go(func() { run(&errs[i]) })
	}
	if len(errs) > 0 {
		run(&errs[0])
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
