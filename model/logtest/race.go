//go:build race

package logtest

// orders are the names of the Steps that tests use under the race detector. There the comparison with plain counting takes forty times as
// long, and the order of times makes no difference to goroutines.
var orders = []string{"nearly sorted", "in files"}
