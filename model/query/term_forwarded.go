package query

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"sync"

	"pawprint/model"
	"pawprint/model/ipaddr"
)

// forwardedTest matches the rows where one of the addresses that forwarded the event passes one of the tests. The log keeps nearly all
// lists of these addresses as numbers; for the other lists, the lines are read.
type forwardedTest struct {
	tests
	lines  predicate     // decides rows by their lines
	empty  bool          // an empty list passes
	any    bool          // every list passes
	ranged bool          // exactly the addresses in four or six pass
	four   []numberRange // of IPv4 addresses
	six    []ipaddr.Span
	near   []numberRange // of the first numbers of all of these
	part   *octets       // exactly the IPv4 addresses that contain this part pass; nil if the test is not about a part
	memos  sync.Pool     // of *addressMemo

	everySix bool // with part: the numbers of an IPv6 address do not tell whether it may pass
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
	if len(ts) == 1 && ts[0].part != nil {
		f.part, f.everySix = newOctets(ts[0].part), !strings.Contains(ts[0].part.text, ".")
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
	if f.part != nil || f.ranged && len(f.near) <= maxNearRanges {
		decide = f.counted
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

// maxNearRanges is how many ranges counted looks for at once.
const maxNearRanges = 4

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

// addressMemo remembers which IPv4 addresses passed, as the same ones come again and again.
type addressMemo struct {
	entries [1 << memoBits]struct {
		number  uint32
		verdict uint8 // 0 if there is none yet, 1 for one that does not pass, 2 for one that does
	}
	before []uint16 // the memory of counted
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
