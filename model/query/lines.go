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
	// choices are such lists each of which will do: the one that is met least becomes hints before they are used. None leave
	// hints as they are.
	choices [][]needle
	// text decides on a single key or value of an event, if that is all that event asks for and each hint has to be in it.
	// nil if it is not.
	text func(text []byte) bool
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

// tune chooses what is met least in a sample of what will be searched.
func (l *lines) tune(sample []byte) {
	sample = sample[:min(len(sample), sampleBytes)]
	least := -1
	for _, c := range l.choices {
		met := 0
		for i := range c {
			met += c[i].count(sample)
		}
		if least < 0 || met < least {
			least, l.hints = met, c
		}
	}
	for i := range l.hints {
		l.hints[i].tune(sample)
	}
}

// lineSearch is one call of lines.narrow.
type lineSearch struct {
	*lines
	w     *worker
	rows  *model.Bitmap // to decide
	flags []model.Flags
	seen  model.Bitmap // decided
	found model.Bitmap
	near  neighbourhood
}

func (s *lineSearch) visit(st *model.Stretch) {
	s.tuned.Do(func() { s.tune(st.Bytes) })
	if len(s.hints) == 0 {
		for i := st.From; i < st.To; i++ {
			s.verify(st, i)
		}
		return
	}
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
		case s.text != nil && s.near.enter(st, row, s.flags[row]):
			if at = s.around(st, row, at); at < end {
				continue
			}
		default:
			s.verify(st, row)
		}
		at = end
	}
}

// around decides on the text that holds byte at, and gives where to go on: behind the line if it passes.
func (s *lineSearch) around(st *model.Stretch, row, at int) int {
	start, end := st.Span(row)
	text, next := s.near.text(st.Bytes[start:end], at-start)
	if !s.text(text) {
		return start + next
	}
	s.found.Set(row)
	s.seen.Set(row)
	return end
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
