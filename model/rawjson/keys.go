package rawjson

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// keySet finds duplicate keys in an object, without allocating once its buffers have grown. The open objects share one stack: the keys
// of the innermost one are on top.
type keySet struct {
	ranges  []keyRange
	seen    uint64     // a bit for each key of the innermost object, by its hash: a key whose bit is not set is new
	indexes []keyIndex // of the open objects with many keys, the innermost last
	decoded []byte
	other   []byte
}

type keyRange struct {
	hash       uint64
	start, end int
	escaped    bool
}

// manyKeys is the number of keys in one object from which an index is used. Its hashes cannot be foreseen, so that keys that were made
// to collide do not slow it down.
const manyKeys = 32

func (k *keySet) reset() { k.ranges, k.indexes, k.seen = k.ranges[:0], k.indexes[:0], 0 }

// open begins an object, and returns what release needs to return to the one around it.
func (k *keySet) open() (mark int, seen uint64) {
	mark, seen = len(k.ranges), k.seen
	k.seen = 0
	return mark, seen
}

// release ends the object that open began.
func (k *keySet) release(mark int, seen uint64) {
	k.ranges, k.seen = k.ranges[:mark], seen
	if n := len(k.indexes); n > 0 && k.indexes[n-1].mark >= mark {
		k.indexes = k.indexes[:n-1]
	}
}

// add notes the key b[start:end] of the object whose keys begin at mark, and reports whether it was there already. Escaped keys
// are compared decoded.
func (k *keySet) add(b []byte, start, end int, escaped bool, mark int) bool {
	s := keyRange{0, start, end, escaped}
	if n := end - start; n < 8 && n > 0 && start+8 <= len(b) && !escaped {
		s.hash = (binary.LittleEndian.Uint64(b[start:])<<((64-8*n)&63) ^ uint64(n)) * spread
	} else {
		s.hash = hash(k.text(b, s, &k.decoded))
	}
	bit := uint64(1) << (s.hash >> 58)
	if k.seen&bit == 0 && len(k.ranges)-mark < manyKeys {
		k.seen |= bit
		k.ranges = append(k.ranges, s)
		return false
	}
	return k.compare(b, s, mark)
}

// compare adds a key that may have been there already.
func (k *keySet) compare(b []byte, s keyRange, mark int) (duplicate bool) {
	text := k.text(b, s, &k.decoded)
	if len(k.ranges)-mark >= manyKeys {
		return k.addIndexed(b, s, text, mark)
	}
	for i := mark; i < len(k.ranges) && !duplicate; i++ {
		duplicate = k.ranges[i].hash == s.hash && bytes.Equal(k.text(b, k.ranges[i], &k.other), text)
	}
	k.ranges = append(k.ranges, s)
	return duplicate
}

// hash mixes the length with the first and the last eight bytes; equal hashes are settled by comparing the keys.
func hash(t []byte) uint64 {
	n := len(t)
	if n >= 8 {
		first := binary.LittleEndian.Uint64(t)
		last := binary.LittleEndian.Uint64(t[n-8:])
		return (first*spread ^ bits.RotateLeft64(last*0xc2b2ae3d27d4eb4f, 32)) + uint64(n)
	}
	var w [8]byte
	copy(w[8-n:], t)
	return (binary.LittleEndian.Uint64(w[:]) ^ uint64(n)) * spread
}

// spread is odd and looks random: a product with it depends in its upper bits on all bits of the other factor.
const spread = 0x9e3779b97f4a7c15

// text returns the key at s, decoded into buf if it is escaped.
func (k *keySet) text(b []byte, s keyRange, buf *[]byte) []byte {
	if !s.escaped {
		return b[s.start:s.end]
	}
	*buf = Unquote((*buf)[:0], b[s.start:s.end])
	return *buf
}

// Keys finds duplicate keys in an object that the caller walks. The zero value is ready; it is for one goroutine and one slice at a time.
type Keys struct{ set keySet }

// Reset forgets all keys.
func (k *Keys) Reset() { k.set.reset() }

// Add notes the key b[start:end], as Scanner.String found it, and reports whether it was there already.
func (k *Keys) Add(b []byte, start, end int, info Info) bool {
	return k.set.add(b, start, end, info&Escaped != 0, 0)
}
