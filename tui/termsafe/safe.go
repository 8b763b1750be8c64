// Package termsafe turns untrusted text into text that may reach a terminal. Whatever stands in a log, a file
// name or an error message, a [Safe] made from it holds only visible runes: everything else has become a visible
// mark, and nothing was dropped.
//
// It never writes, never reads the environment and never emits an escape sequence. Styling is the painter's.
package termsafe

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"pawprint/model/amount"
)

// Safe is text that may be written to a terminal: visible runes only, on one line. It remembers which of its bytes
// are marks, substitutes for something that could not be shown, so that a painter can tell them from the same runes
// standing in the log. The zero value is empty. A Safe is immutable, may be copied and is safe for any goroutine.
//
// Only the functions of this package make one.
type Safe struct {
	text  string
	marks []Span // ascending, disjoint; off bytes ahead of text, and possibly beyond its ends: see clip
	off   int    // where text starts in the Safe it was cut from
	wide  bool   // text holds a byte above 0x7e
	rtl   bool   // text may hold a rune that reorders its row
}

// constant is a string that only an untyped constant can become outside this package.
type constant string

// Const is text written in our own source. A variable, or a constant with a type, does not compile.
func Const(s constant) Safe {
	return Clean(string(s), Options{RightToLeft: true, Drawing: true})
}

// Repeat is n times our own text s, and empty for n < 1. Up to 1,000 spaces cost no allocation.
func Repeat(s constant, n int) Safe {
	if n < 1 {
		return Safe{}
	}
	if s == " " && n <= len(blanks) {
		return Safe{text: blanks[:n]}
	}
	return Clean(strings.Repeat(string(s), n), Options{RightToLeft: true, Drawing: true})
}

var blanks = strings.Repeat(" ", 1000)

// Int is n with a comma between thousands: "1,204,331".
func Int(n int64) Safe { return Safe{text: amount.Count(n)} }

// Count is n and the fitting noun: "1 event", "1,204,331 events".
func Count(n int64, one, many constant) Safe {
	noun := many
	if n == 1 {
		noun = one
	}
	return Concat(Int(n), Repeat(" ", 1), Const(noun))
}

// Short is amount.Short.
func Short(n int64) Safe { return Safe{text: amount.Short(n)} }

// Bytes is a number of bytes in the unit that suits it: "1.5 KiB".
func Bytes(n int64) Safe { return Safe{text: amount.Bytes(n)} }

// Decimal is f with the given number of places, 0 to 9: "6.1". NaN and infinities are written as such.
func Decimal(f float64, places int) Safe {
	return Safe{text: strconv.FormatFloat(f, 'f', min(max(places, 0), 9), 64)}
}

// Time is t in its own location, in a layout of package time.
func Time(t time.Time, layout constant) Safe {
	return Clean(t.Format(string(layout)), Options{})
}

// Concat is the parts in order.
func Concat(parts ...Safe) Safe {
	return Join(Safe{}, parts...)
}

// Join is the parts in order with sep between them.
func Join(sep Safe, parts ...Safe) Safe {
	if len(parts) == 0 {
		return Safe{}
	}
	size := sep.Len() * (len(parts) - 1)
	for _, p := range parts {
		size += p.Len()
	}
	var b strings.Builder
	b.Grow(size)
	var out Safe
	for i, p := range parts {
		if i > 0 {
			out.append(&b, sep)
		}
		out.append(&b, p)
	}
	out.text = b.String()
	return out
}

func (s *Safe) append(b *strings.Builder, part Safe) {
	shift := b.Len() - part.off
	for _, m := range part.marks {
		m, _ = part.clip(m)
		s.marks = append(s.marks, Span{m.Lo + shift, m.Hi + shift})
	}
	s.wide, s.rtl = s.wide || part.wide, s.rtl || part.rtl
	b.WriteString(part.text)
}

// clip returns the part of mark m that s still holds, counted as marks are, and whether there is any.
func (s Safe) clip(m Span) (Span, bool) {
	m.Lo, m.Hi = max(m.Lo, s.off), min(m.Hi, s.off+len(s.text))
	return m, m.Lo < m.Hi
}

// String is the visible text, marks included and not told apart.
func (s Safe) String() string { return s.text }

// Len is the length of the text in bytes; for cells ask [Widther.Width].
func (s Safe) Len() int { return len(s.text) }

// Empty reports whether there is no text.
func (s Safe) Empty() bool { return s.text == "" }

// Marked reports whether the text holds a mark.
func (s Safe) Marked() bool { return len(s.marks) > 0 }

// AppendMarked appends the text to dst with before and after set around each mark. It is made for a painter's own
// style sequences; both are written as they are.
func (s Safe) AppendMarked(dst []byte, before, after string) []byte {
	at := 0
	for _, m := range s.marks {
		m, _ = s.clip(m)
		lo, hi := m.Lo-s.off, m.Hi-s.off
		dst = append(dst, s.text[at:lo]...)
		dst = append(dst, before...)
		dst = append(dst, s.text[lo:hi]...)
		dst = append(dst, after...)
		at = hi
	}
	return append(dst, s.text[at:]...)
}

// cut is the text from byte lo to byte hi, which must be rune boundaries. It shares memory with s.
func (s Safe) cut(lo, hi int) Safe {
	if lo >= hi {
		return Safe{}
	}
	out := Safe{text: s.text[lo:hi], off: s.off + lo, wide: s.wide, rtl: s.rtl}
	if len(s.marks) == 0 {
		return out
	}
	first := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].Hi > out.off })
	last := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].Lo >= out.off+hi-lo })
	out.marks = s.marks[first:last]
	return out
}

// RightToLeft reports whether s holds a rune that reorders its row in a terminal that knows bidi.
func (s Safe) RightToLeft() bool { return s.rtl && RightToLeft(s.text) }

// LeftToRight is s with marks in place of what reorders a row.
func (s Safe) LeftToRight() Safe {
	if !s.rtl {
		return s
	}
	var parts []Safe
	at := 0
	for _, m := range s.marks {
		m, _ = s.clip(m)
		lo, hi := m.Lo-s.off, m.Hi-s.off
		parts = append(parts, Clean(s.text[at:lo], Options{Drawing: true}), s.cut(lo, hi))
		at = hi
	}
	return Concat(append(parts, Clean(s.text[at:], Options{Drawing: true}))...)
}
