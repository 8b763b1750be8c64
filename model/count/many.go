package count

import (
	"encoding/binary"
	"sync/atomic"

	"pawprint/model"
)

// ByMany is the key of values that are read from raw lines, where a line may hold several: an event counts once for each different
// value. make is as for ByLine, but what it returns are values that AppendValue appended.
func ByMany(make func() LineValue) Key { return Key{kind: keyLine, line: make, many: true} }

// AppendValue appends a value to the values of a line; see ByMany.
func AppendValue(dst, value []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(value)))
	return append(dst, value...)
}

// eachValue calls visit for the different values that AppendValue appended.
func eachValue(all []byte, visit func(value []byte)) {
	seen := map[string]bool{}
	for len(all) > 0 {
		n, head := binary.Uvarint(all)
		value := all[head : head+int(n)]
		all = all[head+int(n):]
		if !seen[string(value)] {
			seen[string(value)] = true
			visit(value)
		}
	}
}

// linesPerStep is how many lines are read between two reports of progress.
const linesPerStep = 1 << 10

// Reporting returns the key that adds to read as it reads lines, in steps. Keys that read none report nothing.
func (k Key) Reporting(read *atomic.Int64) Key {
	inner := k.line
	if inner == nil {
		return k
	}
	k.line = func() LineValue {
		value, n := inner(), 0
		return func(dst, line []byte) ([]byte, bool) {
			if n++; n%linesPerStep == 0 {
				read.Add(linesPerStep)
			}
			return value(dst, line)
		}
	}
	return k
}

// ReadsLines reports whether counting by the key reads raw lines, which takes long on a large log.
func (k Key) ReadsLines() bool { return k.line != nil }

// spreads reports whether an event may have several values.
func (k *Key) spreads() bool { return k.kind == keyAddresses || k.many }

// eachPart calls visit for the values that the text of an id stands for.
func (k *Key) eachPart(text []byte, visit func(value []byte)) {
	if k.many {
		eachValue(text, visit)
		return
	}
	for _, value := range thingsIn(text) {
		visit(value)
	}
}

// partsOf returns the facet's ids of the values of key k that an id of the counter stands for.
func (c *facetCounter) partsOf(k int, id uint32) []uint32 {
	key := &c.facet.keys[k]
	if !key.spreads() || id == model.IDAbsent {
		return []uint32{c.part(k, id)}
	}
	var parts []uint32
	key.eachPart(c.keys[k].text(id), func(value []byte) { parts = append(parts, c.facet.owned[k].ID(value)) })
	return parts
}
