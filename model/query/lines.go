package query

import (
	"bytes"
	"math/bits"
	"sync"

	"pawprint/model"
)

// lines matches rows by their raw lines. It looks for the hints first, block by block, and verifies only the lines that hold
// one, or that could hide one behind a \u escape.
type lines struct {
	// hints are texts of which a matching line must hold one, in the bytes or behind \u escapes. They consist of bytes
	// that JSON writes as themselves or as a \u escape. Without any, every line is verified.
	hints []needle
	// plain says that the only hint stands for the whole condition, unless it is part of an escape.
	plain bool
	// event decides on the line of an event, reject on a line that is none.
	event  func(w *worker, line []byte, row int) bool
	reject func(line []byte) bool
	price  int
	tuned  sync.Once
}

func (l *lines) cost() int { return l.price }

func (l *lines) narrow(w *worker, rows *model.Bitmap) error {
	s := lineSearch{lines: l, w: w, rows: rows, flags: w.seg.Flags()}
	unread := func(from, to int, err error) {
		if w.env.Unread != nil {
			w.env.Unread(w.seg.Base()+model.Row(from), w.seg.Base()+model.Row(to), err)
		}
	}
	if err := w.lines.Read(w.ctx, w.seg, rows, s.visit, unread); err != nil {
		return err
	}
	*rows = s.found
	return nil
}

// lineSearch is one call of lines.narrow.
type lineSearch struct {
	*lines
	w     *worker
	rows  *model.Bitmap // to decide
	flags []model.Flags
	seen  model.Bitmap // decided
	found model.Bitmap
}

func (s *lineSearch) visit(st *model.Stretch) {
	if len(s.hints) == 0 {
		for i := st.From; i < st.To; i++ {
			s.verify(st, i)
		}
		return
	}
	s.tuned.Do(func() {
		for i := range s.hints {
			s.hints[i].tune(st.Bytes)
		}
	})
	for i := range s.hints {
		s.hunt(st, &s.hints[i])
	}
	s.escapes(st)
}

// hunt decides the lines that hold the hint. It looks at the bytes of rows that are to be decided only.
func (s *lineSearch) hunt(st *model.Stretch, hint *needle) {
	for from := s.open(st.From, st.To, true); from < st.To; {
		to := s.open(from+1, st.To, false)
		s.huntRows(st, hint, from, to)
		from = s.open(to, st.To, true)
	}
}

// open gives the first row from row on that is, or is not, to be decided; limit if there is none before it.
func (s *lineSearch) open(row, limit int, want bool) int {
	for row < limit {
		word := s.rows[row>>6] &^ s.seen[row>>6]
		if !want {
			word = ^word
		}
		if word >>= row & 63; word != 0 {
			return min(row+bits.TrailingZeros64(word), limit)
		}
		row = row&^63 + 64
	}
	return limit
}

// huntRows is hunt for the rows from and up to but not including to.
func (s *lineSearch) huntRows(st *model.Stretch, hint *needle, from, to int) {
	at, _ := st.Span(from)
	_, limit := st.Span(to - 1)
	for row := from; at < limit; {
		k, _ := hint.find(st.Bytes[at:limit])
		if k < 0 {
			return
		}
		at += k
		var end int
		row, end = rowAt(st, row, to, at)
		switch {
		case end < 0: // between two lines
			at++
			continue
		case s.plain && s.clean(st, row, at):
			s.found.Set(row)
			s.seen.Set(row)
		default:
			s.verify(st, row)
		}
		at = end
	}
}

// rowAt gives the row, from row on and before limit, whose line holds byte at or begins behind it, and the end of that line;
// -1 if the byte stands before the line.
func rowAt(st *model.Stretch, row, limit, at int) (int, int) {
	for ; row < limit-1; row++ {
		if _, end := st.Span(row); at < end {
			break
		}
	}
	start, end := st.Span(row)
	if at < start {
		return row, -1
	}
	return row, end
}

// clean reports whether a hint found at byte at is no part of an escape such as \u0041 or \n, so that the line needs no
// decoding.
func (s *lineSearch) clean(st *model.Stretch, row, at int) bool {
	start, _ := st.Span(row)
	const longest = len(`\u0000`) - 1
	return bytes.IndexByte(st.Bytes[max(start, at-longest):at], '\\') < 0
}

// escapes decides the lines with escapes, behind which a hint may hide.
func (s *lineSearch) escapes(st *model.Stretch) {
	for i := st.From; i < st.To; i++ {
		if s.flags[i]&model.FlagEscapes != 0 {
			s.verify(st, i)
		}
	}
}

// verify decides a row by its whole line.
func (s *lineSearch) verify(st *model.Stretch, row int) {
	if s.seen.Has(row) || !s.rows.Has(row) {
		return
	}
	s.seen.Set(row)
	match := false
	if s.flags[row]&model.FlagReject != 0 {
		match = s.reject(st.Line(row))
	} else {
		match = s.event(s.w, st.Line(row), row)
	}
	if match {
		s.found.Set(row)
	}
}
