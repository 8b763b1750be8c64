// Package rawjson reads JSON as it stands in a log: in one pass, with the full grammar of RFC 8259. It keeps every key and number as the
// source wrote it, finds duplicate keys, and reports the byte of a fault.
//
// It builds no values, never folds the case of a key, never rounds a number and never replaces a bad byte. It knows nothing about
// audit logs.
package rawjson

import (
	"encoding/binary"
	"math/bits"
)

// MaxDepth is how deep arrays and objects may nest; deeper texts are TooDeep.
const MaxDepth = 10_000

// Fault says why a text is not JSON and at which byte.
type Fault struct {
	Code   Code
	Offset int // index into the scanned slice
}

// Code is the kind of a Fault. The zero value means no fault.
type Code uint8

// The kinds of fault.
const (
	OK             Code = iota
	Cut                 // the text ends inside a value
	UnexpectedByte      // a byte that no rule allows here
	BadString           // an unescaped control byte in a string
	BadEscape           // a backslash with a letter that is not an escape
	BadNumber           // a number that the grammar does not allow
	BadLiteral          // a bare word other than true, false and null
	TooDeep             // nested deeper than MaxDepth
	TrailingBytes       // bytes after the end of the value
)

var codeText = [...]string{
	OK:             "no fault",
	Cut:            "cut: the text ends inside a value",
	UnexpectedByte: "unexpected byte",
	BadString:      "a raw control byte in a string",
	BadEscape:      "an escape that JSON does not allow",
	BadNumber:      "a number that JSON does not allow",
	BadLiteral:     "a bare word that is neither true, false nor null",
	TooDeep:        "nested too deep",
	TrailingBytes:  "bytes after the end of the value",
}

// String returns the fault in words; it quotes no byte of the text.
func (c Code) String() string { return codeText[c] }

// Scanner checks JSON texts. The zero value is ready and treats a newline as the end of the text, as in JSON lines.
// It keeps its buffers between calls and is for one goroutine.
type Scanner struct {
	// Multiline makes a newline white space instead of the end of the text.
	Multiline bool
	// OnOdd, if not nil, is called for every string in a skipped value whose Info has Odd. start and end are the indexes of its first
	// byte and of its closing quote; key means that it is the key of a member.
	OnOdd func(b []byte, start, end int, info Info, key bool)
	// OnDuplicate, if not nil, is called for every repeated key in an object of a skipped value.
	OnDuplicate func(b []byte, start, end int)
	// Fault is the fault of the last call that reported false.
	Fault Fault

	frames []frame
	keys   keySet
}

// frame is one open array or object.
type frame struct {
	object bool
	keys   int    // the index of its first key in the key set
	seen   uint64 // a bit for each of its keys, by its hash: a key whose bit is not set is new
}

func (s *Scanner) fail(c Code, at int) (int, bool) {
	s.Fault = Fault{Code: c, Offset: at}
	return at, false
}

// unexpected fails with Cut at the end of the text, else with c.
func (s *Scanner) unexpected(b []byte, i int, c Code) (int, bool) {
	if i >= len(b) || !s.Multiline && (b[i] == '\n' || b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n') {
		c = Cut
	}
	return s.fail(c, i)
}

// Space skips white space.
func (s *Scanner) Space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n' && s.Multiline) {
		i++
	}
	return i
}

// Value scans the value that begins at b[i], with everything in it; end is the index after its last byte.
func (s *Scanner) Value(b []byte, i int) (end int, ok bool) {
	if i < len(b) {
		switch b[i] {
		case '{', '[':
			return s.container(b, i)
		case '"':
			return s.valueString(b, i+1)
		}
	}
	return s.scalar(b, i)
}

// container scans the array or object that begins at b[i]. It does not recurse: each level costs a frame. It is one loop, as calls
// for each key and value would cost more than these do.
func (s *Scanner) container(b []byte, i int) (end int, ok bool) {
	s.frames = s.frames[:0]
	s.keys.reset()
	top := frame{} // the innermost container; the others are in frames
	for {
		// b[i] begins a value, or a key and its value.
		if top.object {
			if n, h := shortKey(b, i); n < 0 {
				if i, ok = s.key(b, i, &top); !ok {
					return i, false
				}
			} else {
				start := i + 1
				i = start + n + 1
				if bit := uint64(1) << (h >> 58); top.seen&bit == 0 {
					top.seen |= bit
					s.keys.ranges = append(s.keys.ranges, keyRange{h, start, start + n, false})
				} else if s.keys.compare(b, keyRange{h, start, start + n, false}, &top) && s.OnDuplicate != nil {
					s.OnDuplicate(b, start, start+n)
				}
				if b[i] == ':' && b[i+1] > ' ' {
					i++
				} else if i, ok = s.Colon(b, i); !ok {
					return i, false
				}
			}
		}
		switch c := byteAt(b, i); {
		case c == '"':
			var info Info
			start := i + 1
			if i, info, ok = s.String(b, start); !ok {
				return i, false
			}
			if info&Odd != 0 && s.OnOdd != nil {
				s.OnOdd(b, start, i, info, false)
			}
			i++
		case c == '{' || c == '[':
			if len(s.frames) >= MaxDepth {
				return s.fail(TooDeep, i)
			}
			s.frames = append(s.frames, top)
			top = frame{object: c == '{', keys: len(s.keys.ranges)}
			if i++; byteAt(b, i) <= ' ' {
				i = s.Space(b, i)
			}
			if byteAt(b, i) != c+2 { // the closing bracket of c: it is empty
				continue
			}
		case c-'0' < 10 || c == '-':
			if i, ok = s.number(b, i); !ok {
				return i, false
			}
		default:
			if i, ok = s.scalar(b, i); !ok {
				return i, false
			}
		}
		// b[i] follows a value: leave the containers that end here.
		for {
			c := byteAt(b, i)
			if c <= ' ' {
				i = s.Space(b, i)
				c = byteAt(b, i)
			}
			if c == ',' {
				break
			}
			if c != '}' && c != ']' || top.object != (c == '}') {
				return s.unexpected(b, i, UnexpectedByte)
			}
			if top.object {
				s.keys.release(&top)
			}
			i++
			last := len(s.frames) - 1
			top, s.frames = s.frames[last], s.frames[:last]
			if last == 0 {
				return i, true
			}
		}
		if i++; byteAt(b, i) <= ' ' {
			i = s.Space(b, i)
		}
	}
}

