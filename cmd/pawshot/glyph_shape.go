package main

import "math"

// shapeOf returns the shape of a rune that is not taken from the font.
func shapeOf(r rune) (shape, bool) {
	if s, ok := signs[r]; ok {
		return s, true
	}
	if s, ok := boxShape(r); ok {
		return s, true
	}
	if s, ok := blockShape(r); ok {
		return s, true
	}
	if name, ok := controlName(r); ok {
		return letters(name), true
	}
	return nil, false
}

// pen is the usual width of lines in signs, in the coordinates of a mask.
const pen = 12

// signs holds the symbols that Go Mono lacks, and some that must match one that it lacks.
var signs = map[rune]shape{
	'▲': fillIn(-42, 34, 0, -40, 42, 34), '▼': fillIn(-42, -34, 0, 40, 42, -34),
	'▶': fillIn(-34, -42, 40, 0, -34, 42), '◀': fillIn(34, -42, -40, 0, 34, 42),
	'▴': fillIn(-34, 24, 0, -32, 34, 24), '▾': fillIn(-34, -24, 0, 32, 34, -24),
	'▸': fillIn(-24, -34, 32, 0, -24, 34), '◂': fillIn(24, -34, -32, 0, 24, 34),
	'△': loop(pen, -38, 30, 0, -34, 38, 30), '▽': loop(pen, -38, -30, 0, 34, 38, -30),
	'▷': loop(pen, -30, -38, 34, 0, -30, 38), '◁': loop(pen, 30, -38, -34, 0, 30, 38),
	'▵': loop(pen, -28, 18, 0, -24, 28, 18), '▿': loop(pen, -28, -18, 0, 24, 28, -18),
	'▹': loop(pen, -18, -28, 24, 0, -18, 28), '◃': loop(pen, 18, -28, -24, 0, 18, 28),

	'●': disc(0, 0, 38), '○': ring(0, 0, 38, pen), '◌': dotted(33),
	'◐': join(ring(0, 0, 38, pen), half(38, 180)), '◑': join(ring(0, 0, 38, pen), half(38, 0)),
	'◒': join(ring(0, 0, 38, pen), half(38, 90)), '◓': join(ring(0, 0, 38, pen), half(38, 270)),
	'◉': join(ring(0, 0, 40, pen-2), disc(0, 0, 20)), '◎': join(ring(0, 0, 40, pen-2), ring(0, 0, 20, pen-2)),
	'⊘': join(ring(0, 0, 40, pen), line(pen, -24, 24, 24, -24)), '∅': join(ring(0, 0, 36, pen), line(pen, -34, 38, 34, -38)),
	'⊕': join(ring(0, 0, 42, pen), line(pen, -36, 0, 36, 0), line(pen, 0, -36, 0, 36)),
	'⊖': join(ring(0, 0, 42, pen), line(pen, -36, 0, 36, 0)),
	'ℹ': join(ring(0, 0, 46, pen-2), disc(0, -20, 7), line(pen, 0, 0, 0, 20)),

	'◆': fillIn(0, -50, 42, 0, 0, 50, -42, 0), '◇': loop(pen, 0, -42, 34, 0, 0, 42, -34, 0),
	'◈': join(loop(pen-2, 0, -46, 38, 0, 0, 46, -38, 0), fillIn(0, -20, 17, 0, 0, 20, -17, 0)),
	'■': fillIn(-36, -36, 36, -36, 36, 36, -36, 36), '□': loop(pen, -32, -32, 32, -32, 32, 32, -32, 32),
	'▪': fillIn(-22, -22, 22, -22, 22, 22, -22, 22), '▫': loop(pen-2, -18, -18, 18, -18, 18, 18, -18, 18),
	'★': fillIn(star(48, 19)...), '☆': loop(pen-4, star(44, 18)...),

	'✗': join(line(pen, -28, -34, 28, 34), line(pen, 28, -38, -30, 38)), '✘': join(line(20, -26, -32, 26, 32), line(20, 28, -36, -28, 36)),
	'✕': join(line(pen, -30, -30, 30, 30), line(pen, 30, -30, -30, 30)), '✖': join(line(20, -28, -28, 28, 28), line(20, 28, -28, -28, 28)),
	'✓': line(pen, -34, 6, -12, 32, 34, -34), '✔': line(20, -32, 6, -12, 28, 32, -32),
	'⚑': join(line(pen, -28, -44, -28, 46), fillIn(-28, -46, 38, -22, -28, 6)),
	'⚐': join(line(pen, -28, -44, -28, 46), loop(pen-3, -26, -40, 34, -20, -26, 2)),
	'⚠': join(loop(pen-3, -42, 36, 0, -44, 42, 36), line(pen-2, 0, -14, 0, 8), disc(0, 23, 6)),
	'⚿': join(loop(pen-3, -40, -40, 40, -40, 40, 40, -40, 40), ring(-14, 0, 17, pen-3), line(pen-3, 2, 0, 26, 0, 26, 12)),
	'⚡': fillIn(14, -56, -34, 10, -4, 10, -14, 56, 34, -12, 4, -12),
	'‖': join(line(pen, -14, -40, -14, 40), line(pen, 14, -40, 14, 40)),
	'⏸': join(line(20, -18, -30, -18, 30), line(20, 18, -30, 18, 30)), '⏵': fillIn(-34, -42, 40, 0, -34, 42),
	'⋮': join(disc(0, -34, 9), disc(0, 0, 9), disc(0, 34, 9)), '⋯': join(disc(-34, 0, 9), disc(0, 0, 9), disc(34, 0, 9)),

	'↶': join(arc(pen, 6, 10, 32, 200, 370), fillIn(-48, -10, -2, -10, -25, 24)),
	'↷': join(arc(pen, -6, 10, 32, 170, 340), fillIn(48, -10, 2, -10, 25, 24)),
	'↩': join(line(pen, -30, 14, 24, 14), arc(pen, 20, -6, 20, 270, 450), line(pen, 20, -26, -10, -26), line(pen, -14, -6, -34, 14, -14, 34)),
	'↪': join(line(pen, 30, 14, -24, 14), arc(pen, -20, -6, 20, 90, 270), line(pen, -20, -26, 10, -26), line(pen, 14, -6, 34, 14, 14, 34)),
	'↵': join(line(pen, 32, -32, 32, 14, -30, 14), line(pen, -12, -6, -34, 14, -12, 34)),
	'⏎': join(line(pen, 32, -32, 32, 14, -30, 14), line(pen, -12, -6, -34, 14, -12, 34)),
	'↗': join(line(pen, -28, 28, 28, -28), line(pen, -8, -30, 30, -30, 30, 8)), '↘': join(line(pen, -28, -28, 28, 28), line(pen, -8, 30, 30, 30, 30, -8)),
	'↖': join(line(pen, 28, 28, -28, -28), line(pen, 8, -30, -30, -30, -30, 8)), '↙': join(line(pen, 28, -28, -28, 28), line(pen, 8, 30, -30, 30, -30, -8)),
	'⇥': join(line(pen, -40, 0, 24, 0), line(pen, 6, -20, 26, 0, 6, 20), line(pen, 40, -28, 40, 28)),
	'⇤': join(line(pen, 40, 0, -24, 0), line(pen, -6, -20, -26, 0, -6, 20), line(pen, -40, -28, -40, 28)),
	'⇧': loop(pen-2, 0, -46, 38, -4, 18, -4, 18, 40, -18, 40, -18, -4, -38, -4),
	'⌫': join(loop(pen-3, -44, 0, -20, -28, 42, -28, 42, 28, -20, 28), line(pen-3, -8, -12, 20, 12), line(pen-3, 20, -12, -8, 12)),
	'⌕': join(ring(8, -10, 32, pen), line(pen, -14, 14, -34, 38)),
	'⎋': join(arc(pen, 0, 0, 34, -20, 250), line(pen, 6, 6, -24, -30), line(pen, -30, -6, -28, -34, 0, -34)),
	'⌘': join(loop(pen-3, -16, -16, 16, -16, 16, 16, -16, 16), ring(-26, -26, 16, pen-3), ring(26, -26, 16, pen-3),
		ring(-26, 26, 16, pen-3), ring(26, 26, 16, pen-3)),
}

// star returns the corners of a star with five points.
func star(outer, inner float64) []float32 {
	var xy []float32
	for i := range 10 {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		a := float64(i)*math.Pi/5 - math.Pi/2
		xy = append(xy, float32(r*math.Cos(a)), float32(r*math.Sin(a))+3)
	}
	return xy
}

// dotted draws a circle of dots.
func dotted(r float64) shape {
	var dots []shape
	for i := range 8 {
		a := float64(i) * math.Pi / 4
		dots = append(dots, disc(float32(r*math.Cos(a)), float32(r*math.Sin(a)), 7))
	}
	return join(dots...)
}

// controlNames holds the letters of the symbols for control characters, from U+2400.
var controlNames = [...]string{"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
	"DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP", "DEL"}

func controlName(r rune) (string, bool) {
	if r == '␤' {
		return "NL", true
	}
	if i := int(r) - 0x2400; i >= 0 && i < len(controlNames) {
		return controlNames[i], true
	}
	return "", false
}
