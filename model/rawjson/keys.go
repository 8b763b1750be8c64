package rawjson

import (
	"bytes"
	"encoding/binary"
)

// keySet finds duplicate keys in an object, without a map for objects of ordinary size. The open objects share one stack: the keys
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

// keyIndex holds the keys of one large object.
type keyIndex struct {
	mark int // the index of the object's first key on the stack
	keys map[string]struct{}
}

// manyKeys is the number of keys in one object from which a map is used: it is cheaper than comparing hashes, and keys that were
// made to collide cannot slow it down.
const manyKeys = 32

func (k *keySet) reset() { k.ranges, k.indexes = k.ranges[:0], k.indexes[:0] }

func (k *keySet) mark() int { return len(k.ranges) }

func (k *keySet) release(mark int) {
	k.ranges = k.ranges[:mark]
	if len(k.indexes) > 0 {
		k.releaseIndex(mark)
	}
}

func (k *keySet) releaseIndex(mark int) {
	if n := len(k.indexes); n > 0 && k.indexes[n-1].mark >= mark {
		k.indexes = k.indexes[:n-1]
	}
}

// add notes the key b[start:end] of the object whose keys begin at mark, and reports whether it was there already. Escaped keys
// are compared decoded.
func (k *keySet) add(b []byte, start, end int, escaped bool, mark int) bool {
	s := keyRange{0, start, end, escaped}
	text := b[start:end]
	if escaped {
		text = k.text(b, s, &k.decoded)
	}
	if len(k.ranges)-mark >= manyKeys {
		return k.addIndexed(b, s, text, mark)
	}
	if n := end - start; n < 8 && start+8 <= len(b) && !escaped {
		s.hash = binary.LittleEndian.Uint64(b[start:])<<(64-8*n) ^ uint64(n)
	} else {
		s.hash = hash(text)
	}
	for i := mark; i < len(k.ranges); i++ {
		if k.ranges[i].hash == s.hash && bytes.Equal(k.text(b, k.ranges[i], &k.other), text) {
			k.ranges = append(k.ranges, s)
			return true
		}
	}
	k.ranges = append(k.ranges, s)
	return false
}

func (k *keySet) addIndexed(b []byte, s keyRange, text []byte, mark int) bool {
	n := len(k.indexes)
	if n == 0 || k.indexes[n-1].mark != mark {
		index := make(map[string]struct{}, 4*manyKeys)
		for _, o := range k.ranges[mark:] {
			index[string(k.text(b, o, &k.other))] = struct{}{}
		}
		k.indexes = append(k.indexes, keyIndex{mark, index})
		n++
	}
	index := k.indexes[n-1].keys
	_, duplicate := index[string(text)]
	if !duplicate {
		index[string(text)] = struct{}{}
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
		return (first*0x9e3779b97f4a7c15 ^ last*0xc2b2ae3d27d4eb4f) + uint64(n)
	}
	var w [8]byte
	copy(w[8-n:], t)
	return binary.LittleEndian.Uint64(w[:]) ^ uint64(n)
}

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
