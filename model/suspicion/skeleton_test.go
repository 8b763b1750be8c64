package suspicion

import (
	"strings"
	"testing"
)

func TestTextsThatLookAlikeHaveOneSkeleton(t *testing.T) {
	for _, group := range []string{
		"ann ANN aпп аnn a\u200bnn ａｎｎ 𝖺𝗇𝗇", "zoë zoe\u0308 ZOË", "Ian lan 1an |an Іan", "root r00t rооt", "kern kem", "savva sawa", "soar–1 soar-l soar−1",
		"paypal@example.com раураl@example.com paypaI@example.com", "Ada\u00a0Lee Ada\u2003Lee",
	} {
		texts := strings.Split(group, " ")
		for _, text := range texts[1:] {
			if got, want := Skeleton(text), Skeleton(texts[0]); got != want {
				t.Errorf("%q has the skeleton %q, and %q has %q", text, got, texts[0], want)
			}
		}
	}
	for _, apart := range [][2]string{{"ann", "anna"}, {"zoe", "zoë"}, {"bob", "dob"}, {"ci-2", "ci-3"}, {"", "a"}, {"Ада", "Ana"}, {"李", "季"}} {
		if Skeleton(apart[0]) == Skeleton(apart[1]) {
			t.Errorf("%q and %q have one skeleton", apart[0], apart[1])
		}
	}
}
