package decode

import "encoding/binary"

// memo remembers values that were decoded before, byte for byte, with what they set in a row. In an audit log the same
// actors, addresses and enrichments come again and again; a value that is still the same need not be checked again. Only
// values without any problem are remembered, so that a hit has no other effect than its columns.
type memo struct {
	entries [memoSlots]memoEntry
	scores  [3][unknownKey]int8 // by level and key: how often remembering paid
	probes  uint8               // counts up, to try unpromising keys again now and then
}

type memoEntry struct {
	key     int16  // level and key, plus one; 0 for a free place
	raw     []byte // of a value that is no string, list or object, with the byte behind it
	n       int    // bytes of the value
	columns [4]uint32
}

const (
	memoSlots = 1 << 10
	memoBytes = 1 << 10 // a longer value is not remembered
	memoGood  = 100     // the bounds of a score
	memoBad   = -50
)

// tryable reports whether looking up values of a key is worth its time.
func (m *memo) tryable(lv level, key uint8) bool {
	if m.scores[lv][key] > memoBad {
		return true
	}
	m.probes++
	return m.probes == 0
}

// slot picks the place of the value that begins at b[i], from samples of its first bytes: its length is not known yet.
// Values of a key that are long and begin alike need more samples.
func (m *memo) slot(lv level, key uint8, samples int, b []byte, i int) *memoEntry {
	const odd = 0x9e3779b97f4a7c15
	w := uint64(lv)<<8 | uint64(key)
	if i+8*samples < len(b) {
		for s := b[i+1 : i+1+8*samples]; len(s) >= 8; s = s[8:] {
			w = (w + binary.LittleEndian.Uint64(s)) * odd
		}
	}
	return &m.entries[w>>(64-10)]
}

// find gives the entry of the value that begins at b[i] if it is known, and in any case the place where it belongs.
func (m *memo) find(lv level, key uint8, samples int, b []byte, i int) (e *memoEntry, hit bool) {
	e = m.slot(lv, key, samples, b, i)
	score := &m.scores[lv][key]
	if n := len(e.raw); e.key == memoKey(lv, key) && i+n <= len(b) && string(b[i:i+n]) == string(e.raw) {
		if *score < memoGood {
			*score++
		}
		return e, true
	}
	if *score > memoBad {
		*score--
	}
	return e, false
}

func memoKey(lv level, key uint8) int16 { return int16(lv)<<8 | int16(key) + 1 }

// keep remembers the value b[i:end] with the columns that it set. What is no string, list or object is kept with the byte
// behind it: 12 is also how 123 begins.
func (e *memoEntry) keep(lv level, key uint8, b []byte, i, end int, columns [4]uint32) {
	if end-i > memoBytes {
		return
	}
	e.key, e.n, e.columns = memoKey(lv, key), end-i, columns
	if c := b[i]; c != '"' && c != '[' && c != '{' {
		end++
	}
	e.raw = append(e.raw[:0], b[i:end]...)
}

// forget empties the memo, when ids of the vocabulary change.
func (m *memo) forget() {
	for i := range m.entries {
		m.entries[i].key = 0
	}
}

// remembered decodes a member, or takes it from the memo.
func (d *Decoder) remembered(lv level, key uint8, k *tableKey, i int) (end int, ok bool) {
	if k.fresh || !d.memo.tryable(lv, key) {
		return d.member(k, i)
	}
	e, hit := d.memo.find(lv, key, k.samples, d.b, i)
	if hit {
		d.setColumns(k, &e.columns)
		return i + e.n, true
	}
	flags, problems := d.row.Flags, d.problems
	end, ok = d.member(k, i)
	if ok && d.row.Flags == flags && d.problems == problems {
		e.keep(lv, key, d.b, i, end, d.columns(k))
	}
	return end, ok
}

// columns gives what a value of key k set in the row.
func (d *Decoder) columns(k *tableKey) (c [4]uint32) {
	copy(c[:k.n], d.row.Columns[k.first:])
	return c
}

// setColumns is the reverse of columns.
func (d *Decoder) setColumns(k *tableKey, c *[4]uint32) {
	copy(d.row.Columns[k.first:], c[:k.n])
}
