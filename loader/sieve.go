package loader

import (
	"bytes"
	"math/bits"
	"slices"

	"pawprint/model"
	"pawprint/model/letters"
	"pawprint/model/rawjson"
)

// A sieve says of a block of plain bytes that it does not hold a text, so that a search need not unpack the block. It is a set of the
// hashes of all four bytes in a row, of the bytes as they are and of what they stand for where some are escaped, letters of ASCII in lower
// case: nil is a block that may hold anything. A text cannot be in a block that lacks one of its fours.
type sieve []uint64

const (
	fourBytes = 4

	sieveBits = 1 << 16 // of a block with as many different fours as random ids have
	leastBits = 1 << 12
	denseBits = 5 // a sieve is folded as long as no more than one bit in denseBits is set

	longestEscape = len(`\u0041`) // from its last backslash

	leastSifted = 4 << 10 // bytes of a block, so that no text reaches over more than two
	mostSifted  = 256     // bytes of a text that are looked for

	// askedBefore is in how many searches a block was read before it gets a sieve: a command that searches once would only pay for it.
	askedBefore = 2
)

// newSieve makes the sieve of a block.
func newSieve(plain, decoded []byte) sieve {
	s := make(sieve, sieveBits/64)
	s.add(plain)
	if len(decoded) != len(plain) {
		s.add(decoded)
	}
	for len(s)*64 > leastBits && s.ones()*denseBits <= len(s)*64 {
		half := len(s) / 2
		for i := range half {
			s[i] |= s[half+i]
		}
		s = s[:half]
	}
	return append(sieve(nil), s...)
}

// add adds the fours of a text to a sieve of the largest size.
func (s sieve) add(text []byte) {
	var four uint32
	for i, c := range text {
		four = four<<8 | uint32(lowered[c])
		if i >= fourBytes-1 {
			h := hashFour(four)
			s[h>>6] |= 1 << (h & 63)
		}
	}
}

func (s sieve) ones() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// hasAll reports whether fours with these hashes may be in the block.
func (s sieve) hasAll(hashes []uint32) bool {
	if s == nil {
		return true
	}
	for _, h := range hashes {
		h &= uint32(len(s)*64 - 1)
		if s[h>>6]>>(h&63)&1 == 0 {
			return false
		}
	}
	return true
}

// hashFour spreads four bytes over the bits of the largest sieve.
func hashFour(four uint32) uint32 { return four * 0x9E3779B1 >> 16 }

// lowered maps each byte to itself, and a letter of ASCII to its lower case.
var lowered = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	return table
}()

// sought is a text to look for: its start, in lower case, and the hashes of its fours, at least one.
type sought struct {
	text  []byte
	fours []uint32
}

// newSought returns nothing if the text is too short to have a four.
func newSought(text []byte) (one sought, ok bool) {
	var four uint32
	for i, c := range text[:min(len(text), mostSifted)] {
		c = lowered[c]
		one.text = append(one.text, c)
		if four = four<<8 | uint32(c); i >= fourBytes-1 {
			one.fours = append(one.fours, hashFour(four))
		}
	}
	return one, len(one.fours) > 0
}

// siftedBlock is what a store knows of a block for searches.
type siftedBlock struct {
	asked       uint8 // in how many searches it was to be read; no more than askedBefore are counted
	unsettled   bool  // it may hold letters that are written in another way than a search writes them, and which the sieve does not know
	sieve       sieve
	first, last [fourBytes - 1]byte // bytes of the block in lower case, set with the sieve
	plainStart  bool                // first stands for itself
	plainEnd    bool                // last stands for itself, and no escape goes on in the next block
}

// mayHold reports whether a text may be in the block.
func (b *siftedBlock) mayHold(one *sought) bool { return b.sieve.hasAll(one.fours) }

// mayHoldAcross reports whether a text may begin in the block and end in the next one.
func (b *siftedBlock) mayHoldAcross(next *siftedBlock, one *sought) bool {
	for at := 1; at < len(one.text); at++ { // where the next block begins
		before, behind := one.text[:at], one.text[at:]
		if endsAlike(before, b.last[:]) && beginsAlike(behind, next.first[:]) &&
			b.sieve.hasAll(one.fours[:max(0, at-fourBytes+1)]) && next.sieve.hasAll(one.fours[min(at, len(one.fours)):]) {
			return true
		}
	}
	return false
}

