package query

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pawprint/model/letters"
)

func BenchmarkNeedle(b *testing.B) {
	hay := bytes.Repeat([]byte(`{"actionName":"GET_GLOBAL_HELPERS","actionDescription":"Reads the global helpers","actionResult":"SUCCEEDED","sourceIP":"203.0.113.9","userAgent":"Mozilla/5.0 (X11; Linux x86_64)"}`+"\n"), 4000)
	b.Run("floor=newlines", func(b *testing.B) {
		b.SetBytes(int64(len(hay)))
		for b.Loop() {
			for at := 0; ; {
				k := bytes.IndexByte(hay[at:], '\n')
				if k < 0 {
					break
				}
				at += k + 1
			}
		}
	})
	for _, text := range []string{"denied", "Denied", "detections", "zebra!", "a", "x", "Zx", "zx"} {
		b.Run(text, func(b *testing.B) {
			n := newNeedle(text, smartFold(text))
			b.SetBytes(int64(len(hay)))
			for b.Loop() {
				for at := 0; at < len(hay); {
					k, length := n.find(hay[at:])
					if k < 0 {
						break
					}
					at += k + length
				}
			}
		})
	}
}

func TestNeedleFindsWhatContainsFinds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("abAB\"!éÉİi\xffKςσΣ ")
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(alphabet[rng.IntN(len(alphabet))])
		}
		return b.String()
	}
	for range 20_000 {
		hay, want := text(rng.IntN(300)), text(rng.IntN(4))
		for _, fold := range []bool{false, true} {
			folded, sought := foldIf(fold, hay), foldIf(fold, want)
			n := newNeedle(want, fold)
			start, length := n.find([]byte(hay))
			switch {
			case (start >= 0) != strings.Contains(folded, sought):
				t.Fatalf("find(%q) of %q, fold %v = %d, %d", hay, want, fold, start, length)
			case start >= 0 && (foldIf(fold, hay[start:start+length]) != sought || len(foldIf(fold, hay[:start])) != strings.Index(folded, sought)):
				t.Fatalf("find(%q) of %q, fold %v = %d, %d; not the first place", hay, want, fold, start, length)
			}
		}
	}
}

func TestPairsAreFoundWhereTheyStand(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	for range 3000 {
		b := make([]byte, 64*rng.IntN(6)+70)
		for i := range b {
			b[i] = "aAbB\x01\xe1"[rng.IntN(6)]
		}
		for range rng.IntN(3) {
			clear(b[rng.IntN(len(b)):])
		}
		shift, blocks := rng.IntN(7), (len(b)-6)/64
		x, y, mask := "ab"[rng.IntN(2)], "aB"[rng.IntN(2)], []byte{0, 0x20}[rng.IntN(2)]
		if mask == 0x20 {
			y = lower(y)
		}
		p, q := b, b[shift:]
		block, marks := pairBlocks(&p[0], &q[0], blocks, uint64(x)*ones, uint64(mask)*ones, uint64(y)*ones, uint64(mask)*ones)
		var want uint64
		at := 0
		for ; at < blocks && want == 0; at++ {
			for i := range 64 {
				if p[64*at+i]|mask == x && q[64*at+i]|mask == y {
					want |= 1 << i
				}
			}
		}
		if want != 0 {
			at--
		}
		// In words, a byte above one that fits may be taken to fit too.
		if marks&want != want || want == 0 && marks != 0 || block != at {
			t.Fatalf("block %d, %x; want %d, %x", block, marks, at, want)
		}
		if block2, marks2 := pairWords(p[:64*blocks], q[:64*blocks], uint64(x)*ones, uint64(mask)*ones, uint64(y)*ones, uint64(mask)*ones); block2 != at || marks2&want != want {
			t.Fatalf("in words block %d, %x; want %d, %x", block2, marks2, at, want)
		}
	}
}

func foldIf(fold bool, s string) string {
	if fold {
		return naiveFold(s)
	}
	return s
}

func TestCasesAreAllRunesOfALowerCase(t *testing.T) {
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if lower := letters.Fold(r); !slices.Contains(casesOf(lower), r) {
			t.Errorf("casesOf(%q) lacks %q", lower, r)
		}
	}
}
