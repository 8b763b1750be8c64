package loader

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
)

// siftedStore holds text in blocks of some length, each of which has a sieve.
func siftedStore(t *testing.T, text []byte, block int) *Store {
	t.Helper()
	s := NewStore(nil)
	for len(text) > 0 {
		n := min(block, len(text))
		if err := s.Write(text[:n]); err != nil {
			t.Fatal(err)
		}
		s.finish() // ends a block
		text = text[n:]
	}
	for range askedBefore {
		s.Sift(nil, 0, s.Len(), [][]byte{[]byte("text")})
		readAll(t, s)
	}
	return s
}

func readAll(t *testing.T, s *Store) {
	t.Helper()
	if _, err := s.ReadAt(make([]byte, s.Len()), 0); err != nil {
		t.Fatal(err)
	}
}

// randomLines are lines like those of logs: random ids, and words in any case.
func randomLines(r *rand.Rand, size int) []byte {
	var out []byte
	words := strings.Fields("rule User alert ROLE token дом naïve https://example.com/a?b=c 192.0.2.7 2001:db8::1")
	for len(out) < size {
		out = fmt.Appendf(out, `{"id":"%016x","%s":"%s %s"}`+"\n", r.Uint64(), words[r.IntN(len(words))], words[r.IntN(len(words))], words[r.IntN(len(words))])
	}
	return out[:size]
}

// TestASieveNeverHidesAText looks for texts that are in a store, also over the borders of blocks and in another case: each place overlaps a
// span.
func TestASieveNeverHidesAText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, block := range []int{storeBlock, leastSifted, leastSifted + 1, leastSifted - 1, 100} {
		text := randomLines(r, max(3*block+block/2, 10_000))
		s := siftedStore(t, text, block)
		for range 2000 {
			at := r.IntN(len(text) - 400)
			if r.IntN(2) == 0 { // near a border
				at = max(0, min(len(text)-400, (1+r.IntN(3))*block-r.IntN(40)))
			}
			one := text[at : at+1+r.IntN(1+r.IntN(390))]
			switch r.IntN(3) {
			case 0:
				one = asciiUpper(one)
			case 1:
				one = bytes.ToLower(one)
				if len(one) != len(bytes.ToLower(text[at:at+len(one)])) || !bytes.EqualFold(one, text[at:at+len(one)]) {
					continue
				}
			}
			spans := s.Sift(nil, 0, s.Len(), [][]byte{[]byte("nowhere at all"), one})
			if !overlapped(spans, int64(at), int64(at+len(one))) {
				t.Fatalf("blocks of %d: %q at %d is in none of %v", block, one, at, spans)
			}
		}
	}
}

// asciiUpper returns a copy with letters of ASCII in upper case.
func asciiUpper(text []byte) []byte {
	out := bytes.Clone(text)
	for i, c := range out {
		if 'a' <= c && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
	}
	return out
}

func overlapped(spans []model.Span, from, to int64) bool {
	for _, s := range spans {
		if s.From < to && s.To > from && !s.Escapes {
			return true
		}
	}
	return false
}

// TestASieveLeavesOutWhatCannotMatch asks for texts that are nowhere and for one that is in one block.
func TestASieveLeavesOutWhatCannotMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := randomLines(r, 8*storeBlock)
	copy(text[5*storeBlock+1000:], "only-here-one")
	s := siftedStore(t, text, storeBlock)
	find := func(text string) []model.Span {
		spans := s.Sift(nil, 0, s.Len(), [][]byte{[]byte(text)})
		return slices.DeleteFunc(spans, func(s model.Span) bool { return s.Escapes })
	}
	for _, nowhere := range []string{"no such text", "3f9a-77b0-4c1d", "User alerts and rules"} {
		if spans := find(nowhere); len(spans) != 0 {
			t.Errorf("%q may be in %v", nowhere, spans)
		}
	}
	want := model.Span{From: 5 * storeBlock, To: 6 * storeBlock}
	if spans := find("only-here-one"); len(spans) != 1 || spans[0] != want {
		t.Errorf("a text of one block may be in %v, want %v", spans, want)
	}
	whole := model.Span{From: 7, To: s.Len()}
	if spans := s.Sift(nil, 7, s.Len(), [][]byte{[]byte("abc")}); len(spans) != 1 || spans[0] != whole {
		t.Errorf("a text that is too short for a sieve may be in %v, want %v", spans, whole)
	}
}

// TestSievesGiveWayToLines fills a budget: sieves are given up for blocks, and none is made once memory is scarce.
func TestSievesGiveWayToLines(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	block := randomLines(r, storeBlock)
	budget := NewBudget(600 << 10)
	s := NewStore(budget)
	write := func() error { return s.Write(block) }
	if err := write(); err != nil {
		t.Fatal(err)
	}
	for range askedBefore {
		s.Sift(nil, 0, s.Len(), [][]byte{[]byte("text")})
		readAll(t, s)
	}
	if len(s.sifted) == 0 || s.sifted[0].sieve == nil {
		t.Fatal("there is no sieve to give up")
	}
	for write() == nil {
	}
	blocks := 0
	for _, b := range s.blocks {
		blocks += len(b)
	}
	if s.sifted != nil || budget.Used() != int64(blocks) || s.kept != int64(blocks) {
		t.Errorf("blocks take %d bytes, the budget has reserved %d, the store keeps %d, and sieves are %v", blocks, budget.Used(), s.kept, s.sifted)
	}
	for range askedBefore {
		s.Sift(nil, 0, s.Len(), [][]byte{[]byte("text")})
		readAll(t, s)
	}
	for _, b := range s.sifted {
		if b.sieve != nil {
			t.Fatal("a sieve was made from the last of the memory")
		}
	}
}
