//go:build !purego

package query

// pairBlocks looks through blocks of 64 places for those where the byte behind p, with the bits of aCase set, is that of a, and the
// byte behind q likewise that of b; a, aCase, b and bCase are eight times the same byte. It gives the first block that has any,
// else the number of blocks, and a bit for each such place of it. 64 bytes for each block must be there behind p and q.
//
//go:noescape
func pairBlocks(p, q *byte, blocks int, a, aCase, b, bCase uint64) (block int, marks uint64)
