package keyguard

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	substitute = 0x1a // replaces bytes of a paste that the decoder must not see; the editor leaves it out and counts it
	maxTail    = 24   // the maximum length of a key, in bytes
)

// pasted takes bytes of a paste and returns those after it. The paste is kept until its end, so that it can be cancelled.
func (g *Guard) pasted(p []byte) []byte {
	before := len(g.paste)
	n := min(len(p), maxPaste+len(pasteEnd)-before)
	g.paste = append(g.paste, p[:n]...)
	from := max(0, before-len(pasteEnd)+1)
	end := bytes.Index(g.paste[from:], []byte(pasteEnd))
	stop := bytes.IndexByte(g.paste[before:], interrupt)
	switch {
	case end >= 0 && (stop < 0 || from+end < before+stop):
		end += from
		g.state = ground
		g.emitPaste(g.paste[:end])
		return p[end+len(pasteEnd)-before:]
	case stop >= 0: // the user cancels the paste
		g.giveUp()
		return p[stop:]
	case len(g.paste) == maxPaste+len(pasteEnd): // too long: at the limit only the end mark may follow
		over := bytes.Clone(g.paste[maxPaste:])
		g.emitPaste(g.paste[:maxPaste])
		g.giveUp()
		return append(over, p[n:]...)
	}
	return p[n:]
}

// giveUp drops a paste and the rest of it that follows.
func (g *Guard) giveUp() {
	g.state, g.matched, g.paste = behindPaste, 0, nil
}

// skipRest drops the rest of a cut paste and returns the bytes after its end.
func (g *Guard) skipRest(p []byte) []byte {
	for i, b := range p {
		switch {
		case b == pasteEnd[g.matched]:
			g.matched++
		case b == esc:
			g.matched = 1
		default:
			g.matched = 0
		}
		if g.matched == len(pasteEnd) {
			g.state, g.paste = ground, nil
			return p[i+1:]
		}
	}
	g.paste = append(g.paste, p[max(0, len(p)-maxTail):]...)
	g.paste = append(g.paste[:0], g.paste[max(0, len(g.paste)-maxTail):]...)
	return nil
}

// pasteSilent ends a paste after which no more bytes came. If it ends with ^C or escape, that key cancels it.
func (g *Guard) pasteSilent() {
	key := loneKey(g.paste)
	if key == nil {
		g.state, g.late = ground, true
		g.emitPaste(g.paste)
		return
	}
	tail := bytes.Clone(g.paste[max(0, len(g.paste)-maxTail):])
	g.giveUp()
	g.skipRest(tail) // the escape may belong to a late end mark
	g.paste = nil
	g.emitLone(key)
}

// restSilent stops dropping the rest of a paste. A ^C in that rest is a key.
func (g *Guard) restSilent() {
	key := loneKey(g.paste)
	if isInterrupt(key) {
		g.paste = nil
		g.emitLone(key)
		return
	}
	g.state, g.paste = ground, nil
}

// emitLone emits the key that cancelled a paste.
func (g *Guard) emitLone(key []byte) {
	if isInterrupt(key) {
		g.out = append(g.out, interrupt)
		return
	}
	g.emitKey(esc)
}

// loneKey returns ^C or escape at the end of a paste, in any form that terminals send; nil if it ends with something else. Such
// bytes inside a paste are followed by others at once, a key is not.
func loneKey(paste []byte) []byte {
	tail := paste[max(0, len(paste)-maxTail):]
	if n := len(tail); n > 0 && tail[n-1] == interrupt {
		return tail[n-1:]
	}
	i := bytes.LastIndexByte(tail, esc)
	if i < 0 {
		return nil
	}
	if key := tail[i:]; len(key) == 1 || isEscapeKey(key) || isInterrupt(key) {
		return key
	}
	return nil
}

// isInterrupt reports whether a key is ^C: the control character, or c with Ctrl in the two forms that send codes of keys.
func isInterrupt(key []byte) bool {
	if len(key) == 1 {
		return key[0] == interrupt
	}
	code, modifiers, ok := coded(key)
	const ctrl, locks = 4, 64 + 128 // CapsLock and NumLock do not matter
	return ok && code == 'c' && (modifiers-1)&^locks == ctrl
}

func isEscapeKey(key []byte) bool {
	code, modifiers, ok := coded(key)
	const locks = 64 + 128
	return ok && code == esc && (modifiers-1)&^locks == 0
}

// coded parses a key sent by its code: ESC [ code ; modifiers u, or ESC [ 27 ; modifiers ; code ~.
func coded(key []byte) (code, modifiers int, ok bool) {
	if len(key) < 4 || key[0] != esc || key[1] != '[' {
		return 0, 0, false
	}
	n, ok := parseNumbers(key[2 : len(key)-1])
	if !ok || len(n) == 0 || !isKey(n, key[len(key)-1]) {
		return 0, 0, false
	}
	switch key[len(key)-1] {
	case 'u':
		modifiers = 1
		if len(n) > 1 {
			modifiers = max(n[1][0], 1)
		}
		return n[0][0], modifiers, len(n) < 3 && (len(n) < 2 || len(n[1]) < 2 || n[1][1] == 1)
	case '~':
		return n[len(n)-1][0], n[min(1, len(n)-1)][0], len(n) == 3
	}
	return 0, 0, false
}

// noticeLateRest drops the rest of a paste that ended because nothing came for too long. Its length or the end mark
// distinguishes it from a key.
func (g *Guard) noticeLateRest(p []byte) {
	if !g.late {
		return
	}
	g.late = false
	end := bytes.Index(p, []byte(pasteEnd))
	start := bytes.Index(p, []byte(pasteStart))
	if end >= 0 && (start < 0 || end < start) || p[0] != esc && len(p) > maxTail {
		g.giveUp()
	}
}

// emitPaste emits a paste as text only, as the decoder interprets sequences in pastes too.
func (g *Guard) emitPaste(paste []byte) {
	g.out = append(g.out, pasteStart...)
	g.out = appendText(g.out, paste)
	g.out = append(g.out, pasteEnd...)
	if cap(g.paste) > 1<<16 {
		g.paste = nil
	}
	g.paste = g.paste[:0]
}

// appendText appends a text with escapes, C1 controls and bytes that are not UTF-8 replaced; also U+FFFD, after which the decoder
// would wait for more.
func appendText(out, s []byte) []byte {
	for i := 0; i < len(s); {
		n := i
		for n < len(s) && s[n] < utf8.RuneSelf && s[n] != esc {
			n++
		}
		out = append(out, s[i:n]...)
		if i = n; i == len(s) {
			break
		}
		r, size := utf8.DecodeRune(s[i:])
		if r == esc || r == utf8.RuneError || r >= 0x80 && r <= 0x9f {
			out = append(out, substitute)
		} else {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return out
}

// appendMouse appends the numbers of a mouse report.
func appendMouse(out []byte, buttons, x, y int) []byte {
	out = strconv.AppendInt(append(out, '<'), int64(buttons), 10)
	out = strconv.AppendInt(append(out, ';'), int64(x), 10)
	return strconv.AppendInt(append(out, ';'), int64(y), 10)
}
