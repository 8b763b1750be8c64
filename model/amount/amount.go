// Package amount writes sizes and counts for people, and measures how fast something goes. What it returns is printable ASCII.
//
// It knows nothing of audit logs and of terminals, and no clock: who measures says what time it is.
package amount

import "strconv"

// Bytes writes a number of bytes in the largest unit of which it is at least one: "1,023 B", "1.5 KiB", "40 MiB". It is rounded to
// two digits below ten, and to a whole number above.
func Bytes(n int64) string {
	if n < 1<<10 {
		return Count(n) + " B"
	}
	units := [...]string{" KiB", " MiB", " GiB", " TiB"}
	unit, value := 0, float64(n)/(1<<10)
	for value >= 1<<10-0.5 && unit < len(units)-1 {
		unit, value = unit+1, value/(1<<10)
	}
	if value < 9.95 {
		return strconv.FormatFloat(value, 'f', 1, 64) + units[unit]
	}
	return Count(int64(value+0.5)) + units[unit]
}

// Count writes a number with a comma between thousands: "1,204,331".
func Count(n int64) string {
	var digits [20]byte
	var out [26]byte
	return string(appendThousands(out[:0], strconv.AppendInt(digits[:0], n, 10)))
}

func appendThousands(dst, digits []byte) []byte {
	for i, c := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			dst = append(dst, ',')
		}
		dst = append(dst, c)
	}
	return dst
}

// Of is a number and the fitting noun: "1 event", "1,204,331 events".
func Of(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}
