package model

import (
	"encoding/binary"

	"pawprint/model/intern"
	"pawprint/model/ipaddr"
)

// firstPairs marks the first event of each pair of an actor and a thing that a column names.
type firstPairs struct {
	things   *thingTable
	earlier  map[string]int64 // of the baseline
	earliest map[uint64]rowAt
	shared   map[Row]int // by row, if it is the first of several pairs: how many
	marks    rowMarks
}

// rowAt is a row with its time. The row is noRow if the event is in the baseline.
type rowAt struct {
	nanos int64
	row   Row
}

func newFirstPairs(c Column) firstPairs {
	return firstPairs{things: newThingTable(c), earliest: map[uint64]rowAt{}, shared: map[Row]int{}}
}

// add takes an event of an actor with a value of the column. It is marked if anything in the value is new.
func (f *firstPairs) add(s *Snapshot, actor, value uint32, at rowAt) {
	if value <= IDEmpty {
		return
	}
	thing := f.things.of(s, value)
	if thing&severalThings == 0 {
		f.addThing(s, actor, thing, at)
		return
	}
	for _, one := range f.things.lists[thing&^severalThings] {
		f.addThing(s, actor, one, at)
	}
}

func (f *firstPairs) addThing(s *Snapshot, actor, thing uint32, at rowAt) {
	key := uint64(actor)<<32 | uint64(thing)
	known, ok := f.earliest[key]
	if !ok && f.earlier != nil {
		known.row = noRow
		known.nanos, ok = f.earlier[s.pairText(actor, f.things.values.Value(thing))]
	}
	if ok && f.stays(s, known, at) {
		f.earliest[key] = known
		return
	}
	if ok && known.row != noRow {
		f.unmark(known.row)
	}
	f.earliest[key] = at
	f.mark(at.row)
}

// stays reports whether a known event stays the first. An event of the baseline at the same time is this event, read twice.
func (f *firstPairs) stays(s *Snapshot, known, at rowAt) bool {
	return known.nanos < at.nanos || known.nanos == at.nanos && known.row != noRow && s.precedes(known.row, at.row)
}

func (f *firstPairs) mark(r Row) {
	if f.marks.has(r) {
		f.shared[r] = max(f.shared[r], 1) + 1
		return
	}
	f.marks.set(r)
}

// unmark takes one pair from a row, which stays marked as long as it is the first of another.
func (f *firstPairs) unmark(r Row) {
	switch n := f.shared[r]; n {
	case 0:
		f.marks.clear(r)
	case 2:
		delete(f.shared, r)
	default:
		f.shared[r] = n - 1
	}
}

// thingTable numbers the things that the values of a column name. An address is one thing however it is written, and a value can name
// several; any other value is a thing of its own. It reads each value once.
type thingTable struct {
	column Column
	values *intern.Table
	ids    []uint32   // by id of the column: the thing, or severalThings and a place in lists; 0 if the value was not read yet
	lists  [][]uint32 // the things of the values that name several
}

const severalThings uint32 = 1 << 31

func newThingTable(c Column) *thingTable { return &thingTable{column: c, values: intern.New()} }

// of returns the thing of an id of the column, or severalThings and a place in lists.
func (t *thingTable) of(s *Snapshot, id uint32) uint32 {
	if int(id) < len(t.ids) && t.ids[id] != 0 {
		return t.ids[id]
	}
	if missing := s.dictionaries[t.column].Len() - len(t.ids); missing > 0 {
		t.ids = append(t.ids, make([]uint32, missing)...)
	}
	var list []uint32
	for _, thing := range thingsIn(t.column, s.dictionaries[t.column].Bytes(id)) {
		list = append(list, t.values.ID(thing))
	}
	t.ids[id] = list[0]
	if len(list) > 1 {
		t.ids[id] = severalThings | uint32(len(t.lists))
		t.lists = append(t.lists, list)
	}
	return t.ids[id]
}

// thingsIn returns the things that a value of a column names.
func thingsIn(c Column, value []byte) [][]byte {
	if c == ColSourceIP {
		return ipaddr.Things(nil, value)
	}
	return [][]byte{value}
}

// firstTimes returns when each actor was first seen with each thing that a column names. Only times before until count.
func (s *Snapshot) firstTimes(c Column, firsts []*Bitmap, until int64) map[string]int64 {
	times := map[string]int64{}
	for k, marks := range firsts {
		seg := s.Segment(k)
		for i := marks.Next(0); i >= 0; i = marks.After(i) {
			at := seg.times.At(i)
			if at >= until {
				continue
			}
			for _, thing := range thingsIn(c, s.dictionaries[c].Bytes(seg.columns[c].At(i))) {
				pair := s.pairText(seg.columns[ColActorID].At(i), thing)
				if known, ok := times[pair]; !ok || at < known {
					times[pair] = at
				}
			}
		}
	}
	return times
}

// pairText returns an actor and a thing as one text, which no other pair has.
func (s *Snapshot) pairText(actor uint32, thing []byte) string {
	id := s.dictionaries[ColActorID].Bytes(actor)
	out := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(id)+len(thing)), uint32(len(id)))
	return string(append(append(out, id...), thing...))
}
