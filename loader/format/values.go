package format

import (
	"bytes"

	"pawprint/loader/salvage"
	"pawprint/model"
)

// values splits JSON that is not one record a line. It reads every byte once, keeps only the record that is not complete yet,
// and checks only strings and brackets: the decoder checks whether a record is JSON.
//
// Valid JSON is always split correctly. In a damaged text, a line that begins like the records before it begins a new record;
// see damage.go.
type values struct {
	limit int
	begun bool // the text was checked for a byte order mark

	buf  []byte
	base int64 // offset in the source of the first byte of buf
	pos  int   // index in buf of the next byte to read
	emit func(Record)

	line      int64 // number of the line at pos
	lineStart int64 // offset where that line begins
	indent    int64 // white space before its first other byte; -1 before that came

	levels    []level      // arrays and wrappers around the next record, the innermost last
	tentative int          // how many of the innermost levels are wrappers only if later members show it
	members   int          // seen in those levels so far
	page      model.Detail // of Enveloped: the page that the innermost list of records belongs to; 0 for other lists
	pageLevel int          // the number of levels within the page

	mode      mode
	start     int64 // offset of the current value, or of the outermost tentative level; -1 if there is neither
	startLine int64
	column    int64 // the indentation of the line where it begins
	leads     bool  // the value is the first on its line
	lastLead  int64 // column of the last record that led its line, or -1
	skip      bool  // the value is part of a wrapper
	flush     bool  // members of the value begin lines that are indented no more than the value

	depth    int    // open brackets of the value
	arrays   uint64 // a bit for each of the innermost 64: whether it is an array
	inString bool
	literal  bool // the token begins as JSON does

	suspect     int64 // offset of a line within the value that begins like a record, or -1
	suspectLine int64
	strict      int64 // up to this offset the text is known to be damaged

	overlong bool   // the value is longer than the limit
	head     []byte // the first bytes of such a value

	finder salvage.Finder
	looked int64 // up to this offset no header is looked for again
	closed bool  // there are no more bytes

	found      string // name of the first wrapper, if it came before any record
	records    int64
	torn       bool // something was damaged
	unclosed   bool // the text ended within levels
	tornBefore bool // damage came before the last value: it is not known whether a list is open
}

type mode uint8

const (
	modeBetween mode = iota // before a value, or a member of a wrapper
	modeValue               // in an array, object or string
	modeToken               // in a number, a literal or something that is not JSON
	modeDamaged             // in a value that cannot be valid any more
	modeBehind              // behind an object, before it is known what else is on its line
)

const (
	recordSeparator = 0x1e // of JSON text sequences, RFC 7464
	longestSlice    = 256 << 10
)

func newValues(l Limits) *values {
	return &values{limit: l.recordBytes(), line: 1, indent: -1, start: -1, lastLead: -1, suspect: -1}
}

// Write implements Splitter.
func (s *values) Write(p []byte, emit func(Record)) {
	for len(p) > 0 {
		n := min(len(p), longestSlice)
		s.buf = append(s.buf, p[:n]...)
		p = p[n:]
		s.emit = emit
		s.run()
		s.emit = nil
		s.forget()
	}
}

// Close implements Splitter.
func (s *values) Close(emit func(Record)) {
	s.emit = emit
	s.begun, s.closed = true, true // so few bytes are not a byte order mark
	s.run()
	for s.start >= 0 && s.suspect >= 0 && !s.overlong {
		s.damaged(len(s.buf))
		s.run()
	}
	if s.start < 0 && s.pos < len(s.buf) { // a key of a wrapper was cut
		s.begin(s.pos, false)
	}
	if s.start >= 0 {
		s.settle()
		s.finish(len(s.buf))
	}
	s.unclosed = len(s.levels) > 0 && !s.tornBefore
	s.buf, s.emit = nil, nil
}

// Unclosed implements Splitter.
func (s *values) Unclosed() bool { return s.unclosed }

// run continues until it needs more bytes.
func (s *values) run() {
	if !s.begun && !s.mark() {
		return
	}
	for {
		more := false
		switch end := s.end(); s.mode {
		case modeBetween:
			more = s.between(end)
		case modeValue:
			more = s.value(end)
		case modeToken:
			more = s.token(end)
		case modeDamaged:
			more = s.findDamagedEnd(end)
		case modeBehind:
			more = s.behind()
		}
		if more && !s.exceeded() {
			return
		}
	}
}

