//go:build race

package logtest

// orders are the ways in which times continue that tests go through under the race detector. There the comparison with plain counting takes
// forty times as long, and the order of times decides over no goroutine.
var orders = []string{"nearly sorted", "in files"}
