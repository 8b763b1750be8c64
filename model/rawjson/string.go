package rawjson

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Info says what a scanned string contains besides plain ASCII.
type Info uint8

// The bits of Info. Only strings with another bit can have Tame.
const (
	Escaped  Info = 1 << iota // at least one backslash: the decoded text differs from the bytes
	Odd                       // a \u, \b, \f or \r escape, or a byte from 0x80 on: hidden text is possible
	BadUTF8                   // bytes that are not UTF-8
	NonASCII                  // a byte from 0x80 on
	Breaks                    // a \n or \t escape
	Tame                      // apart from such escapes, certainly nothing that could mislead, and no letter with several spellings
)

const ones, highs = 0x0101010101010101, 0x8080808080808080

// stops marks the bytes of w that end a run of plain string bytes: quotes, backslashes, controls and bytes from 0x80. Only the
// lowest mark is exact; no other is used. A quote differs from a space in one bit, so that with this bit flipped it is below all other
// plain bytes, as controls are. w itself marks bytes from 0x80 on, so the subtractions may be wrong for them.
func stops(w uint64) uint64 {
	low := (w ^ 0x02*ones) - 0x21*ones
	escape := (w ^ '\\'*ones) - ones
	return (low | escape | w) & highs
}

// String scans the string whose first byte after the opening quote is b[i]; end is the index of its closing quote.
func (s *Scanner) String(b []byte, i int) (end int, info Info, ok bool) {
	// Two words at a time and no branch on which of them holds the end: the lengths of strings cannot be predicted.
	start := i
	for i+16 <= len(b) {
		w := b[i : i+16 : i+16]
		m0 := stops(binary.LittleEndian.Uint64(w))
		m1 := stops(binary.LittleEndian.Uint64(w[8:]))
		if m0|m1 == 0 {
			i += 16
			continue
		}
		more := bits.TrailingZeros64(m1)
		if m0 != 0 {
			more = 0
		}
		i += (bits.TrailingZeros64(m0) + more) >> 3
		if b[i] == '"' {
			return i, 0, true
		}
		break
	}
	return s.rareString(b, start, i)
}

// rareString continues String, which began at start, at a byte that is not plain, or near the end of the slice.
func (s *Scanner) rareString(b []byte, start, i int) (end int, info Info, ok bool) {
	w := speller{from: start}
next:
	for {
		if i >= len(b) {
			i, _ = s.fail(Cut, i)
			return i, info, false
		}
		switch c := b[i]; {
		case c == '"':
			if info != 0 {
				if w.ascii(b, i); !w.wild && bytes.IndexByte(b[start:i], 0x7f) < 0 {
					info |= Tame
				}
			}
			return i, info, true
		case c == '\\' && i+1 < len(b) && shortEscape[b[i+1]] != 0:
			info |= shortEscape[b[i+1]]
			w.divide(b, i, i+2)
			i += 2
		case c >= utf8.RuneSelf:
			i, info = w.wide(b, i, info)
		case c == '\\' || c < 0x20:
			var n Info
			at := i
			if i, n, ok = s.special(b, i); !ok {
				return i, info, false
			}
			if info |= n; b[at+1] == 'u' {
				w.escape(b, at)
			} else {
				w.wild = true
			}
		}
		for i+8 <= len(b) {
			if m := stops(binary.LittleEndian.Uint64(b[i:])); m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				continue next
			}
			i += 8
		}
		for i < len(b) && plain(b[i]) { // the last few bytes of the slice
			i++
		}
	}
}

// shortEscape maps the letters of the most frequent escapes, all of them harmless, to the Info of a string with such an escape.
var shortEscape = [256]Info{'n': Escaped | Breaks, '"': Escaped, '\\': Escaped, '/': Escaped, 't': Escaped | Breaks}

func plain(c byte) bool { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' }

// special skips the escape at b[i], or fails at a control byte.
func (s *Scanner) special(b []byte, i int) (int, Info, bool) {
	if b[i] < 0x20 {
		i, _ = s.unexpected(b, i, BadString)
		return i, 0, false
	}
	if i+1 >= len(b) {
		i, _ = s.fail(Cut, len(b))
		return i, 0, false
	}
	switch b[i+1] {
	case 'b', 'f', 'r':
		return i + 2, Escaped | Odd, true
	case 'u':
		for k := i + 2; k < i+6; k++ {
			if k >= len(b) || !isHex(b[k]) {
				k, _ = s.unexpected(b, k, BadEscape)
				return k, 0, false
			}
		}
		return i + 6, Escaped | Odd, true
	}
	i, _ = s.unexpected(b, i+1, BadEscape)
	return i, 0, false
}

func isHex(c byte) bool { return c-'0' < 10 || c|0x20-'a' < 6 }
