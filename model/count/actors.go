package count

import (
	"bytes"
	"math"

	"pawprint/model"
	"pawprint/model/intern"
)

// actorColumns are the columns for the label of an actor: the first that is not empty counts.
var actorColumns = [...]model.Column{model.ColActorName, model.ColActorEmail, model.ColActorID}

// actorValues numbers labels of actors: those from the first column have their ids there, those from each further column follow behind the
// numbers of the column before. The numbers are as small as possible, but change as the log grows; global turns them into numbers that do
// not.
type actorValues struct {
	snap  *model.Snapshot
	named bool
	after [len(actorColumns)]uint32 // what is added to the ids of a column
	end   uint32                    // every number is less than this
	buf8  []uint8
	buf16 []uint16
	buf32 []uint32
	out   model.IDs
}

func newActorValues(snap *model.Snapshot, named bool) *actorValues {
	v := &actorValues{snap: snap, named: named, end: model.IDEmpty}
	for i, c := range actorColumns {
		if i > 0 {
			v.after[i] = v.end
		}
		v.end = max(v.end, v.after[i]+uint32(snap.Dictionary(c).Len()))
	}
	return v
}

func (v *actorValues) ids(e *segmentEvents) (*model.IDs, error) {
	names := e.seg.IDs(model.ColActorName)
	if v.named && allNamed(names, e.from, e.to) {
		return names, nil
	}
	switch v.out = (model.IDs{}); {
	case v.end <= math.MaxUint8:
		v.buf8 = numberActors(v, e, names, v.buf8)
		v.out.U8 = v.buf8
	case v.end <= math.MaxUint16:
		v.buf16 = numberActors(v, e, names, v.buf16)
		v.out.U16 = v.buf16
	default:
		v.buf32 = numberActors(v, e, names, v.buf32)
		v.out.U32 = v.buf32
	}
	return &v.out, nil
}

// allNamed reports whether no name in a range of rows is absent or empty.
func allNamed(names *model.IDs, from, to int) bool {
	switch {
	case names.U8 != nil:
		rows := names.U8[from:to]
		return bytes.IndexByte(rows, byte(model.IDAbsent)) < 0 && bytes.IndexByte(rows, byte(model.IDEmpty)) < 0
	case names.U16 != nil:
		return allAbove(names.U16[from:to], uint16(model.IDEmpty))
	case names.U32 != nil:
		return allAbove(names.U32[from:to], model.IDEmpty)
	}
	return names.Const > model.IDEmpty
}

func allAbove[T uint16 | uint32](ids []T, bound T) bool {
	for _, id := range ids {
		if id <= bound {
			return false
		}
	}
	return true
}

// numberActors numbers the labels of all rows in buf, which it makes if it is nil.
func numberActors[T uint8 | uint16 | uint32](v *actorValues, e *segmentEvents, names *model.IDs, buf []T) []T {
	buf = segmentBuffer(buf)
	switch {
	case v.named && names.U8 != nil:
		numberNamed(v, e, names.U8, buf)
	case v.named && names.U16 != nil:
		numberNamed(v, e, names.U16, buf)
	case v.named && names.U32 != nil:
		numberNamed(v, e, names.U32, buf)
	default: // nobody has a name, or names do not count
		for i := e.from; i < e.to; i++ {
			buf[i] = T(v.unnamed(e.seg, i))
		}
	}
	return buf
}

func numberNamed[N, T uint8 | uint16 | uint32](v *actorValues, e *segmentEvents, names []N, buf []T) {
	for i := e.from; i < e.to; i++ {
		id := uint32(names[i])
		if id <= model.IDEmpty {
			id = v.unnamed(e.seg, i)
		}
		buf[i] = T(id)
	}
}

// unnamed returns the number of the label in row i if it has no name.
func (v *actorValues) unnamed(seg *model.Segment, i int) uint32 {
	if id := seg.IDs(model.ColActorEmail).At(i); id > model.IDEmpty {
		return v.after[1] + id
	}
	if id := seg.IDs(model.ColActorID).At(i); id > model.IDAbsent {
		return v.after[2] + id
	}
	return model.IDAbsent
}

func (v *actorValues) bound() int { return int(v.end) }

func (v *actorValues) text(id uint32) []byte { return v.globalText(v.global(id)) }

const actorShift = 2 // bits for the index of the column

// global returns the number of a label in every snapshot of the log: its id in its column, above the index of that column in
// actorColumns.
func (v *actorValues) global(id uint32) uint32 {
	column := 0
	for column+1 < len(v.after) && id >= v.after[column+1] {
		column++
	}
	return (id-v.after[column])<<actorShift | uint32(column)
}

// globalBound is larger than every number that global returns.
func (v *actorValues) globalBound() int {
	most := 1
	for _, c := range actorColumns {
		most = max(most, v.snap.Dictionary(c).Len())
	}
	return most << actorShift
}

// globalText returns the label of a number that global returned.
func (v *actorValues) globalText(id uint32) []byte {
	return v.snap.Dictionary(actorColumns[id&(1<<actorShift-1)]).Bytes(id >> actorShift)
}

// mergedTotal is the total of all ids of the same text; id is one of them.
type mergedTotal struct {
	id uint32
	total
}

// merge fills merged.
func (f *Facet) merge() {
	if f.tuples == nil {
		f.mergeLabels()
		return
	}
	texts, fixed := intern.New(), intern.New().Len()
	var text []byte
	for id := range f.totals {
		t := f.totals[id]
		if t.events == 0 {
			continue
		}
		text = f.appendTuple(text[:0], uint32(id)) // never empty
		if at := int(texts.ID(text)) - fixed; at < len(f.merged) {
			f.merged[at].add(t)
		} else {
			f.merged = append(f.merged, mergedTotal{uint32(id), t})
		}
	}
}

// mergeLabels is merge for labels alone. Those of one column are different texts, and most labels come from one column, so only the others
// are looked up by their texts.
func (f *Facet) mergeLabels() {
	const absent, column = int(model.IDAbsent), 1<<actorShift - 1
	most, others := f.fullestColumn(), map[string]int{} // others says where a text is in merged
	for id, t := range f.totals {
		if t.events == 0 || id == absent || id&column == most {
			continue
		}
		text := string(f.text(uint32(id), 0))
		at, known := others[text]
		if !known {
			at = len(f.merged)
			f.merged, others[text] = append(f.merged, mergedTotal{uint32(id), noTotal}), at
		}
		f.merged[at].add(t)
	}
	for id, t := range f.totals {
		if t.events == 0 || id != absent && id&column != most {
			continue
		}
		if at, known := others[string(f.text(uint32(id), 0))]; known && id != absent {
			f.merged[at].add(t)
		} else {
			f.merged = append(f.merged, mergedTotal{uint32(id), t})
		}
	}
}

// fullestColumn returns the index of the column that most labels come from.
func (f *Facet) fullestColumn() int {
	var labels [1 << actorShift]int
	most := 0
	for id, t := range f.totals {
		column := id & (1<<actorShift - 1)
		if t.events > 0 {
			labels[column]++
		}
		if labels[column] > labels[most] {
			most = column
		}
	}
	return most
}

// scattered reports whether some label of an actor comes from another column than the name.
func (f *Facet) scattered() bool {
	for k := range f.keys {
		if f.keys[k].kind != keyActor {
			continue
		}
		for id := range f.totals {
			if f.totals[id].events > 0 && f.part(uint32(id), k)&(1<<actorShift-1) != 0 {
				return true
			}
		}
	}
	return false
}
