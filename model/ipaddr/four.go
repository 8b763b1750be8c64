package ipaddr

import (
	"encoding/binary"
	"math/bits"
)

const ones, highs = 0x0101010101010101, 0x8080808080808080

// Four reads a text that is one IPv4 address and nothing else, which can be written in one way only. It reads all of the text at once:
// where the parts of an address end cannot be predicted, so a loop over its bytes would cost more than they do.
func Four(text []byte) (address uint32, ok bool) {
	n := uint(len(text))
	if n < uint(len("0.0.0.0")) || n > uint(len("255.255.255.255")) {
		return 0, false
	}
	first, last := words(text)
	dots0, others0 := dots(first)
	dots1, others1 := dots(last)
	if others0 != highs<<(8*n) || others1 != highs<<(8*max(n, 8)-64) {
		return 0, false // a byte before the end is neither a digit nor a dot
	}
	return number(text, first, dots0|dots1<<8, n)
}

// FourAt reads the IPv4 address at the start of b, which is followed by a byte that is neither a digit nor a dot. length is 0 if there is
// none, or b has less than 16 bytes.
func FourAt(b []byte) (address uint32, length int) {
	if len(b) < 16 {
		return 0, 0
	}
	first, last := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	dots0, others0 := dots(first)
	dots1, others1 := dots(last)
	n := uint(bits.TrailingZeros64(others0)) / 8
	if others0 == 0 {
		n = 8 + uint(bits.TrailingZeros64(others1))/8
	}
	address, ok := number(b, first, (dots0|dots1<<8)&(1<<n-1), n)
	if !ok {
		n = 0
	}
	return address, int(n)
}

// number reads the digits and dots of text[:n]; first holds its first bytes. The bits of at say where the dots are.
func number(text []byte, first, at uint64, n uint) (address uint32, ok bool) {
	if bits.OnesCount64(at) != 3 {
		return 0, false
	}
	dot0 := uint(bits.TrailingZeros64(at))
	at &= at - 1
	dot1 := uint(bits.TrailingZeros64(at))
	dot2 := uint(bits.TrailingZeros64(at & (at - 1)))
	a, b := part(text, first, 0, dot0), part(text, first, dot0+1, dot1)
	c, d := part(text, first, dot1+1, dot2), part(text, first, dot2+1, n)
	if max(a, b, c, d) > most {
		return 0, false
	}
	return value(a)<<24 | value(b)<<16 | value(c)<<8 | value(d), true
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

// most holds the digits of 255, the largest part of an address.
const most = 0x020505

// part returns the digits of text[from:to], one in each byte, so that they compare as numbers. The result is more than most unless they are
// a number up to 255 without a leading zero. first holds the first bytes of the text.
func part(text []byte, first uint64, from, to uint) (digits uint32) {
	n, w := to-from, uint32(0)
	if to >= 4 {
		w = binary.LittleEndian.Uint32(text[to-4 : to])
	} else {
		w = uint32(first) << (32 - 8*to&31)
	}
	before := 32 - 8*n&31 // the bits of the bytes before the part
	w >>= before
	if n-1 >= 3 || n > 1 && w&0x0f == 0 {
		return most + 1
	}
	return bits.ReverseBytes32(w << before & 0x0f0f0f0f)
}

// value returns the number that three digits are.
func value(digits uint32) uint32 { return digits>>16*100 + digits>>8&0xff*10 + digits&0xff }
