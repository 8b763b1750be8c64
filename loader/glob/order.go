package glob

import (
	"os"
	"strings"
)

// SortKey returns a key of a path. Paths stand in natural order if their keys are compared byte by byte: folder by folder, and
// numbers in names by value, so that file2 comes before file10.
func SortKey(path string) string {
	var b strings.Builder
	b.Grow(2*len(path) + 8)
	for rest := path; rest != ""; {
		if n := digits(rest); n > 0 {
			number := strings.TrimLeft(rest[:n], "0")
			b.Write([]byte{'0', byte(len(number) >> 8), byte(len(number))})
			b.WriteString(number)
			rest = rest[n:]
			continue
		}
		switch c := rest[0]; {
		case os.IsPathSeparator(c):
			b.WriteByte(1) // a/x comes before a-b
		case c <= 2:
			b.Write([]byte{2, c})
		default:
			b.WriteByte(c)
		}
		rest = rest[1:]
	}
	b.WriteByte(0) // a path comes before those that it begins
	b.WriteString(path)
	return b.String()
}

// digits is the number of digits at the start of a text.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}