// mark skips a byte order mark. It returns false if more bytes are needed.
func (s *values) mark() bool {
	if len(s.buf) < len(byteOrderMark) && string(s.buf) == byteOrderMark[:len(s.buf)] {
		return false
	}
	s.begun = true
	if bytes.HasPrefix(s.buf, []byte(byteOrderMark)) {
		s.pos = len(byteOrderMark)
		s.lineStart = int64(s.pos)
	}
	return true
}

// end returns how far the current value may be read, so that whether it is too long does not depend on the size of chunks.
func (s *values) end() int {
	if s.start < 0 || s.overlong {
		return len(s.buf)
	}
	return min(len(s.buf), int(s.start-s.base)+s.limit)
}

// exceeded notes that the current value does not end within the limit, and reports whether to go on.
func (s *values) exceeded() bool {
	if s.start < 0 || s.overlong || s.mode == modeBehind || len(s.buf)-int(s.start-s.base) < s.limit {
		return false
	}
	if s.tentative > 0 { // the bytes were read as a wrapper; as a value they may end before the limit
		s.settle()
		return true
	}
	if s.suspect >= 0 {
		s.damaged(s.pos)
		return true
	}
	at := int(s.start - s.base)
	s.head = append(s.head[:0], s.buf[at:at+min(s.limit, longRecordHead)]...)
	s.overlong, s.skip = true, false
	return true
}

// forget drops the bytes that are not needed any more.
func (s *values) forget() {
	keep := s.pos
	if s.start >= 0 && !s.overlong {
		keep = int(s.start - s.base)
	}
	if keep == 0 {
		return
	}
	n := copy(s.buf, s.buf[keep:])
	s.buf, s.base, s.pos = s.buf[:n], s.base+int64(keep), s.pos-keep
	if n == 0 && cap(s.buf) > 4*longestSlice {
		s.buf = nil
	}
}

// newline notes the line end at buf[i].
func (s *values) newline(i int) {
	s.line++
	s.lineStart, s.indent = s.base+int64(i)+1, -1
}

// touch notes that buf[i] is not white space.
func (s *values) touch(i int) {
	if s.indent < 0 {
		s.indent = s.base + int64(i) - s.lineStart
	}
}

// begin starts a value at buf[i]. skip says that it is part of a wrapper.
func (s *values) begin(i int, skip bool) {
	s.skip, s.depth, s.arrays, s.inString = skip, 0, 0, false
	if s.tentative == 0 {
		s.open(i)
	}
	s.touch(i)
	switch c := s.buf[i]; c {
	case '{', '[', '"':
		s.pos, s.mode = i, modeValue
	default:
		s.pos, s.mode = i+1, modeToken
		s.literal = c == '-' || c-'0' < 10 || c == 't' || c == 'f' || c == 'n'
	}
}

// open makes buf[i] the start of the next record, unless it turns out to be a wrapper.
func (s *values) open(i int) {
	s.start, s.startLine, s.suspect, s.tornBefore = s.base+int64(i), s.line, -1, s.torn
	s.leads, s.flush = s.indent < 0, false
	s.touch(i)
	s.column = s.indent
}

// close ends the current value before buf[end].
func (s *values) close(end int) {
	s.pos, s.mode = end, modeBetween
	if !s.skip {
		s.whole(end)
		return
	}
	if s.tentative == 0 {
		s.start = -1
	}
}

// finish emits the record that ends before buf[end].
func (s *values) finish(end int) {
	r := Record{Offset: s.start, Line: s.startLine, TooLong: s.overlong}
	if s.page != 0 && len(s.levels) >= s.pageLevel {
		r.Page = s.page
	}
	if s.overlong {
		r.Text, r.Length = s.head, s.base+int64(end)-s.start
	} else {
		r.Text = bytes.TrimRight(s.buf[s.start-s.base:end], " \t\r\n")
		r.Length = int64(len(r.Text))
	}
	if s.leads {
		s.lastLead = s.column
	}
	s.pos, s.mode, s.start, s.overlong, s.suspect, s.skip = end, modeBetween, -1, false, -1, false
	s.records++
	Flatten(r.Text)
	s.emit(r)
}
