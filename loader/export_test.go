package loader

import (
	"testing"
)

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// With makes an event line; see with.
var With = with

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
