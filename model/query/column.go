package query

import (
	"sync"
	"sync/atomic"

	"pawprint/model"
)

// columnTest matches the rows whose value in a dictionary column passes a test. Each distinct value is tested once.
type columnTest struct {
	column model.Column
	match  func(value []byte) bool // of a value that is present

	mu       sync.Mutex
	verdicts atomic.Pointer[[]uint8] // by id: 1 for a match; a longer one replaces it as the dictionary grows
}

func (c *columnTest) cost() int { return costColumn }

func (c *columnTest) narrow(w *worker, rows *model.Bitmap) error {
	narrowColumn(w.seg.IDs(c.column), c.table(w.snap.Dictionary(c.column)), rows)
	return nil
}

// narrowColumn clears the rows whose id has no verdict for it.
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

// table gives the verdicts of all values in d.
func (c *columnTest) table(d model.Dictionary) []uint8 {
	if known := c.verdicts.Load(); known != nil && len(*known) >= d.Len() {
		return *known
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var table []uint8
	if known := c.verdicts.Load(); known != nil {
		table = *known
	}
	if len(table) >= d.Len() {
		return table
	}
	// Others may be reading the old table, but nobody reads behind its end.
	for id := uint32(len(table)); int(id) < d.Len(); id++ {
		table = append(table, c.verdict(d, id))
	}
	c.verdicts.Store(&table)
	return table
}

func (c *columnTest) verdict(d model.Dictionary, id uint32) uint8 {
	if id != model.IDAbsent && c.match(d.Bytes(id)) {
		return 1
	}
	return 0
}
