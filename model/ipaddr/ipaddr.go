// Package ipaddr reads the internet addresses that stand in a text, however the text writes them: alone, with a port, in
// brackets, with a zone, several in one string, within other words. Validation, queries, counts and the interface all read
// addresses here, so that they agree. It resolves no names.
package ipaddr

import (
	"bytes"
	"net/netip"
	"slices"

	"pawprint/model/rawjson"
)

// Each calls visit with the addresses in a text, in their order, until visit returns true; found reports that it did. A text in
// which the same address stands twice yields it twice.
//
// A port, brackets, quotes, a zone and the length of a network around an address are dropped: fe80::1%eth0 yields fe80::1, and
// 10.0.0.0/8 yields 10.0.0.0. IPv4 within IPv6 yields the IPv4 address. What only resembles an address yields nothing: 10.0.1.300,
// 1.2.3.4.5, 10.0.0.07, 10:41:00. The text may be JSON.
func Each(text []byte, visit func(a netip.Addr) bool) (found bool) {
	if len(text) > 0 && (text[0] == '[' || text[0] == '{') && bytes.IndexByte(text, '\\') >= 0 {
		text = rawjson.Unquote(nil, text) // escapes may hide a digit
	}
	for i := 0; i < len(text); {
		if !runByte[text[i]] {
			i++
			continue
		}
		end := i + 1
		for end < len(text) && runByte[text[end]] {
			end++
		}
		if run(text, i, end, visit) {
			return true
		}
		i = end
	}
	return false
}

// Things appends what a text stands for when texts are compared by address: the different addresses in it, each in its usual form, or
// the text itself if no address is in it.
func Things(dst [][]byte, text []byte) [][]byte {
	from := len(dst)
	Each(text, func(a netip.Addr) bool {
		usual := a.AppendTo(nil)
		if !slices.ContainsFunc(dst[from:], func(known []byte) bool { return bytes.Equal(known, usual) }) {
			dst = append(dst, usual)
		}
		return false
	})
	if len(dst) == from {
		dst = append(dst, text)
	}
	return dst
}

// Plain reports whether a text is one address and nothing else. It may have a zone.
func Plain(text []byte) bool {
	if _, ok := Four(text); ok {
		return true
	}
	if _, _, ok := Six(text); ok {
		return true
	}
	_, err := netip.ParseAddr(string(text)) // which allocates, but only for odd texts
	return err == nil
}

// runByte holds the bytes that addresses consist of.
var runByte = func() (table [256]bool) {
	for _, c := range "0123456789abcdefABCDEF:." {
		table[c] = true
	}
	return table
}()

// The shortest and longest texts of addresses: :: and an IPv6 address that ends in an IPv4 address.
const (
	shortest = len("::")
	longest  = len("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")
)

// run visits the addresses in text[i:end], a longest stretch of bytes that addresses consist of.
func run(text []byte, i, end int, visit func(a netip.Addr) bool) bool {
	r := text[i:end]
	if len(r) < shortest || bytes.IndexByte(r, '.') < 0 && bytes.IndexByte(r, ':') < 0 {
		return false
	}
	if a, ok := sixth(text, i, end); ok {
		return visit(a)
	}
	for at := i; at < end; {
		if !fourByte(text[at]) {
			at++
			continue
		}
		stop := at + 1
		for stop < end && fourByte(text[stop]) {
			stop++
		}
		if a, ok := fourth(text[at:stop]); ok && visit(a) {
			return true
		}
		at = stop
	}
	return false
}

// sixth reads text[i:end] as an IPv6 address. A letter or digit right beside it makes it part of a word, such as a::b in Aa::bz.
func sixth(text []byte, i, end int) (netip.Addr, bool) {
	r := bytes.TrimRight(text[i:end], ".")
	if bytes.HasSuffix(r, []byte(":")) && !bytes.HasSuffix(r, []byte("::")) {
		r = r[:len(r)-1]
	}
	if len(r) > longest || bytes.IndexByte(r, ':') == bytes.LastIndexByte(r, ':') || wordByte(text, i-1) || wordByte(text, end) {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(string(r))
	return a.Unmap(), err == nil
}

// fourth reads digits and dots as an IPv4 address. A dot at either end belongs to the sentence around it.
func fourth(b []byte) (netip.Addr, bool) {
	b = bytes.Trim(b, ".")
	if len(b) < len("0.0.0.0") || len(b) > len("255.255.255.255") {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(string(b))
	return a, err == nil
}

func fourByte(c byte) bool { return c-'0' < 10 || c == '.' }

// wordByte reports whether text[i] is a letter or a digit.
func wordByte(text []byte, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	c := text[i]
	return c-'0' < 10 || c|0x20-'a' < 26 || c == '_' || c >= 0x80
}
