package loader

import (
	"bytes"
	"io"
	"math"

	"pawprint/loader/decode"
	"pawprint/model"
)

// Stream turns the bytes of one source, written in order, into rows: complete lines at each Write, the last line at Close.
// It is for one goroutine.
type Stream struct {
	sink    Sink
	batch   model.Batch
	decoder *decode.Decoder
	limit   int
	trusted bool   // the raw bytes cannot change: no checksums
	begun   bool   // the source was checked for a byte order mark
	pending []byte // the start of a line whose end has not come yet
	dropped int64  // bytes of that line that were not kept, as it is too long
	offset  int64  // in the source, of the first pending byte
	line    int64  // number of the pending line
	missing int64  // bytes at the offset that could not be read
	torn    bool   // the pending line begins after such bytes
	tooLong tooLong
	memory  *Budget
	err     error
}

// Bytes says where the bytes of a source can be read again and where a stream of them starts.
type Bytes struct {
	Raw     io.ReaderAt // by offset; it must hold the bytes of a Write before that Write
	Trusted bool        // they can never change in Raw
	Start   int64       // offset of the first byte that will be written
	Line    int64       // number of the line that begins there; 0 means 1
}

// NewStream makes a stream for the source id of sink.
func NewStream(sink Sink, id model.SourceID, of Bytes, limits Limits) *Stream {
	return newStream(sink, id, of, limits, decode.New())
}

// Streams makes streams that share a decoder, as a decoder takes more memory than a small source, and is faster the more it has
// seen. One goroutine may use it and the streams that it made.
type Streams struct {
	limits  Limits
	decoder *decode.Decoder // nil before the first stream
}

// NewStreams returns a maker of streams with these limits.
func NewStreams(limits Limits) *Streams { return &Streams{limits: limits} }

// New makes a stream for the source id of sink.
func (s *Streams) New(sink Sink, id model.SourceID, of Bytes) *Stream {
	if s.decoder == nil {
		s.decoder = decode.New()
	}
	return newStream(sink, id, of, s.limits, s.decoder)
}

func newStream(sink Sink, id model.SourceID, of Bytes, limits Limits, d *decode.Decoder) *Stream {
	if of.Line == 0 {
		of.Line = 1
	}
	return &Stream{sink: sink, decoder: d, limit: limits.lineBytes(), trusted: of.Trusted, offset: of.Start, line: of.Line,
		memory: limits.Memory, batch: model.Batch{Source: id, Raw: of.Raw}}
}

// Offset is where the incomplete line begins: all bytes before it are in the sink.
func (s *Stream) Offset() int64 { return s.offset }

// Line is the number of the incomplete line.
func (s *Stream) Line() int64 { return s.line }

// Err is a *MemoryError if the budget was used up and the stream takes no more bytes, otherwise nil.
func (s *Stream) Err() error { return s.err }

// Pending is the number of bytes of the incomplete line.
func (s *Stream) Pending() int64 { return int64(len(s.pending)) + s.dropped }

// Write takes the next bytes and adds all lines that they complete to the sink. It does not keep p. The error is that of Err;
// lines that the sink did not get because of it are lost.
func (s *Stream) Write(p []byte) error {
	if len(p) == 0 {
		return s.err
	}
	if s.missing > 0 {
		s.endGap()
	}
	if !s.begun {
		if p = s.begin(p); !s.begun {
			return s.err
		}
	}
	last := bytes.LastIndexByte(p, '\n')
	if last < 0 {
		s.keep(p)
		return s.err
	}
	if s.Pending() > 0 || s.torn {
		first := bytes.IndexByte(p, '\n')
		s.finishLine(p[:first+1])
		p, last = p[first+1:], last-first-1
	}
	if last >= 0 {
		s.emit(p[:last+1])
		p = p[last+1:]
	}
	s.keep(p)
	return s.err
}

// byteOrderMark begins some files; it is not part of the first line.
const byteOrderMark = "\ufeff"

// begin looks for a byte order mark in the first bytes of the source, which may come one by one, and returns the bytes after it.
func (s *Stream) begin(p []byte) []byte {
	if s.offset > 0 {
		s.begun = true
		return p
	}
	p = append(s.pending, p...)
	if len(p) < len(byteOrderMark) && string(p) == byteOrderMark[:len(p)] {
		s.pending = p
		return nil
	}
	s.begun, s.pending = true, nil
	if !bytes.HasPrefix(p, []byte(byteOrderMark)) {
		return p
	}
	s.batch.Reset()
	s.decoder.Lines(&s.batch, nil)
	s.batch.Length = int64(len(byteOrderMark))
	s.append(&s.batch)
	return p[len(byteOrderMark):]
}

