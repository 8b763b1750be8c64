package model

import "pawprint/model/intern"

// Dictionary holds the distinct values of one column in a snapshot, by id. Id 0 stands for absent, id 1 for the empty text. It
// never changes.
type Dictionary struct{ intern.View }

// The ids that mean the same in every column, and those of the enumerations.
const (
	IDAbsent = intern.Absent
	IDEmpty  = intern.Empty

	IDSucceeded       uint32 = 2 // in ColResult
	IDFailed          uint32 = 3
	IDPartiallyFailed uint32 = 4

	IDUser  uint32 = 2 // in ColActorType
	IDToken uint32 = 3
)

// Text returns the value of an id.
func (d Dictionary) Text(id uint32) Text { return NewText(string(d.Bytes(id))) }

// ResultOf returns the result that an id of ColResult stands for.
func ResultOf(id uint32) Result {
	if id >= IDSucceeded && id <= IDPartiallyFailed {
		return Result(id - IDSucceeded + 1)
	}
	return UnknownResult
}

// columnDictionary makes the dictionary of a column. The values of an enumeration get the ids of the constants above.
func columnDictionary(c Column) *intern.Table {
	for i := range schema {
		if schema[i].Column == c {
			return intern.New(schema[i].Values...)
		}
	}
	return intern.New()
}

// Vocabulary gives ids to the values that one decoder meets. It is for one goroutine; Log.Append translates its ids to
// the log's own, each value once.
type Vocabulary struct {
	columns [NumColumns]*intern.Table
	keys    *intern.Table
	remap   [NumColumns + 1][]uint32 // to the ids of the log; the last one is that of keys
	owner   *Log                     // the log that remap belongs to
}

// NewVocabulary makes an empty vocabulary.
func NewVocabulary() *Vocabulary {
	v := &Vocabulary{keys: intern.New()}
	for c := range v.columns {
		v.columns[c] = columnDictionary(Column(c))
	}
	return v
}

// ID finds or adds a value of column c. The bytes are copied if they are new.
func (v *Vocabulary) ID(c Column, value []byte) uint32 { return v.columns[c].ID(value) }

// Value returns the bytes of an id; the caller must not change them.
func (v *Vocabulary) Value(c Column, id uint32) []byte { return v.columns[c].Value(id) }

// KeyID finds or adds the name of a key.
func (v *Vocabulary) KeyID(name []byte) uint32 { return v.keys.ID(name) }

// Len is the number of values in all columns. A decoder starts a new vocabulary when it grows too large.
func (v *Vocabulary) Len() int {
	n := v.keys.Len()
	for _, d := range v.columns {
		n += d.Len()
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

func translateNew(remap []uint32, from, to *intern.Table) []uint32 {
	for id := uint32(len(remap)); id < uint32(from.Len()); id++ {
		if id == IDAbsent {
			remap = append(remap, IDAbsent)
			continue
		}
		remap = append(remap, to.ID(from.Value(id)))
	}
	return remap
}
