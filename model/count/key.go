package count

import (
	"encoding/binary"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/intern"
)

// Key says what events are counted and sorted by: each event has one value for a key, or several for
// ByAddresses, ByMany and ByEachTold. With the zero Key all events have the same,
// empty value. A reject has no value but what is told about it; it is counted only where one of the keys is ByReject.
type Key struct {
	kind   keyKind
	column model.Column
	step   clock.Step
	named  bool // of keyActor: the name counts before the e-mail address and the id
	line   func() LineValue
	many   bool // of keyLine and keyTold: a row has any number of values
	told   Told
	number func(model.Origin) int64
}

type keyKind uint8

const (
	keyNothing keyKind = iota
	keyColumn
	keyAddresses
	keyActor
	keyClass
	keySource
	keyStep
	keyLine
	keyNumber
	keyReject
	keyTold
)

// LineValue returns the value that a raw line holds, appended to dst; ok is false if the line has none. It is for one goroutine
// and must not keep line.
type LineValue func(dst, line []byte) (value []byte, ok bool)

// ByColumn is the key of a dictionary column.
func ByColumn(c model.Column) Key { return Key{kind: keyColumn, column: c} }

// ByActor is the key of the labels of actors; see Actor.Label.
func ByActor() Key { return Key{kind: keyActor, named: true} }

// ByIdentity is the key of the identities of actors; see Actor.Identity. Two people of one name stay apart.
func ByIdentity() Key { return Key{kind: keyActor} }

// ByClass is the key of the class of actions, by its name.
func ByClass() Key { return Key{kind: keyClass} }

// BySource is the key of the names of sources. Sources of the same name stay apart.
func BySource() Key { return Key{kind: keySource} }

// ByStep is the key of the bucket of time that an event falls into; StepStart reads its values. An event without a time of its
// own has none.
func ByStep(s clock.Step) Key { return Key{kind: keyStep, step: s} }

// ByLine is the key of values that only raw lines hold. make is called once for each goroutine that reads lines. Reading costs
// I/O, and the checksum of every line is verified.
func ByLine(make func() LineValue) Key { return Key{kind: keyLine, line: make} }

// ByNumber is the key of a number that tells where an event came from; a negative one is not a value. Its values are decimal, and sort
// as numbers.
func ByNumber(of func(model.Origin) int64) Key { return Key{kind: keyNumber, number: of} }

// ByReject is the key of the reasons why lines are not events; see model.Snapshot.WhyReject. An event has none. With this key rejects
// are counted too.
func ByReject() Key { return Key{kind: keyReject} }

// owned reports whether the values of the key are not in a dictionary of the log.
func (k *Key) owned() bool { return !k.numbered() || k.kind == keyAddresses }

// numbered reports whether the numbers of keyValues are known before the events are read.
func (k *Key) numbered() bool { return k.kind < keyStep }

// StepStart returns the start of the bucket that a value of ByStep stands for, in Unix nanoseconds.
func StepStart(t model.Text) int64 {
	return int64(binary.BigEndian.Uint64([]byte(t.Raw())) ^ 1<<63)
}

// StepValue is the value of ByStep that stands for the bucket with a start, in Unix nanoseconds.
func StepValue(start int64) Value {
	return Value{Text: model.NewText(string(appendStepStart(nil, start)))}
}

// appendStepStart appends the value of a bucket. Values sort in the order of times.
func appendStepStart(dst []byte, nanos int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(nanos)^1<<63)
}

// keyValues numbers the values of events, one segment after another: equal values get the same small number, different values
// different ones. The exception is keyActor, where the same text in several columns has several numbers. 0 stands for no value. It
// is for one goroutine.
type keyValues interface {
	// ids returns one number per row of the segment, valid until the next call. Entries of rows that e does not count are undefined.
	ids(e *segmentEvents) (*model.IDs, error)
	// bound is larger than every number returned so far.
	bound() int
	// text returns the value of a number other than 0.
	text(id uint32) []byte
}

// values makes the keyValues of the key for snap.
func (k *Key) values(snap *model.Snapshot) keyValues {
	switch k.kind {
	case keyColumn, keyAddresses:
		return &columnValues{k.column, snap.Dictionary(k.column)}
	case keyActor:
		return newActorValues(snap, k.named)
	case keyClass:
		actions := snap.Dictionary(model.ColAction)
		return &classValues{actions: actions, known: make([]uint8, actions.Len())}
	case keySource:
		return &sourceValues{snap: snap}
	case keyStep:
		return &stepValues{step: k.step, values: intern.New()}
	case keyLine:
		return &lineValues{value: k.line(), raw: model.NewRawReader(snap), values: intern.New()}
	case keyNumber:
		return &ownValues{append: k.appendNumber, values: intern.New()}
	case keyReject:
		return &ownValues{append: appendReject, values: intern.New()}
	case keyTold:
		return &toldValues{told: k.told, many: k.many, values: intern.New()}
	}
	return sameValue{}
}

