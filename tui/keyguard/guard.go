// Package keyguard filters the input between the terminal and the library that decodes its keys. Input from a terminal can be
// as hostile as a log: a paste, an unrequested answer, or bytes that another program made the terminal send. The library trusts
// its input, and some input ends the program or makes it ignore keys. Only keys, mouse events, whole pastes and the answers to
// our own questions pass, each in a form that the decoder understands at once. Everything else is dropped as a whole, so that
// the rest of a dropped sequence never becomes keys. The tripwire of package termsafe guards the other direction.
package keyguard

import (
	"bytes"
	"time"
	"unicode/utf8"
)

// How long the guard waits for the next byte before it decides what the last ones meant. A terminal sends a sequence in one
// go.
const (
	keyWait   = 50 * time.Millisecond  // then a lone ESC is the escape key
	heldWait  = 150 * time.Millisecond // then an unfinished sequence is dropped
	floodWait = 2 * time.Second        // the same for one that is longer than any key: its rest would be taken for keys
	pasteWait = 2 * time.Second        // then an unfinished paste ends
	restWait  = 500 * time.Millisecond // then the rest of a cut paste has ended
	lateWait  = 10 * time.Second       // then no late rest of an ended paste is expected
)

// Limits on the kept bytes of a sequence or a paste.
const (
	maxSequence = 64
	maxPaste    = 1 << 20
)

const (
	esc       = 0x1b
	interrupt = 0x03 // ^C
	bad       = -1   // stands for a byte that is not UTF-8
)

// Guard turns the bytes of a terminal into bytes that are safe for the decoder. It does no I/O and has no clock. Feed takes
// input; call Silence if no byte came for Patience; Take returns the output. The result does not depend on how the input is
// split between calls of Feed. The zero Guard is ready to use. Only one goroutine may use it.
type Guard struct {
	state   state
	intro   byte   // the byte after ESC; 0 if the sequence started with a C1 control
	alt     bool   // another ESC came before the sequence
	spoilt  bool   // drop the sequence at its end
	last    byte   // the last input byte
	part    []byte // the start of an incomplete rune
	torn    int    // bytes that may still belong to an invalid rune
	seq     []byte // the sequence after its introducer
	paste   []byte // the bytes of the paste; after a cut paste, the last few dropped bytes
	matched int    // after a cut paste: how many bytes of the end mark came last
	late    bool   // the rest of an ended paste may still come
	asked   answers
	out     []byte
	taken   int // bytes of out that Take returned already
}

type state uint8

const (
	ground  state = iota
	escape        // ESC came
	control       // a control sequence, ESC [
	single        // ESC O
	text          // a string that ESC \ ends, among them OSC
	textEnd       // ESC came in such a string
	mouse         // the three bytes of an old mouse report
	console       // ESC [ [, a function key of the console of Linux
	inPaste
	behindPaste // the rest of a paste that was cut
)

// Feed takes input of the terminal. It does not keep p.
func (g *Guard) Feed(p []byte) {
	if len(p) == 0 {
		return
	}
	g.noticeLateRest(p)
	if len(g.part) > 0 {
		p = append(g.part, p...)
		g.part = nil
	}
	g.last = p[len(p)-1]
	for len(p) > 0 {
		switch g.state {
		case inPaste:
			p = g.pasted(p)
		case behindPaste:
			p = g.skipRest(p)
		case mouse:
			p = g.mouseByte(p)
		default:
			p = g.next(p)
		}
	}
}

// next takes one rune and returns the rest of p. It treats C1 controls the same as bytes and as runes.
func (g *Guard) next(p []byte) []byte {
	r, n := utf8.DecodeRune(p)
	if r == utf8.RuneError && n == 1 {
		if !utf8.FullRune(p) {
			g.part = bytes.Clone(p)
			return nil
		}
		r = g.oddByte(p[0])
	} else {
		g.torn = 0
	}
	if r == utf8.RuneError {
		r = bad // the decoder would wait for more after a U+FFFD
	}
	g.step(r)
	return p[n:]
}

