package keyguard

import (
	"strconv"
	"unicode/utf8"
)

// emitKey lets a key pass in the form in which nothing that follows can change its meaning: after ESC alone the decoder
// would wait, and take it together with the next key.
func (g *Guard) emitKey(code rune) { g.emitModified(code, 1) }

// emitModified lets a key pass with its modifiers: 1, and 1 for Shift, 2 for Alt, 4 for Ctrl.
func (g *Guard) emitModified(code rune, modifiers int64) {
	g.out = append(g.out, esc, '[')
	g.out = strconv.AppendInt(g.out, int64(code), 10)
	if modifiers > 1 {
		g.out = append(g.out, ';')
		g.out = strconv.AppendInt(g.out, modifiers, 10)
	}
	g.out = append(g.out, 'u')
}

// emitAlt lets a key pass that was pressed together with Alt; terminals send ESC and the key.
func (g *Guard) emitAlt(r rune) {
	const shift, alt, ctrl = 1, 2, 4
	switch {
	case r == 0:
		g.emitModified(' ', 1+alt+ctrl)
	case r == '\t' || r == '\r' || r >= ' ' && (r < 'A' || r > 'Z'):
		g.emitModified(r, 1+alt)
	case r <= 0x1a:
		g.emitModified(r+'a'-1, 1+alt+ctrl)
	case r < ' ':
		g.emitModified(r+'@', 1+alt+ctrl)
	default:
		g.emitModified(r+'a'-'A', 1+alt+shift)
	}
}

// emitEscapeBefore lets the first of two ESC pass as the escape key, where the second began something of its own.
func (g *Guard) emitEscapeBefore() {
	if g.alt {
		g.emitKey(esc)
	}
	g.alt = false
}

// emitAltPrefix keeps the first of two ESC with the key that the second began: some terminals send that for Alt.
func (g *Guard) emitAltPrefix() {
	if g.alt {
		g.out = append(g.out, esc)
	}
	g.alt = false
}

// unit is the length of the rune or sequence at the beginning of what passed the guard.
func unit(out []byte) int {
	if out[0] != esc || len(out) < 2 {
		_, n := utf8.DecodeRune(out)
		return n
	}
	i := 2
	switch out[1] {
	case esc:
		return 1 + unit(out[1:])
	case 'O':
		for i < len(out) && out[i] >= '0' && out[i] <= '9' {
			i++
		}
	case ']':
		for i < len(out) && out[i] != 0x07 {
			i++
		}
	default:
		for i < len(out) && (out[i] < 0x40 || out[i] > 0x7e) {
			i++
		}
	}
	return min(i+1, len(out))
}
