package ipaddr

import (
	"encoding/binary"
	"math/bits"
)

const ones, highs = 0x0101010101010101, 0x8080808080808080

// four reports whether a text is an IPv4 address. It reads all of it at once: where the parts of an address end cannot be predicted, so a
// loop over its bytes would cost more than they do.
func four(b []byte) bool {
	n := uint(len(b))
	if n < uint(len("0.0.0.0")) || n > uint(len("255.255.255.255")) {
		return false
	}
	first, last := words(b)
	dots0, others0 := dots(first)
	dots1, others1 := dots(last)
	if others0 != highs<<(8*n) || others1 != highs<<(8*max(n, 8)-64) {
		return false // a byte that is neither a digit nor a dot, besides those after the end
	}
	at := dots0 | dots1<<8
	if bits.OnesCount64(at) != 3 {
		return false
	}
	dot0 := uint(bits.TrailingZeros64(at))
	at &= at - 1
	dot1 := uint(bits.TrailingZeros64(at))
	dot2 := uint(bits.TrailingZeros64(at & (at - 1)))
	return part(first, last, 0, dot0) && part(first, last, dot0+1, dot1) && part(first, last, dot1+1, dot2) && part(first, last, dot2+1, n)
}

// words returns the 7 to 15 bytes of b, with zeros after them.
func words(b []byte) (first, last uint64) {
	n := len(b)
	if n < 8 {
		return uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))<<(8*(n-4)), 0
	}
	return binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:]) >> (8 * (16 - n))
}

// dots returns a bit for each byte of w that is a dot, and marks the bytes that are neither a dot nor a digit.
func dots(w uint64) (where, others uint64) {
	dot, digit := w^'.'*ones, w^'0'*ones
	dot = ^(dot&^highs + (highs - ones) | dot) & highs         // a byte that is 0
	others = (digit&^highs + 0x76*ones | digit) & highs &^ dot // a byte that is above 9
	return dot >> 7 * 0x0102040810204080 >> 56, others
}

// part reports whether the digits from one byte to another are a number up to 255 without a zero before it.
func part(first, last uint64, from, to uint) bool {
	n := to - from
	// One of the shifts of last is too far, so that nothing remains of it.
	w := uint32(first>>(8*from) | last<<(64-8*from) | last>>(8*from-64))
	// With the last digit in the last of four bytes, numbers compare as their digits do.
	digits := bits.ReverseBytes32(w << (32 - 8*n) & 0x0f0f0f0f)
	return n-1 < 3 && digits <= 0x020505 && (n == 1 || w&0x0f != 0)
}
