package decode

import (
	"encoding/binary"
	"math/bits"

	"pawprint/model"
)

// runs remembers stretches of members of an event that were decoded before, byte for byte, such as everything from the
// actor to the user agent: one comparison then stands for all of them. Like a memo it keeps only what had no problem.
type runs struct {
	buckets [1 << runBits][runWays]run
	turn    uint8                 // which run of a full bucket goes next
	scores  [unknownKey + 1]int8  // by first key: how often remembering paid
	chunks  [unknownKey + 1]uint8 // by first key: how many chunks tell its runs apart; 0 means mostChunks
	probes  uint8

	recording bool // whether the members being decoded will become a run
	key       uint8
	start     int // of the first key, in the bytes being decoded
	members   int
	seen      uint64
	set       uint16 // columns that the members set, as bits
	flags     model.Flags
	problems  int
}

// run is the bytes from the quote of a key to that of another one, or to behind the end of the event, and what they mean.
type run struct {
	raw     []byte
	closed  bool  // raw ends the event
	key     uint8 // the first one
	last    uint8 // the last one
	set     uint16
	seen    uint64
	columns [model.NumColumns]uint32
}

const (
	runBits    = 7
	chunkBytes = 32
	mostChunks = 4
	runWays    = 4
	runBytes   = 2 << 10 // a longer run is not remembered
)

// find gives the run that stands at b[i] and begins with key, or nil.
func (r *runs) find(key uint8, b []byte, i int) *run {
	bucket := r.bucket(key, b, i)
	for k := range bucket {
		e := &bucket[k]
		if n := len(e.raw); n > 0 && e.key == key && i+n <= len(b) && string(b[i:i+n]) == string(e.raw) {
			if r.scores[key] < memoGood {
				r.scores[key]++
			}
			return e
		}
	}
	if r.scores[key] > memoBad {
		r.scores[key]--
	}
	return nil
}

// bucket picks the places where the run that begins at b[i] may be, from its first bytes: its length is not known yet. Runs
// that differ only further behind share a bucket.
func (r *runs) bucket(key uint8, b []byte, i int) *[runWays]run {
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
	return &r.buckets[w>>(64-runBits)]
}

// mix hashes a chunk by folding products of its words.
func mix(c *[chunkBytes]byte) uint64 {
	const k0, k1 = 0x9e3779b97f4a7c15, 0xc2b2ae3d27d4eb4f
	hi0, lo0 := bits.Mul64(binary.LittleEndian.Uint64(c[0:])^k0, binary.LittleEndian.Uint64(c[8:])^k1)
	hi1, lo1 := bits.Mul64(binary.LittleEndian.Uint64(c[16:])^k0, binary.LittleEndian.Uint64(c[24:])^k1)
	return (hi0^lo0)*k1 + (hi1^lo1)*k0
}

// tryable reports whether looking for a run that begins with key is worth its time.
func (r *runs) tryable(key uint8) bool {
	if r.scores[key] > memoBad {
		return true
	}
	r.probes++
	return r.probes == 0
}

// begin starts to record a run at the key at i.
func (r *runs) begin(key uint8, i int, d *Decoder) {
	r.recording, r.key, r.start, r.members, r.seen, r.set = true, key, i, 0, 0, 0
	r.flags, r.problems = d.row.Flags, d.problems
}

// add adds a member to the run that is being recorded.
func (r *runs) add(key uint8, k *tableKey) {
	r.members++
	r.seen |= 1 << key
	r.set |= k.set
}

// end ends the run before b[i]; last is the key of its last member; closed says that the event ends there, too.
func (r *runs) end(b []byte, i int, last uint8, closed bool, d *Decoder) {
	r.recording = false
	raw := b[r.start:i]
	if r.members < 2 || len(raw) < chunkBytes || len(raw) > runBytes || d.row.Flags != r.flags || d.problems != r.problems {
		return
	}
	switch chunks := uint8(min(mostChunks, len(raw)/chunkBytes)); {
	case r.chunks[r.key] == 0 || chunks < r.chunks[r.key] && r.scores[r.key] < 0:
		r.chunks[r.key] = chunks
	case chunks < r.chunks[r.key]:
		return // longer ones are worth more
	}
	r.turn++
	e := &r.bucket(r.key, b, r.start)[r.turn%runWays]
	*e = run{raw: append(e.raw[:0], raw...), closed: closed, key: r.key, last: last, set: r.set, seen: r.seen, columns: d.row.Columns}
}

// forget empties all, when ids of the vocabulary change.
func (r *runs) forget() {
	for i := range r.buckets {
		for k := range r.buckets[i] {
			r.buckets[i][k].raw = r.buckets[i][k].raw[:0]
		}
	}
}

// apply sets the columns that the run sets.
func (e *run) apply(row *model.RowRecord) {
	for set, c := e.set, 0; set != 0; set, c = set>>1, c+1 {
		if set&1 != 0 {
			row.Columns[c] = e.columns[c]
		}
	}
}
