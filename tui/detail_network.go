package tui

import (
	"net/netip"
	"strings"

	"pawprint/model/line"
	"pawprint/tui/termsafe"
)

// addressRanges names the special-purpose address ranges, which belong to nobody on the internet.
//
// Source: the registries of special-purpose addresses for IPv4 and IPv6.
var addressRanges = []struct {
	prefix netip.Prefix
	name   termsafe.Safe
}{
	{netip.MustParsePrefix("0.0.0.0/8"), termsafe.Const("unspecified")},
	{netip.MustParsePrefix("10.0.0.0/8"), termsafe.Const("private")},
	{netip.MustParsePrefix("100.64.0.0/10"), termsafe.Const("shared by a carrier")},
	{netip.MustParsePrefix("127.0.0.0/8"), termsafe.Const("loopback")},
	{netip.MustParsePrefix("169.254.0.0/16"), termsafe.Const("link-local")},
	{netip.MustParsePrefix("172.16.0.0/12"), termsafe.Const("private")},
	{netip.MustParsePrefix("192.0.2.0/24"), termsafe.Const("for documentation")},
	{netip.MustParsePrefix("192.168.0.0/16"), termsafe.Const("private")},
	{netip.MustParsePrefix("198.18.0.0/15"), termsafe.Const("for benchmarks")},
	{netip.MustParsePrefix("198.51.100.0/24"), termsafe.Const("for documentation")},
	{netip.MustParsePrefix("203.0.113.0/24"), termsafe.Const("for documentation")},
	{netip.MustParsePrefix("224.0.0.0/4"), termsafe.Const("multicast")},
	{netip.MustParsePrefix("240.0.0.0/4"), termsafe.Const("reserved")},
	{netip.MustParsePrefix("::/128"), termsafe.Const("unspecified")},
	{netip.MustParsePrefix("::1/128"), termsafe.Const("loopback")},
	{netip.MustParsePrefix("2001:db8::/32"), termsafe.Const("for documentation")},
	{netip.MustParsePrefix("3fff::/20"), termsafe.Const("for documentation")},
	{netip.MustParsePrefix("fc00::/7"), termsafe.Const("private")},
	{netip.MustParsePrefix("fe80::/10"), termsafe.Const("link-local")},
	{netip.MustParsePrefix("ff00::/8"), termsafe.Const("multicast")},
}

// addressNote returns the kind of an address, or a note that the text is not one.
func addressNote(text string) termsafe.Safe {
	if text == "" {
		return termsafe.Safe{}
	}
	odd := termsafe.Safe{}
	a, err := netip.ParseAddr(text)
	if err != nil {
		if p, err := netip.ParseAddrPort(text); err == nil {
			a, odd = p.Addr(), termsafe.Const(", with a port")
		} else if a, err = netip.ParseAddr(strings.TrimSuffix(text, ".")); err == nil {
			odd = termsafe.Const(", with a dot behind it")
		} else {
			return termsafe.Const("no address")
		}
	}
	family := termsafe.Const("IPv4 ")
	switch {
	case a.Is4In6():
		family, a = termsafe.Const("IPv4 within IPv6, "), a.Unmap()
	case a.Is6():
		family = termsafe.Const("IPv6 ")
	}
	return termsafe.Concat(family, addressKind(a.WithZone("")), odd)
}

func addressKind(a netip.Addr) termsafe.Safe {
	for i := range addressRanges {
		if addressRanges[i].prefix.Contains(a) {
			return addressRanges[i].name
		}
	}
	return termsafe.Const("public")
}

// networkNote returns a note on the kinds of the addresses and how they relate to each other.
func (b *builder) networkNote(id string, n *line.Node) termsafe.Safe {
	if n.Kind != line.StringKind {
		return termsafe.Safe{}
	}
	steps := stepsOf(id)
	switch {
	case len(steps) == 1 && steps[0].Key == "sourceIP":
		return addressNote(n.Text.Raw())
	case len(steps) == 2 && steps[0].Key == "XForwardedFor":
		note := addressNote(n.Text.Raw())
		if steps[1].Index == 0 {
			note = termsafe.Concat(note, termsafe.Const(", the client as it says"))
		}
		if n.Text == b.doc.event.IP {
			note = termsafe.Concat(note, termsafe.Const(", the source"))
		}
		return note
	}
	return termsafe.Safe{}
}
