package rawjson

import (
	"bytes"
	"slices"
)

// keyIndex finds the keys of one large object. It keeps its memory for the next one.
type keyIndex struct {
	mark  int      // the index of the object's first key on the stack
	slots []uint32 // open addressing: the place of a key after mark, plus one, or 0; its length is a power of two
	n     int      // the keys in it
}

// addIndexed notes a key of an object with many keys, and reports whether it was there already.
func (k *keySet) addIndexed(b []byte, s keyRange, text []byte, mark int) (duplicate bool) {
	if n := len(k.indexes); n == 0 || k.indexes[n-1].mark != mark {
		k.index(b, mark)
	}
	i := len(k.ranges)
	k.ranges = append(k.ranges, s)
	if k.insert(&k.indexes[len(k.indexes)-1], b, i, text) {
		return false
	}
	k.ranges = k.ranges[:i] // a key that comes a million times needs no more memory than once
	return true
}

// index begins the index of an object whose first keys are on the stack.
func (k *keySet) index(b []byte, mark int) {
	n := len(k.indexes)
	k.indexes = slices.Grow(k.indexes, 1)[:n+1]
	x := &k.indexes[n]
	x.mark, x.n, x.slots = mark, 0, cleared(x.slots, 4*manyKeys)
	for i := mark; i < len(k.ranges); i++ {
		text := k.text(b, k.ranges[i], &k.other)
		k.insert(x, b, i, text)
	}
}

// cleared returns n zeros, in the memory of slots if they fit.
func cleared(slots []uint32, n int) []uint32 {
	if cap(slots) < n {
		return make([]uint32, n)
	}
	clear(slots[:n])
	return slots[:n]
}

// insert adds the key at place i of the stack to x, unless a key with the same text is there.
func (k *keySet) insert(x *keyIndex, b []byte, i int, text []byte) bool {
	hash, mask := k.ranges[i].hash, uint64(len(x.slots)-1)
	at := hash & mask
	for ; x.slots[at] != 0; at = (at + 1) & mask {
		if o := k.ranges[x.mark+int(x.slots[at])-1]; o.hash == hash && bytes.Equal(k.text(b, o, &k.other), text) {
			return false
		}
	}
	x.slots[at] = uint32(i-x.mark) + 1
	if x.n++; 2*x.n > len(x.slots) {
		k.grow(x)
	}
	return true
}

// grow doubles the slots of an index.
func (k *keySet) grow(x *keyIndex) {
	x.slots = cleared(x.slots, 2*len(x.slots))
	mask := uint64(len(x.slots) - 1)
	for i, key := range k.ranges[x.mark:] {
		at := key.hash & mask
		for x.slots[at] != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = uint32(i) + 1
	}
}
