package loader

import (
	"bytes"
	"io"

	"pawprint/model"
)

// Stream turns the bytes of one source, given in order, into rows: complete lines at each Write, the last line at Close.
// It serves every source that is read from front to back. It is for one goroutine.
type Stream struct {
	sink    Sink
	batch   model.Batch
	decoder *decoder
	limit   int
	trusted bool   // the raw bytes cannot change: no checksums
	begun   bool   // the first bytes were looked at
	pending []byte // the begin of a line whose end has not come yet
	dropped int64  // bytes of that line that were not kept, as it is too long
	offset  int64  // in the source, of the first pending byte
	line    int64  // number of the pending line
}

// NewStream makes a stream into sink. raw gives back the bytes of the source by offset, and must hold the bytes of a Write
// before that Write; trusted says that they can never change there. start is the offset and line the number, from 1 on, of
// the first byte that will be written.
func NewStream(sink Sink, id model.SourceID, raw io.ReaderAt, trusted bool, start, line int64, limits Limits) *Stream {
	return &Stream{sink: sink, decoder: newDecoder(), limit: limits.lineBytes(), trusted: trusted, offset: start, line: line,
		batch: model.Batch{Source: id, Raw: raw}}
}

// Offset is where the line begins that is not complete yet: all bytes before it are in the sink.
func (s *Stream) Offset() int64 { return s.offset }

// Line is the number of the line that is not complete yet.
func (s *Stream) Line() int64 { return s.line }

// Pending is the number of bytes of the line that is not complete yet.
func (s *Stream) Pending() int64 { return int64(len(s.pending)) + s.dropped }

// Write takes the next bytes and hands all lines that they complete to the sink. p is not kept.
func (s *Stream) Write(p []byte) {
	if !s.begun {
		if p = s.begin(p); !s.begun {
			return
		}
	}
	last := bytes.LastIndexByte(p, '\n')
	if last < 0 {
		s.keep(p)
		return
	}
	if s.Pending() > 0 {
		first := bytes.IndexByte(p, '\n')
		s.finishLine(p[:first+1])
		p, last = p[first+1:], last-first-1
	}
	if last >= 0 {
		s.emit(p[:last+1])
		p = p[last+1:]
	}
	s.keep(p)
}

// byteOrderMark begins some files; it is no part of the first line.
const byteOrderMark = "\ufeff"

// begin looks for a byte order mark in the first bytes of the source, which may come one by one, and gives what follows it.
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
	s.offset = int64(len(byteOrderMark))
	s.sink.Append(&model.Batch{Source: s.batch.Source, Raw: s.batch.Raw, Length: s.offset, Vocabulary: s.decoder.vocab})
	return p[len(byteOrderMark):]
}

// keep adds to the line that is not complete, up to the limit.
func (s *Stream) keep(p []byte) {
	if room := s.limit + 1 - len(s.pending); len(p) > room {
		s.dropped += int64(len(p) - room)
		p = p[:room]
	}
	s.pending = append(s.pending, p...)
}

// finishLine ends the pending line with its last bytes, the newline included.
func (s *Stream) finishLine(rest []byte) {
	s.keep(rest)
	length := s.Pending()
	if length > int64(s.limit)+1 {
		s.emitTooLong(length)
	} else {
		s.emit(s.pending)
	}
	s.dropped = 0
	if s.pending = s.pending[:0]; cap(s.pending) > 1<<20 {
		s.pending = nil
	}
}

// emit decodes complete lines.
func (s *Stream) emit(p []byte) {
	s.open(int64(len(p)))
	s.decoder.lines(&s.batch, p)
	s.seal(p)
	s.sink.Append(&s.batch)
	s.offset += s.batch.Length
	s.line += s.batch.Lines
}

func (s *Stream) emitTooLong(length int64) {
	s.open(length)
	head := append(s.pending[:min(headBytes, len(s.pending))], '\n')
	s.decoder.tooLong(&s.batch, head)
	s.seal(head[:len(head)-1])
	s.sink.Append(&s.batch)
	s.offset += length
	s.line++
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

// Close makes a row of a last line that has no end. The stream must not be used after it.
func (s *Stream) Close() {
	if s.Pending() == 0 {
		return
	}
	length := s.Pending()
	if length > int64(s.limit) {
		s.emitTooLong(length)
		return
	}
	s.open(length)
	p := s.pending
	s.decoder.lines(&s.batch, append(p, '\n'))
	s.seal(p)
	s.sink.Append(&s.batch)
	s.offset += length
	s.line++
	s.pending = nil
}
