package count

import (
	"context"

	"pawprint/model"
	"pawprint/model/intern"
)

// Told calls add for the values that rows of a snapshot from one row up to but not including another have from outside of the log, such as
// what the user said about them. Of a row it is called once for each value, and not at all for none. unread are rows that may have values,
// but cannot be read; why says of one of them why. Many goroutines call it.
type Told func(ctx context.Context, snap *model.Snapshot, from, to model.Row, add func(r model.Row, value string)) (unread []model.Row, why error, err error)

// ByTold is the key of a value that is told about rows, the first one if a row has several. Rejects have values too, where they count.
func ByTold(told Told) Key { return Key{kind: keyTold, told: told} }

// ByEachTold is ByTold for rows with several values: an event counts once for each different one.
func ByEachTold(told Told) Key { return Key{kind: keyTold, told: told, many: true} }

// toldValues numbers the values that rows have, or all values of a row together.
type toldValues struct {
	told   Told
	many   bool
	values *intern.Table
	buf    []uint32
	out    model.IDs
	unread
}

func (v *toldValues) ids(e *segmentEvents) (*model.IDs, error) {
	v.buf = segmentBuffer(v.buf)
	clear(v.buf[e.from:e.to]) // model.IDAbsent
	base := e.seg.Base()
	all := map[int][]byte{} // by row of the segment
	unread, why, err := v.told(e.ctx, e.snap, base+model.Row(e.from), base+model.Row(e.to), func(r model.Row, value string) {
		i := int(r - base)
		switch known, has := all[i]; {
		case !e.counts(i):
		case v.many:
			all[i] = AppendValue(known, []byte(value))
		case !has:
			all[i] = []byte(value)
		}
	})
	for i, value := range all {
		v.buf[i] = v.values.ID(value)
	}
	for _, r := range unread {
		if e.counts(int(r - base)) {
			v.miss(why)
		}
	}
	v.out.U32 = v.buf
	return &v.out, err
}

func (v *toldValues) bound() int            { return v.values.Len() }
func (v *toldValues) text(id uint32) []byte { return v.values.Value(id) }

// counts reports whether row i of the segment is counted.
func (e *segmentEvents) counts(i int) bool {
	return e.timed.Has(i) || e.hasUntimed && e.untimed.Has(i)
}

// unread counts the values that could not be read.
type unread struct {
	n   int
	err error // of the first one
}

// miss counts a value that could not be read.
func (u *unread) miss(why error) {
	if u.n++; u.err == nil {
		u.err = why
	}
}

// missed returns the number of values that could not be read, and why the first one could not.
func (u *unread) missed() (n int, err error) { return u.n, u.err }
