package snippet

import "testing"

func TestHalvesOfPairsAreFound(t *testing.T) {
	for line, want := range map[string]bool{
		``: false, `"a"`: false, `"\ud83e\uddab"`: false, `"\uD83E\uDDAB\ud83e\uddab"`: false, `"\\ud800"`: false, `"\\\\ud800"`: false, `"\n\ud83e\uddab"`: false, `"\udc00"`: false,
		`"\ud800"`: true, `"\ud800 \udc00"`: true, `"\ud800\ud800\udc00"`: true, `"\ud83e\uddab\ud83e"`: true, `"\\\ud800"`: true, `"\ud800\n"`: true, `"\uDBFF\u0041"`: true,
		`\`: false, `\u`: false, `\ud8`: false,
	} {
		if got := halved(line); got != want {
			t.Errorf("halved(%s) = %t, want %t", line, got, want)
		}
	}
}
