//go:build !race

package logtest

import (
	"maps"
	"slices"
)

// orders are the ways in which times continue that tests go through.
var orders = slices.Sorted(maps.Keys(Steps))
