package termsafe

import (
	"strings"
	"testing"
)

func TestGateIsTheTripwireHoweverAStreamIsCut(t *testing.T) {
	texts := []string{"plain\n日本\x1b[1;31mred\x1b[m\n", "a\x1b]52;c;eA==\ab\x1b", "\x1b[" + strings.Repeat("1;", 40) + "m", "\x1b[1;2", "\xe2\x82", "é\xff\xe2\x28\u202e", "\x1b\x1b[m\x1b["}
	for _, h := range hostile {
		texts = append(texts, h.raw)
	}
	for _, text := range texts {
		want, n := Tripwire(text)
		for size := 1; size < 9; size++ {
			var g Gate
			var got []byte
			for p := text; p != ""; p = p[min(size, len(p)):] {
				got = g.Pass(got, []byte(p[:min(size, len(p))]))
			}
			got = g.Rest(got)
			if string(got) != want || g.Tripped() != n {
				t.Fatalf("%.80q in pieces of %d = %.80q, %d tripped, want %.80q, %d", text, size, got, g.Tripped(), want, n)
			}
		}
	}
}

// What a program prints before it waits for an answer must be on the screen, whatever it ends in.
func TestGateHoldsBackOnlyWhatMayBecomeAWhole(t *testing.T) {
	for text, want := range map[string]string{
		"Download? [y/N] ": "Download? [y/N] ", "loading …": "loading …", "x\x1b[": "x", "x\x1b[1;": "x", "x\x1b[1x": "x\ufffd[1x", "x\xe2\x82": "x", "x\x82": "x\ufffd",
		"x\x1b[" + strings.Repeat("1", 70): "x\ufffd[" + strings.Repeat("1", 70),
	} {
		if got := string(new(Gate).Pass(nil, []byte(text))); got != want {
			t.Errorf("Pass(%q) = %q, want %q", text, got, want)
		}
	}
}
