package query

import (
	"strconv"
	"strings"

	"pawprint/model"
)

// addressPart is a text of digits and dots that IPv4 addresses in their usual form contain, begin with or end with.
type addressPart struct {
	text        string
	first, last bool // the address begins, and ends, with the text
}

// partOf returns the part of IPv4 addresses that a pattern such as 10.0.* or *.7 asks for, or nil if it asks for something else. A pattern
// without a star may match anywhere.
func partOf(pattern string) *addressPart {
	p := &addressPart{text: strings.Trim(pattern, "*")}
	if p.text == "" || strings.Trim(p.text, "0123456789.") != "" {
		return nil
	}
	if strings.Contains(pattern, "*") {
		p.first, p.last = pattern[0] != '*', pattern[len(pattern)-1] != '*'
	}
	return p
}

// octets decides by its four bytes whether an IPv4 address contains a part. Bit k of octets[place][byte] is set if the byte may stand at
// that place in an address where the part begins in byte k.
type octets [4][256]uint8

func newOctets(p *addressPart) *octets {
	out := new(octets)
	pieces := strings.Split(p.text, ".")
	for from := 0; from+len(pieces) <= len(out); from++ {
		if p.first && from > 0 || p.last && from+len(pieces) < len(out) {
			continue
		}
		for place := range out {
			for value := range out[place] {
				if at := place - from; at < 0 || at >= len(pieces) || p.allows(pieces, at, strconv.Itoa(value)) {
					out[place][value] |= 1 << from
				}
			}
		}
	}
	return out
}

// allows reports whether a byte of an address fits a piece of the part. Only the first and the last piece may be less than a whole byte.
func (p *addressPart) allows(pieces []string, at int, octet string) bool {
	piece := pieces[at]
	whole, open := at > 0 || p.first, at == len(pieces)-1 && !p.last
	switch {
	case whole && open:
		return strings.HasPrefix(octet, piece)
	case whole:
		return octet == piece
	case open:
		return strings.Contains(octet, piece)
	}
	return strings.HasSuffix(octet, piece)
}

// has is 1 if the address holds the part, else 0.
func (o *octets) has(n uint32) uint16 {
	var has uint16
	if o[0][n>>24]&o[1][n>>16&0xff]&o[2][n>>8&0xff]&o[3][n&0xff] != 0 {
		has = 1
	}
	return has
}

// before writes into into[i] how many of the numbers before numbers[i] are addresses that contain the part, modulo 1<<16, and into its last
// element how many there are in all. into is longer than numbers by one.
func (o *octets) before(numbers []uint32, into []uint16) {
	n := uint16(0)
	for i, number := range numbers {
		into[i] = n
		n += o.has(number)
	}
	into[len(numbers)] = n
}

// counted decides rows as [forwardedTest.each] does, for tests that need only the numbers of addresses: those for ranges, and those for a
// part of an address. Matches come at random, so it counts instead of branching: a row matches if more passing addresses come before its
// end than before its beginning.
func (f *forwardedTest) counted(lists *model.ForwardedLists, rows *model.Bitmap, memo *addressMemo) (found, unread model.Bitmap) {
	if len(memo.before) <= len(lists.Numbers) {
		memo.before = make([]uint16, len(lists.Numbers)+len(lists.Numbers)/4+1)
	}
	at, before := 0, memo.before[:len(lists.Numbers)+1]
	f.countBefore(lists.Numbers, before)
	for k := 0; k<<6 < len(lists.Forms); k++ {
		forms := lists.Forms[k<<6 : min(k<<6+64, len(lists.Forms))]
		end, others := at, uint64(0)
		for i, form := range forms {
			end += form.Size()
			if form == model.OtherForwarded {
				others |= 1 << i
			}
		}
		unread[k] = others & rows[k]
		if rows[k] != 0 && (f.everySix || before[at] != before[end]) {
			found[k] = f.countedBlock(forms, lists.Numbers[at:end], before[at:end+1], rows[k], memo)
		}
		at = end
	}
	return found, unread
}

// countedBlock is counted for at most 64 rows.
func (f *forwardedTest) countedBlock(forms []model.ForwardedForm, numbers []uint32, before []uint16, rows uint64, memo *addressMemo) uint64 {
	var matches, maybe uint64
	at := 0
	for i, form := range forms {
		six, end := at+form.Four(), at+form.Size()
		var four, other uint64
		if before[at] != before[six] {
			four = 1
		}
		if before[six] != before[end] {
			other = 1
		}
		matches, maybe, at = matches|four<<i, maybe|other<<i, end
	}
	switch matches &= rows; {
	case len(f.six) > 0: // an IPv4 address may have the number of an IPv6 address that is looked for
		maybe, matches = (maybe|matches)&rows, 0
	case f.everySix:
		maybe = rows &^ matches
	case f.ranged:
		return matches
	default:
		maybe &= rows &^ matches
	}
	if maybe == 0 {
		return matches
	}
	at = 0
	for i, form := range forms {
		end := at + form.Size()
		if maybe>>i&1 != 0 && f.passes(form, numbers[at:end], memo) {
			matches |= 1 << i
		}
		at = end
	}
	return matches
}

// countBefore is [octets.before] for the part, or for the ranges. For IPv6 addresses the numbers only tell which ones may pass.
func (f *forwardedTest) countBefore(numbers []uint32, before []uint16) {
	switch {
	case f.part != nil:
		f.part.before(numbers, before)
	case len(f.near) == 1:
		f.near[0].before(numbers, before)
	default:
		var all [maxNearRanges]numberRange
		for i := range all {
			all[i] = f.near[i%len(f.near)]
		}
		n := uint16(0)
		for i, number := range numbers {
			before[i] = n
			n += all[0].has(number) | all[1].has(number) | all[2].has(number) | all[3].has(number)
		}
		before[len(numbers)] = n
	}
}

// before is [octets.before] for a range.
func (r numberRange) before(numbers []uint32, into []uint16) {
	n := uint16(0)
	for i, number := range numbers {
		into[i] = n
		n += r.has(number)
	}
	into[len(numbers)] = n
}

// has is 1 if the range holds the number, else 0.
func (r numberRange) has(n uint32) uint16 {
	var has uint16
	if n-r.first <= r.last-r.first {
		has = 1
	}
	return has
}
