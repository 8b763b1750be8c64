package model

import "iter"

// Span is a stretch of the bytes of a source, To excluded.
type Span struct {
	From, To int64
	Escapes  bool // only rows with FlagEscapes matter in it
}

// Sieve is implemented by the Raw of a batch that can tell, without reading its bytes, where some texts are not. Any goroutine may use it.
type Sieve interface {
	// Sift appends spans to dst, in order. Each occurrence of one of the texts between the offsets from and to overlaps one of them, and
	// so does each line that holds one of them only once its strings are decoded and its letters composed. Letters of ASCII count as equal
	// in any case.
	Sift(dst []Span, from, to int64, texts [][]byte) []Span
}

// Sift clears rows that hold none of the texts, in their bytes or once these are decoded, as far as their sources can tell without being
// read. It keeps rows that are the text of a string, which are decoded twice.
func (s *Segment) Sift(rows *Bitmap, texts [][]byte) {
	var spans []Span
	for k := range s.runs {
		run := &s.runs[k]
		sieve, ok := run.raw.(Sieve)
		if !ok {
			continue
		}
		limit := s.runStart(k + 1)
		from, to, ok := s.reach(run, rows, limit)
		if ok {
			spans = sieve.Sift(spans[:0], from, to, texts)
			s.keepIn(spans, run, rows, limit)
		}
	}
}

// reach returns the bytes from the first to the last of the marked rows of a run; ok is false if there is none, or if their places are not
// in order.
func (s *Segment) reach(run *run, rows *Bitmap, limit int) (from, to int64, ok bool) {
	last := int64(-1)
	for i := range marked(rows, int(run.first), limit) {
		start, end := s.bytesOf(run, i)
		if start < last {
			return 0, 0, false
		}
		if last < 0 {
			from = start
		}
		last, to = start, max(to, end)
	}
	return from, to, last >= 0
}

// keepIn clears marked rows of a run that are in none of the spans.
func (s *Segment) keepIn(spans []Span, run *run, rows *Bitmap, limit int) {
	for i := range marked(rows, int(run.first), limit) {
		from, to := s.bytesOf(run, i)
		for len(spans) > 0 && spans[0].To <= from {
			spans = spans[1:]
		}
		if s.flags[i]&FlagQuoted == 0 && !reached(spans, from, to, s.flags[i]&FlagEscapes != 0) {
			rows.Clear(i)
		}
	}
}

// reached reports whether a line overlaps a span that matters for it.
func reached(spans []Span, from, to int64, escapes bool) bool {
	for _, span := range spans {
		if span.From >= to {
			break
		}
		if span.To > from && (escapes || !span.Escapes) {
			return true
		}
	}
	return false
}

// marked goes through the marked rows from first up to limit. The body may clear the row that it gets.
func marked(rows *Bitmap, first, limit int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := first; i < limit; i++ {
			if i = rows.Next(i); i < 0 || i >= limit || !yield(i) {
				return
			}
		}
	}
}

// bytesOf returns where the line of row i is in the source of its run.
func (s *Segment) bytesOf(run *run, i int) (from, to int64) {
	from = run.base + int64(s.offsets[i])
	return from, from + int64(s.lengths.At(i))
}
