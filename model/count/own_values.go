package count

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"pawprint/model"
	"pawprint/model/intern"
)

// ownValues numbers values that are made for each row and are in no dictionary of the log.
type ownValues struct {
	append func(dst []byte, e *segmentEvents, i int) (value []byte, ok bool) // appends the value of row i, if it has one
	values *intern.Table
	made   []byte
	buf    []uint32
	out    model.IDs
}

func (v *ownValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	number := func(i int) {
		value, ok := v.append(v.made[:0], e, i)
		v.made, v.buf[i] = value, model.IDAbsent
		if ok {
			v.buf[i] = v.values.ID(value)
		}
	}
	e.eachTimed(number)
	e.eachUntimed(number)
	v.out.U32 = v.buf
	return &v.out, e.ctx.Err()
}

func (v *ownValues) bound() int            { return v.values.Len() }
func (v *ownValues) text(id uint32) []byte { return v.values.Value(id) }

func (k *Key) appendNumber(dst []byte, e *segmentEvents, i int) ([]byte, bool) {
	n := k.number(e.seg.Origin(i))
	if n < 0 {
		return dst, false
	}
	return strconv.AppendInt(dst, n, 10), true
}

func appendReject(dst []byte, e *segmentEvents, i int) ([]byte, bool) {
	if !e.reject(i) {
		return dst, false
	}
	why, ok := e.snap.WhyReject(e.seg.Base() + model.Row(i))
	return append(dst, why...), ok
}

// withRejects reports whether rejects are counted.
func (f *Facets) withRejects() bool {
	for _, keys := range f.by {
		if slices.ContainsFunc(keys, func(k Key) bool { return k.kind == keyReject }) {
			return true
		}
	}
	return false
}

// compare orders two values of the key, numbers by size and all others by their bytes; no value comes before the empty one.
func (k *Key) compare(a []byte, idA uint32, b []byte, idB uint32) int {
	switch {
	case idA == model.IDAbsent && idB == model.IDAbsent:
		return 0
	case idA == model.IDAbsent:
		return -1
	case idB == model.IDAbsent:
		return 1
	}
	return compareTexts(a, b, k.kind == keyNumber)
}

// compareTexts orders texts by their bytes, or decimal numbers by size.
func compareTexts(a, b []byte, numbers bool) int {
	if numbers && len(a) != len(b) {
		return cmp.Compare(len(a), len(b))
	}
	return bytes.Compare(a, b)
}

// Compare orders two values of one key, numbers by size and all others by their bytes; no value comes last.
func (v Value) Compare(other Value) int {
	switch {
	case v.Absent && other.Absent:
		return 0
	case v.Absent:
		return 1
	case other.Absent:
		return -1
	}
	return compareTexts([]byte(v.Text.Raw()), []byte(other.Text.Raw()), v.Number && other.Number)
}
