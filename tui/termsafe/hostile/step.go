//go:build !race

package hostile

// step is 1: all texts.
const step = 1
