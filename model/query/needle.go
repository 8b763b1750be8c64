package query

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"pawprint/model/letters"
)

// needle is a text to search for in bytes, in any case or exactly. The zero value is the empty text.
type needle struct {
	text []byte
	fold bool // any case matches; text is in lower case then
	wide bool // any case matches and text is not all ASCII, so the other case may have another length
	rare bool // the rarest byte has one case and is rare enough to be searched for alone
	a, b probe
}

// probe is a byte of a needle that the search looks for first.
type probe struct {
	at    int  // its index in the text
	byte  byte // in lower case if any case matches
	mask  byte // sets the lower-case bit, if the byte is a letter and any case matches
	often int  // its frequency
}

// rareEnough is the frequency up to which a byte is searched for alone: hits are then so far apart that the fast search for one
// byte pays.
const rareEnough = 100

// newNeedle prepares the search for text, composed.
func newNeedle(text string, fold bool) needle {
	n := needle{text: letters.Compose([]byte(text)), fold: fold}
	if fold {
		n.text = letters.FoldAppend(nil, n.text)
	}
	probes := n.probes()
	if len(probes) > 0 {
		n.a, n.b = probes[0], probes[min(1, len(probes)-1)]
		n.rare = n.a.mask == 0 && n.a.often <= rareEnough
	}
	return n
}

