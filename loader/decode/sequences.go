package decode

import (
	"encoding/binary"
	"math/bits"

	"pawprint/model"
)

// sequenceCache remembers sequences of members of an event that were decoded before, byte for byte, such as everything from
// the actor to the user agent: one comparison then replaces decoding all of them. Like valueCache it keeps only members
// without problems.
type sequenceCache struct {
	buckets [1 << sequenceBits][sequenceWays]sequence
	lists   [1 << sequenceBits * sequenceWays]model.Forwarded // those that members of a sequence hold, by the place of the sequence
	turn    uint8                                             // which sequence of a full bucket is replaced next
	scores  [unknownKey + 1]int8                              // by first key: hits less misses
	chunks  [unknownKey + 1]uint8                             // by first key: how many chunks are hashed to tell its sequences apart; 0 means mostChunks
	probes  uint8

	recording bool // whether the members being decoded are recorded as a sequence
	key       uint8
	start     int // of the first key, in the bytes being decoded
	members   int
	seen      uint64
	set       uint16 // columns that the members set, as bits
	flagged   int
	problems  int
}

// sequence is the bytes from the opening quote of one key to that of a later one, or past the end of the event, with the
// columns that they set.
type sequence struct {
	raw     []byte
	closed  bool  // raw ends the event
	key     uint8 // the first one
	last    uint8 // the last one
	set     uint16
	place   uint16 // among all sequences
	seen    uint64
	columns [model.NumColumns]uint32
}

const (
	sequenceBits     = 7
	chunkBytes       = 32
	mostChunks       = 4
	sequenceWays     = 4
	maxSequenceBytes = 2 << 10 // a longer sequence is not remembered
)

// find returns the sequence at b[i] that begins with key, or nil.
func (r *sequenceCache) find(key uint8, b []byte, i int) *sequence {
	bucket := &r.buckets[r.bucket(key, b, i)]
	for k := range bucket {
		e := &bucket[k]
		if n := len(e.raw); n > 0 && e.key == key && i+n <= len(b) && string(b[i:i+n]) == string(e.raw) {
			if r.scores[key] < maxScore {
				r.scores[key]++
			}
			return e
		}
	}
	if r.scores[key] > minScore {
		r.scores[key]--
	}
	return nil
}

// bucket returns the place of the bucket for the sequence that begins at b[i], by a hash of its first bytes, as its length is not known
// yet. Sequences that differ only after those bytes share a bucket.
func (r *sequenceCache) bucket(key uint8, b []byte, i int) uint64 {
	chunks := int(r.chunks[key])
	if chunks == 0 {
		chunks = mostChunks
	}
	w := uint64(key)
	if i+chunkBytes*chunks <= len(b) {
		for range chunks {
			w += mix((*[chunkBytes]byte)(b[i:]))
			i += chunkBytes
		}
	}
	return w >> (64 - sequenceBits)
}

// mix hashes a chunk by folding products of its words.
func mix(c *[chunkBytes]byte) uint64 {
	const k0, k1 = 0x9e3779b97f4a7c15, 0xc2b2ae3d27d4eb4f
	hi0, lo0 := bits.Mul64(binary.LittleEndian.Uint64(c[0:])^k0, binary.LittleEndian.Uint64(c[8:])^k1)
	hi1, lo1 := bits.Mul64(binary.LittleEndian.Uint64(c[16:])^k0, binary.LittleEndian.Uint64(c[24:])^k1)
	return (hi0^lo0)*k1 + (hi1^lo1)*k0
}

// tryable reports whether looking for a sequence that begins with key is worth the time.
func (r *sequenceCache) tryable(key uint8) bool {
	if r.scores[key] > minScore {
		return true
	}
	r.probes++
	return r.probes == 0
}

// begin starts to record a sequence at the key at i.
func (r *sequenceCache) begin(key uint8, i int, d *Decoder) {
	r.recording, r.key, r.start, r.members, r.seen, r.set = true, key, i, 0, 0, 0
	r.flagged, r.problems = d.flagged, d.problems
}

// add adds a member to the sequence that is being recorded.
func (r *sequenceCache) add(key uint8, k *tableKey) {
	r.members++
	r.seen |= 1 << key
	r.set |= k.set
}

// end ends the sequence before b[i]. last is the key of its last member; closed says that the event ends there too.
func (r *sequenceCache) end(b []byte, i int, last uint8, closed bool, d *Decoder) {
	r.recording = false
	raw := b[r.start:i]
	if r.members < 2 || len(raw) < chunkBytes || len(raw) > maxSequenceBytes || d.flagged != r.flagged || d.problems != r.problems {
		return
	}
	switch chunks := uint8(min(mostChunks, len(raw)/chunkBytes)); {
	case r.chunks[r.key] == 0 || chunks < r.chunks[r.key] && r.scores[r.key] < 0:
		r.chunks[r.key] = chunks
	case chunks < r.chunks[r.key]:
		return // longer sequences save more
	}
	r.turn++
	bucket, way := r.bucket(r.key, b, r.start), r.turn%sequenceWays
	e, place := &r.buckets[bucket][way], uint16(bucket)*sequenceWays+uint16(way)
	*e = sequence{raw: kept(e.raw, raw), closed: closed, key: r.key, last: last, set: r.set, place: place, seen: r.seen, columns: d.row.Columns}
	if r.seen>>forwardedAt&1 != 0 {
		r.lists[place] = d.forwarded
	}
}

// forget empties the cache. It is called when the ids of the vocabulary change.
func (r *sequenceCache) forget() {
	for i := range r.buckets {
		for k := range r.buckets[i] {
			r.buckets[i][k].raw = r.buckets[i][k].raw[:0]
		}
	}
}

// apply sets the columns of the sequence in the row, and what else its members set.
func (e *sequence) apply(d *Decoder) {
	for set, c := e.set, 0; set != 0; set, c = set>>1, c+1 {
		if set&1 != 0 {
			d.row.Columns[c] = e.columns[c]
		}
	}
	if e.seen>>forwardedAt&1 != 0 {
		d.forwarded = d.sequences.lists[e.place]
	}
}