// oddByte returns the meaning of a byte that is not UTF-8: a C1 control, unless it continues an invalid rune.
func (g *Guard) oddByte(b byte) rune {
	switch {
	case b >= 0xc0 && b < 0xf8:
		g.torn = 1
		if b >= 0xe0 {
			g.torn = 2
		}
		if b >= 0xf0 {
			g.torn = 3
		}
	case b < 0xc0 && g.torn > 0:
		g.torn--
	case b <= 0x9f:
		return rune(b)
	}
	return bad
}

func (g *Guard) step(r rune) {
	switch g.state {
	case ground:
		g.start(r)
	case escape:
		g.escaped(r)
	case control:
		g.controlRune(r)
	case single:
		g.singleRune(r)
	case text:
		g.textRune(r)
	case textEnd:
		g.textEnded(r)
	case console:
		g.consoleRune(r)
	}
}

// start takes a rune outside of any sequence.
func (g *Guard) start(r rune) {
	switch {
	case r == esc:
		g.state, g.alt = escape, false
	case r == bad:
	case r >= 0x80 && r <= 0x9f:
		if to, known := introduced(byte(r - 0x40)); known {
			g.begin(to, 0)
			if r == 0x9d {
				g.seq = append(g.seq, ']')
			}
		}
	default:
		g.out = utf8.AppendRune(g.out, r)
	}
}

// introduced returns the kind of sequence that ESC and b start.
func introduced(b byte) (to state, known bool) {
	switch b {
	case '[':
		return control, true
	case 'O':
		return single, true
	case ']', 'P', 'X', '^', '_':
		return text, true
	}
	return ground, false
}

// begin starts a sequence.
func (g *Guard) begin(to state, intro byte) {
	g.state, g.intro, g.spoilt, g.seq = to, intro, false, g.seq[:0]
}

// escaped takes the rune after ESC: the start of a sequence, or a key pressed with Alt.
func (g *Guard) escaped(r rune) {
	switch {
	case r == esc:
		if g.alt {
			g.emitKey(esc)
		}
		g.alt = true
		return
	case r == bad:
		g.state = ground
		return
	case r >= 0x80 && r <= 0x9f:
		g.state = ground
		g.start(r)
		return
	case r < 0x80:
		if to, known := introduced(byte(r)); known {
			g.begin(to, byte(r))
			if r == ']' {
				g.seq = append(g.seq, ']')
			}
			return
		}
	}
	g.emitEscapeBefore()
	g.emitAlt(r)
	g.state = ground
}

// keep appends a rune to the sequence, unless that is too long.
func (g *Guard) keep(r rune) {
	if len(g.seq) >= maxSequence {
		g.spoilt = true
		return
	}
	g.seq = append(g.seq, byte(r))
}

// broken reports whether r aborts the sequence, and ends it if so. In a short sequence a control character is a key.
func (g *Guard) broken(r rune) bool {
	short := g.state == single || g.state == console
	if r != esc && r != 0x18 && r != 0x1a && (r < 0 || r >= ' ' || !short) { // CAN and SUB abort each sequence
		return false
	}
	g.emitEscapeBefore()
	g.state = ground
	if r == esc || short && r != 0x18 && r != 0x1a {
		g.start(r)
	}
	return true
}

// controlRune takes a rune of a control sequence, up to its final byte.
func (g *Guard) controlRune(r rune) {
	switch {
	case g.broken(r):
	case r >= 0x20 && r <= 0x3f:
		g.keep(r)
	case r == '[' && len(g.seq) == 0 && !g.spoilt:
		g.state = console
	case r == 'M' && len(g.seq) == 0 && !g.spoilt:
		g.state = mouse
	case r >= 0x40 && r <= 0x7e:
		g.state = ground
		if !g.spoilt {
			g.controlEnded(byte(r))
		}
		g.emitEscapeBefore()
	default:
		g.spoilt = true
	}
}

// singleRune takes a rune after ESC O: a modifier, then the key.
func (g *Guard) singleRune(r rune) {
	if g.broken(r) {
		return
	}
	if r >= '0' && r <= '9' {
		g.keep(r)
		return
	}
	g.state = ground
	if g.spoilt || len(g.seq) > 1 || r > 0x7e || !isSingleKey(byte(r)) {
		g.emitEscapeBefore()
		return
	}
	g.emitAltPrefix()
	g.out = append(append(append(g.out, esc, 'O'), g.seq...), byte(r))
}

