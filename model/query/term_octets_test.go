package query

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/model/ipaddr"
)

func TestPartsOfAddressesAreFoundByTheirNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	found := 0
	for _, pattern := range []string{"10.0.2", "10.", ".10", ".", "7", "25", "1.1", "0.0.0.0", "10.0.2.7", "1..2", "..", "1.2.3.4.5", "256", "1000", "*7", "*.7", "10*", "10.*", "*0.2*", "1.1*", "*1.1", "00", "01.1"} {
		p := partOf(pattern)
		if p == nil {
			t.Fatalf("%s is no part of an address", pattern)
		}
		o, text := newOctets(p), strings.Trim(pattern, "*")
		for range 4000 {
			n := r.Uint32()
			if r.IntN(2) == 0 {
				n = uint32([]int{0, 1, 10, 100}[r.IntN(4)])<<24 | uint32(r.IntN(3))<<16 | uint32(r.IntN(12))<<8 | uint32(r.IntN(30))
			}
			address := ipaddr.AddrOfFour(n).String()
			want := strings.Contains(address, text) && (!p.first || strings.HasPrefix(address, text)) && (!p.last || strings.HasSuffix(address, text))
			if got := o.has(n) == 1; got != want {
				t.Fatalf("%s holds %s: %v, want %v", address, pattern, got, want)
			}
			if want {
				found++
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d addresses hold a part", found)
	}
	for _, pattern := range []string{"", "*", "db8", "10.*.2", "10.0.2.?", "1 0"} {
		if p := partOf(pattern); p != nil {
			t.Errorf("%q is taken for a part of an address", pattern)
		}
	}
}
