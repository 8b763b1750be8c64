// Package intern numbers values: columns hold ids instead of text. Id 0 stands for an absent value and id 1 for the empty one, in
// every table.
package intern

import (
	"hash/maphash"
	"slices"
)

// Table gives every distinct value a small id, in order of appearance. It is for one goroutine; its views are for any. It holds no
// pointer per value, so the garbage collector has nothing to follow. Make one with New.
type Table struct {
	bounds []uint64 // value id is arena[bounds[id]:bounds[id+1]]
	arena  []byte
	table  []uint64 // open addressing: a hash above id+1, or 0 for a free slot; its length is a power of two
}

// The ids that every table begins with.
const (
	Absent uint32 = 0
	Empty  uint32 = 1
)

var seed = maphash.MakeSeed()

// New makes a table of absent, empty and the given values, which get the ids from 2 on.
func New(values ...string) *Table {
	t := &Table{table: make([]uint64, 64), bounds: make([]uint64, 1, 64)}
	t.add(nil) // absent: has an id, but is never found
	t.ID(nil)
	for _, v := range values {
		t.ID([]byte(v))
	}
	return t
}

// Len is the number of ids, the two fixed ones included.
func (t *Table) Len() int { return len(t.bounds) - 1 }

// ID finds or adds the value. The bytes are copied if they are new.
func (t *Table) ID(value []byte) uint32 {
	h := maphash.Bytes(seed, value) >> 32
	mask := uint64(len(t.table) - 1)
	at := h & mask
	for ; t.table[at] != 0; at = (at + 1) & mask {
		if e := t.table[at]; e>>32 == h {
			if id := uint32(e) - 1; string(t.Value(id)) == string(value) {
				return id
			}
		}
	}
	id := t.add(value)
	t.table[at] = h<<32 | uint64(id+1)
	if 2*t.Len() > len(t.table) {
		t.grow()
	}
	return id
}

func (t *Table) add(value []byte) uint32 {
	t.arena = append(t.arena, value...)
	t.bounds = append(t.bounds, uint64(len(t.arena)))
	return uint32(t.Len() - 1)
}

func (t *Table) grow() {
	table := make([]uint64, 2*len(t.table))
	mask := uint64(len(table) - 1)
	for _, e := range t.table {
		if e == 0 {
			continue
		}
		at := e >> 32 & mask
		for table[at] != 0 {
			at = (at + 1) & mask
		}
		table[at] = e
	}
	t.table = table
}

// Value returns the bytes of an id; the caller must not change them.
func (t *Table) Value(id uint32) []byte { return t.arena[t.bounds[id]:t.bounds[id+1]] }

// Clone makes an independent copy.
func (t *Table) Clone() *Table {
	return &Table{bounds: slices.Clone(t.bounds), arena: slices.Clone(t.arena), table: slices.Clone(t.table)}
}

// View returns the values so far. It shares the memory of the table and never changes.
func (t *Table) View() View { return View{bounds: t.bounds, arena: t.arena} }

// View holds the values of a table at one moment, by id. The zero value is empty.
type View struct {
	bounds []uint64
	arena  []byte
}

// Len is the number of ids, the two fixed ones included.
func (v View) Len() int { return max(0, len(v.bounds)-1) }

// Bytes returns the value of an id. The caller must not change it.
func (v View) Bytes(id uint32) []byte {
	end := v.bounds[id+1]
	return v.arena[v.bounds[id]:end:end]
}