// shortKey looks for a short key at b[i], as most are, and returns its length and hash, or -1 for any other. The masks that find its end
// also cut out the words to hash.
func shortKey(b []byte, i int) (n int, h uint64) {
	const around = len(`"":`) + 1 // the bytes around a key, and the one after its colon, which is read too
	if i+shortKeyBytes+around > len(b) || b[i] != '"' {
		return -1, 0
	}
	w := b[i+1 : i+1+shortKeyBytes : i+1+shortKeyBytes]
	w0, w1 := binary.LittleEndian.Uint64(w), binary.LittleEndian.Uint64(w[8:])
	m0, m1 := stops(w0), stops(w1)
	more := bits.TrailingZeros64(m1)
	if m0 != 0 {
		more, w1 = 0, 0
	}
	n = (bits.TrailingZeros64(m0) + more) >> 3
	if b[i+1+n] != '"' {
		return -1, 0
	}
	m0, m1 = m0>>7, m1>>7
	return n, short(w0&(m0-1)&^m0, w1&(m1-1)&^m1)
}

// valueString scans a string and reports it to OnOdd; end is the index after its closing quote.
func (s *Scanner) valueString(b []byte, i int) (end int, ok bool) {
	end, info, ok := s.String(b, i)
	if !ok {
		return end, false
	}
	if info&Odd != 0 && s.OnOdd != nil {
		s.OnOdd(b, i, end, info, false)
	}
	return end + 1, true
}

// byteAt is b[i], or a newline at the end of b, which cannot begin a value.
func byteAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return '\n'
}

// key scans any key of the object top with its colon and moves to the value.
func (s *Scanner) key(b []byte, i int, top *frame) (at int, ok bool) {
	if byteAt(b, i) != '"' {
		return s.unexpected(b, i, UnexpectedByte)
	}
	start := i + 1
	end, info, ok := s.String(b, start)
	if !ok {
		return end, false
	}
	if info&Odd != 0 && s.OnOdd != nil {
		s.OnOdd(b, start, end, info, true)
	}
	if s.keys.add(b, start, end, info&Escaped != 0, top) && s.OnDuplicate != nil {
		s.OnDuplicate(b, start, end)
	}
	return s.Colon(b, end+1)
}

// Colon skips the colon after a key, and the white space around it.
func (s *Scanner) Colon(b []byte, i int) (at int, ok bool) {
	if i < len(b) && b[i] <= ' ' {
		i = s.Space(b, i)
	}
	if i >= len(b) || b[i] != ':' {
		return s.unexpected(b, i, UnexpectedByte)
	}
	i++
	if i < len(b) && b[i] <= ' ' {
		i = s.Space(b, i)
	}
	return i, true
}

// scalar scans a number or a literal.
func (s *Scanner) scalar(b []byte, i int) (end int, ok bool) {
	if i >= len(b) {
		return s.fail(Cut, i)
	}
	switch c := b[i]; {
	case c == '-' || c-'0' < 10:
		return s.number(b, i)
	case c == 't':
		return s.literal(b, i, "true")
	case c == 'f':
		return s.literal(b, i, "false")
	case c == 'n':
		return s.literal(b, i, "null")
	case c|0x20-'a' < 26:
		return s.fail(BadLiteral, i)
	}
	return s.unexpected(b, i, UnexpectedByte)
}

func (s *Scanner) literal(b []byte, i int, word string) (end int, ok bool) {
	if len(b)-i >= len(word) && string(b[i:i+len(word)]) == word {
		return i + len(word), true
	}
	for k := range len(word) {
		if i+k >= len(b) || b[i+k] != word[k] {
			return s.unexpected(b, i+k, BadLiteral)
		}
	}
	return i + len(word), true
}

func (s *Scanner) number(b []byte, i int) (end int, ok bool) {
	if b[i] == '-' {
		i++
	}
	first := i
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	switch {
	case i == first:
		return s.unexpected(b, i, BadNumber)
	case b[first] == '0' && i > first+1:
		return s.fail(BadNumber, first+1)
	case i < len(b) && b[i] != '.' && b[i]|0x20 != 'e':
		return i, true
	}
	if i < len(b) && b[i] == '.' {
		if i, ok = s.digits(b, i+1); !ok {
			return i, false
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if i, ok = s.digits(b, i); !ok {
			return i, false
		}
	}
	return i, true
}

// digits skips at least one digit.
func (s *Scanner) digits(b []byte, i int) (end int, ok bool) {
	start := i
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	if i == start {
		return s.unexpected(b, i, BadNumber)
	}
	return i, true
}

// Valid reports whether the whole of b is one JSON text.
func (s *Scanner) Valid(b []byte) bool {
	i, ok := s.Value(b, s.Space(b, 0))
	if !ok {
		return false
	}
	if i = s.Space(b, i); i < len(b) {
		s.Fault = Fault{Code: TrailingBytes, Offset: i}
		return false
	}
	return true
}
