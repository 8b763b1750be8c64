package amount

import "strconv"

// Share formats n of all in percent with one decimal: "12.5%". It is "100%" only for all of them, and never nothing for some.
func Share(n, all int) string {
	if n >= all {
		return "100%"
	}
	tenths := (n*1000 + all/2) / all
	switch {
	case n == 0:
		return "0%"
	case tenths == 0:
		return "<0.1%"
	case tenths >= 1000:
		return "99.9%"
	}
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}
