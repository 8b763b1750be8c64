package verbatim

import "testing"

func TestFindIsSmartAboutCase(t *testing.T) {
	tests := []struct {
		text, in string
		at, size int
	}{
		{"abc", "xABCx", 1, 3}, {"Abc", "xABCxAbc", 5, 3}, {"é", "xÉ", 1, 2}, {"-a", "x-A", 1, 2}, {"x", "abc", -1, 0}, {"aab", "aaAb", 1, 3},
		{"ß", "ab", -1, 0}, {"é!", "éé!", 2, 3},
	}
	for _, tt := range tests {
		n := NewNeedle(tt.text, false)
		if at, size := n.Index(tt.in); at != tt.at || at >= 0 && size != tt.size {
			t.Errorf("%q in %q = %d, %d, want %d, %d", tt.text, tt.in, at, size, tt.at, tt.size)
		}
	}
}
