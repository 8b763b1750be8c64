package query

import (
	"fmt"
	"net/netip"
	"strings"

	"pawprint/model/ipaddr"
)

// addressTest passes values that hold an address in a network such as 192.0.2.0/24, or one address, however they write it. If text
// is neither, it passes values that contain it, or hold an address that does in its usual form.
func addressTest(text string) (t test, msg string) {
	if s, ok := ipaddr.ParseSpan(text); ok {
		return spanTest(s), ""
	}
	if ipaddr.Range(text) {
		return t, fmt.Sprintf("%s is not a range of addresses: the first is not before the last, or one is IPv4 and the other IPv6", text)
	}
	if strings.Contains(text, "/") {
		return t, fmt.Sprintf("%s is not a block of addresses such as 192.0.2.0/24 or 2001:db8::/32", text)
	}
	t = usualTest(containsTest(text))
	t.part = partOf(text)
	return t, ""
}

// equalAddressTest passes values that hold exactly that address, or an address in that network, and the value with exactly that text.
func equalAddressTest(text string) test {
	equal := test{text: func(b []byte) bool { return string(b) == text }, bare: equalsBare(text)}
	if s, ok := ipaddr.ParseSpan(text); ok {
		t := either(spanTest(s), equal)
		t.span = &s // such a text that equals the address is in the span as well
		return t
	}
	equal.hints = bareHints(text, hintsOf([]string{text}, false))
	return equal
}

// heldText is containsTest for a text that may stand for addresses. An address passes only where the whole of it stands, so
// that 192.0.2.7 does not find 192.0.2.70. A network also passes where its own text stands.
func heldText(text string) test {
	s, ok := ipaddr.ParseSpan(text)
	switch {
	case !ok:
		return containsTest(text)
	case s.Single():
		return spanTest(s)
	}
	return either(spanTest(s), containsTest(text))
}

// spanTest passes texts with an address in a span. It looks into lists and objects.
func spanTest(s ipaddr.Span) test {
	return test{deep: true, text: s.In, bare: never, hints: spanHints(s), span: &s}
}

// spanHints returns hints for texts with an address in a span: what all IPv4 addresses in it begin with, and the mark of IPv4
// within IPv6. IPv6 has too many spellings.
func spanHints(s ipaddr.Span) []needle {
	if !s.First.Is4() {
		return nil
	}
	first, last := strings.SplitAfter(s.First.String(), "."), strings.SplitAfter(s.Last.String(), ".")
	n := 0
	for n < len(first) && first[n] == last[n] {
		n++
	}
	if n == 0 {
		return nil
	}
	return []needle{newNeedle(strings.Join(first[:n], ""), false), newNeedle("ffff", true)}
}

// usualTest also passes texts with an address whose usual form passes t.
func usualTest(t test) test {
	match := t.text
	t.text = func(text []byte) bool {
		if match(text) {
			return true
		}
		if _, usual := ipaddr.Usual(text); usual {
			return false // match has seen the usual form
		}
		return ipaddr.Each(text, func(a netip.Addr) bool { return match([]byte(a.String())) })
	}
	t.hints = nil
	return t
}

// either passes what one of two tests passes.
func either(a, b test) test {
	return test{deep: a.deep, text: func(text []byte) bool { return a.text(text) || b.text(text) },
		bare: func(text []byte) bool { return a.bare(text) || b.bare(text) }, hints: tests{a, b}.hints()}
}
