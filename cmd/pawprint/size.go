package main

import (
	"fmt"
	"strconv"
	"strings"
)

// sizeUnits are the unit letters of sizes, in powers of 1,024.
const sizeUnits = "KMGT"

// parseSize parses a number of bytes such as 512M, 2G, 1.5GiB or 1048576.
func parseSize(text string) (int64, error) {
	digits := strings.ToUpper(strings.TrimSpace(text))
	digits = strings.TrimSuffix(strings.TrimSuffix(digits, "B"), "I")
	shift := 0
	if n := len(digits); n > 0 {
		if power := strings.IndexByte(sizeUnits, digits[n-1]); power >= 0 {
			shift, digits = 10*(power+1), digits[:n-1]
		}
	}
	const most = 1 << 50
	n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if bytes := n * float64(int64(1)<<shift); err == nil && bytes >= 1 && bytes <= most {
		return int64(bytes), nil
	}
	return 0, fmt.Errorf("%q is not a size: try 512M or 2G", text)
}
