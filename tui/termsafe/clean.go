package termsafe

import "unicode/utf8"

// maxStack is how many runes may draw on one base. Further ones are marked: a pile of a hundred accents covers the rows above it.
const maxStack = 4

// Options chooses what a text may show. The zero value is the strictest that still shows every language: right for
// a cell of the list, where a reordered row or a forged border would mislead.
type Options struct {
	// ASCII marks every rune above 0x7e, and writes every mark in ASCII.
	ASCII bool
	// RightToLeft shows Hebrew, Arabic and the like as themselves instead of marking them. Terminals that know
	// bidi then reorder the row, so it is for a text that has its row to itself. A frame draws it nowhere else.
	RightToLeft bool
	// Drawing shows box drawing, block elements, geometric shapes and braille as themselves instead of marking them.
	Drawing bool
	// MaxCells stops the work as soon as the text is certainly wider than this many cells, whatever the length of
	// the rest. Cut to at most MaxCells afterwards ([Widther.Truncate]), it ends in an ellipsis as the whole text
	// would. Zero means all of it.
	MaxCells int
}

// Clean makes untrusted text showable. A rune stands as itself if it is ASCII 0x20 to 0x7e, or printable and neither
// invisible, blank nor a selector of another look. Everything else becomes a mark: control pictures for C0 and DEL
// (␛ ␊ ␡), <U+202E> for other runes, <FF> for each byte that is not UTF-8. Marks also stand for the fifth and later
// rune on one base, for a combining rune without a base that carries it in every terminal, and for what opt says.
// Nothing is dropped.
//
// Text that needs no mark is not copied.
func Clean(raw string, opt Options) Safe {
	limit := len(raw)
	if opt.MaxCells > 0 {
		limit = min(limit, opt.MaxCells+1)
	}
	n := plainPrefix(raw[:limit])
	if n == limit {
		return Safe{text: raw[:n]}
	}
	c := cleaner{raw: raw, opt: opt}
	c.run(len(raw))
	return c.safe()
}

// CleanBytes is [Clean] for bytes. It copies what it keeps, so the caller may change raw afterwards.
func CleanBytes(raw []byte, opt Options) Safe {
	// A base of 4 bytes carries at most maxStack runes, each of which may link one more consonant.
	const maxBytesPerCell = 4 * (1 + 2*maxStack)
	if opt.MaxCells > 0 && opt.MaxCells < len(raw)/maxBytesPerCell {
		raw = raw[:min((opt.MaxCells+2)*maxBytesPerCell, len(raw))]
	}
	limit := len(raw)
	if opt.MaxCells > 0 {
		limit = min(limit, opt.MaxCells+1)
	}
	head := string(raw[:limit])
	if plainPrefix(head) == limit {
		return Safe{text: head}
	}
	return Clean(string(raw), opt)
}

// plainPrefix counts the bytes before the first one that is not printable ASCII.
func plainPrefix(s string) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		t := s[i : i+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		// A byte below 0x20 borrows, DEL carries into the high bit, and the rest have it set.
		if ((x-0x20*ones)|(x+ones)|x)&high != 0 {
			break
		}
	}
	for i < len(s) && s[i]-0x20 < 0x5f {
		i++
	}
	return i
}

// cleaner walks raw once. As long as nothing had to be marked, out is nil and the text is raw[:at] itself.
type cleaner struct {
	raw   string
	opt   Options
	at    int // bytes of raw done
	cells int // a lower bound of the width so far
	out   []byte
	marks []Span
	wide  bool
	rtl   bool
	stack stack
	form  markForm
}

// stack tracks the base that combining runes would draw on.
type stack struct {
	base  rune // 0: nothing that may carry one
	depth int
	last  kind
}

// run cleans raw up to byte end, or until MaxCells is passed.
func (c *cleaner) run(end int) {
	for c.at < end && !c.full() {
		stop := end
		if c.opt.MaxCells > 0 {
			stop = min(end, c.at+c.opt.MaxCells+1-c.cells)
		}
		if n := plainPrefix(c.raw[c.at:stop]); n > 0 {
			c.keep(n)
			c.cells += n
			c.stack = stack{base: rune(c.raw[c.at-1]), last: shown}
			continue
		}
		c.step()
	}
}

func (c *cleaner) full() bool {
	return c.opt.MaxCells > 0 && c.cells > c.opt.MaxCells
}

