package keyguard

import "unicode/utf8"

// Limits of the numbers in a control sequence.
const (
	maxNumber    = utf8.MaxRune
	maxGroups    = 3
	maxPerGroup  = 4
	maxModifiers = 256
	maxCell      = 1 << 15
)

// numbers are the parameters of a control sequence: groups between semicolons, numbers between colons. A missing number
// is -1.
type numbers [][]int

// plain returns the only number of a group, or otherwise if it is missing.
func (n numbers) plain(group, otherwise int) (value int, ok bool) {
	switch {
	case group >= len(n) || n[group][0] < 0 && len(n[group]) == 1:
		return otherwise, true
	case len(n[group]) > 1:
		return 0, false
	}
	return n[group][0], true
}

// parseNumbers reads parameters. ok is false if there are more or larger ones than any key has.
func parseNumbers(s []byte) (n numbers, ok bool) {
	if len(s) == 0 {
		return nil, true
	}
	n = numbers{{-1}}
	for _, c := range s {
		group := &n[len(n)-1]
		last := &(*group)[len(*group)-1]
		switch {
		case c >= '0' && c <= '9':
			*last = max(*last, 0)*10 + int(c-'0')
			if *last > maxNumber {
				return nil, false
			}
		case c == ';' && len(n) < maxGroups:
			n = append(n, []int{-1})
		case c == ':' && len(*group) < maxPerGroup:
			*group = append(*group, -1)
		default:
			return nil, false
		}
	}
	return n, true
}

// controlEnded decides whether a complete control sequence passes.
func (g *Guard) controlEnded(final byte) {
	body := g.seq
	var prefix byte
	if len(body) > 0 && body[0] >= '<' && body[0] <= '?' {
		prefix, body = body[0], body[1:]
	}
	mode := prefix == '?' && final == 'y' && len(body) > 0 && body[len(body)-1] == '$'
	if mode {
		body = body[:len(body)-1]
	}
	n, ok := parseNumbers(body)
	switch {
	case !ok:
	case mode:
		ok = g.asked.mode(n)
	case prefix == '?':
		ok = final == 'u' && len(n) == 1 && isBetween(n, 0, 0, 31) // the answer about keyboard enhancements
	case prefix == '<':
		ok = isMouse(n, final)
	case prefix != 0:
		ok = false
	case final == '~' && len(n) == 1 && len(n[0]) == 1 && n[0][0] == 200:
		g.emitEscapeBefore()
		g.state, g.paste = inPaste, g.paste[:0]
		return
	default:
		if ok = isKey(n, final); ok {
			g.emitAltPrefix()
		}
	}
	g.emitEscapeBefore()
	if ok {
		g.out = append(append(append(g.out, esc, '['), g.seq...), final)
	}
}

// isBetween reports whether a group is one number in a range.
func isBetween(n numbers, group, lo, hi int) bool {
	v, ok := n.plain(group, -1)
	return ok && v >= lo && v <= hi
}

// isMouse reports whether numbers are a mouse report: buttons, column, row.
func isMouse(n numbers, final byte) bool {
	return (final == 'M' || final == 'm') && len(n) == 3 && isBetween(n, 0, 0, 255) && isBetween(n, 1, 1, maxCell) && isBetween(n, 2, 1, maxCell)
}

// isKey reports whether a control sequence without a prefix is a key that the decoder knows.
func isKey(n numbers, final byte) bool {
	switch {
	case final == 'u':
		return isUnicodeKey(n)
	case final == '~' && len(n) == 3 && isBetween(n, 0, 27, 27):
		return isBetween(n, 1, 1, maxModifiers) && isBetween(n, 2, 0, maxNumber) && isCode(n[2][0])
	case final == '~' || final == '^' || final == '@':
		return len(n) > 0 && len(n) <= 2 && isBetween(n, 0, 1, 34) && isNumberedKey(n[0][0]) && areModifiers(n)
	case final == 'R': // with other numbers it is where the cursor is
		return len(n) == 0 || len(n) == 2 && isBetween(n, 0, 1, 1) && isBetween(n, 1, 2, 16)
	case isLetterKey(final):
		return len(n) == 0 || len(n) <= 2 && isBetween(n, 0, 1, 1) && areModifiers(n)
	}
	return false
}

