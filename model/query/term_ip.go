package query

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
)

// addressTest passes addresses in a block such as 192.0.2.0/24, or equal to an address however it is written. If text is
// neither, it passes addresses that contain it.
func addressTest(text string) (t test, msg string) {
	if strings.Contains(text, "/") {
		block, err := netip.ParsePrefix(text)
		if err != nil {
			return t, fmt.Sprintf("%s is no block of addresses such as 192.0.2.0/24 or 2001:db8::/32", text)
		}
		block = unmapBlock(block)
		return test{bare: never, text: func(b []byte) bool {
			a, ok := parseAddress(b)
			return ok && block.Contains(a)
		}}, ""
	}
	want, ok := parseAddress([]byte(text))
	if !ok {
		return containsTest(text), ""
	}
	return test{bare: never, text: func(b []byte) bool {
		a, ok := parseAddress(b)
		return ok && a == want
	}}, ""
}

// parseAddress reads an address. It drops zones and a trailing dot, both seen in real rows, and turns IPv4 in IPv6 into IPv4.
func parseAddress(b []byte) (netip.Addr, bool) {
	b = bytes.TrimSuffix(bytes.TrimSpace(b), []byte("."))
	if len(b) > 64 {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(string(b))
	return a.Unmap().WithZone(""), err == nil
}

// unmapBlock turns a block of IPv4 addresses mapped into IPv6 into the IPv4 block.
func unmapBlock(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked()
}
