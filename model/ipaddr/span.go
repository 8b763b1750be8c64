package ipaddr

import (
	"net/netip"
	"strings"
)

// Span is the addresses from First to Last, both included: a single address, a network, or any range. Both are of the same
// family, without zones, and IPv4 is never written within IPv6. The zero value holds no address.
type Span struct{ First, Last netip.Addr }

// ParseSpan reads an address, which may stand in brackets, or a network such as 192.0.2.0/24. A network need not be written with
// its first address. ok is false for any other text.
func ParseSpan(text string) (s Span, ok bool) {
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
func (s Span) In(text []byte) bool { return Each(text, s.Holds) }
