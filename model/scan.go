package model

import (
	"context"

	"pawprint/model/rawjson"
)

// runStart is the first row of run k; after the last run, the number of rows.
func (s *Segment) runStart(k int) int {
	if k < len(s.runs) {
		return int(s.runs[k].first)
	}
	return s.rows
}

// Stretch holds the raw lines of rows that lie close together in one source, read at once.
type Stretch struct {
	From, To int    // rows of the segment, To excluded; not all of them have to be marked
	Bytes    []byte // from the first byte of the first line to the last byte of the last one, line ends included
	segment  *Segment
	base     int64 // the offset of Bytes, counted like the offsets of the run
	ends     []int // where the lines end, by row from From on; nil if their lengths say so
}

// LineBounds returns where the line of row i is in Bytes.
func (s *Stretch) LineBounds(i int) (start, end int) {
	start = int(int64(s.segment.offsets[i]) - s.base)
	if s.ends != nil {
		return start, s.ends[i-s.From]
	}
	return start, start + int(s.segment.lengths.At(i))
}

// Line returns the line of row i without its end. It is part of Bytes.
func (s *Stretch) Line(i int) []byte {
	start, end := s.LineBounds(i)
	return s.Bytes[start:end:end]
}

const (
	pageBytes    = 4 << 10
	stretchBytes = 512 << 10 // of one read, unless a single line is longer
	stretchGap   = 16 << 10  // unmarked bytes up to this many are read too: that is cheaper than another read
)

// LineReader reads the raw lines of a segment in large stretches, for searching. The zero value is ready; it keeps its
// buffer between calls and is for one goroutine.
type LineReader struct {
	buf     []byte
	stretch Stretch
	ends    []int
}

// Read calls visit for stretches that together hold the marked rows of seg, in order. visit may clear marks of the rows it gets
// and must not keep the bytes. For each failing read it calls unread with the rows and the reason. It leaves out gaps, which never
// could be read, and does not check checksums. It stops early with the error of ctx.
func (l *LineReader) Read(ctx context.Context, seg *Segment, rows *Bitmap, visit func(*Stretch), unread func(from, to int, err error)) error {
	k, gaps := 0, seg.gaps
	for i := rows.Next(0); i >= 0 && i < seg.rows; {
		if err := ctx.Err(); err != nil {
			return err
		}
		for len(gaps) > 0 && int(gaps[0]) < i {
			gaps = gaps[1:]
		}
		last := i
		if len(gaps) == 0 || int(gaps[0]) > i {
			for seg.runStart(k+1) <= i {
				k++
			}
			limit := seg.runStart(k + 1)
			if len(gaps) > 0 {
				limit = min(limit, int(gaps[0]))
			}
			var err error
			if last, err = l.fetch(seg, &seg.runs[k], rows, i, limit); err != nil {
				unread(i, last+1, err)
			} else {
				visit(&l.stretch)
			}
		}
		if last+1 >= SegmentRows {
			break
		}
		i = rows.Next(last + 1)
	}
	return nil
}

// fetch reads the stretch that begins with row i and ends before row limit; last is its last row.
func (l *LineReader) fetch(seg *Segment, run *run, rows *Bitmap, i, limit int) (last int, err error) {
	last, start, end := seg.stretch(rows, i, limit)
	// A read that begins in the middle of a page costs more than the bytes before it.
	ahead := (run.base + start) % pageBytes
	bytes := l.buffer(int(ahead + end - start))
	l.stretch = Stretch{From: i, To: last + 1, Bytes: bytes[ahead:], segment: seg, base: start}
	err = readFull(run.raw, bytes, run.base+start-ahead)
	if err != nil && ahead > 0 {
		// The unreadable part may lie before the line.
		err = readFull(run.raw, l.stretch.Bytes, run.base+start)
	}
	if err == nil && seg.anyFlags&FlagQuoted != 0 {
		l.unquote(seg)
	}
	return last, err
}

// unquote replaces the rows that are the text of a JSON string by that text, and fills the bytes that are left over with line ends.
func (l *LineReader) unquote(seg *Segment) {
	s := &l.stretch
	l.ends = l.ends[:0]
	for i := s.From; i < s.To; i++ {
		start, end := s.LineBounds(i)
		if seg.flags[i]&FlagQuoted != 0 {
			text := rawjson.Inside(s.Bytes[start:start:end], s.Bytes[start:end])
			for k := start + len(text); k < end; k++ {
				s.Bytes[k] = '\n'
			}
			end = start + len(text)
		}
		l.ends = append(l.ends, end)
	}
	s.ends = l.ends
}

// stretch finds the last marked row before limit that is to be read together with row i, and the bytes they cover.
func (s *Segment) stretch(rows *Bitmap, i, limit int) (last int, start, end int64) {
	last, start = i, int64(s.offsets[i])
	end = start + int64(s.lengths.At(i))
	for j := i + 1; j < limit; j++ {
		if j = rows.Next(j); j < 0 || j >= limit {
			break
		}
		from := int64(s.offsets[j])
		to := from + int64(s.lengths.At(j))
		if from > end+stretchGap || to-start > stretchBytes {
			break
		}
		last, end = j, to
	}
	return last, start, end
}

// buffer returns a buffer of n bytes.
func (l *LineReader) buffer(n int) []byte {
	if n > cap(l.buf) {
		l.buf = make([]byte, max(n, stretchBytes+pageBytes))
	}
	return l.buf[:n:n]
}
