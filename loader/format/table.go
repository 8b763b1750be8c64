package format

import (
	"bytes"

	"pawprint/model"
)

// table splits comma separated values (RFC 4180) and makes a JSON object of each row; see row.go. It keeps only the row that is
// not complete yet.
//
// If the quotes of a row do not match, its first line becomes a record unchanged, which the decoder rejects. The lines after it
// are read again, as they may be rows whose quotes do match.
type table struct {
	comma  byte
	limit  int
	begun  bool
	emit   func(Record)
	buf    []byte // begins with the current row
	pos    int    // index in buf of the next byte to read
	state  cellState
	cells  []cell // of the current row, so far
	begin  int    // start of the current cell
	double bool   // the current cell has doubled quotes

	closing int // the last quote in a quoted cell

	line int64 // number of the line where the current row begins
	rowMaker
}

// cell is the place of a cell in its row, without its outer quotes.
type cell struct {
	start, end int
	doubled    bool // it has doubled quotes
}

type cellState uint8

const (
	cellBegin   cellState = iota
	cellPlain             // in a cell without quotes
	cellQuoted            // in a quoted cell
	cellQuote             // after a quote in a quoted cell: its end, or the first of two
	cellBroken            // the quotes of the row do not match
	cellDropped           // the row is too long
)

// found is the result of scanning the current row.
type found uint8

const (
	foundNothing found = iota // more bytes are needed
	foundRow
	foundBroken // the quotes do not match
)

func newTable(comma byte, l Limits) (*table, error) {
	if comma != ',' && comma != ';' && comma != '\t' {
		return nil, errComma
	}
	return &table{comma: comma, limit: l.recordBytes(), line: 1, rowMaker: newRowMaker()}, nil
}

// Write implements Splitter.
func (t *table) Write(p []byte, emit func(Record)) {
	t.emit = emit
	for len(p) > 0 {
		n := min(len(p), longestSlice)
		t.buf = append(t.buf, p[:n]...)
		p = p[n:]
		t.run(false)
	}
	t.emit = nil
}

// Close implements Splitter.
func (t *table) Close(emit func(Record)) {
	t.emit = emit
	t.run(true)
	t.buf, t.emit = nil, nil
}

// Unclosed implements Splitter. A table has no list around its rows.
func (t *table) Unclosed() bool { return false }

// run emits all complete rows. last says that the text has ended, which completes the last row.
func (t *table) run(last bool) {
	row := 0
	if !t.begun {
		if !last && len(t.buf) < len(byteOrderMark) && string(t.buf) == byteOrderMark[:len(t.buf)] {
			return
		}
		t.begun = true
		if bytes.HasPrefix(t.buf, []byte(byteOrderMark)) {
			row, t.pos = len(byteOrderMark), len(byteOrderMark)
		}
	}
	for row < len(t.buf) {
		n := t.next(row, last)
		if n == 0 {
			break
		}
		row += n
	}
	rest := copy(t.buf, t.buf[row:])
	t.buf, t.pos = t.buf[:rest], t.pos-row
	if rest == 0 && cap(t.buf) > 4*longestSlice {
		t.buf = nil
	}
}

// next reads the row that begins at row. It returns the number of bytes that it took, or 0 if it needs more.
func (t *table) next(row int, last bool) int {
	if t.state == cellDropped {
		return t.drop(row)
	}
	end := min(len(t.buf), row+t.limit)
	last = last && end == len(t.buf)
	got := foundBroken
	if t.state != cellBroken {
		got = t.scanRow(row, end)
	}
	if got == foundNothing && last {
		got = t.endRow(row, end)
	}
	switch {
	case got == foundRow:
		return t.take(row, t.pos, false)
	case got == foundBroken:
		if n := bytes.IndexByte(t.buf[row:end], '\n'); n >= 0 {
			return t.take(row, row+n+1, true)
		}
		if last {
			return t.take(row, end, true)
		}
		t.state, t.pos = cellBroken, end
	}
	if end-row < t.limit {
		return 0
	}
	if n := bytes.IndexByte(t.buf[row:end], '\n'); n >= 0 {
		return t.take(row, row+n+1, true)
	}
	t.broken(t.buf[row:row+min(t.limit, longRecordHead)], t.line, 0, true)
	t.reset(end)
	t.state = cellDropped
	return end - row
}

