package model

import (
	"math"
	"math/bits"
)

// rowTable finds a row by its RowID, which the row's segment keeps. Its shards grow one at a time, so that growing is quick and
// copies little memory: a row costs five to seven bytes. The zero value is empty.
type rowTable struct {
	shards [1 << shardBits]rowShard
}

const shardBits = 6

// rowShard holds rows by open addressing.
type rowShard struct {
	rows []Row // noRow is a free place
	used int
}

// noRow is no row: there are fewer rows in any log.
const noRow Row = math.MaxUint32

// add puts a row with an id into the table, unless there is one of the same id: then it returns that, which the caller may
// replace by another row of this id.
func (t *rowTable) add(s *Snapshot, row Row) (known *Row, ok bool) {
	id := s.RowID(row)
	h := id.hash()
	shard := &t.shards[h>>(64-shardBits)]
	if 5*shard.used >= 4*len(shard.rows) {
		shard.grow(s)
	}
	return shard.add(s, id, h, row)
}

// hash spreads ids that have much in common, differently in each run of the program.
func (id RowID) hash() uint64 {
	return fold(id[0]^checksumKeys[0], id[1]^checksumKeys[1])
}

func (t *rowShard) add(s *Snapshot, id RowID, hash uint64, row Row) (known *Row, ok bool) {
	at, _ := bits.Mul64(hash<<shardBits, uint64(len(t.rows)))
	for t.rows[at] != noRow {
		if s.RowID(t.rows[at]) == id {
			return &t.rows[at], true
		}
		if at++; at == uint64(len(t.rows)) {
			at = 0
		}
	}
	t.rows[at] = row
	t.used++
	return nil, false
}

func (t *rowShard) grow(s *Snapshot) {
	old := t.rows
	t.rows, t.used = make([]Row, max(16, len(old)+len(old)/2)), 0
	for i := range t.rows {
		t.rows[i] = noRow
	}
	for _, r := range old {
		if r != noRow {
			id := s.RowID(r)
			t.add(s, id, id.hash(), r)
		}
	}
}
