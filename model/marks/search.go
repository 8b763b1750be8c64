package marks

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"

	"pawprint/model"
)

// Search finds the marked events among the rows of a snapshot from one row up to but not including another. Rows that may be marked, but
// cannot be read, are in the answer too. Many goroutines call it; it must find the same marks each time. See Rows.Search and Wanted.Search.
type Search func(ctx context.Context, snap *model.Snapshot, from, to model.Row) (Found, error)

// Wanted are marks to be looked for. It never changes.
type Wanted struct {
	marks map[Sum]*Mark
	keys  map[key]struct{}
	times map[int64]struct{} // of the marks with a time
	loose bool               // some have none
	from  int64              // the first of times …
	to    int64              // … and the last one
}

// key is what the columns of a log tell about the bytes of a row, before they are read.
type key struct {
	nanos, length int64
	timed         bool
}

// NewWanted returns marks to be looked for. The marks must stay as they are.
func NewWanted(kept []*Mark) *Wanted {
	w := &Wanted{marks: make(map[Sum]*Mark, len(kept)), keys: make(map[key]struct{}, len(kept)), times: make(map[int64]struct{}, len(kept))}
	for _, m := range kept {
		w.marks[m.Sum] = m
		k := key{length: m.Length, timed: !m.Time.IsZero()}
		if !k.timed {
			w.loose = true
			w.keys[k] = struct{}{}
			continue
		}
		k.nanos = m.Time.UnixNano()
		if len(w.times) == 0 {
			w.from, w.to = k.nanos, k.nanos
		}
		w.keys[k], w.times[k.nanos] = struct{}{}, struct{}{}
		w.from, w.to = min(w.from, k.nanos), max(w.to, k.nanos)
	}
	return w
}

// mayBeIn reports whether a segment may hold a marked event.
func (w *Wanted) mayBeIn(seg *model.Segment) bool {
	if w.loose && seg.AnyFlags()&model.FlagNoTime != 0 {
		return true
	}
	earliest, latest := seg.Bounds()
	return len(w.times) > 0 && earliest <= w.to && latest >= w.from
}

// mayBe reports whether row i of a segment may be a marked event, from the columns alone.
func (w *Wanted) mayBe(seg *model.Segment, i int) bool {
	flags, k := seg.Flags()[i], key{}
	if k.timed = flags&model.FlagNoTime == 0; k.timed {
		k.nanos = seg.Times().At(i)
		if _, ok := w.times[k.nanos]; !ok {
			return false
		}
	} else if !w.loose {
		return false
	}
	if flags&model.FlagQuoted != 0 {
		return true // the length is that of the text with its escapes
	}
	k.length = seg.Origin(i).Length
	_, ok := w.keys[k]
	return ok
}

// Found is what a search found.
type Found struct {
	Places []Place     // by row
	Unread []model.Row // may be marked events, but cannot be read any more
	Why    error       // why the first of Unread cannot be read
}

// Search looks for marked events among the rows of a snapshot from one row up to but not including another. It reads the lines of the rows
// that have the time and the length of one. The only errors are those of ctx.
func (w *Wanted) Search(ctx context.Context, snap *model.Snapshot, from, to model.Row) (out Found, err error) {
	if len(w.marks) == 0 {
		return out, nil
	}
	reader := model.NewRawReader(snap)
	for from < to {
		if err := ctx.Err(); err != nil {
			return Found{}, err
		}
		seg := snap.Segment(int(from / model.SegmentRows))
		end := min(to, seg.Base()+model.Row(seg.Rows()))
		for r := from; w.mayBeIn(seg) && r < end; r++ {
			if !w.mayBe(seg, int(r-seg.Base())) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return Found{}, err
			}
			w.look(reader, r, &out)
		}
		from = end
	}
	return out, nil
}

// look reads a row that may be a marked event.
func (w *Wanted) look(reader *model.RawReader, r model.Row, out *Found) {
	text, err := reader.Line(r)
	switch {
	case errors.Is(err, model.ErrUnreadable): // it has no bytes, so no mark on it was kept
	case err != nil:
		out.Unread, out.Why = append(out.Unread, r), cmp.Or(out.Why, err)
	default:
		if m := w.marks[sha256.Sum256(text)]; m != nil {
			out.Places = append(out.Places, Place{r, m})
		}
	}
}

// Find finds the marked events of a whole snapshot. unread are the rows that may be marked events, but cannot be read any more.
func Find(ctx context.Context, snap *model.Snapshot, kept []*Mark) (rows Rows, unread []model.Row, err error) {
	found, err := NewWanted(kept).Search(ctx, snap, 0, model.Row(snap.Rows()))
	return Rows{found.Places}, found.Unread, err
}