// drop skips the rest of a row that is too long.
func (t *table) drop(row int) int {
	n := bytes.IndexByte(t.buf[row:], '\n')
	if n < 0 {
		t.pos = len(t.buf)
		return len(t.buf) - row
	}
	t.line++
	t.reset(row + n + 1)
	return n + 1
}

// take emits the bytes from row to end as a record. broken says that their cells are not known.
func (t *table) take(row, end int, broken bool) int {
	text := t.buf[row:end]
	lines := int64(bytes.Count(text, []byte{'\n'}))
	switch trimmed := bytes.TrimSpace(text); {
	case len(trimmed) == 0 && len(t.cells) <= 1:
	case broken:
		t.broken(bytes.TrimRight(text, "\r\n"), t.line, model.QuotesDiffer, false)
	default:
		t.row(text, t.line)
	}
	t.line += lines
	t.reset(end)
	return end - row
}

// row emits a row, unless it is the header.
func (t *table) row(text []byte, line int64) {
	text = bytes.TrimRight(text, "\r\n")
	switch {
	case t.header == nil:
		t.setHeader(text, t.cells)
	case bytes.Equal(text, t.header): // the header of another table follows
	case len(t.cells) != len(t.columns):
		t.broken(text, line, model.CellCounts(len(t.cells), len(t.columns)), false)
	default:
		t.object(text, t.cells)
		t.give(line, 0, false)
	}
}

// broken emits a row that does not fit the header, as a record that is not an event.
func (t *table) broken(text []byte, line int64, why model.Detail, tooLong bool) {
	t.raw(text)
	t.give(line, why, tooLong)
}

func (t *table) give(line int64, why model.Detail, tooLong bool) {
	n := int64(len(t.out))
	at := t.written
	t.written += n + 1
	t.emit(Record{Text: t.out, Offset: at, Length: n, Line: line, BadRow: why, TooLong: tooLong})
}

// reset begins a row at buf[pos].
func (t *table) reset(pos int) {
	t.pos, t.state, t.cells, t.double = pos, cellBegin, t.cells[:0], false
}

// scanRow continues with the cells of the row that begins at row, up to end.
func (t *table) scanRow(row, end int) found {
	b, i := t.buf[:end], t.pos
	for i < len(b) {
		switch t.state {
		case cellBegin:
			t.begin, t.double, t.state = i-row, false, cellPlain
			if b[i] == '"' {
				i++
				t.begin, t.state = i-row, cellQuoted
			}
		case cellPlain:
			for i < len(b) && b[i] != t.comma && b[i] != '\n' && b[i] != '"' {
				i++
			}
			switch {
			case i == len(b):
			case b[i] != '"':
				if i++; t.endCell(row, i-1-row, b[i-1]) {
					t.pos = i
					return foundRow
				}
			case t.comma == '\t': // such tables often hold JSON without any quoting
				i++
			default:
				return foundBroken
			}
		case cellQuoted:
			n := bytes.IndexByte(b[i:], '"')
			if n < 0 {
				i = len(b)
				break
			}
			t.closing, t.state = i+n-row, cellQuote
			i += n + 1
		case cellQuote:
			c := b[i]
			if c == '\r' {
				if i+1 == len(b) {
					t.pos = i
					return foundNothing
				}
				if b[i+1] == '\n' {
					i++
					c = '\n'
				}
			}
			switch c {
			case '"':
				t.double, t.state = true, cellQuoted
			case t.comma, '\n':
				if t.endCell(row, i-row, c) {
					t.pos = i + 1
					return foundRow
				}
			default:
				return foundBroken
			}
			i++
		}
	}
	t.pos = i
	return foundNothing
}

// endCell ends the current cell before the separator c, at index at of the row that begins at row. It reports whether the row
// ends there too.
func (t *table) endCell(row, at int, c byte) (ended bool) {
	ended = c == '\n'
	switch {
	case t.state == cellQuote:
		at = t.closing
	case ended && at > t.begin && t.buf[row+at-1] == '\r':
		at--
	}
	t.cells = append(t.cells, cell{t.begin, at, t.double})
	t.state = cellBegin
	return ended
}

// endRow ends the row that begins at row at the end of the text.
func (t *table) endRow(row, end int) found {
	switch t.state {
	case cellQuoted:
		return foundBroken
	case cellBegin:
		t.begin = end - row
	}
	t.endCell(row, end-row, '\n')
	t.pos = end
	return foundRow
}