// probes lists the bytes that can be searched for, the rarest first. It sets wide.
func (n *needle) probes() []probe {
	var out []probe
	for i, c := range n.text {
		if n.fold && c >= utf8.RuneSelf {
			n.wide = true
			continue
		}
		p := probe{at: i, byte: c, often: int(frequency[c])}
		if n.fold && c != upper(c) {
			p.mask = 0x20
			p.often += int(frequency[upper(c)])
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(p, q probe) int { return cmp.Compare(p.often, q.often) })
	return out
}

const (
	sampleBytes  = 32 << 10 // how much is sampled to tune a needle
	sampleProbes = 4        // how many of the rarest bytes are tried in pairs
)

// tune chooses the pair of bytes that occurs least often in a sample of the searched bytes: two rare bytes may often occur together.
func (n *needle) tune(sample []byte) {
	sample = sample[:min(len(sample), sampleBytes)]
	probes := n.probes()
	probes = probes[:min(len(probes), sampleProbes)]
	if n.rare || len(probes) < 3 || len(sample) < len(n.text) {
		return
	}
	least := len(sample) + 1
	for i, p := range probes {
		for _, q := range probes[:i] {
			if met := countPairs(sample, q, p, len(n.text)); met < least {
				least, n.a, n.b = met, q, p
			}
		}
	}
}

// countPairs counts the places where both probes of a text of that length hit.
func countPairs(b []byte, p, q probe, length int) int {
	met := 0
	for i := range len(b) - length + 1 {
		if b[i+p.at]|p.mask == p.byte && b[i+q.at]|q.mask == q.byte {
			met++
		}
	}
	return met
}

// smartFold reports whether a text matches any case, as one in lower case does.
func smartFold(text string) bool {
	return strings.IndexFunc(letters.ComposeString(text), letters.Upper) < 0
}

func upper(c byte) byte {
	if c-'a' < 26 {
		return c - 'a' + 'A'
	}
	return c
}

func lower(c byte) byte {
	if c-'A' < 26 {
		return c - 'A' + 'a'
	}
	return c
}

// in reports whether the decoded text b contains the text, however its letters are written.
func (n *needle) in(b []byte) bool {
	start, _ := n.find(n.ready(b))
	return start >= 0
}

// ready returns a decoded text with its letters as find compares them. It is b itself unless some letter is written in another way.
func (n *needle) ready(b []byte) []byte {
	switch {
	case letters.Plain(b):
		return b
	case n.fold:
		return letters.FoldAppend(nil, b)
	}
	return letters.Compose(b)
}

// find returns the first place of the text in b, the bytes of lines or what ready returned, and its length there in bytes; start is -1 if there is none.
func (n *needle) find(b []byte) (start, length int) {
	switch {
	case len(n.text) == 0:
		return 0, 0
	case n.wide:
		return n.findRunes(b)
	case n.rare:
		return n.indexByte(b), len(n.text)
	}
	return n.indexPair(b), len(n.text)
}

// indexByte searches for the rarest byte alone.
func (n *needle) indexByte(b []byte) int {
	for i := n.a.at; i < len(b); i++ {
		k := bytes.IndexByte(b[i:], n.a.byte)
		if k < 0 {
			return -1
		}
		i += k
		if n.matchesAt(b, i-n.a.at) {
			return i - n.a.at
		}
	}
	return -1
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// count is the number of non-overlapping places of the text in b.
func (n *needle) count(b []byte) int {
	met := 0
	for len(n.text) > 0 {
		at, length := n.find(b)
		if at < 0 {
			break
		}
		met++
		b = b[at+length:]
	}
	return met
}

const blockPlaces = 64

// indexPair searches for two bytes at once, 64 places at a time.
func (n *needle) indexPair(b []byte) int {
	places := len(b) - len(n.text) + 1 // where the text may begin
	if places < blockPlaces {
		return n.indexShort(b, places)
	}
	p, q := b[n.a.at:][:places], b[n.b.at:][:places]
	i := 0
	for i+blockPlaces <= places {
		block, marks := n.blocks(p[i:], q[i:], (places-i)/blockPlaces)
		i += block * blockPlaces
		if marks == 0 {
			break
		}
		if k := n.firstOf(b, i, marks); k >= 0 {
			return k
		}
		i += blockPlaces
	}
	if left := places - i; left > 0 {
		// The last block overlaps places that were already checked.
		i = places - blockPlaces
		_, marks := n.blocks(p[i:], q[i:], 1)
		return n.firstOf(b, i, marks&(^uint64(0)<<(blockPlaces-left)))
	}
	return -1
}

func (n *needle) blocks(p, q []byte, blocks int) (block int, marks uint64) {
	return pairBlocks(&p[0], &q[0], blocks, uint64(n.a.byte)*ones, uint64(n.a.mask)*ones, uint64(n.b.byte)*ones, uint64(n.b.mask)*ones)
}

// firstOf returns the first place with the text among those that marks has bits for, counted from b[i], or -1.
func (n *needle) firstOf(b []byte, i int, marks uint64) int {
	for ; marks != 0; marks &= marks - 1 {
		if at := i + bits.TrailingZeros64(marks); n.matchesAt(b, at) {
			return at
		}
	}
	return -1
}

// indexShort is indexPair for a few places.
func (n *needle) indexShort(b []byte, places int) int {
	for i := range places {
		if b[i+n.a.at]|n.a.mask == n.a.byte && n.matchesAt(b, i) {
			return i
		}
	}
	return -1
}

// pairWords does the same as pairBlocks, eight bytes at a time. A bit may be set by mistake.
func pairWords(p, q []byte, a, aCase, b, bCase uint64) (block int, marks uint64) {
	const half = blockPlaces / 2
	i := 0
	for ; i+half <= len(p) && i+half <= len(q); i += half {
		// A byte of m is 0 where both bytes match. The borrow below may also set the highest bit of the byte above a 0 by mistake.
		v, w := (*[half]byte)(p[i:]), (*[half]byte)(q[i:])
		m0 := ((word(v[0:]) | aCase) ^ a) | ((word(w[0:]) | bCase) ^ b)
		m1 := ((word(v[8:]) | aCase) ^ a) | ((word(w[8:]) | bCase) ^ b)
		m2 := ((word(v[16:]) | aCase) ^ a) | ((word(w[16:]) | bCase) ^ b)
		m3 := ((word(v[24:]) | aCase) ^ a) | ((word(w[24:]) | bCase) ^ b)
		m0, m1, m2, m3 = (m0-ones)&^m0, (m1-ones)&^m1, (m2-ones)&^m2, (m3-ones)&^m3
		if (m0|m1|m2|m3)&highs != 0 {
			marks |= (bitsOf(m0) | bitsOf(m1)<<8 | bitsOf(m2)<<16 | bitsOf(m3)<<24) << (i % blockPlaces)
		}
		if i%blockPlaces != 0 && marks != 0 {
			return i / blockPlaces, marks
		}
	}
	return i / blockPlaces, 0
}

// bitsOf collects the highest bits of eight bytes into one byte, the first one lowest.
func bitsOf(m uint64) uint64 { return m & highs * 0x0002040810204081 >> 56 }

func word(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// matchesAt reports whether the text stands at b[i]. It is for texts that are not wide.
func (n *needle) matchesAt(b []byte, i int) bool {
	if i+len(n.text) > len(b) {
		return false
	}
	b = b[i : i+len(n.text)]
	if !n.fold {
		return string(b) == string(n.text)
	}
	for k, c := range n.text {
		if lower(b[k]) != c {
			return false
		}
	}
	return true
}

// findRunes is find for wide texts. It compares rune by rune in lower case.
func (n *needle) findRunes(b []byte) (start, length int) {
	first := n.text[0]
	for i := 0; i < len(b); {
		if first < utf8.RuneSelf && lower(b[i]) != first {
			i++ // no other rune has an ASCII letter as its lower case
			continue
		}
		if size := foldedPrefix(b[i:], n.text); size >= 0 {
			return i, size
		}
		_, size := utf8.DecodeRune(b[i:])
		i += size
	}
	return -1, 0
}

// foldedPrefix returns the length of the prefix of b whose lower case is text, or -1.
func foldedPrefix(b, text []byte) int {
	var buf [utf8.UTFMax]byte
	at := 0
	for len(text) > 0 {
		if at == len(b) {
			return -1
		}
		_, size := utf8.DecodeRune(b[at:])
		r := letters.FoldAppend(buf[:0], b[at:at+size])
		if !bytes.HasPrefix(text, r) {
			return -1
		}
		text, at = text[len(r):], at+size
	}
	return at
}

// equalFold reports whether b is text in any case. text is in lower case.
func equalFold(b, text []byte) bool {
	var buf [64]byte
	return string(letters.FoldAppend(buf[:0], b)) == string(text)
}

// frequency is how often a byte occurs in 100,000 bytes of an audit log, measured over invented logs. Only the order of the
// numbers matters.
var frequency = [256]uint16{
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 88, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1114, 1, 11333, 1, 1, 1, 1, 9, 83, 83, 1, 5, 2670, 1947, 2047, 263,
	3243, 3287, 2364, 1452, 1488, 1530, 1455, 1141, 1138, 1335, 3913, 61, 1, 1, 1, 1,
	177, 442, 32, 309, 415, 692, 43, 164, 69, 378, 5, 131, 234, 164, 265, 326,
	360, 8, 261, 605, 407, 215, 157, 92, 43, 21, 102, 395, 8, 395, 1, 2602,
	1, 4980, 1177, 2759, 2185, 5991, 1035, 412, 645, 3275, 16, 335, 1587, 1926, 3033, 2763,
	2400, 41, 3004, 2770, 3569, 1320, 260, 169, 301, 846, 161, 698, 1, 698, 1, 1,
	1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 11, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
}
