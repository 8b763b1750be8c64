package model

import (
	"errors"
	"fmt"
	"io"

	"pawprint/model/rawjson"
)

// ErrChanged means that the bytes of a row are no longer those that were loaded.
var ErrChanged = errors.New("the source changed after it was loaded")

// ErrUnreadable means that the bytes of a row could never be read: the row marks a gap in its source. See FlagGap.
var ErrUnreadable = errors.New("the bytes could not be read when the source was loaded")

// RawReader reads single raw lines of a snapshot and checks that they have not changed since they were loaded. Consecutive calls
// for rows of the same batch cost one read. It is for one goroutine.
type RawReader struct {
	snap    *Snapshot
	run     run    // the stretch in bytes, if it has a checksum
	checked bool   // whether bytes match the checksum
	changed bool   // whether they do not: none of its rows is read again
	bytes   []byte // the stretch
	line    []byte // of a source that cannot change
	text    []byte // of a row that is the text of a string
}

// NewRawReader makes a reader for snap.
func NewRawReader(snap *Snapshot) *RawReader { return &RawReader{snap: snap} }

// Line returns the line of a row as the source wrote it, without its end, and of a recovered row its object, unquoted if it is the text of
// a string; the bytes are valid until the next call. If the source
// no longer holds the bytes that were loaded, the error wraps ErrChanged; for a gap it wraps ErrUnreadable.
func (r *RawReader) Line(row Row) ([]byte, error) {
	seg, i := r.snap.place(row)
	o := seg.origin(i)
	if seg.flags[i]&FlagGap != 0 {
		return nil, fmt.Errorf("reading %d bytes at byte %d of %v: %w", o.Length, o.Offset, r.snap.sources[o.Source].Name, ErrUnreadable)
	}
	line, err := r.read(seg.run(i), o)
	if err != nil {
		return nil, fmt.Errorf("reading line %d at byte %d of %v: %w", o.Line, o.Offset, r.snap.sources[o.Source].Name, err)
	}
	if seg.flags[i]&FlagQuoted != 0 {
		r.text = rawjson.Inside(r.text[:0], line)
		line = r.text
	}
	return line, nil
}

func (r *RawReader) read(run *run, o Origin) ([]byte, error) {
	if run.sum == 0 {
		r.line = grow(r.line, int(o.Length))
		return r.line, readFull(run.raw, r.line, o.Offset)
	}
	same := r.run.source == run.source && r.run.base == run.base && r.run.sum == run.sum
	if same && r.changed {
		return nil, ErrChanged
	}
	if !same || !r.checked {
		r.run, r.checked, r.changed, r.bytes = *run, false, false, grow(r.bytes, int(run.length))
		err := readFull(run.raw, r.bytes, run.base)
		if err == nil && Checksum(r.bytes) != run.sum {
			err = ErrChanged
		}
		if err != nil {
			r.changed = errors.Is(err, ErrChanged)
			return nil, err
		}
		r.checked = true
	}
	from := o.Offset - run.base
	return r.bytes[from : from+o.Length], nil
}

// grow returns a slice of n bytes, in the memory of b if it fits.
func grow(b []byte, n int) []byte {
	if n > cap(b) {
		return make([]byte, n)
	}
	return b[:n]
}

// readFull reads exactly len(p) bytes. A source that ends early has changed since it was loaded.
func readFull(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	switch {
	case n == len(p):
		return nil
	case err == io.EOF:
		return ErrChanged
	}
	return err
}
