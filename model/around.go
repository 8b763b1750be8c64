package model

import "bytes"

// aroundBytes is the most bytes that Around returns on each side of a row.
const aroundBytes = 1 << 10

// Around is what else is on the line of a recovered row, or in the document around it. Both are the nearest bytes, with their escapes, and
// empty if nothing stands there.
type Around struct {
	Before, After []byte
	Cut           [2]bool // Before or After was cut: there are more bytes
}

// Around reads what stands around a recovered row. Of other rows it returns nothing. Errors are those of Line.
func (r *RawReader) Around(row Row) (Around, error) {
	seg, i := r.snap.place(row)
	if seg.flags[i]&FlagRecovered == 0 {
		return Around{}, nil
	}
	run, o := seg.run(i), seg.origin(i)
	first, behind := int64(0), false
	for _, p := range seg.problemsOf(i) {
		if p.code == Surrounded || p.code == Enveloped {
			first = min(first, int64(p.offset))
			behind = behind || p.code == Enveloped || int64(p.offset) >= o.Length
		}
	}
	a := Around{Cut: [2]bool{-first > aroundBytes}}
	var err error
	if a.Before, err = r.around(run, max(o.Offset+first, o.Offset-aroundBytes), o.Offset); err != nil || !behind {
		return a, err
	}
	after := o.Offset + o.Length
	limit := after + aroundBytes + 1
	if i+1 < seg.rows && seg.run(i+1) == run {
		limit = min(limit, run.base+int64(seg.offsets[i+1]))
	}
	if a.After, err = r.around(run, after, limit); err != nil {
		return a, err
	}
	if end := bytes.IndexByte(a.After, '\n'); end >= 0 {
		a.After = a.After[:end]
	}
	if a.Cut[1] = len(a.After) > aroundBytes; a.Cut[1] {
		a.After = a.After[:aroundBytes]
	}
	return a, nil
}

// around reads the bytes of a run from an offset up to another one or, if there are fewer, up to their end.
func (r *RawReader) around(run *run, from, to int64) ([]byte, error) {
	if run.sum == 0 {
		b := make([]byte, to-from)
		n, _ := run.raw.ReadAt(b, from)
		return b[:n], nil
	}
	if _, err := r.read(run, Origin{Offset: run.base}); err != nil {
		return nil, err
	}
	from = max(from, run.base)
	return bytes.Clone(r.bytes[from-run.base : min(to-run.base, int64(len(r.bytes)))]), nil
}
