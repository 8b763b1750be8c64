package model

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"pawprint/model/suspicion"
)

// twinColumns are the columns whose values name actors.
var twinColumns = [...]Column{ColActorName, ColActorEmail}

// Twins says which names and e-mail addresses of actors look like others in the snapshot, though they are written otherwise. Texts that
// differ only in case are no twins. It never changes.
type Twins struct {
	standing Standing
	columns  [len(twinColumns)]twinColumn
}

// twinColumn are the twins among the values of a column.
type twinColumn struct {
	verdicts []uint8           // by id: 1 for a twin
	like     map[uint32]uint32 // of a twin: another value that it looks like
}

// Standing distinguishes these answers from others about the same log. A name becomes a twin when another like it is read later.
func (t *Twins) Standing() Standing { return t.standing }

// Each calls visit for every column of names, with a verdict for each of its ids: 1 for a twin. visit must not change them.
func (t *Twins) Each(visit func(c Column, verdicts []uint8)) {
	for i, c := range twinColumns {
		visit(c, t.columns[i].verdicts)
	}
}

// Of returns the name or e-mail address in a row that looks like another one, and that other; ok is false if there is none.
func (t *Twins) Of(s *Snapshot, r Row) (name, other Text, ok bool) {
	seg, i := s.place(r)
	for k, c := range twinColumns {
		id := seg.columns[c].At(i)
		if like, ok := t.columns[k].like[id]; ok {
			return s.dictionaries[c].Text(id), s.dictionaries[c].Text(like), true
		}
	}
	return Text{}, Text{}, false
}

// twinFinder finds the twins of a log. The zero value has read nothing.
type twinFinder struct {
	mu       sync.Mutex
	standing Standing
	columns  [len(twinColumns)]twinReader
}

// twinReader reads the values of a column.
type twinReader struct {
	twinColumn
	next  uint32           // the first id that was not read yet
	looks map[string]*look // by skeleton
}

// look are the values of one skeleton.
type look struct {
	ids    []uint32
	first  string // the first of them, in lower case
	differ bool   // there is one that differs from it in more than case
}

// upTo returns the twins of s. If the finder is already ahead of s, it starts anew for s alone.
func (f *twinFinder) upTo(ctx context.Context, s *Snapshot) (*Twins, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for k, c := range twinColumns {
		if int(f.columns[k].next) > s.dictionaries[c].Len() {
			return new(twinFinder).upTo(ctx, s)
		}
	}
	for k, c := range twinColumns {
		if f.columns[k].read(ctx, s.dictionaries[c]) || f.standing == nil {
			f.standing = newStanding()
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t := &Twins{standing: f.standing}
	for k := range twinColumns {
		t.columns[k] = f.columns[k].twinColumn
	}
	return t, nil
}

// valuesPerCheck is how many values are read between checks of ctx.
const valuesPerCheck = 1 << 10

// read takes the new values of a column, or some of them if ctx ends. It reports whether values that were read before have become twins.
func (c *twinReader) read(ctx context.Context, d Dictionary) (changed bool) {
	known := c.next
	if int(known) == d.Len() {
		return false
	}
	if c.looks == nil {
		c.looks = map[string]*look{}
	}
	// What was lent stays as it is.
	c.verdicts, c.like = append(slices.Clone(c.verdicts), make([]uint8, d.Len()-len(c.verdicts))...), maps.Clone(c.like)
	if c.like == nil {
		c.like = map[uint32]uint32{}
	}
	for ; int(c.next) < d.Len(); c.next++ {
		if c.next%valuesPerCheck == 0 && ctx.Err() != nil {
			break
		}
		if c.next == IDAbsent || c.next == IDEmpty {
			continue
		}
		for _, id := range c.add(c.next, string(d.Bytes(c.next))) {
			changed = changed || id < known
		}
	}
	return changed
}

// add takes a value and returns the ids of those that have become twins.
func (c *twinReader) add(id uint32, value string) (twins []uint32) {
	skeleton, lower := suspicion.Skeleton(value), strings.ToLower(value)
	l := c.looks[skeleton]
	if l == nil {
		c.looks[skeleton] = &look{ids: []uint32{id}, first: lower}
		return nil
	}
	twins = []uint32{id}
	switch {
	case l.differ:
	case lower == l.first:
		l.ids = append(l.ids, id)
		return nil
	default:
		l.differ = true
		twins = append(twins, l.ids...)
	}
	l.ids = append(l.ids, id)
	for _, twin := range twins {
		c.verdicts[twin] = 1
		if c.like[twin] = l.ids[0]; twin == l.ids[0] {
			c.like[twin] = id
		}
	}
	return twins
}