// segmentBuffer returns buf, or a new buffer for the rows of a segment if it is nil. keyValues that only read texts need none.
func segmentBuffer[T uint8 | uint16 | uint32](buf []T) []T {
	if buf == nil {
		return make([]T, model.SegmentRows)
	}
	return buf
}

// sameValue gives every event the empty value.
type sameValue struct{}

func (sameValue) ids(*segmentEvents) (*model.IDs, error) {
	return &model.IDs{Const: model.IDEmpty}, nil
}
func (sameValue) bound() int         { return int(model.IDEmpty) + 1 }
func (sameValue) text(uint32) []byte { return nil }

// columnValues are the ids of a column themselves.
type columnValues struct {
	column model.Column
	values model.Dictionary
}

func (v *columnValues) ids(e *segmentEvents) (*model.IDs, error) { return e.seg.IDs(v.column), nil }
func (v *columnValues) bound() int                               { return max(1, v.values.Len()) }
func (v *columnValues) text(id uint32) []byte                    { return v.values.Bytes(id) }

// classValues numbers the classes from 1 on.
type classValues struct {
	actions model.Dictionary
	known   []uint8 // by action; 0 means not known yet
	buf     []uint8
	out     model.IDs
}

func (v *classValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	actions := e.seg.IDs(model.ColAction)
	for i := e.from; i < e.to; i++ {
		v.buf[i] = v.class(actions.At(i))
		if v.buf[i] == 0 && !e.reject(i) { // an event without an action has the class of unknown ones
			v.buf[i] = uint8(model.OtherClass) + 1
		}
	}
	v.out.U8 = v.buf
	return &v.out, nil
}

func (v *classValues) class(action uint32) uint8 {
	if v.known[action] == 0 && action != model.IDAbsent {
		v.known[action] = uint8(model.ClassOf(string(v.actions.Bytes(action)))) + 1
	}
	return v.known[action]
}

func (v *classValues) bound() int            { return model.NumClasses + 1 }
func (v *classValues) text(id uint32) []byte { return []byte(model.Class(id - 1).String()) }

// sourceValues numbers the sources from 1 on.
type sourceValues struct {
	snap *model.Snapshot
	buf  []uint32
	out  model.IDs
}

func (v *sourceValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	e.seg.EachSource(func(from, to int, source model.SourceID) {
		for i := max(from, e.from); i < to; i++ {
			v.buf[i] = uint32(source) + 1
		}
	})
	v.out.U32 = v.buf
	return &v.out, nil
}

func (v *sourceValues) bound() int            { return len(v.snap.Sources()) + 1 }
func (v *sourceValues) text(id uint32) []byte { return []byte(v.snap.Sources()[id-1].Name.Raw()) }

// stepValues numbers the buckets that have events.
type stepValues struct {
	step       clock.Step
	values     *intern.Table
	start, end int64 // of the bucket of the last event
	id         uint32
	encoded    []byte
	buf        []uint32
	out        model.IDs
}

func (v *stepValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	times := e.seg.Times()
	e.eachTimed(func(i int) {
		if t := times.At(i); t < v.start || t >= v.end {
			v.start, v.end = v.step.Bounds(t)
			v.encoded = appendStepStart(v.encoded[:0], v.start)
			v.id = v.values.ID(v.encoded)
		}
		v.buf[i] = v.id
	})
	e.eachUntimed(func(i int) { v.buf[i] = model.IDAbsent })
	v.out.U32 = v.buf
	return &v.out, nil
}

func (v *stepValues) bound() int            { return v.values.Len() }
func (v *stepValues) text(id uint32) []byte { return v.values.Value(id) }

// lineValues numbers values read from lines.
type lineValues struct {
	value  LineValue
	raw    *model.RawReader
	values *intern.Table
	read   []byte
	buf    []uint32
	out    model.IDs
	unread // lines
}

// linesPerCheck is how many lines are read between checks of ctx.
const linesPerCheck = 1 << 10

func (v *lineValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	n := 0
	var err error
	read := func(i int) {
		if n++; n%linesPerCheck == 0 && err == nil {
			err = e.ctx.Err()
		}
		switch {
		case e.reject(i):
			v.buf[i] = model.IDAbsent
		case err == nil:
			v.buf[i] = v.id(e.seg.Base() + model.Row(i))
		}
	}
	e.eachTimed(read)
	e.eachUntimed(read)
	v.out.U32 = v.buf
	return &v.out, err
}

func (v *lineValues) id(r model.Row) uint32 {
	line, err := v.raw.Line(r)
	if err != nil {
		v.miss(err)
		return model.IDAbsent
	}
	value, ok := v.value(v.read[:0], line)
	v.read = value
	if !ok {
		return model.IDAbsent
	}
	return v.values.ID(value)
}

func (v *lineValues) bound() int            { return v.values.Len() }
func (v *lineValues) text(id uint32) []byte { return v.values.Value(id) }