// isSingleKey reports whether ESC O and b are a key.
func isSingleKey(b byte) bool {
	return b >= 'A' && b <= 'F' || b == 'H' || b == 'M' || b >= 'P' && b <= 'S' || b == 'X' || b >= 'a' && b <= 'd' || b >= 'j' && b <= 'y'
}

// consoleRune takes the last rune of a function key of the console of Linux, ESC [ [ A to E.
func (g *Guard) consoleRune(r rune) {
	if g.broken(r) {
		return
	}
	g.state = ground
	g.emitEscapeBefore()
	if r >= 'A' && r <= 'E' {
		g.out = append(g.out, esc, '[', '1', byte(r-'A')+'1', '~')
	}
}

// textRune takes a rune of a string. Only OSC ends with BEL.
func (g *Guard) textRune(r rune) {
	osc := len(g.seq) > 0 && g.seq[0] == ']'
	switch {
	case r == esc:
		g.state = textEnd
	case r == 0x9c || r == 0x07 && osc:
		g.textDone()
	case g.broken(r):
	case osc && r >= 0x20 && r <= 0x7e:
		g.keep(r)
	default:
		g.spoilt = true
	}
}

// textEnded takes the rune after ESC in a string: its end, or the start of another sequence.
func (g *Guard) textEnded(r rune) {
	if r == '\\' {
		g.textDone()
		return
	}
	g.emitEscapeBefore()
	g.state = escape
	g.escaped(r)
}

func (g *Guard) textDone() {
	g.state = ground
	g.emitEscapeBefore()
	if !g.spoilt && g.asked.color(g.seq) {
		g.out = append(append(append(g.out, esc), g.seq...), 0x07)
	}
}

// Patience returns how long to wait for the next byte before calling Silence. Zero means forever.
func (g *Guard) Patience() time.Duration {
	switch g.state {
	case ground:
		switch {
		case len(g.part) > 0:
			return heldWait
		case g.late:
			return lateWait
		}
		return 0
	case escape:
		return keyWait
	case inPaste:
		if loneKey(g.paste) != nil {
			return keyWait
		}
		return pasteWait
	case behindPaste:
		if isInterrupt(loneKey(g.paste)) {
			return keyWait
		}
		return restWait
	}
	switch {
	case g.last == interrupt || g.isAltKey():
		return keyWait
	case len(g.seq) >= maxSequence:
		return floodWait
	}
	return heldWait
}

// Silence tells the guard that no byte came for as long as Patience returned.
func (g *Guard) Silence() {
	switch g.state {
	case inPaste:
		g.pasteSilent()
		return
	case behindPaste:
		g.restSilent()
		return
	case ground:
		if len(g.part) == 0 {
			g.late = false
		}
	case escape, textEnd:
		g.emitEscapeBefore()
		g.emitKey(esc)
	default:
		g.emitEscapeBefore()
		switch {
		case g.last == interrupt:
			g.out = append(g.out, interrupt) // the user can always quit, whatever sequence is open
		case g.isAltKey():
			g.emitAlt(rune(g.intro))
		}
	}
	g.state, g.part, g.torn = ground, nil, 0
}

// isAltKey reports whether the sequence so far is only ESC and a key, so that it is a key pressed with Alt.
func (g *Guard) isAltKey() bool {
	switch g.state {
	case control, single, text:
		return g.intro != 0 && !g.spoilt && (len(g.seq) == 0 || g.intro == ']' && len(g.seq) == 1)
	}
	return false
}

// Take moves output to p and returns its length. It does not split a sequence or a rune, as the decoder would take the halves
// for keys if it had to wait for the second one.
func (g *Guard) Take(p []byte) int {
	out := g.out[g.taken:]
	n := 0
	for n < len(out) {
		size := unit(out[n:])
		if n+size > len(p) {
			break
		}
		n += size
	}
	if n == 0 {
		n = min(len(p), len(out)) // p is too small for one sequence
	}
	copy(p, out[:n])
	g.taken += n
	if g.taken == len(g.out) {
		g.taken, g.out = 0, g.out[:0]
		if cap(g.out) > 1<<16 {
			g.out = nil
		}
	}
	return n
}
