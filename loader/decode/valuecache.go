package decode

import (
	"encoding/binary"
	"math/bits"

	"pawprint/model"
)

// valueCache remembers values that were decoded before, byte for byte, with the columns that they set. In an audit log the
// same actors, addresses and enrichments come again and again, and an identical value need not be checked again. Only values
// without problems are remembered, so that a hit does nothing but set columns.
type valueCache struct {
	entries [valueSlots]cachedValue
	scores  [3][unknownKey]int8         // by level and key: hits less misses
	probes  uint8                       // counts up, to try unpromising keys again now and then
	lists   [valueSlots]model.Forwarded // the lists of addresses among the entries, by place
}

type cachedValue struct {
	key     int16  // level and key, plus one; 0 in a free entry
	place   uint16 // among all entries
	raw     []byte // of a scalar that is not a string, also the byte after it
	n       int    // bytes of the value
	columns [4]uint32
}

const (
	valueSlots     = 1 << 10
	maxCachedValue = 1 << 10 // a longer value is not remembered
	maxScore       = 100     // the bounds of a score
	minScore       = -50
)

// tryable reports whether looking up values of a key is worth the time.
func (m *valueCache) tryable(lv level, key uint8) bool {
	if m.scores[lv][key] > minScore {
		return true
	}
	m.probes++
	return m.probes == 0
}

// slot returns the entry for the value that begins at b[i], by a hash of its first 8*samples bytes, as its length is not
// known yet. Long values that begin alike need more samples.
func (m *valueCache) slot(lv level, key uint8, samples int, b []byte, i int) *cachedValue {
	const odd = 0x9e3779b97f4a7c15
	w := uint64(lv)<<8 | uint64(key)
	if i+8*samples < len(b) {
		for s := b[i+1 : i+1+8*samples]; len(s) >= 8; s = s[8:] {
			w = (w + binary.LittleEndian.Uint64(s)) * odd
		}
	}
	return &m.entries[w>>(64-10)]
}

// find returns the entry where the value that begins at b[i] belongs. hit reports whether the entry holds that value.
func (m *valueCache) find(lv level, key uint8, samples int, b []byte, i int) (e *cachedValue, hit bool) {
	e = m.slot(lv, key, samples, b, i)
	score := &m.scores[lv][key]
	if n := len(e.raw); e.key == levelKey(lv, key) && i+n <= len(b) && string(b[i:i+n]) == string(e.raw) {
		if *score < maxScore {
			*score++
		}
		return e, true
	}
	if *score > minScore {
		*score--
	}
	return e, false
}

func levelKey(lv level, key uint8) int16 { return int16(lv)<<8 | int16(key) + 1 }

// keep remembers the value b[i:end] with the columns that it set, and reports whether it is short enough for that. A number or literal
// is kept with the byte after it: otherwise 12 would also match the start of 123.
func (e *cachedValue) keep(lv level, key uint8, b []byte, i, end int, columns [4]uint32) bool {
	if end-i > maxCachedValue {
		return false
	}
	e.key, e.n, e.columns = levelKey(lv, key), end-i, columns
	if c := b[i]; c != '"' && c != '[' && c != '{' {
		end++
	}
	e.raw = kept(e.raw, b[i:end])
	return true
}

// kept copies b into the memory of old. That grows in powers of two, so that it soon grows no more.
func kept(old, b []byte) []byte {
	if cap(old) < len(b) {
		old = make([]byte, 0, 1<<bits.Len(uint(len(b)-1)))
	}
	return append(old[:0], b...)
}

// forget empties the cache. It is called when the ids of the vocabulary change.
func (m *valueCache) forget() {
	for i := range m.entries {
		m.entries[i].key, m.entries[i].place = 0, uint16(i)
	}
}

// cachedMember decodes a member, or takes its columns from the cache.
func (d *Decoder) cachedMember(lv level, key uint8, k *tableKey, i int) (end int, ok bool) {
	if k.fresh || lv != levelEvent && k.kind != model.TypeObject || !d.values.tryable(lv, key) {
		return d.member(k, i)
	}
	e, hit := d.values.find(lv, key, k.samples, d.b, i)
	if hit {
		d.setColumns(k, &e.columns)
		if lv == levelEvent && key == forwardedAt {
			d.forwarded = d.values.lists[e.place]
		}
		return i + e.n, true
	}
	flagged, problems := d.flagged, d.problems
	end, ok = d.member(k, i)
	if ok && d.flagged == flagged && d.problems == problems && e.keep(lv, key, d.b, i, end, d.columns(k)) && lv == levelEvent && key == forwardedAt {
		d.values.lists[e.place] = d.forwarded
	}
	return end, ok
}

// columns returns the columns of the row that a value of key k sets.
func (d *Decoder) columns(k *tableKey) (c [4]uint32) {
	copy(c[:k.n], d.row.Columns[k.first:])
	return c
}

// setColumns sets the columns that columns returned.
func (d *Decoder) setColumns(k *tableKey, c *[4]uint32) {
	copy(d.row.Columns[k.first:], c[:k.n])
}
