package rawjson

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// keySet finds duplicate keys in an object, without allocating once its buffers have grown. The open objects share one stack: the keys
// of the innermost one are on top.
type keySet struct {
	ranges  []keyRange
	indexes []keyIndex // of the open objects with many keys, the innermost last
	decoded []byte
	other   []byte
}

type keyRange struct {
	hash       uint64
	start, end int
	escaped    bool
}

// manyKeys is the number of keys in one object from which an index is used.
const manyKeys = 32

func (k *keySet) reset() { k.ranges, k.indexes = k.ranges[:0], k.indexes[:0] }

// release forgets the keys of the innermost object.
func (k *keySet) release(o *frame) {
	k.ranges = k.ranges[:o.keys]
	if n := len(k.indexes); n > 0 && k.indexes[n-1].mark >= o.keys {
		k.indexes = k.indexes[:n-1]
	}
}

// add notes the key b[start:end] of the innermost object, and reports whether it was there already. Escaped keys are compared decoded.
func (k *keySet) add(b []byte, start, end int, escaped bool, o *frame) bool {
	s := keyRange{0, start, end, escaped}
	s.hash = hash(k.text(b, s, &k.decoded))
	if bit := uint64(1) << (s.hash >> 58); o.seen&bit == 0 {
		o.seen |= bit
		k.ranges = append(k.ranges, s)
		return false
	}
	return k.compare(b, s, o)
}

// compare adds a key that may have been there already.
func (k *keySet) compare(b []byte, s keyRange, o *frame) (duplicate bool) {
	text, mark := k.text(b, s, &k.decoded), o.keys
	if len(k.ranges)-mark >= manyKeys {
		o.seen = ^uint64(0) // from now on every key has to be compared
		return k.addIndexed(b, s, text, mark)
	}
	for i := mark; i < len(k.ranges) && !duplicate; i++ {
		duplicate = k.ranges[i].hash == s.hash && bytes.Equal(k.text(b, k.ranges[i], &k.other), text)
	}
	k.ranges = append(k.ranges, s)
	return duplicate
}

// shortKeyBytes is how long a key may be that is hashed as two words; a longer one is hashed as a text.
const shortKeyBytes = 16

// hash hashes a key. Nobody outside of this process can foresee it, so that keys that were made to collide slow nothing down.
func hash(t []byte) uint64 {
	n := len(t)
	switch {
	case n > shortKeyBytes:
		return maphash.Bytes(keySeed, t)
	case n >= 8:
		return short(binary.LittleEndian.Uint64(t), binary.LittleEndian.Uint64(t[n-8:])>>(8*(16-n)))
	}
	var w [8]byte
	copy(w[:], t)
	return short(binary.LittleEndian.Uint64(w[:]), 0)
}

// short hashes a key of up to shortKeyBytes: its first eight bytes and those after them, with zeros where it has ended.
func short(first, last uint64) uint64 {
	high, low := bits.Mul64(first^wordSeeds[0], last^wordSeeds[1])
	return high ^ low
}

var (
	keySeed   = maphash.MakeSeed()
	wordSeeds = [2]uint64{maphash.Bytes(keySeed, []byte("first")), maphash.Bytes(keySeed, []byte("last"))}
)

// text returns the key at s, decoded into buf if it is escaped.
func (k *keySet) text(b []byte, s keyRange, buf *[]byte) []byte {
	if !s.escaped {
		return b[s.start:s.end]
	}
	*buf = Unquote((*buf)[:0], b[s.start:s.end])
	return *buf
}

// Keys finds duplicate keys in an object that the caller walks. The zero value is ready; it is for one goroutine and one slice at a time.
type Keys struct {
	set    keySet
	object frame
}

// Reset forgets all keys.
func (k *Keys) Reset() { k.set.reset(); k.object.seen = 0 }

// Add notes the key b[start:end], as Scanner.String found it, and reports whether it was there already.
func (k *Keys) Add(b []byte, start, end int, info Info) bool {
	return k.set.add(b, start, end, info&Escaped != 0, &k.object)
}
