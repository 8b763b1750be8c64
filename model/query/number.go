package query

import (
	"bytes"
	"cmp"
	"math"
)

// number is a decimal number with all its digits, so that numbers beyond 64 bits still differ: ±0.digits × 10^exponent, without
// zeros at the ends of the digits. Zero has no digits.
type number struct {
	negative bool
	digits   []byte // as in the text, perhaps with the point in them
	exponent int64
}

// maxExponent bounds the exponents that are told apart.
const maxExponent = math.MaxInt64 / 4

// parseNumber reads a decimal number. Its digits are those of b.
func parseNumber(b []byte) (n number, ok bool) {
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		n.negative, b = b[0] == '-', b[1:]
	}
	mantissa := b
	if e := bytes.IndexAny(b, "eE"); e >= 0 {
		mantissa = b[:e]
		if n.exponent, ok = parseExponent(b[e+1:]); !ok {
			return number{}, false
		}
	}
	point, digits := -1, 0
	for i, c := range mantissa {
		switch {
		case c-'0' < 10:
			digits++
		case c == '.' && point < 0:
			point = i
		default:
			return number{}, false
		}
	}
	if digits == 0 {
		return number{}, false
	}
	if point < 0 {
		point = len(mantissa)
	}
	from := 0
	for from < len(mantissa) && (mantissa[from] == '0' || mantissa[from] == '.') {
		from++
	}
	n.digits = bytes.TrimRight(mantissa[from:], "0.")
	if len(n.digits) == 0 {
		return number{}, true
	}
	if from > point { // 0.05: the point stands before the first digit
		point++
	}
	n.exponent += int64(point - from)
	return n, true
}

// parseExponent reads a whole number with a sign, bounded by maxExponent.
func parseExponent(b []byte) (n int64, ok bool) {
	negative := false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		negative, b = b[0] == '-', b[1:]
	}
	for _, c := range b {
		if c-'0' >= 10 {
			return 0, false
		}
		if n = n*10 + int64(c-'0'); n > maxExponent/10 {
			n = maxExponent / 10
		}
	}
	if negative {
		n = -n
	}
	return n, len(b) > 0
}

// compare returns how n stands to m: negative, zero or positive.
func (n number) compare(m number) int {
	if s := cmp.Compare(n.sign(), m.sign()); s != 0 || len(n.digits) == 0 {
		return s
	}
	c := cmp.Or(cmp.Compare(n.exponent, m.exponent), compareDigits(n.digits, m.digits))
	if n.negative {
		return -c
	}
	return c
}

func (n number) sign() int {
	switch {
	case len(n.digits) == 0:
		return 0
	case n.negative:
		return -1
	}
	return 1
}

// compareDigits compares digits after the same point. It skips the points in them.
func compareDigits(a, b []byte) int {
	i, k := 0, 0
	for {
		if i < len(a) && a[i] == '.' {
			i++
		}
		if k < len(b) && b[k] == '.' {
			k++
		}
		if i == len(a) || k == len(b) {
			return cmp.Compare(len(a)-i, len(b)-k)
		}
		if a[i] != b[k] {
			return cmp.Compare(a[i], b[k])
		}
		i, k = i+1, k+1
	}
}

// whole returns the value of a number that is whole and fits.
func (n number) whole() (int64, bool) {
	if len(n.digits) == 0 {
		return 0, true
	}
	out, left := int64(0), n.exponent
	for _, c := range n.digits {
		if c == '.' {
			continue
		}
		if left--; left < 0 || out > (math.MaxInt64-9)/10 {
			return 0, false
		}
		out = out*10 + int64(c-'0')
	}
	for ; left > 0; left-- {
		if out > math.MaxInt64/10 {
			return 0, false
		}
		out *= 10
	}
	if n.negative {
		return -out, true
	}
	return out, true
}

// equalsBare returns the test for a number, true or false: numbers are compared by value, words in any case.
func equalsBare(text string) func([]byte) bool {
	n, ok := parseNumber([]byte(text))
	if !ok {
		return equals(text)
	}
	return func(b []byte) bool { got, ok := parseNumber(b); return ok && got.compare(n) == 0 }
}

// bareHints returns hints, or none if text is a number: other digits may write the same number.
func bareHints(text string, hints []needle) []needle {
	if _, ok := parseNumber([]byte(text)); ok {
		return nil
	}
	return hints
}
