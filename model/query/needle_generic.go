//go:build !amd64 || purego

package query

import "unsafe"

// pairBlocks is pairWords for blocks of 64 places.
func pairBlocks(p, q *byte, blocks int, a, aCase, b, bCase uint64) (block int, marks uint64) {
	return pairWords(unsafe.Slice(p, 64*blocks), unsafe.Slice(q, 64*blocks), a, aCase, b, bCase)
}
