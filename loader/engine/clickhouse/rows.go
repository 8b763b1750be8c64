package clickhouse

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strconv"
	"time"

	"pawprint/loader/engine"
)

// maxRow is the longest row that is read, in bytes.
const maxRow = 1 << 30

// rows reads the rows of an answer. Each ends with a mark that nobody else knows, and the last is followed by a longer one: so neither a
// line of the log nor the text of an error can look like the end or like another row. It is for one goroutine.
type rows struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	client *client
	op     string
	end    []byte // of a row
	last   []byte // after all rows
	body   io.ReadCloser
	from   *bufio.Reader
	timer  *time.Timer
	line   []byte // the last row as a line …
	left   []byte // … and what is left of it for Read
	broken int64  // rows with a newline within
	err    error
}

func newRows(ctx context.Context, cancel context.CancelCauseFunc, c *client, op, mark string, body io.ReadCloser) *rows {
	r := &rows{ctx: ctx, cancel: cancel, client: c, op: op, end: []byte("\t" + mark + "\n"), last: []byte("\t" + mark + "\tend\n"), body: body}
	r.timer = time.AfterFunc(c.silence, func() { cancel(errSilent) })
	r.from = bufio.NewReaderSize(readerFunc(r.heard), 256<<10)
	return r
}

type readerFunc func([]byte) (int, error)

// Read implements io.Reader.
func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// heard reads from the body and notes that something came.
func (r *rows) heard(p []byte) (int, error) {
	n, err := r.body.Read(p)
	r.timer.Reset(r.client.silence)
	return n, err
}

// next returns the next row as it is sent, with tabs between its columns, until the next call. It is io.EOF after the last row of a
// whole answer; any other end is an *engine.Error, or the error of the context.
func (r *rows) next() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	line, err := r.readLine()
	switch {
	case bytes.Equal(line, r.last):
		if line, err = r.readLine(); len(line) == 0 && errors.Is(err, io.EOF) {
			r.err = io.EOF
		} else {
			r.err = r.fault(line, err) // more after the end: the rows are not those of one answer
		}
	case bytes.HasSuffix(line, r.end):
		return line[:len(line)-len(r.end)], nil
	default:
		r.err = r.fault(line, err)
	}
	return nil, r.err
}

// readLine reads up to a newline.
func (r *rows) readLine() ([]byte, error) {
	line, err := r.from.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	long := bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) && len(long) < maxRow {
		line, err = r.from.ReadSlice('\n')
		long = append(long, line...)
	}
	return long, err
}

// fault returns why the answer does not go on with a row, but with text and then perhaps err.
func (r *rows) fault(text []byte, err error) error {
	e := &engine.Error{Op: r.op, Name: r.client.place.name, Kind: engine.Cut, What: "the answer broke off"}
	if err == nil { // the text may be that of an exception, which has several lines
		rest := make([]byte, 16<<10)
		n, _ := io.ReadFull(r.from, rest)
		text = append(bytes.Clone(text), rest[:n]...)
	}
	if parent := context.Cause(r.ctx); r.ctx.Err() != nil {
		if errors.Is(parent, errSilent) {
			e.Kind, e.What, e.Hint = engine.Unavailable, "no more data came", "check the network"
			return e
		}
		return r.ctx.Err()
	}
	if e.Code = codeIn(text); e.Code != 0 {
		explain(e)
	}
	return e
}

var exception = regexp.MustCompile(`Code: ([0-9]{1,5})\. DB::`)

// codeIn returns the code of the exception in a text, or 0.
func codeIn(text []byte) int {
	found := exception.FindAllSubmatch(text, -1)
	if found == nil {
		return 0
	}
	code, _ := strconv.Atoi(string(found[len(found)-1][1]))
	return code
}

// Read returns the rows, which have one column, as lines. A newline within a row becomes a blank, as it would make two lines of one;
// in JSON it means the same.
func (r *rows) Read(p []byte) (int, error) {
	for len(r.left) == 0 {
		row, err := r.next()
		if err != nil {
			return 0, err
		}
		r.line = unescape(r.line[:0], row)
		if bytes.IndexByte(r.line, '\n') >= 0 {
			r.broken++
			r.line = bytes.ReplaceAll(r.line, []byte{'\n'}, []byte{' '})
		}
		r.line = append(r.line, '\n')
		r.left = r.line
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}

// Close ends the query, if it still runs, and the connection.
func (r *rows) Close() error {
	r.timer.Stop()
	r.cancel(nil)
	return r.body.Close()
}

// escapes are the letters that stand behind a backslash in an escaped column for other bytes; all others stand for themselves.
var escapes = [256]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', '0': 0}

// unescape appends a column without its escapes.
func unescape(to, column []byte) []byte {
	for {
		at := bytes.IndexByte(column, '\\')
		if at < 0 || at+1 == len(column) {
			return append(to, column...)
		}
		to = append(to, column[:at]...)
		c := column[at+1]
		if c == '0' || escapes[c] != 0 {
			c = escapes[c]
		}
		to = append(to, c)
		column = column[at+2:]
	}
}
