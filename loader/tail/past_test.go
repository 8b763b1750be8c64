package tail

import (
	"fmt"
	"testing"
)

// TestWhatEndedIsRememberedHoweverManyFilesAreFollowed has more files than generations that ended are remembered.
func TestWhatEndedIsRememberedHoweverManyFilesAreFollowed(t *testing.T) {
	p := newPast()
	add := func(head string) *generation {
		g := new(generation)
		p.remember(g)
		g.setHead([]byte(head))
		return g
	}
	gone := add("gone")
	p.end(gone)
	for i := range maxRead + 100 {
		add(fmt.Sprintf("live %d", i))
	}
	if got := p.alike([]byte("gone and more")); len(got) != 1 || got[0] != gone {
		t.Errorf("%d generations are like the one that ended, want that one", len(got))
	}
	for i := range maxRead {
		p.end(add(fmt.Sprintf("other %d", i)))
	}
	if got := p.alike([]byte("gone")); len(got) != 0 {
		t.Errorf("%d generations are remembered beyond the limit", len(got))
	}
}

// TestAlikeFindsWhatAgreesAsFarAsBothGo compares the index with a look at each head.
func TestAlikeFindsWhatAgreesAsFarAsBothGo(t *testing.T) {
	heads := []string{"a", "ab", "abc", "abd", "b", "", "abcabc", "ab", "ba", "c", "aa", "abcd", "abce"}
	p := newPast()
	var all []*generation
	for _, h := range heads {
		g := new(generation)
		p.remember(g)
		g.setHead([]byte("x" + h))
		g.setHead([]byte(h)) // it moves
		all = append(all, g)
	}
	for _, head := range append(heads, "abcdef", "abz", "z", "bb") {
		var want []*generation
		for _, g := range all {
			if n := min(len(head), len(g.head)); n > 0 && head[:n] == string(g.head[:n]) {
				want = append(want, g)
			}
		}
		got := p.alike([]byte(head))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("alike(%q) finds %d generations, want %d, the oldest first", head, len(got), len(want))
		}
	}
}
