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

// segmentEvents holds the selected events of one segment, prepared for counting. It is reused for the next segment.
type segmentEvents struct {
	ctx      context.Context // of the call that counts
	snap     *model.Snapshot
	seg      *model.Segment
	from, to int // the rows that were read

	withRejects bool // rejects count as events without a time

	timed      model.Bitmap // events with a time of their own
	inOrder    model.Bitmap // those of timed that are in the order of their times
	untimed    model.Bitmap // events without one
	failed     model.Bitmap // those of timed and untimed that failed, wholly or in part
	events     int
	failures   int
	failedRows []uint16 // the rows of timed that failed
	holes      []uint16 // the rows that were read and are not in inOrder, if they are few
	fewHoles   bool     // holes are few
	hasUntimed bool     // untimed is not empty

	order     *model.InOrder // of the segment; nil if the whole log is in the order of its times
	late, all timedRows
}

// timedRows lists rows with their times. It is filled on first use.
type timedRows struct {
	made  bool
	rows  []uint16
	nanos []int64
}

// read prepares segment k of a selection from row from on. It leaves out rejects unless withRejects is set.
func (e *segmentEvents) read(ctx context.Context, sel *model.Selection, k, from int) {
	snap := sel.Snapshot()
	seg := snap.Segment(k)
	e.ctx, e.snap, e.seg, e.from, e.to = ctx, snap, seg, from, seg.Rows()
	e.timed, e.hasUntimed = *sel.Marked(k), false
	e.timed.ClearBefore(from)
	e.splitTimed(seg.Flags())
	timed, untimed := e.timed.Count(), 0
	if e.hasUntimed {
		untimed = e.untimed.Count()
	}
	e.findInOrder()
	e.listHoles()
	e.events, e.failures, e.failedRows = timed+untimed, 0, e.failedRows[:0]
	if e.events > 0 {
		e.markFailed(seg.IDs(model.ColResult))
		e.listFailed()
	}
}

// findInOrder fills inOrder.
func (e *segmentEvents) findInOrder() {
	e.order, e.late.made, e.all.made = nil, false, false
	e.inOrder = e.timed
	if e.snap.Sorted() {
		return
	}
	e.order = e.seg.InOrder()
	if e.order.Late != nil {
		for i, w := range e.order.Late {
			e.inOrder[i] &^= w
		}
	}
}

// holeShare bounds the holes: at most one row in holeShare, so that counting all rows and subtracting the holes pays off.
const holeShare = 8

// listHoles fills holes and fewHoles.
func (e *segmentEvents) listHoles() {
	e.holes = e.holes[:0]
	rows := e.to - e.from
	e.fewHoles = holeShare*(rows-e.inOrder.Count()) <= rows
	if !e.fewHoles {
		return
	}
	var all model.Bitmap
	all.SetRange(e.from, e.to)
	for k, w := range &all {
		for w &^= e.inOrder[k]; w != 0; w &= w - 1 {
			e.holes = append(e.holes, uint16(k<<6+bits.TrailingZeros64(w)))
		}
	}
}

// lateRows returns the events with a time that are not in order, or all events with a time.
func (e *segmentEvents) lateRows(all bool) *timedRows {
	list := &e.late
	if all {
		list = &e.all
	}
	if list.made {
		return list
	}
	list.made, list.rows, list.nanos = true, list.rows[:0], list.nanos[:0]
	times := e.seg.Times()
	for k, w := range &e.timed {
		if !all {
			w &^= e.inOrder[k]
		}
		for ; w != 0; w &= w - 1 {
			i := k<<6 + bits.TrailingZeros64(w)
			list.rows = append(list.rows, uint16(i))
			list.nanos = append(list.nanos, times.At(i))
		}
	}
	return list
}

// splitTimed removes rejects from timed and moves events without a time to untimed.
func (e *segmentEvents) splitTimed(flags []model.Flags) {
	for k := e.from >> 6; k<<6 < e.to; k++ {
		block := flags[k<<6 : min(k<<6+64, e.to)]
		if allFlags(block)&(model.FlagReject|model.FlagNoTime) == 0 {
			continue
		}
		for w := e.timed[k]; w != 0; w &= w - 1 {
			i := bits.TrailingZeros64(w)
			if f := block[i]; f&(model.FlagReject|model.FlagNoTime) != 0 {
				e.timed[k] &^= 1 << i
				if f&model.FlagReject == 0 || e.withRejects {
					e.addUntimed(k<<6 + i)
				}
			}
		}
	}
}

// reject reports whether a row is not an event.
func (e *segmentEvents) reject(i int) bool { return e.seg.Flags()[i]&model.FlagReject != 0 }

// addUntimed marks an event without a time.
func (e *segmentEvents) addUntimed(i int) {
	if !e.hasUntimed {
		e.untimed, e.hasUntimed = model.Bitmap{}, true
	}
	e.untimed.Set(i)
}

// allFlags returns the flags that any row has.
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
func (e *segmentEvents) markFailed(results *model.IDs) {
	e.failed = model.Bitmap{}
	switch {
	case results.U8 != nil:
		markFailed8(&e.failed, results.U8[:e.to])
	case results.U16 == nil && results.U32 == nil:
		if model.ResultOf(results.Const).Bad() {
			e.failed.SetRange(e.from, e.to)
		}
	default:
		for i := e.from; i < e.to; i++ {
			if model.ResultOf(results.At(i)).Bad() {
				e.failed.Set(i)
			}
		}
	}
	for i := range e.failed {
		events := e.timed[i]
		if e.hasUntimed {
			events |= e.untimed[i]
		}
		e.failed[i] &= events
	}
	e.failures = e.failed.Count()
}

// listFailed fills failedRows, which every facet reads.
func (e *segmentEvents) listFailed() {
	for k, w := range &e.failed {
		for w &= e.timed[k]; w != 0; w &= w - 1 {
			e.failedRows = append(e.failedRows, uint16(k<<6+bits.TrailingZeros64(w)))
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
func (e *segmentEvents) eachTimed(visit func(i int)) {
	for i := e.timed.Next(0); i >= 0; i = e.timed.After(i) {
		visit(i)
	}
}

// eachUntimed calls visit for the events without a time.
func (e *segmentEvents) eachUntimed(visit func(i int)) {
	if !e.hasUntimed {
		return
	}
	for i := e.untimed.Next(0); i >= 0; i = e.untimed.After(i) {
		visit(i)
	}
}

// eachSegment distributes the numbers from first up to but not including end among workers, one per core. newWorker makes a
// worker: work is called with its numbers in ascending order and, unless there was an error, finish at the end. eachSegment
// returns when all workers have ended, with their first error or that of ctx.
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
