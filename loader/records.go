package loader

import (
	"bytes"
	"errors"
	"io"

	"pawprint/loader/format"
	"pawprint/model"
)

// records decodes a text that is not one JSON object a line: each of its records becomes a row. It is for one goroutine.
type records struct {
	reading *reading
	stream  *Stream // holds the batch and counts lines and bytes
	table   bool
	window  []byte // bytes that may still become rows: the flattened source, or the converted text of a table
	base    int64  // offset of window
	end     int64  // end of the last record in window
	seen    int64  // bytes read of the source
	booked  int64  // bytes of seen that were accounted for in a batch
	rows    int64
	line    int64 // of the last record
	err     error
}

// records splits the blocks into records and decodes them.
func (r *reading) records(blocks pieceReader) error {
	splitter, err := format.NewSplitter(r.format, format.Limits{RecordBytes: r.Limits.lineBytes()})
	if err != nil {
		return err
	}
	raw, trusted := r.raw()
	c := &records{reading: r, table: r.format.Kind == format.Table,
		stream: newStream(r.sink, r.id, Bytes{Raw: raw, Trusted: trusted}, r.Limits, r.decoder())}
	c.stream.decoder.Whole = c.table
	defer func() { c.stream.decoder.Whole = false }()
	p := &piece{}
	for c.err == nil && blocks.next(p) {
		c.take(splitter, p.bytes)
		if p.err != nil {
			err = p.err
			break
		}
	}
	if err == nil {
		err = r.ctx.Err()
	}
	if c.err == nil && !stopped(err) {
		splitter.Close(c.add)
		c.flush()
		c.rest()
		c.ends(err, splitter.Unclosed())
	}
	switch {
	case c.err != nil:
		err = c.err
	case err != nil && !errors.Is(err, io.EOF):
	case splitter.Unclosed():
		err = ErrUnclosed
	default:
		err = nil
	}
	if stopped(err) {
		return err
	}
	return c.stream.damage(err)
}

// ends makes the rejects that stand for what is missing or too much at the end of the source, when reading ended with err.
func (c *records) ends(err error, unclosed bool) {
	if c.err != nil {
		return
	}
	c.stream.line = max(c.stream.line, c.line+1)
	if endsEarly(err) || unclosed {
		c.stream.endsEarly(c.rows > 0)
	}
	if c.err = c.stream.err; c.err == nil && (err == nil || errors.Is(err, io.EOF)) {
		c.err = c.reading.behind(c.stream)
	}
}

// ErrUnclosed says that the list of records has no end. All records that are there were read.
var ErrUnclosed = errors.New("the list of records has no end: the text was cut off, and there may have been more of them")

// take decodes the records that the next bytes complete.
func (c *records) take(splitter format.Splitter, p []byte) {
	c.seen += int64(len(p))
	if !c.table {
		if c.keep(p); c.err != nil {
			return
		}
		from := len(c.window)
		c.window = append(c.window, p...)
		format.Flatten(c.window[from:])
	}
	splitter.Write(p, c.add)
	c.flush()
}

// keep adds bytes to the store, if there is one.
func (c *records) keep(p []byte) {
	if s := c.reading.store; s != nil {
		if err := s.Write(p); err != nil {
			c.err = withLines(err, c.rows)
		}
	}
}

// add decodes a record.
func (c *records) add(r format.Record) {
	if c.err != nil {
		return
	}
	if c.table {
		c.keep(r.Text)
		c.keep([]byte{'\n'})
		if len(c.window) == 0 {
			c.base = r.Offset
		}
		c.window = append(append(c.window, r.Text...), '\n')
	}
	c.rows, c.line = c.rows+1, r.Line
	at := r.Offset - c.base
	switch {
	case r.TooLong || at < 0:
		c.flushRows()
		c.alone(&r)
	default:
		c.stream.decoder.Page, c.stream.decoder.BadRow = r.Page, r.BadRow
		c.decode(int(at), len(r.Text), r.Line)
		c.stream.decoder.Page, c.stream.decoder.BadRow = 0, 0
	}
	if c.table && len(c.window) >= 2*BlockBytes {
		c.flush()
	}
}

// batch returns the batch of the stream. An empty one is reset to begin at base, in line line.
func (c *records) batch(base, line int64) *model.Batch {
	b := &c.stream.batch
	if b.Lines == 0 {
		b.Reset()
		b.Base, b.Line = base, line
	}
	return b
}

// decode decodes n bytes of the window, from index at on. The byte after them is a newline meanwhile.
func (c *records) decode(at, n int, line int64) {
	b := c.batch(c.base, line)
	last := len(c.window) == at+n
	if last {
		c.window = append(c.window, '\n')
	}
	behind := c.window[at+n]
	c.window[at+n] = '\n'
	c.stream.decoder.Record(b, c.window[:at+n+1], at, uint32(line-b.Line))
	if c.window[at+n] = behind; last {
		c.window = c.window[:at+n]
	}
	c.end = c.base + int64(at+n)
}

// alone decodes a record that is not in the window, because it is too long or much white space came before it.
func (c *records) alone(r *format.Record) {
	b, d := c.batch(r.Offset, r.Line), c.stream.decoder
	if r.TooLong {
		head := append(bytes.Clone(r.Text[:min(len(r.Text), headBytes)]), '\n')
		d.TooLong(b, head)
		c.stream.misses(r.Offset)
		c.stream.seal(head[:len(head)-1])
	} else {
		text := append(bytes.Clone(r.Text), '\n')
		d.Page, d.BadRow = r.Page, r.BadRow
		d.Record(b, text, 0, 0)
		d.Page, d.BadRow = 0, 0
		c.stream.seal(r.Text)
	}
	c.hand()
}

// flushRows adds the rows of the batch to the sink.
func (c *records) flushRows() {
	if b := &c.stream.batch; b.Lines > 0 && c.err == nil {
		c.stream.seal(c.window[:c.end-c.base])
		c.hand()
	}
}

// rest accounts for the bytes after the last record.
func (c *records) rest() {
	if c.seen > c.booked && c.err == nil {
		c.stream.decoder.Lines(c.batch(c.base, 1), nil)
		c.hand()
	}
}

// flush adds the rows of the batch to the sink and drops their bytes from the window.
func (c *records) flush() {
	c.flushRows()
	drop := int64(len(c.window))
	if !c.table {
		// The start of an incomplete record stays. If it is too long it can go, as the splitter keeps the head that is needed.
		drop = max(0, c.end-c.base)
		if int64(len(c.window))-drop > int64(c.reading.Limits.lineBytes()) {
			drop = int64(len(c.window))
		}
	}
	c.window = append(c.window[:0], c.window[drop:]...)
	c.base += drop
	c.end = c.base
}

// hand adds the batch to the sink. All bytes read since the last batch are accounted for in its Length.
func (c *records) hand() {
	b := &c.stream.batch
	b.Length = c.seen - c.booked
	c.booked = c.seen
	c.stream.append(b)
	c.err = c.stream.err
	b.Lines = 0
}
