package model

import "pawprint/model/ipaddr"

// Forwarded is the list of addresses that forwarded an event, kept as numbers. It does not remember the order of the list. A list that
// is long, or holds anything but addresses in their usual form, is only in the raw line. The zero value stands for no list, or null.
type Forwarded struct {
	form    ForwardedForm
	numbers [forwardedNumbers]uint32 // the IPv4 addresses, then the IPv6 addresses, in four numbers each
}

// forwardedNumbers is how many numbers of a list are kept.
const forwardedNumbers = 12

// ForwardedForm says what the log has of a list of addresses: one more than its IPv4 addresses in the lower half of its bits, its IPv6
// addresses in the upper half, or that it has none of it.
type ForwardedForm uint8

const (
	NoForwarded    ForwardedForm = 0    // no list
	EmptyForwarded ForwardedForm = 0x01 // a list without an element
	OtherForwarded ForwardedForm = 0xff // only the raw line holds it
)

const aSix = 0x10 // an IPv6 address in a ForwardedForm

// Six returns how many IPv6 addresses a list holds.
func (f ForwardedForm) Six() int {
	if f == OtherForwarded {
		return 0
	}
	return int(f >> 4)
}

// Four returns how many IPv4 addresses a list holds.
func (f ForwardedForm) Four() int { return int(forwardedFours[f]) }

// Size returns how many numbers a list has.
func (f ForwardedForm) Size() int { return int(forwardedSizes[f]) }

// forwardedFours and forwardedSizes hold what Four and Size return for all forms.
var forwardedFours, forwardedSizes = func() (fours, sizes [256]uint8) {
	for f := EmptyForwarded; f < OtherForwarded; f++ {
		fours[f] = uint8(max(int(f&0x0f)-1, 0))
		sizes[f] = fours[f] + uint8(4*f.Six())
	}
	return fours, sizes
}()

// Clear makes it the zero value.
func (f *Forwarded) Clear() { f.form = NoForwarded }

// Begin makes it an empty list.
func (f *Forwarded) Begin() { f.form = EmptyForwarded }

// Leave leaves the list to the raw line.
func (f *Forwarded) Leave() { f.form = OtherForwarded }

// Add adds the text of an element to a list that was begun. It reports false if the text cannot be kept, or not after those before it; then
// only the raw line has the list.
func (f *Forwarded) Add(text []byte) bool {
	if n, ok := ipaddr.Four(text); ok && f.AddFour(n) {
		return true
	}
	size := f.form.Size()
	if n, usual, _ := ipaddr.Six(text); usual && f.form != OtherForwarded && size+4 <= forwardedNumbers {
		copy(f.numbers[size:], n[:])
		f.form += aSix
		return true
	}
	f.Leave()
	return false
}

// AddFour is Add for an IPv4 address, by its number. A list that has no room for it is left as it is.
func (f *Forwarded) AddFour(number uint32) bool {
	size := f.form.Size()
	if f.form == OtherForwarded || size == forwardedNumbers {
		return false
	}
	four := int(f.form&0x0f) - 1
	if four < size {
		copy(f.numbers[four+1:], f.numbers[four:size])
	}
	f.numbers[four] = number
	f.form++
	return true
}

// ForwardedLists are the lists of consecutive rows.
type ForwardedLists struct {
	Forms   []ForwardedForm // by row; empty if no row has a list
	Numbers []uint32        // of all rows, one after the other; see Size and Six
}

// add appends the list of a row that has rows before it. A reject has none.
func (l *ForwardedLists) add(r *RowRecord, rows int) {
	form, numbers := OtherForwarded, []uint32(nil)
	switch {
	case r.Flags&FlagReject != 0:
		form = NoForwarded
	case r.Forwarded != nil:
		form = r.Forwarded.form
		numbers = r.Forwarded.numbers[:form.Size()]
	}
	if form == NoForwarded && len(l.Forms) == 0 {
		return
	}
	if without := rows - len(l.Forms); without > 0 {
		l.Forms = append(l.Forms, make([]ForwardedForm, without)...)
	}
	l.Forms = append(l.Forms, form)
	l.Numbers = append(l.Numbers, numbers...)
}

// take appends the first n lists of from to l, which holds those of the given number of rows, and returns the rest of from. Either may have fewer
// lists than rows if the last rows have none.
func (l *ForwardedLists) take(from ForwardedLists, n, rows int) (rest ForwardedLists) {
	forms := from.Forms[:min(n, len(from.Forms))]
	size := 0
	for _, f := range forms {
		size += f.Size()
	}
	if len(forms) > 0 || len(l.Forms) > 0 {
		l.Forms = room(l.Forms, rows+n-len(l.Forms))
		l.Forms = append(l.Forms, make([]ForwardedForm, rows-len(l.Forms))...)
		l.Forms = append(l.Forms, forms...)
		l.Forms = append(l.Forms, make([]ForwardedForm, n-len(forms))...)
		l.Numbers = append(l.Numbers, from.Numbers[:size]...)
	}
	return ForwardedLists{from.Forms[len(forms):], from.Numbers[size:]}
}

// pack copies the lists exactly.
func (l *ForwardedLists) pack() ForwardedLists {
	if len(l.Forms) == 0 {
		return ForwardedLists{}
	}
	return ForwardedLists{clone(l.Forms), clone(l.Numbers)}
}

// reset empties the lists and keeps their memory.
func (l *ForwardedLists) reset() { l.Forms, l.Numbers = l.Forms[:0], l.Numbers[:0] }

// Forwarded is the lists of addresses that forwarded the events of the segment.
func (s *Segment) Forwarded() *ForwardedLists { return &s.forwarded }
