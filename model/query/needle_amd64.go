//go:build !purego

package query

// pairBlocks searches blocks of 64 places for those where the byte at p, with the bits of aCase set, equals a, and the byte at
// q likewise equals b. Each of a, aCase, b and bCase repeats one byte eight times. It returns the first block with a hit and a bit
// for each hit in it, or the number of blocks. p and q must each point to 64 readable bytes per block.
//
//go:noescape
func pairBlocks(p, q *byte, blocks int, a, aCase, b, bCase uint64) (block int, marks uint64)
