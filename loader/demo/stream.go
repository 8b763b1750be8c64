package demo

import "io"

// blockBytes is how many bytes the generator makes at a time: enough to make the calls cheap, few enough to stay in the CPU
// cache.
const blockBytes = 256 << 10

// WriteTo writes the rest of the log to w and returns the number of bytes written. After an error the lines that w did not
// accept are lost. It implements io.WriterTo.
func (g *Generator) WriteTo(w io.Writer) (int64, error) {
	var total int64
	for {
		if len(g.pend) == 0 && !g.fill() {
			return total, nil
		}
		n, err := w.Write(g.pend)
		total += int64(n)
		if err == nil && n < len(g.pend) {
			err = io.ErrShortWrite
		}
		g.pend = nil
		if err != nil {
			return total, err
		}
	}
}

// Read reads the next bytes of the log; lines may be cut anywhere between two calls. It implements io.Reader.
// Calls of Append and Event in between do not see the bytes that Read has already made.
func (g *Generator) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(g.pend) == 0 && !g.fill() {
		return 0, io.EOF
	}
	n := copy(p, g.pend)
	g.pend = g.pend[n:]
	return n, nil
}

// fill makes the next block of lines and reports whether there was one.
func (g *Generator) fill() bool {
	if g.buf == nil {
		g.buf = make([]byte, 0, blockBytes+8<<10)
	}
	b, more := g.buf[:0], true
	for more && len(b) < blockBytes {
		b, more = g.Append(b)
	}
	g.buf, g.pend = b, b
	return len(b) > 0
}