// endsAlike reports whether two texts end with the same bytes, as many as the shorter one has.
func endsAlike(a, b []byte) bool {
	n := min(len(a), len(b))
	return string(a[len(a)-n:]) == string(b[len(b)-n:])
}

// beginsAlike is endsAlike for their begins.
func beginsAlike(a, b []byte) bool {
	n := min(len(a), len(b))
	return string(a[:n]) == string(b[:n])
}

// Sift implements model.Sieve.
func (s *Store) Sift(dst []model.Span, from, to int64, texts [][]byte) []model.Span {
	all := make([]sought, len(texts))
	for i, text := range texts {
		var ok bool
		if all[i], ok = newSought(text); !ok {
			return append(dst, model.Span{From: from, To: to})
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.blocks) - len(s.sifted); n > 0 {
		s.sifted = append(s.sifted, make([]siftedBlock, n)...)
	}
	var before *siftedBlock // if that one cannot hold a text
	for k := s.blockAt(from); k < len(s.ends) && s.blockStart(k) < to; k++ {
		b := &s.sifted[k]
		if slices.ContainsFunc(all, func(one sought) bool { return b.mayHold(&one) }) {
			b.asked = min(b.asked+1, askedBefore)
			dst, before = addSpan(dst, model.Span{From: s.blockStart(k), To: s.ends[k]}), nil
			continue
		}
		if before != nil {
			across := slices.ContainsFunc(all, func(one sought) bool { return before.mayHoldAcross(b, &one) })
			if escapes := !before.plainEnd || !b.plainStart; across || escapes {
				dst = addSpan(dst, model.Span{From: s.blockStart(k) - 1, To: s.blockStart(k) + 1, Escapes: !across})
			}
		}
		if b.unsettled {
			dst = addSpan(dst, model.Span{From: s.blockStart(k), To: s.ends[k], Escapes: true})
		}
		before = b
	}
	if end := s.packedEnd(); to > end {
		dst = addSpan(dst, model.Span{From: max(from, end), To: to})
	}
	return dst
}

// addSpan appends a span, or makes the last one longer if they touch and are of a kind.
func addSpan(dst []model.Span, span model.Span) []model.Span {
	if n := len(dst); n > 0 && dst[n-1].To >= span.From && dst[n-1].Escapes == span.Escapes {
		dst[n-1].To = max(dst[n-1].To, span.To)
		return dst
	}
	return append(dst, span)
}

// wantsSieve reports whether searches have read block k often enough to give it a sieve. The caller holds mu.
func (s *Store) wantsSieve(k int) bool {
	return k < len(s.sifted) && s.sifted[k].asked >= askedBefore && s.sifted[k].sieve == nil && s.ends[k]-s.blockStart(k) >= leastSifted
}

// sift makes the sieve of block k, if there is memory to spare.
func (s *Store) sift(k int, plain []byte) {
	const most = sieveBits / 8
	if !s.memory.reserveSpare(most) {
		return
	}
	decoded := plain
	if bytes.IndexByte(plain, '\\') >= 0 {
		decoded = rawjson.Unquote(nil, plain)
	}
	// Decoding may part a letter from its mark, which are one in a line that is not decoded.
	made, unsettled := newSieve(plain, decoded), !letters.Plain(decoded) || !letters.Plain(plain)
	s.mu.Lock()
	defer s.mu.Unlock()
	b := &s.sifted[k]
	if b.sieve != nil { // another goroutine has made it meanwhile
		s.memory.releaseSpare(most)
		return
	}
	b.sieve, b.unsettled = made, unsettled
	for i := range b.first {
		b.first[i], b.last[i] = lowered[plain[i]], lowered[plain[len(plain)-len(b.last)+i]]
	}
	b.plainStart = bytes.IndexByte(plain[:len(b.first)], '\\') < 0
	b.plainEnd = bytes.IndexByte(plain[len(plain)-len(b.last)-longestEscape+1:], '\\') < 0
	s.kept += made.bytes()
	s.memory.releaseSpare(most - made.bytes())
}

func (s sieve) bytes() int64 { return int64(len(s)) * 8 }
