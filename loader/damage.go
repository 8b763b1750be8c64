package loader

import (
	"errors"
	"fmt"

	"pawprint/model/amount"
)

// TooLongError says that lines of a source are longer than Limits allow: they are rejects, of which only the heads were kept. All other
// lines were read.
type TooLongError struct {
	Offset int64 // of the first of them
	Lines  int64
	Limit  int64 // the longest line that is read, in bytes
}

// Error names the first line, and how many there are.
func (e *TooLongError) Error() string {
	if e.Lines == 1 {
		return fmt.Sprintf("a line at byte %d is longer than %s: only its head was kept", e.Offset, amount.Bytes(e.Limit))
	}
	return fmt.Sprintf("%d lines are longer than %s, first at byte %d: only their heads were kept", e.Lines, amount.Bytes(e.Limit), e.Offset)
}

// TrailingError says that other bytes follow the end of a packed source. All that is packed was read, and the others are a reject.
type TrailingError struct {
	Packing string // gzip or zstd
	Stored  int64  // offset of the bytes in the source as stored
	Bytes   int64
}

// Error says where the bytes are and how many.
func (e *TrailingError) Error() string {
	return fmt.Sprintf("%s after the end of the %s data, at byte %d as stored: they are listed as a reject", amount.Of(e.Bytes, "byte", "bytes"), e.Packing, e.Stored)
}

// limited reports whether err says only that some bytes of a source were not read as lines, and that all others were.
func limited(err error) bool {
	switch e := err.(type) {
	case *GapError, *TooLongError, *TrailingError:
		return true
	case interface{ Unwrap() []error }:
		parts := e.Unwrap()
		for _, part := range parts {
			if !limited(part) {
				return false
			}
		}
		return len(parts) > 0
	case interface{ Unwrap() error }:
		return limited(e.Unwrap())
	}
	return false
}

// endsEarly reports whether err says that a source goes on, or did go on, behind what could be read of it.
func endsEarly(err error) bool {
	var packed *UnpackError
	return errors.Is(err, ErrUnclosed) || errors.As(err, &packed)
}

// tooLong counts the lines of a stream that are too long.
type tooLong struct{ lines, first int64 }

func (t *tooLong) add(offset int64) {
	if t.lines++; t.lines == 1 {
		t.first = offset
	}
}

// err returns a *TooLongError, or nil if there was no such line.
func (t *tooLong) err(limit int) error {
	if t.lines == 0 {
		return nil
	}
	return &TooLongError{Offset: t.first, Lines: t.lines, Limit: int64(limit)}
}

// trailing is what follows the end of a packed source.
type trailing struct {
	head  []byte // at most headBytes
	bytes int64
}

// Write implements io.Writer. It never fails.
func (t *trailing) Write(p []byte) (int, error) {
	t.bytes += int64(len(p))
	t.head = append(t.head, p[:min(len(p), headBytes-len(t.head))]...)
	return len(p), nil
}

// misses counts that a line was not kept as a whole, and marks the source as damaged: that of a followed file has no end that could.
func (s *Stream) misses(offset int64) {
	s.tooLong.add(offset)
	s.sink.UpdateSource(s.batch.Source, markDamaged)
}

// damage joins err, with which reading ended, with the *TooLongError of the stream.
func (s *Stream) damage(err error) error {
	if long := s.tooLong.err(s.limit); long != nil {
		return errors.Join(err, long)
	}
	return err
}

// behind makes a reject of what follows the end of a packed source. The stream is closed, and keeps its bytes in store.
func (s *Stream) behind(t *trailing, store *Store) {
	base := store.Len()
	if s.err = errors.Join(s.err, withLines(store.Write(t.head), s.line-1)); s.err != nil {
		return
	}
	s.batch.Reset()
	s.batch.Base, s.batch.Line = base, s.line
	s.decoder.Behind(&s.batch, append(t.head, '\n'))
	s.seal(t.head)
	s.append(&s.batch)
}

// endsEarly makes a reject that stands for what is missing behind the last line, unless that line is a reject because it is cut. pending
// says that the last line was made of what was left at the end. The stream is closed.
func (s *Stream) endsEarly(pending bool) {
	if pending && s.decoder.LastCut() {
		return
	}
	s.open(0)
	s.decoder.Ends(&s.batch)
	s.append(&s.batch)
}