// step cleans the one rune, or bad byte, at c.at, which is not printable ASCII.
func (c *cleaner) step() {
	var buf [16]byte
	r, size := utf8.DecodeRuneInString(c.raw[c.at:])
	if r == utf8.RuneError && size == 1 {
		c.mark(size, c.byteMark(buf[:0], c.raw[c.at]))
		return
	}
	k := c.kindOf(r)
	if k == 0 || c.opt.ASCII || !c.stack.admit(r, k) {
		c.mark(size, c.runeMark(buf[:0], r))
		return
	}
	if c.stack.depth == 0 {
		c.cells++
	}
	c.wide, c.rtl = true, c.rtl || k&rtl != 0
	c.keep(size)
}

func (c *cleaner) kindOf(r rune) kind {
	k := kindOf(r)
	if k&rtl != 0 && !c.opt.RightToLeft || k&drawing != 0 && !c.opt.Drawing {
		return 0
	}
	return k
}

// admit reports whether r, of a kind that may be shown, may follow here, and adds it to the stack if so.
func (s *stack) admit(r rune, k kind) bool {
	switch {
	case k&tints != 0 && !tintable(s.base), k&extends != 0 && s.base == ' ', k&spacing != 0 && s.base < utf8.RuneSelf:
		return false
	case k&extends != 0, k&leads != 0 && s.last&leads != 0:
		if s.base == 0 || s.depth == maxStack {
			return false
		}
		s.depth++
		k |= s.last & links // a virama joins in spite of the accents that follow it
	case s.last&links != 0:
		// The consonant after a virama joins the one before it, so the stack goes on.
		s.base = r
	default:
		s.base, s.depth = r, 0
	}
	s.last = k
	return true
}

// tintable reports whether a skin tone may follow r.
func tintable(r rune) bool {
	return r >= 0x1f300 || r == 0x261d || r == 0x26f9 || 0x270a <= r && r <= 0x270d
}

// keep takes the next n bytes of raw as they are.
func (c *cleaner) keep(n int) {
	if c.out != nil {
		c.out = append(c.out, c.raw[c.at:c.at+n]...)
	}
	c.at += n
}

// mark replaces the next n bytes of raw by text.
func (c *cleaner) mark(n int, text []byte) {
	if c.out == nil {
		c.out = make([]byte, 0, c.at+64+min(len(c.raw)-c.at, 256))
		c.out = append(c.out, c.raw[:c.at]...)
	}
	lo := len(c.out)
	c.out = append(c.out, text...)
	c.marks = append(c.marks, Span{lo, len(c.out)})
	c.at += n
	c.cells++
	if text[0] >= utf8.RuneSelf {
		c.wide = true
	} else {
		c.cells += len(text) - 1
	}
	c.stack = stack{}
}

// written is the length of the clean text so far.
func (c *cleaner) written() int {
	if c.out == nil {
		return c.at
	}
	return len(c.out)
}

func (c *cleaner) safe() Safe {
	text := c.raw[:c.at]
	if c.out != nil {
		text = string(c.out)
	}
	return Safe{text: text, marks: c.marks, wide: c.wide, rtl: c.rtl}
}

// appendRuneMark appends the mark for a rune.
func appendRuneMark(dst []byte, r rune, ascii bool) []byte {
	switch {
	case ascii && (r < 0x20 || r == 0x7f):
		return appendByteMark(dst, byte(r))
	case r < 0x20:
		return utf8.AppendRune(dst, 0x2400+r)
	case r == 0x7f:
		return utf8.AppendRune(dst, 0x2421)
	}
	dst = append(dst, "<U+"...)
	for shift := max(12, hexShift(r)); shift >= 0; shift -= 4 {
		dst = append(dst, upperHex[r>>shift&0xf])
	}
	return append(dst, '>')
}

func appendByteMark(dst []byte, b byte) []byte {
	return append(dst, '<', upperHex[b>>4], upperHex[b&0xf], '>')
}

const upperHex = "0123456789ABCDEF"

// hexShift is the shift of the highest hexadecimal digit of r.
func hexShift(r rune) int {
	shift := 0
	for r>>shift > 0xf {
		shift += 4
	}
	return shift
}

// titleCells is the most a name may take of a window title.
const titleCells = 60

// Title is the name of a file or folder for a window title: clean, and at most 60 cells by either measure. The fixed
// text before it is the caller's.
func Title(base string) Safe {
	s := Clean(base, Options{MaxCells: titleCells})
	return Widther{Clusters: true}.Truncate(Widther{}.Truncate(s, titleCells), titleCells)
}
