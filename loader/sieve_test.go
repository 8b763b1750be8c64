package loader

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/letters"
	"pawprint/model/rawjson"
)

// siftedStore returns a store that holds text in blocks of the given length, each with a sieve.
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

// TestASieveNeverHidesAnEscapedTextOverABorder puts texts with escapes at every place around the border of two blocks.
func TestASieveNeverHidesAnEscapedTextOverABorder(t *testing.T) {
	t.Parallel()
	const block = leastSifted
	for _, form := range []string{`zebra-quux`, `zebra\u002dquux`, `\u007aebra-quux`, `zebra-quu\u0078`, `ze\u0062ra-q\u0075ux`, `zebra\\quux`, `\\\\zebra`,
		`ze\/bra\"`, `zebra-\ud83d\ude00`, `\ud83d\ude00-zebra`, `zé\u0301bra-quux`, `дом\u043e\u043c`} {
		text := rawjson.Unquote(nil, []byte(form))
		hidden, spared := 0, 0
		for at := block - len(form) - 16; at < block+16; at++ {
			all := bytes.Repeat([]byte{'.'}, 2*block)
			copy(all[at:], form)
			s := siftedStore(t, all, block)
			row := slices.DeleteFunc(s.Sift(nil, 0, s.Len(), [][]byte{text}), func(s model.Span) bool {
				return int(s.From) >= at+len(form) || int(s.To) <= at
			})
			if len(row) == 0 {
				hidden++
			}
			if len(s.Sift(nil, 0, s.Len(), [][]byte{[]byte("nowhere")})) == 0 {
				spared++
			}
		}
		if hidden > 0 || spared == 0 && letters.Plain([]byte(form)) && letters.Plain(text) {
			t.Errorf("%s is hidden at %d places; the border is not read for another text at %d", form, hidden, spared)
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

// TestLinesHaveAllMemoryBesideSieves fills a budget: sieves take a sixteenth of it at most and nothing once it is scarce, and lines have as
// much room as without any.
func TestLinesHaveAllMemoryBesideSieves(t *testing.T) {
	const limit = 2 << 20
	block := randomLines(rand.New(rand.NewPCG(5, 6)), storeBlock)
	fill := func(sifted bool) (s *Store, budget *Budget) {
		budget = NewBudget(limit)
		s = NewStore(budget)
		for s.Write(block) == nil {
			for i := 0; i < askedBefore && sifted; i++ {
				s.Sift(nil, 0, s.Len(), [][]byte{[]byte("text that is nowhere")})
				readAll(t, s)
			}
		}
		return s, budget
	}
	without, _ := fill(false)
	s, budget := fill(true)
	if s.Len() != without.Len() {
		t.Errorf("%d bytes fit beside sieves, %d without", s.Len(), without.Len())
	}
	blocks, sieves, made := 0, int64(0), 0
	for k, b := range s.blocks {
		blocks += len(b)
		if k < len(s.sifted) && s.sifted[k].sieve != nil {
			sieves += s.sifted[k].sieve.bytes()
			made++
		}
	}
	if made == 0 || made == len(s.blocks) || sieves > limit/16 || budget.spare.Load() != sieves {
		t.Errorf("%d of %d blocks have sieves, of %d bytes in all; the budget has spared %d", made, len(s.blocks), sieves, budget.spare.Load())
	}
	if budget.Used() != int64(blocks) || s.kept != int64(blocks)+sieves {
		t.Errorf("blocks take %d bytes and sieves %d, the budget has reserved %d, the store keeps %d", blocks, sieves, budget.Used(), s.kept)
	}
}
