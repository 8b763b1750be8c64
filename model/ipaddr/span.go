package ipaddr

import (
	"net/netip"
	"strconv"
	"strings"
)

// Span is the addresses from First to Last, both included: a single address, a network, or any range. Both are of the same
// family, without zones, and IPv4 is never written within IPv6. The zero value holds no address.
type Span struct{ First, Last netip.Addr }

// ParseSpan reads an address, which may stand in brackets, a network such as 192.0.2.0/24, or a range such as 10.0.0.5-10.0.0.9 or
// 10.0.0.5-9. A network need not be written with its first address. ok is false for any other text, and for a range that runs backwards.
func ParseSpan(text string) (s Span, ok bool) {
	if first, last, is := strings.Cut(text, "-"); is {
		return between(strings.TrimSpace(first), strings.TrimSpace(last))
	}
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		text = text[1 : len(text)-1]
	}
	if p, err := netip.ParsePrefix(text); err == nil {
		return network(p), true
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(text, "."))
	if err != nil {
		return Span{}, false
	}
	a = a.Unmap().WithZone("")
	return Span{a, a}, true
}

// Range reports whether a text is two addresses with a dash between them, though the first may not be before the last.
func Range(text string) bool {
	first, last, is := strings.Cut(text, "-")
	_, okFirst := netip.ParseAddr(strings.TrimSpace(first))
	_, okLast := netip.ParseAddr(strings.TrimSpace(last))
	return is && okFirst == nil && okLast == nil
}

// between returns the addresses of a range. The last may be the last number of an IPv4 address alone.
func between(first, last string) (s Span, ok bool) {
	a, err := netip.ParseAddr(first)
	if err != nil {
		return Span{}, false
	}
	if n, err := strconv.ParseUint(last, 10, 8); err == nil && a.Unmap().Is4() {
		last = first[:strings.LastIndexByte(first, '.')+1] + strconv.Itoa(int(n))
	}
	b, err := netip.ParseAddr(last)
	if err != nil {
		return Span{}, false
	}
	s = Span{a.Unmap().WithZone(""), b.Unmap().WithZone("")}
	return s, s.First.BitLen() == s.Last.BitLen() && s.First.Compare(s.Last) <= 0
}

// network returns the addresses of a network. A network of IPv4 addresses within IPv6 is one of IPv4.
func network(p netip.Prefix) Span {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	p = p.Masked()
	b := p.Addr().AsSlice()
	for bit := p.Bits(); bit < 8*len(b); bit++ {
		b[bit/8] |= 0x80 >> (bit % 8)
	}
	last, _ := netip.AddrFromSlice(b)
	return Span{p.Addr(), last}
}

// Single reports whether the span is one address.
func (s Span) Single() bool { return s.First == s.Last && s.First.IsValid() }

// Holds reports whether an address from Each is in the span.
func (s Span) Holds(a netip.Addr) bool {
	return a.BitLen() == s.First.BitLen() && s.First.Compare(a) <= 0 && a.Compare(s.Last) <= 0
}

// In reports whether any address in a text is in the span.
func (s Span) In(text []byte) bool {
	if a, ok := Usual(text); ok {
		return s.Holds(a)
	}
	return Each(text, s.Holds)
}
