package loader

import (
	"bytes"
	"testing"

	"pawprint/model"
)

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// With makes an event line; see with.
var With = with

// BenchDecoder decodes a whole log in memory, in blocks.
func BenchDecoder() func(log []byte) {
	d, batch := newDecoder(Limits{}), &model.Batch{}
	return func(log []byte) {
		for at := 0; at < len(log); {
			to := min(at+BlockBytes, len(log))
			to = at + bytes.LastIndexByte(log[at:to], '\n') + 1
			batch.Reset()
			d.lines(batch, log[at:to])
			at = to
		}
	}
}

// DefaultMemoryOf is DefaultMemory of a machine with other files.
var DefaultMemoryOf = defaultMemory

// MatchName reports whether a name matches a pattern of one segment, braces included.
func MatchName(t *testing.T, glob, name string) bool {
	t.Helper()
	patterns, err := parsePatterns(glob)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range patterns {
		if len(p) == 1 && matchName(p[0], name) {
			return true
		}
	}
	return false
}
