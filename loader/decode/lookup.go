package decode

import (
	"bytes"
	"encoding/binary"

	"pawprint/model"
)

// lookup finds the ids of the values of one column. Values of an audit log repeat, so most ids come from a small cache, which
// is cheaper than the dictionary.
type lookup struct {
	dict     *model.Vocabulary
	column   model.Column
	cache    [256]uint32
	verdicts []uint8 // by id: 0 not checked yet, 1 good, 2 bad
}

func slot(value []byte) uint8 {
	const odd = 0x9e3779b97f4a7c15
	n := len(value)
	w := uint64(n)
	if n < 8 {
		for _, c := range value {
			w = w<<8 | uint64(c)
		}
		return uint8((w * odd) >> 56)
	}
	// Long values often begin and end alike, so words from the middle are hashed too.
	w += binary.LittleEndian.Uint64(value) + 3*binary.LittleEndian.Uint64(value[n-8:])
	if n >= 32 {
		w += 5*binary.LittleEndian.Uint64(value[n/2-4:]) + 7*binary.LittleEndian.Uint64(value[n/4:]) + 9*binary.LittleEndian.Uint64(value[3*n/4-8:])
	}
	return uint8((w * odd) >> 56)
}

func (l *lookup) id(value []byte) uint32 {
	at := &l.cache[slot(value)]
	if *at != 0 && bytes.Equal(l.dict.Value(l.column, *at), value) {
		return *at
	}
	*at = l.dict.ID(l.column, value)
	return *at
}

// verdict reports whether the value of an id is good; check is called once for each value.
func (l *lookup) verdict(id uint32, check func([]byte) bool) bool {
	if int(id) >= len(l.verdicts) {
		l.verdicts = append(l.verdicts, make([]uint8, int(id)+64-len(l.verdicts))...)
	}
	if l.verdicts[id] == 0 {
		l.verdicts[id] = 2
		if check(l.dict.Value(l.column, id)) {
			l.verdicts[id] = 1
		}
	}
	return l.verdicts[id] == 1
}
