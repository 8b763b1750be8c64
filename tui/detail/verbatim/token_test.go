package verbatim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/tui/kit"
)

func TestJSONKeepsItsColorsAcrossParts(t *testing.T) {
	text := `{"a":"` + strings.Repeat(`x\"y`, 3000) + `","b":{"c":12,"d":[true,null,-1.5e9]}}`
	states := States(text)
	if len(states) < 3 {
		t.Fatalf("%d parts, want several", len(states))
	}
	whole, parts := map[int]kit.Role{}, map[int]kit.Role{}
	note := func(m map[int]kit.Role) func(Token) {
		return func(tok Token) {
			for i := tok.Lo; i < tok.Hi; i++ {
				m[i] = tok.Role
			}
		}
	}
	Lex(text, 0, len(text), Outside, note(whole))
	for k, state := range states {
		Lex(text, PartStart(text, k), PartStart(text, k+1), state, note(parts))
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

func TestOverlayKeepsTokensApart(t *testing.T) {
	under := []Token{{0, 5, kit.JsonKey}, {6, 10, kit.JsonString}, {12, 20, kit.JsonNumber}}
	over := []Token{{3, 7, kit.Hit}, {14, 15, kit.Hit}, {25, 26, kit.Hit}}
	want := []Token{
		{0, 3, kit.JsonKey}, {3, 7, kit.Hit}, {7, 10, kit.JsonString},
		{12, 14, kit.JsonNumber}, {14, 15, kit.Hit}, {15, 20, kit.JsonNumber}, {25, 26, kit.Hit},
	}
	if diff := cmp.Diff(want, Overlay(under, over)); diff != "" {
		t.Errorf("Overlay (-want +got):\n%s", diff)
	}
}
