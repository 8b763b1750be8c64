package query

import (
	"bytes"
	"math/bits"
	"sync"

	"pawprint/model"
)

// lines matches rows by their raw lines. It searches for the hints first, block by block, and verifies only lines that contain
// a hint or could hide one behind a \u escape.
type lines struct {
	// hints are texts; a matching line must contain at least one, in its bytes or behind \u escapes. They consist of bytes that
	// JSON writes as themselves or as a \u escape. Without hints, every line is verified.
	hints []needle
	// choices are alternative hint lists. Before the first search, tune keeps the one that occurs least often in a sample. If nil,
	// hints are used unchanged.
	choices [][]needle
	// text decides on a single key or value of an event. It is nil unless one such text decides the event and each hint has to be in it.
	text func(text []byte) bool
	// plain means that a line with the only hint matches, unless the hint is part of an escape.
	plain bool
	// event decides on the line of an event, reject on a line that is not one.
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
	l.sift(w.seg, rows)
	if err := w.lines.Read(w.ctx, w.seg, rows, s.visit, unread); err != nil {
		return err
	}
	*rows = s.found
	return nil
}

// sift clears rows whose source says, without being read, that it cannot hold the hints.
func (l *lines) sift(seg *model.Segment, rows *model.Bitmap) {
	lists := l.choices
	if lists == nil {
		lists = [][]needle{l.hints}
	}
	for _, hints := range lists {
		if texts := exactTexts(hints); texts != nil {
			seg.Sift(rows, texts)
		}
	}
}

// exactTexts returns the texts of needles, for a search of bytes in which only ASCII letters may differ in case; nil if a needle needs more.
func exactTexts(hints []needle) (texts [][]byte) {
	for i := range hints {
		if hints[i].wide {
			return nil
		}
		texts = append(texts, hints[i].text)
	}
	return texts
}

// tune picks the hints that occur least often in a sample of the searched bytes.
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
	w      *worker
	rows   *model.Bitmap // to decide
	flags  []model.Flags
	seen   model.Bitmap // decided
	found  model.Bitmap
	finder textFinder
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
		s.search(st, &s.hints[i])
	}
	s.escapes(st)
}

// search decides the lines that contain the hint. It reads only the bytes of undecided rows.
func (s *lineSearch) search(st *model.Stretch, hint *needle) {
	for from := s.next(st.From, st.To, true); from < st.To; {
		to := s.next(from+1, st.To, false)
		s.searchRows(st, hint, from, to)
		from = s.next(to, st.To, true)
	}
}

// next returns the first row from row on that is undecided, or decided if undecided is false; limit if there is none before it.
func (s *lineSearch) next(row, limit int, undecided bool) int {
	for row < limit {
		word := s.rows[row>>6] &^ s.seen[row>>6]
		if !undecided {
			word = ^word
		}
		if word >>= row & 63; word != 0 {
			return min(row+bits.TrailingZeros64(word), limit)
		}
		row = row&^63 + 64
	}
	return limit
}

// searchRows is search for the rows from and up to but not including to.
func (s *lineSearch) searchRows(st *model.Stretch, hint *needle, from, to int) {
	at, _ := st.LineBounds(from)
	_, limit := st.LineBounds(to - 1)
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
		case s.plain && s.flags[row]&model.FlagEscapes == 0 && s.clean(st, row, at):
			s.found.Set(row)
			s.seen.Set(row)
		case s.text != nil && s.finder.enter(st, row, s.flags[row]):
			if at = s.around(st, row, at); at < end {
				continue
			}
		default:
			s.verify(st, row)
		}
		at = end
	}
}

// around decides on the text that holds byte at and returns where to continue: after the line if the text passes.
func (s *lineSearch) around(st *model.Stretch, row, at int) int {
	start, end := st.LineBounds(row)
	text, next := s.finder.text(st.Bytes[start:end], at-start)
	if !s.text(text) {
		return start + next
	}
	s.found.Set(row)
	s.seen.Set(row)
	return end
}

// rowAt returns the row, from row on and before limit, whose line contains byte at or begins after it, and the end of that
// line; the end is -1 if the byte is before the line.
func rowAt(st *model.Stretch, row, limit, at int) (int, int) {
	for ; row < limit-1; row++ {
		if _, end := st.LineBounds(row); at < end {
			break
		}
	}
	start, end := st.LineBounds(row)
	if at < start {
		return row, -1
	}
	return row, end
}

// clean reports whether a hint found at byte at cannot be part of an escape such as \u0041 or \n, so that the line needs no decoding.
func (s *lineSearch) clean(st *model.Stretch, row, at int) bool {
	start, _ := st.LineBounds(row)
	const longest = len(`\u0000`) - 1
	return bytes.IndexByte(st.Bytes[max(start, at-longest):at], '\\') < 0
}

// escapes decides the lines with escapes, which may hide a hint.
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
