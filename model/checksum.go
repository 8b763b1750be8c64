package model

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// checksumKeys differ in each run of the program, so that nobody can construct other bytes with the same sum.
var checksumKeys = func() (keys [8]uint64) {
	seed := maphash.MakeSeed()
	for i := range keys {
		keys[i] = maphash.Comparable(seed, i)
	}
	return keys
}()

// Checksum is the sum for Batch.Sum: different in each run of the program, never 0. It folds products of keyed words in four
// lanes, which is several times as fast as hash/maphash on long inputs.
func Checksum(b []byte) uint64 {
	k := &checksumKeys
	n := uint64(len(b))
	l0, l1, l2, l3 := k[0], k[1], k[2], k[3]
	for ; len(b) >= 64; b = b[64:] {
		w := b[:64:64]
		l0 = fold(binary.LittleEndian.Uint64(w)^k[4], binary.LittleEndian.Uint64(w[8:])^l0)
		l1 = fold(binary.LittleEndian.Uint64(w[16:])^k[5], binary.LittleEndian.Uint64(w[24:])^l1)
		l2 = fold(binary.LittleEndian.Uint64(w[32:])^k[6], binary.LittleEndian.Uint64(w[40:])^l2)
		l3 = fold(binary.LittleEndian.Uint64(w[48:])^k[7], binary.LittleEndian.Uint64(w[56:])^l3)
	}
	for ; len(b) >= 8; b = b[8:] {
		l0 = fold(binary.LittleEndian.Uint64(b)^k[4], l0^k[5])
	}
	for _, c := range b {
		l1 = fold(uint64(c)^k[6], l1^k[7])
	}
	return fold(fold(l0^n, l1^k[4])^l2, l3^k[5]) | 1
}

// fold multiplies to 128 bits and folds the halves.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}
