package model

import "math/bits"

// rowSet is a set of row ids. Its shards grow one at a time, so that growing is quick and copies little memory: an id costs 20 to
// 30 bytes. The zero value is empty.
type rowSet struct {
	shards [1 << shardBits]rowShard
}

const shardBits = 6

// rowShard holds ids by open addressing; a zero id is a free place.
type rowShard struct {
	ids  []RowID
	used int
}

// add puts an id into the set and reports whether it is new. Zero is always new.
func (s *rowSet) add(id RowID) bool {
	if id == (RowID{}) {
		return true
	}
	h := id.hash()
	shard := &s.shards[h>>(64-shardBits)]
	if 5*shard.used >= 4*len(shard.ids) {
		shard.grow()
	}
	return shard.add(id, h)
}

// hash spreads ids that have much in common, differently in each run of the program.
func (id RowID) hash() uint64 {
	return fold(id[0]^checksumKeys[0], id[1]^checksumKeys[1])
}

func (s *rowShard) add(id RowID, hash uint64) bool {
	at, _ := bits.Mul64(hash<<shardBits, uint64(len(s.ids)))
	for s.ids[at] != (RowID{}) {
		if s.ids[at] == id {
			return false
		}
		if at++; at == uint64(len(s.ids)) {
			at = 0
		}
	}
	s.ids[at] = id
	s.used++
	return true
}

func (s *rowShard) grow() {
	old := s.ids
	s.ids, s.used = make([]RowID, max(16, len(old)+len(old)/2)), 0
	for _, id := range old {
		if id != (RowID{}) {
			s.add(id, id.hash())
		}
	}
}

// markDuplicates flags the rows whose id is already in the log. The caller holds mu.
func (l *Log) markDuplicates(b *Batch) {
	if len(b.RowIDs) == 0 {
		return
	}
	if len(b.RowIDs) != b.Rows() {
		panic("model: a batch has not one row id for each row")
	}
	for i, id := range b.RowIDs {
		if !l.seen.add(id) {
			b.flags[i] |= FlagDuplicate
		} else {
			b.flags[i] &^= FlagDuplicate // left over from another log that the batch was appended to
		}
	}
}
