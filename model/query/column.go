package query

import (
	"sync"
	"sync/atomic"

	"pawprint/model"
)

// columnTest matches the rows whose value in a dictionary column passes a test. Each distinct value is tested once.
type columnTest struct {
	column model.Column
	match  func(value []byte) bool // called for present values only
	facts  facts                   // of the values that match

	mu       sync.Mutex
	verdicts atomic.Pointer[verdicts] // replaced by a longer table as the dictionary grows
}

// verdicts say which values of a dictionary match.
type verdicts struct {
	table []uint8 // by id: 1 for a match
	any   bool    // any value matches
}

func (c *columnTest) cost() int { return costColumn }

func (c *columnTest) narrow(w *worker, rows *model.Bitmap) error {
	v := c.of(w.snap.Dictionary(c.column))
	if !v.any {
		*rows = model.Bitmap{}
		return nil
	}
	narrowColumn(w.seg.IDs(c.column), v.table, rows)
	return nil
}

// narrowColumn clears the rows whose id does not match.
func narrowColumn(ids *model.IDs, verdicts []uint8, rows *model.Bitmap) {
	switch {
	case ids.U8 != nil:
		narrowIDs(ids.U8, verdicts, rows)
	case ids.U16 != nil:
		narrowIDs(ids.U16, verdicts, rows)
	case ids.U32 != nil:
		narrowIDs(ids.U32, verdicts, rows)
	case verdicts[ids.Const] == 0:
		*rows = model.Bitmap{}
	}
}

func narrowIDs[ID uint8 | uint16 | uint32](ids []ID, verdicts []uint8, rows *model.Bitmap) {
	for i, word := range rows {
		if word == 0 {
			continue
		}
		var match uint64
		for k, id := range ids[min(i<<6, len(ids)):min(i<<6+64, len(ids))] {
			match |= uint64(verdicts[id]) << (k & 63)
		}
		rows[i] = word & match
	}
}

// of returns the verdicts for all values in d, testing those that are new.
func (c *columnTest) of(d model.Dictionary) *verdicts {
	if known := c.verdicts.Load(); known != nil && len(known.table) >= d.Len() {
		return known
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	next := new(verdicts)
	if known := c.verdicts.Load(); known != nil {
		if len(known.table) >= d.Len() {
			return known
		}
		*next = *known
	}
	// Others may be reading the old table, but nobody reads past its end.
	for id := uint32(len(next.table)); int(id) < d.Len(); id++ {
		v := c.verdict(d, id)
		next.table = append(next.table, v)
		next.any = next.any || v != 0
	}
	c.verdicts.Store(next)
	return next
}

func (c *columnTest) verdict(d model.Dictionary, id uint32) uint8 {
	if id != model.IDAbsent && c.match(d.Bytes(id)) {
		return 1
	}
	return 0
}
