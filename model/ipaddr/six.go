package ipaddr

import "math/bits"

// Six reads a text that is one IPv6 address, of groups of digits alone, and nothing else; it leaves other forms to netip. usual says
// that the text is the usual form of the address, so that the number stands for the text.
func Six(text []byte) (number [4]uint32, usual, ok bool) {
	groups, count, gap, usual := split(text)
	if (count == len(groups)) != (gap < 0) {
		return number, false, false
	}
	if gap >= 0 {
		left := groups
		clear(groups[gap:])
		copy(groups[gap+8-count:], left[gap:count])
	}
	for k := range number {
		number[k] = uint32(groups[2*k])<<16 | uint32(groups[2*k+1])
	}
	return number, usual && usualGap(&groups, gap, 8-count), true
}

// split reads the groups of an address. gap is the number of groups before ::, or -1 without one; usual means that all groups are in lower
// case and have no leading zeros. A text that is not an address has neither eight groups nor a gap.
func split(text []byte) (groups [8]uint16, count, gap int, usual bool) {
	gap, usual = -1, true
	for i := 0; i < len(text); count++ {
		switch {
		case gap < 0 && text[i] == ':' && i+1 < len(text) && text[i+1] == ':':
			gap = count
			if i += 2; i == len(text) {
				return groups, count, gap, usual
			}
		case i == 0:
		case text[i] == ':':
			i++
		default:
			return groups, 0, -1, false
		}
		start, value := i, uint16(0)
		for ; i < len(text) && i < start+4 && hexDigits[text[i]] != noDigit; i++ {
			digit := hexDigits[text[i]]
			value = value<<4 | uint16(digit&0x0f)
			usual = usual && digit < 16
		}
		if i == start || count == len(groups) {
			return groups, 0, -1, false
		}
		groups[count] = value
		usual = usual && (i == start+1 || text[start] != '0')
	}
	return groups, count, gap, usual
}

const noDigit = 0xff

// hexDigits holds the values of digits, those in upper case with a bit above them, and noDigit for all other bytes.
var hexDigits = func() (table [256]uint8) {
	for c := range table {
		table[c] = noDigit
	}
	for i := range uint8(16) {
		table["0123456789abcdef"[i]] = i
	}
	for i := range uint8(6) {
		table["ABCDEF"[i]] = 16 | 10 + i
	}
	return table
}()

// usualGap reports whether ::, which stands for length groups from gap on, leaves out what the usual form of the address leaves out: the
// first of its longest stretches of zero groups, unless that is a single group. IPv4 within IPv6 is usually written otherwise.
func usualGap(groups *[8]uint16, gap, length int) bool {
	zeros := uint8(0)
	for i, g := range groups {
		if g == 0 {
			zeros |= 1 << i
		}
	}
	first, most := -1, 1
	for n := 1; zeros != 0; n++ { // zeros has a bit where n groups of zeros begin
		if n > 1 {
			first, most = bits.TrailingZeros8(zeros), n
		}
		zeros &= zeros >> 1
	}
	within := first == 0 && most == 5 && groups[5] == 0xffff
	return first == gap && (gap < 0 || most == length) && !within
}
