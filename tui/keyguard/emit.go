package keyguard

import (
	"strconv"
	"unicode/utf8"
)

// emitKey emits a key in a form whose meaning does not depend on what follows: after a lone ESC the decoder would wait and
// combine it with the next key.
func (g *Guard) emitKey(code rune) { g.emitModified(code, 1) }

// emitModified emits a key with its modifiers: 1 plus 1 for Shift, 2 for Alt, 4 for Ctrl.
func (g *Guard) emitModified(code rune, modifiers int64) {
	g.out = append(g.out, esc, '[')
	g.out = strconv.AppendInt(g.out, int64(code), 10)
	if modifiers > 1 {
		g.out = append(g.out, ';')
		g.out = strconv.AppendInt(g.out, modifiers, 10)
	}
	g.out = append(g.out, 'u')
}

// emitAlt emits a key pressed with Alt. Terminals send ESC and the key.
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

// emitEscapeBefore emits the first of two ESC as the escape key, if the second one starts a sequence of its own.
func (g *Guard) emitEscapeBefore() {
	if g.alt {
		g.emitKey(esc)
	}
	g.alt = false
}

// emitAltPrefix emits the first of two ESC as the prefix of the key that the second one starts: some terminals send that for Alt.
func (g *Guard) emitAltPrefix() {
	if g.alt {
		g.out = append(g.out, esc)
	}
	g.alt = false
}

// unit returns the length of the rune or sequence at the start of guarded output.
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
