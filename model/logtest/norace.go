//go:build !race

package logtest

import (
	"maps"
	"slices"
)

// orders are the names of the Steps that tests use.
var orders = slices.Sorted(maps.Keys(Steps))
