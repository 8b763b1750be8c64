package query

import (
	"encoding/binary"
	"net/netip"
	"slices"
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
	tops   []numberRange // of the first of the four numbers of those in six
	memos  sync.Pool     // of *addressMemo
}

// numberRange is a range of numbers, both ends included.
type numberRange struct{ first, last uint32 }

// rangeOf returns the range of the numbers at the front of the addresses in a span.
func rangeOf(s *ipaddr.Span) numberRange {
	return numberRange{binary.BigEndian.Uint32(s.First.AsSlice()), binary.BigEndian.Uint32(s.Last.AsSlice())}
}

func (r numberRange) holds(n uint32) bool { return n-r.first <= r.last-r.first }

// within reports whether any of the numbers is in the range.
func (r numberRange) within(numbers []uint32) bool {
	for _, n := range numbers {
		if r.holds(n) {
			return true
		}
	}
	return false
}

func newForwardedTest(ts tests, lines predicate) *forwardedTest {
	f := &forwardedTest{tests: ts, lines: lines, ranged: true}
	for _, t := range ts {
		f.any, f.empty = f.any || t.any, f.empty || t.any || t.empty
		switch {
		case t.span == nil:
			f.ranged = false
		case t.span.First.Is4():
			f.four = append(f.four, rangeOf(t.span))
		default:
			f.six, f.tops = append(f.six, *t.span), append(f.tops, rangeOf(t.span))
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
	decide := f.kept
	if f.ranged && !f.near(w.seg.Forwarded().Numbers) {
		decide = f.unmatched
	}
	found, unread := decide(w.seg.Forwarded(), rows)
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

// near reports whether any of the addresses of a segment may be in one of the ranges. Their numbers are not told apart, which is fast.
func (f *forwardedTest) near(numbers []uint32) bool {
	if len(f.four)+len(f.six) > maxNearRanges {
		return true
	}
	within := func(r numberRange) bool { return r.within(numbers) }
	return slices.ContainsFunc(f.four, within) || slices.ContainsFunc(f.tops, within)
}

// maxNearRanges is how many ranges are looked for among all numbers before the lists are looked at one by one.
const maxNearRanges = 4

// unmatched is kept if no list that is kept matches.
func (*forwardedTest) unmatched(lists *model.ForwardedLists, rows *model.Bitmap) (found, unread model.Bitmap) {
	for row, form := range lists.Forms {
		if form == model.OtherForwarded && rows.Has(row) {
			unread.Set(row)
		}
	}
	return found, unread
}

// kept decides the rows whose lists are kept, and returns those that match, and those whose lists are only in their lines.
func (f *forwardedTest) kept(lists *model.ForwardedLists, rows *model.Bitmap) (found, unread model.Bitmap) {
	memo, ok := f.memos.Get().(*addressMemo)
	if !ok {
		memo = new(addressMemo)
	}
	defer f.memos.Put(memo)
	at := 0
	for row, form := range lists.Forms {
		if form == model.NoForwarded {
			continue
		}
		numbers := lists.Numbers[at : at+form.Size()]
		at += len(numbers)
		switch {
		case !rows.Has(row):
		case form == model.OtherForwarded:
			unread.Set(row)
		case f.any || form == model.EmptyForwarded && f.empty || f.passes(form, numbers, memo):
			found.Set(row)
		}
	}
	return found, unread
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
		if r.holds(n) {
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
type addressMemo [1 << memoBits]struct {
	number  uint32
	verdict uint8 // 0 if there is none yet, 1 for one that does not pass, 2 for one that does
}

const memoBits = 12

func (m *addressMemo) passes(n uint32, f *forwardedTest) bool {
	e := &m[n*0x9e3779b1>>(32-memoBits)]
	if e.number != n || e.verdict == 0 {
		e.number, e.verdict = n, 1
		if f.address(ipaddr.AddrOfFour(n)) {
			e.verdict = 2
		}
	}
	return e.verdict == 2
}
