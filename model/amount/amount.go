// Package amount formats sizes and counts for people and measures rates. Its texts are printable ASCII.
//
// It knows nothing about audit logs or terminals and reads no clock: callers pass the time.
package amount

import "strconv"

// Bytes formats a number of bytes in the largest unit that fits: "1,023 B", "1.5 KiB", "40 MiB". It rounds to one decimal below
// ten and to a whole number above.
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

// Count formats a number with a comma between thousands: "1,204,331".
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

// Of formats a number with its noun: "1 event", "1,204,331 events".
func Of(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Short formats a number for a place with little space: in millions with one decimal, rounded, if there are that many: "83.2 M".
func Short(n int64) string {
	const million = 1_000_000
	if n < million {
		return Count(n)
	}
	tenths := (n + million/20) / (million / 10)
	return Count(tenths/10) + "." + strconv.FormatInt(tenths%10, 10) + " M"
}