// isNumberedKey reports whether a number up to 34 is that of a key. The numbers of the function keys have gaps.
func isNumberedKey(n int) bool {
	switch n {
	case 9, 10, 16, 22, 27, 30:
		return false
	}
	return true
}

// isLetterKey reports whether a control sequence that ends with b is a key.
func isLetterKey(b byte) bool {
	return b >= 'A' && b <= 'F' || b == 'H' || b == 'P' || b == 'Q' || b == 'S' || b == 'Z' || b >= 'a' && b <= 'd'
}

// areModifiers reports whether the second group is missing, or holds modifiers and optionally the kind of event: press, repeat
// or release.
func areModifiers(n numbers) bool {
	if len(n) < 2 {
		return true
	}
	m := n[1]
	return len(m) <= 2 && m[0] >= 1 && m[0] <= maxModifiers && (len(m) == 1 || m[1] >= 1 && m[1] <= 3)
}

// isUnicodeKey reports whether numbers are a key by its code, optionally with its codes with Shift and on the standard keyboard,
// modifiers, and the text that it types.
func isUnicodeKey(n numbers) bool {
	if len(n) == 0 || len(n[0]) > 3 || n[0][0] < 0 {
		return false
	}
	if omitted := len(n) == 3 && len(n[1]) == 1 && n[1][0] < 0; !omitted && !areModifiers(n) {
		return false
	}
	for _, code := range n[0] {
		if !isCode(code) {
			return false
		}
	}
	if len(n) < 3 {
		return true
	}
	for _, code := range n[2] {
		if !isCode(code) || code >= 0 && code < ' ' || code >= 0x7f && code < 0xa0 {
			return false
		}
	}
	return true
}

// isCode reports whether a number is a rune, or missing.
func isCode(n int) bool { return n == -1 || utf8.ValidRune(rune(n)) }

// mouseByte takes a byte of an old mouse report and emits the complete report in the modern form. In the old form the bytes may
// be anything, and the decoder takes an incomplete report for keys.
func (g *Guard) mouseByte(p []byte) []byte {
	if p[0] < ' ' {
		g.state = ground
		g.emitEscapeBefore()
		return p
	}
	g.seq = append(g.seq, p[0])
	if len(g.seq) < 3 {
		return p[1:]
	}
	g.state = ground
	g.emitEscapeBefore()
	buttons, x, y, final := int(g.seq[0])-' ', int(g.seq[1])-' ', int(g.seq[2])-' ', byte('M')
	if buttons&0xe3 == 3 { // no button, no wheel, no motion: a button was released
		buttons, final = buttons&^3, 'm'
	}
	g.seq = appendMouse(g.seq[:0], buttons, x, y)
	if x > 0 && y > 0 {
		g.out = append(append(append(g.out, esc, '['), g.seq...), final)
	}
	return p[1:]
}

// answers records which answers of the terminal arrived. The program asks each question once, so a second answer is dropped.
type answers struct{ background, synchronized, clusters bool }

// mode reports whether numbers are the first answer about a queried mode: synchronized drawing or widths by cluster.
func (a *answers) mode(n numbers) bool {
	if len(n) != 2 || !isBetween(n, 1, 0, 4) {
		return false
	}
	switch v, _ := n.plain(0, 0); v {
	case 2026:
		return once(&a.synchronized)
	case 2027:
		return once(&a.clusters)
	}
	return false
}

// color reports whether an OSC is the first answer about the colour of the background.
func (a *answers) color(osc []byte) bool {
	const prefix = "]11;"
	if len(osc) <= len(prefix) || string(osc[:len(prefix)]) != prefix {
		return false
	}
	for _, c := range osc[len(prefix):] {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == ':', c == '/', c == '#', c == '.', c == ',':
		default:
			return false
		}
	}
	return once(&a.background)
}

// once reports whether a flag was not set yet, and sets it.
func once(flag *bool) bool {
	before := *flag
	*flag = true
	return !before
}
