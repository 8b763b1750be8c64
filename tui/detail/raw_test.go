package detail

import (
	"strings"
	"testing"

	"pawprint/tui/kit"
)

func TestRawKeepsItsColorsAcrossParts(t *testing.T) {
	text := `{"a":"` + strings.Repeat(`x\"y`, 3000) + `","b":{"c":12,"d":[true,null,-1.5e9]}}`
	states := lexParts(text)
	if len(states) < 3 {
		t.Fatalf("%d parts, want several", len(states))
	}
	whole, parts := map[int]kit.Role{}, map[int]kit.Role{}
	note := func(m map[int]kit.Role) func(token) {
		return func(tok token) {
			for i := tok.lo; i < tok.hi; i++ {
				m[i] = tok.role
			}
		}
	}
	lex(text, 0, len(text), outside, note(whole))
	for k, state := range states {
		lex(text, partStart(text, k), partStart(text, k+1), state, note(parts))
	}
	for i := range len(text) {
		if whole[i] != parts[i] {
			t.Fatalf("byte %d has role %d in parts, %d as a whole", i, parts[i], whole[i])
		}
	}
	for substr, want := range map[string]kit.Role{`"a"`: kit.JsonKey, `"d"`: kit.JsonKey, `12`: kit.JsonNumber, `true`: kit.JsonWord, `-1.5e9`: kit.JsonNumber} {
		if got := whole[strings.LastIndex(text, substr)]; got != want {
			t.Errorf("%s has role %d, want %d", substr, got, want)
		}
	}
}
