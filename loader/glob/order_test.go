package glob_test

import (
	"slices"
	"strings"
	"testing"

	"pawprint/loader/glob"
)

func TestPathsSortFolderByFolderAndNumbersByValue(t *testing.T) {
	want := []string{
		"", "-1", "0", "00", "01", "1", "1a", "2", "2/1", "2-1", "2.1", "010", "10", "10/x", "a", "a/b/1", "a/b/2", "a/b/10", "a\x01", "a\x02", "a b", "a-b", "a.jsonl",
		"a2/9", "a2/10", "a10/1", "aa", "log.2026-11-02.gz", "log.2026-11-10.gz", "n" + strings.Repeat("9", 300), "n1" + strings.Repeat("0", 300), "é",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(glob.SortKey(a), glob.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted as\n%q, want\n%q", got, want)
	}
}

func FuzzSortKeysOfOtherPathsDiffer(f *testing.F) {
	f.Add("a1", "a01")
	f.Add("a\x01", "a/")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := glob.SortKey(a), glob.SortKey(b); (x == y) != (a == b) {
			t.Errorf("keys of %q and %q: %q and %q", a, b, x, y)
		}
	})
}
