package query

import (
	"encoding/binary"
	"math"
	"net/netip"
	"sync"

	"pawprint/model"
	"pawprint/model/ipaddr"
)

// forwardedTest matches the rows where one of the addresses that forwarded the event passes one of the tests. The log keeps nearly all
// lists of them as numbers; of the others, the lines are read.
type forwardedTest struct {
	tests
	lines  predicate     // decides rows by their lines
	empty  bool          // an empty list passes
	any    bool          // every list passes
	ranged bool          // an address passes that is in four or six, and no other
	four   []numberRange // of IPv4 addresses
	six    []ipaddr.Span
	near   []numberRange // of the first numbers of all of these
	memos  sync.Pool     // of *addressMemo
}

// numberRange is a range of numbers, both ends included.
type numberRange struct{ first, last uint32 }

// rangeOf returns the range of the numbers at the front of the addresses in a span.
func rangeOf(s *ipaddr.Span) numberRange {
	return numberRange{binary.BigEndian.Uint32(s.First.AsSlice()), binary.BigEndian.Uint32(s.Last.AsSlice())}
}

func newForwardedTest(ts tests, lines predicate) *forwardedTest {
	f := &forwardedTest{tests: ts, lines: lines, ranged: len(ts) > 0}
	for _, t := range ts {
		f.any, f.empty = f.any || t.any, f.empty || t.any || t.empty
		switch {
		case t.span == nil:
			f.ranged = false
		case t.span.First.Is4():
			f.four, f.near = append(f.four, rangeOf(t.span)), append(f.near, rangeOf(t.span))
		default:
			f.six, f.near = append(f.six, *t.span), append(f.near, rangeOf(t.span))
		}
	}
	return f
}

func (*forwardedTest) cost() int { return costAddresses }

func (f *forwardedTest) fold(to *folder) limits { return f.lines.fold(to) }

func (f *forwardedTest) narrow(w *worker, rows *model.Bitmap) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	memo, ok := f.memos.Get().(*addressMemo)
	if !ok {
		memo = new(addressMemo)
	}
	defer f.memos.Put(memo)
	decide := f.each
	if f.ranged && len(f.near) <= maxNearRanges {
		decide = f.nearby
	}
	found, unread := decide(w.seg.Forwarded(), rows, memo)
	*rows = found
	if unread.Next(0) < 0 {
		return nil
	}
	err := f.lines.narrow(w, &unread)
	for i := range rows {
		rows[i] |= unread[i]
	}
	return err
}

// each decides the rows whose lists are kept, one by one, and returns those that match, and those whose lists are only in their lines.
func (f *forwardedTest) each(lists *model.ForwardedLists, rows *model.Bitmap, memo *addressMemo) (found, unread model.Bitmap) {
	at := 0
	for row, form := range lists.Forms {
		numbers := lists.Numbers[at : at+form.Size()]
		at += len(numbers)
		switch {
		case form == model.NoForwarded || !rows.Has(row):
		case form == model.OtherForwarded:
			unread.Set(row)
		case f.any || form == model.EmptyForwarded && f.empty || f.passes(form, numbers, memo):
			found.Set(row)
		}
	}
	return found, unread
}

// maxNearRanges is how many ranges nearby looks for at once.
const maxNearRanges = 4

// nearby is each for ranges. It looks for their numbers first, in whatever address they stand, and then at the rows that have one.
func (f *forwardedTest) nearby(lists *model.ForwardedLists, rows *model.Bitmap, memo *addressMemo) (found, unread model.Bitmap) {
	near, at := f.numbersNear(lists.Numbers, memo), 0
	next := math.MaxInt
	if len(near) > 0 {
		next = int(near[0])
	}
	for row, form := range lists.Forms {
		from := at
		at += form.Size()
		if form == model.OtherForwarded && rows.Has(row) {
			unread.Set(row)
		}
		if next >= at {
			continue
		}
		surely := len(f.six) == 0 && next < at-4*form.Six() // it is an IPv4 address
		if rows.Has(row) && (surely || f.passes(form, lists.Numbers[from:at], memo)) {
			found.Set(row)
		}
		for next = math.MaxInt; len(near) > 0; near = near[1:] {
			if int(near[0]) >= at {
				next = int(near[0])
				break
			}
		}
	}
	return found, unread
}

// numbersNear returns the places of the numbers that are in one of the ranges.
func (f *forwardedTest) numbersNear(numbers []uint32, memo *addressMemo) []uint32 {
	if len(memo.places) <= len(numbers) {
		memo.places = make([]uint32, len(numbers)+len(numbers)/4+1)
	}
	var all [maxNearRanges]numberRange
	for i := range all {
		all[i] = f.near[i%len(f.near)]
	}
	if len(f.near) == 1 {
		return all[0].places(numbers, memo.places)
	}
	places, n := memo.places, 0
	for i, number := range numbers {
		places[n] = uint32(i)
		n += all[0].has(number) | all[1].has(number) | all[2].has(number) | all[3].has(number)
	}
	return places[:n]
}

// places puts the places of the numbers in the range into a slice that is longer than the numbers. It does not branch, as matches come
// at random.
func (r numberRange) places(numbers, into []uint32) []uint32 {
	n := 0
	for i, number := range numbers {
		into[n] = uint32(i)
		n += r.has(number)
	}
	return into[:n]
}

// has is 1 if the range holds the number, else 0.
func (r numberRange) has(n uint32) int {
	if n-r.first <= r.last-r.first {
		return 1
	}
	return 0
}

// passes reports whether one of the addresses of a list passes.
func (f *forwardedTest) passes(form model.ForwardedForm, numbers []uint32, memo *addressMemo) bool {
	four := len(numbers) - 4*form.Six()
	for _, n := range numbers[:four] {
		if f.ranged && f.inRange(n) || !f.ranged && memo.passes(n, f) {
			return true
		}
	}
	for six := numbers[four:]; len(six) > 0; six = six[4:] {
		if f.address(ipaddr.AddrOfSix([4]uint32(six))) {
			return true
		}
	}
	return false
}

func (f *forwardedTest) inRange(n uint32) bool {
	for _, r := range f.four {
		if r.has(n) == 1 {
			return true
		}
	}
	return false
}

// address decides on an address, as its text.
func (f *forwardedTest) address(a netip.Addr) bool {
	if f.ranged {
		for i := range f.six {
			if f.six[i].Holds(a) {
				return true
			}
		}
		return false
	}
	var text [len("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")]byte
	return f.onText(a.AppendTo(text[:0]))
}

// addressMemo remembers which IPv4 addresses passed, as the same come again and again.
type addressMemo struct {
	entries [1 << memoBits]struct {
		number  uint32
		verdict uint8 // 0 if there is none yet, 1 for one that does not pass, 2 for one that does
	}
	places []uint32 // the memory of numbersNear
}

const memoBits = 14

func (m *addressMemo) passes(n uint32, f *forwardedTest) bool {
	e := &m.entries[n*0x9e3779b1>>(32-memoBits)]
	if e.number != n || e.verdict == 0 {
		e.number, e.verdict = n, 1
		if f.address(ipaddr.AddrOfFour(n)) {
			e.verdict = 2
		}
	}
	return e.verdict == 2
}
