package ipaddr

import (
	"encoding/binary"
	"net/netip"
)

// Usual reads a text that is one address in its usual form and nothing else: then it is all that Each finds, and it is written as the
// text. ok may be false for such a text.
func Usual(text []byte) (a netip.Addr, ok bool) {
	if n, ok := Four(text); ok {
		return AddrOfFour(n), true
	}
	n, usual, _ := Six(text)
	return AddrOfSix(n), usual
}

// AddrOfFour returns the address whose number Four returned.
func AddrOfFour(number uint32) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], number)
	return netip.AddrFrom4(b)
}

// AddrOfSix returns the address whose number Six returned.
func AddrOfSix(number [4]uint32) netip.Addr {
	var b [16]byte
	for i, n := range number {
		binary.BigEndian.PutUint32(b[4*i:], n)
	}
	return netip.AddrFrom16(b)
}
