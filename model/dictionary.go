package model

import (
	"bytes"
	"hash/maphash"
)

// dictionary gives every distinct value a small id, in order of appearance. Ids 0 and 1 are fixed: absent and empty.
// It holds no pointer per value, so that the garbage collector has nothing to follow.
type dictionary struct {
	bounds []uint64 // value id is arena[bounds[id]:bounds[id+1]]
	arena  []byte
	hashes []uint32
	table  []uint32 // open addressing: id+1, or 0 for a free place; its length is a power of two
}

// The ids that every dictionary begins with.
const (
	idAbsent uint32 = 0
	idEmpty  uint32 = 1
)

var dictionarySeed = maphash.MakeSeed()

// newDictionary makes a dictionary of absent, empty and the given values, which get the ids from 2 on.
func newDictionary(values ...string) *dictionary {
	d := &dictionary{table: make([]uint32, 64), bounds: make([]uint64, 1, 64)}
	d.add(nil, 0) // absent: has an id, but is never found
	d.id(nil)
	for _, v := range values {
		d.id([]byte(v))
	}
	return d
}

func (d *dictionary) len() int { return len(d.bounds) - 1 }

// id finds or adds the value.
func (d *dictionary) id(value []byte) uint32 {
	h := uint32(maphash.Bytes(dictionarySeed, value))
	mask := uint32(len(d.table) - 1)
	at := h & mask
	for d.table[at] != 0 {
		id := d.table[at] - 1
		if d.hashes[id] == h && bytes.Equal(d.value(id), value) {
			return id
		}
		at = (at + 1) & mask
	}
	id := d.add(value, h)
	d.table[at] = id + 1
	if 2*d.len() > len(d.table) {
		d.grow()
	}
	return id
}

func (d *dictionary) add(value []byte, h uint32) uint32 {
	d.arena = append(d.arena, value...)
	d.bounds = append(d.bounds, uint64(len(d.arena)))
	d.hashes = append(d.hashes, h)
	return uint32(d.len() - 1)
}

func (d *dictionary) grow() {
	table := make([]uint32, 2*len(d.table))
	mask := uint32(len(table) - 1)
	for id := 1; id < d.len(); id++ {
		at := d.hashes[id] & mask
		for table[at] != 0 {
			at = (at + 1) & mask
		}
		table[at] = uint32(id) + 1
	}
	d.table = table
}

func (d *dictionary) value(id uint32) []byte { return d.arena[d.bounds[id]:d.bounds[id+1]] }

func (d *dictionary) view() Dictionary { return Dictionary{bounds: d.bounds, arena: d.arena} }

// Dictionary is the distinct values of one column as a snapshot sees them, by id. Id 0 stands for absent, id 1 for the
// empty text. It never changes.
type Dictionary struct {
	bounds []uint64
	arena  []byte
}

// The ids that mean the same in every column, and those of the enumerations.
const (
	IDAbsent = idAbsent
	IDEmpty  = idEmpty

	IDSucceeded       uint32 = 2 // in ColResult
	IDFailed          uint32 = 3
	IDPartiallyFailed uint32 = 4

	IDUser  uint32 = 2 // in ColActorType
	IDToken uint32 = 3
)

// Len is the number of ids, the two fixed ones included.
func (d Dictionary) Len() int { return max(0, len(d.bounds)-1) }

// Bytes gives the value of an id. The caller must not change it.
func (d Dictionary) Bytes(id uint32) []byte {
	end := d.bounds[id+1]
	return d.arena[d.bounds[id]:end:end]
}

// Text gives the value of an id.
func (d Dictionary) Text(id uint32) Text { return NewText(string(d.Bytes(id))) }

func resultOf(id uint32) Result {
	if id >= IDSucceeded && id <= IDPartiallyFailed {
		return Result(id - IDSucceeded + 1)
	}
	return UnknownResult
}

// columnDictionary makes the dictionary of a column with the ids that the constants above promise.
func columnDictionary(c Column) *dictionary {
	for i := range schema {
		if schema[i].Column == c {
			return newDictionary(schema[i].Values...)
		}
	}
	return newDictionary()
}

// Vocabulary gives ids to the values that one decoder meets. It is for one goroutine; Log.Append translates its ids to
// the log's own, each value once.
type Vocabulary struct {
	columns [NumColumns]*dictionary
	keys    *dictionary
	remap   [NumColumns + 1][]uint32 // to the ids of the log; the last one is that of keys
	owner   *Log                     // the log that remap belongs to
}

// NewVocabulary makes an empty vocabulary.
func NewVocabulary() *Vocabulary {
	v := &Vocabulary{keys: newDictionary()}
	for c := range v.columns {
		v.columns[c] = columnDictionary(Column(c))
	}
	return v
}

// ID finds or adds a value of column c. The bytes are copied if they are new.
func (v *Vocabulary) ID(c Column, value []byte) uint32 { return v.columns[c].id(value) }

// Value gives back the bytes of an id; the caller must not change them.
func (v *Vocabulary) Value(c Column, id uint32) []byte { return v.columns[c].value(id) }

// KeyID finds or adds the name of a key.
func (v *Vocabulary) KeyID(name []byte) uint32 { return v.keys.id(name) }

// Len is the number of values in all columns. A decoder starts a new vocabulary when it grows too large.
func (v *Vocabulary) Len() int {
	n := v.keys.len()
	for _, d := range v.columns {
		n += d.len()
	}
	return n
}

// translate brings remap up to date with the values that are new since the last time.
func (v *Vocabulary) translate(l *Log) {
	if v.owner != l {
		v.owner, v.remap = l, [NumColumns + 1][]uint32{}
	}
	for c, d := range v.columns {
		v.remap[c] = translateNew(v.remap[c], d, l.columns[c])
	}
	v.remap[NumColumns] = translateNew(v.remap[NumColumns], v.keys, l.keys)
}

func translateNew(remap []uint32, from, to *dictionary) []uint32 {
	for id := uint32(len(remap)); id < uint32(from.len()); id++ {
		if id == idAbsent {
			remap = append(remap, idAbsent)
			continue
		}
		remap = append(remap, to.id(from.value(id)))
	}
	return remap
}
