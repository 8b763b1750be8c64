package tail

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// overtaken is a file of preallocated space whose writer overtakes the reader during the first read: the pages up to torn are read
// before they are written.
type overtaken struct {
	text  string
	torn  int
	reads int
}

func (o *overtaken) ReadAt(p []byte, at int64) (int, error) {
	n := copy(p, o.text[at:])
	if o.reads++; o.reads == 1 {
		clear(p[:min(n, o.torn)])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func TestAWriterThatOvertakesTheReaderTakesNoLineAway(t *testing.T) {
	lines := strings.Repeat("{}\n", 1000)
	for _, c := range []struct {
		name, text string
		torn       int
		solid      int64
		want       string
		reads      int
	}{
		{name: "nothing torn", text: lines, want: lines, reads: 1},
		{name: "torn at the start", text: lines, torn: 1500, want: lines, reads: 2},
		{name: "torn, and space behind", text: lines + strings.Repeat("\x00", 500), torn: 700, want: lines, reads: 2},
		{name: "all read before it was written", text: lines, torn: len(lines), want: "", reads: 1},
		{name: "a hole that stays", text: "{}\n\x00\x00\x00{}\n\x00", want: "{}\n\x00\x00\x00{}\n", reads: 2},
		{name: "a hole before bytes that are known", text: "\x00\x00{}\n\x00", solid: 6, want: "\x00\x00{}\n\x00", reads: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := &overtaken{text: c.text, torn: c.torn}
			p, n, err := readWritten(file, make([]byte, 4096), 0, c.solid)
			if err != nil || n != len(c.text) || !bytes.Equal(p, []byte(c.want)) {
				t.Errorf("%d bytes of %d are read as written, want %d (%v)", len(p), n, len(c.want), err)
			}
			if file.reads != c.reads {
				t.Errorf("it takes %d reads, want %d", file.reads, c.reads)
			}
		})
	}
}
