package detail

import (
	"net/netip"
	"strings"

	"pawprint/model/ipaddr"
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

// addressNote returns the kinds of the addresses in a text and what stands around them, or a note that there is none.
func addressNote(text string) termsafe.Safe {
	if text == "" {
		return termsafe.Safe{}
	}
	found := addressesIn(text)
	if len(found) == 0 {
		return termsafe.Const("no address")
	}
	notes := make([]termsafe.Safe, len(found))
	for i, a := range found {
		notes[i] = termsafe.Concat(addressFamily(a, text), addressKind(a))
	}
	note := termsafe.Join(termsafe.Const(", "), notes...)
	switch {
	case len(found) > 1 || ipaddr.Plain([]byte(text)):
		return note
	case withPort(text):
		return termsafe.Concat(note, termsafe.Const(", with a port"))
	case strings.TrimSuffix(text, ".") != text && ipaddr.Plain([]byte(strings.TrimSuffix(text, "."))):
		return termsafe.Concat(note, termsafe.Const(", followed by a dot"))
	}
	return termsafe.Concat(note, termsafe.Const(", within other text"))
}

// maxAddressNotes is how many addresses of a text get a note.
const maxAddressNotes = 4

// addressesIn lists the first addresses in a text.
func addressesIn(text string) (found []netip.Addr) {
	ipaddr.Each([]byte(text), func(a netip.Addr) bool {
		found = append(found, a)
		return len(found) == maxAddressNotes
	})
	return found
}

func withPort(text string) bool {
	_, err := netip.ParseAddrPort(text)
	return err == nil
}

// addressFamily names the family of an address in a text, which may write IPv4 within IPv6.
func addressFamily(a netip.Addr, text string) termsafe.Safe {
	switch {
	case a.Is6():
		return termsafe.Const("IPv6 ")
	case strings.Contains(strings.ToLower(text), "ffff:"):
		return termsafe.Const("IPv4 within IPv6, ")
	}
	return termsafe.Const("IPv4 ")
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
	case len(steps) > 0 && steps[0].Key == "sourceIP", len(steps) == 1 && steps[0].Key == "XForwardedFor":
		return addressNote(n.Text.Raw())
	case len(steps) == 2 && steps[0].Key == "XForwardedFor":
		note := addressNote(n.Text.Raw())
		if steps[1].Index == 0 {
			note = termsafe.Concat(note, termsafe.Const(", the claimed client"))
		}
		if n.Text == b.doc.event.IP {
			note = termsafe.Concat(note, termsafe.Const(", the source"))
		}
		return note
	}
	return termsafe.Safe{}
}