// keep adds bytes to the incomplete line, up to the limit.
func (s *Stream) keep(p []byte) {
	if space := s.limit + 1 - len(s.pending); len(p) > space {
		s.dropped += int64(len(p) - space)
		p = p[:space]
	}
	s.pending = append(s.pending, p...)
}

// finishLine ends the pending line with its last bytes, including the newline.
func (s *Stream) finishLine(rest []byte) {
	s.keep(rest)
	s.decoder.Torn, s.torn = s.torn, false
	if s.Pending() > int64(s.limit)+1 {
		s.emitTooLong(s.pending, s.Pending())
	} else {
		s.emitLines(s.pending)
	}
	s.decoder.Torn = false
	s.dropped = 0
	if s.pending = s.pending[:0]; cap(s.pending) > 1<<20 {
		s.pending = nil
	}
}

// emit decodes complete lines. Some of them may be too long.
func (s *Stream) emit(p []byte) {
	if len(p) <= s.limit+1 {
		s.emitLines(p)
		return
	}
	from, at := 0, 0
	for at < len(p) {
		end := at + bytes.IndexByte(p[at:], '\n') + 1
		if end-at > s.limit+1 {
			s.emitLines(p[from:at])
			s.emitTooLong(p[at:end], int64(end-at))
			from = end
		}
		at = end
	}
	s.emitLines(p[from:])
}

// emitLines decodes complete lines, none of which is too long.
func (s *Stream) emitLines(p []byte) {
	if len(p) == 0 {
		return
	}
	s.open(int64(len(p)))
	s.decoder.Lines(&s.batch, p)
	s.seal(p)
	s.append(&s.batch)
}

// emitTooLong makes a reject of a line of the given length. p is its head, or all of it with the newline.
func (s *Stream) emitTooLong(p []byte, length int64) {
	s.misses(s.offset)
	s.open(length)
	p = bytes.TrimSuffix(p, []byte{'\n'})
	head := append(bytes.Clone(p[:min(headBytes, len(p))]), '\n')
	s.decoder.TooLong(&s.batch, head)
	s.seal(head[:len(head)-1])
	s.append(&s.batch)
}

func (s *Stream) open(length int64) {
	s.batch.Reset()
	s.batch.Base, s.batch.Line, s.batch.Length = s.offset, s.line, length
}

func (s *Stream) seal(p []byte) {
	if !s.trusted {
		s.batch.Sum, s.batch.Summed = model.Checksum(p), int64(len(p))
	}
}

// append adds a batch that begins at the offset to the sink, if there is memory for its rows.
func (s *Stream) append(batch *model.Batch) {
	if s.err == nil && !s.memory.Reserve(int64(batch.Rows())*rowBytes) {
		s.err = &MemoryError{Limit: s.memory.Limit(), Lines: s.line - 1}
	}
	if s.err != nil {
		return
	}
	s.sink.Append(batch)
	s.offset += batch.Length
	s.line += batch.Lines
}

// skip adds a batch of lines that begins at the offset and was decoded elsewhere.
func (s *Stream) skip(batch *model.Batch) {
	if s.missing > 0 {
		s.endGap()
	}
	s.begun = true
	batch.Line = s.line
	s.append(batch)
}

// gap notes that the next n bytes of the source cannot be read. Adjacent gaps become one row, which counts as a line. The pieces
// of lines on both sides of it become rows of their own.
func (s *Stream) gap(n int64) {
	s.begun = true
	s.endLine(true)
	s.missing += n
}

// endGap makes the row of a gap.
func (s *Stream) endGap() {
	for s.missing > 0 {
		n := min(s.missing, math.MaxUint32)
		s.open(n)
		s.decoder.Gap(&s.batch, uint32(n))
		s.append(&s.batch)
		s.missing -= n
	}
	s.torn = true
}

// Close makes a row of a last line without a newline. The stream must not be used afterwards.
func (s *Stream) Close() {
	if s.missing > 0 {
		s.endGap()
	}
	s.endLine(s.torn)
}

// endLine makes a row of a pending line without a newline.
func (s *Stream) endLine(torn bool) {
	length := s.Pending()
	if length == 0 {
		return
	}
	s.decoder.Torn, s.torn = torn, false
	if length > int64(s.limit) {
		s.emitTooLong(s.pending, length)
	} else {
		s.open(length)
		p := s.pending
		s.decoder.Lines(&s.batch, append(p, '\n'))
		s.seal(p)
		s.append(&s.batch)
	}
	s.decoder.Torn = false
	s.pending, s.dropped = nil, 0
}
