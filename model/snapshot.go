package model

// Books are the counts that must balance: Lines = Events + Rejects + Blanks, and Bytes is what was read of the source.
type Books struct {
	Lines, Events, Rejects, Blanks int64
	Duplicates                     int64 // of the events, those whose RowID came before; see FlagDuplicate
	Errors, Warnings               int64 // problems by severity
	Bytes                          int64
}

func (b *Books) add(o Books) {
	b.Lines += o.Lines
	b.Events += o.Events
	b.Rejects += o.Rejects
	b.Blanks += o.Blanks
	b.Duplicates += o.Duplicates
	b.Errors += o.Errors
	b.Warnings += o.Warnings
	b.Bytes += o.Bytes
}

// Phase is what a source is doing.
type Phase uint8

// The phases of a source.
const (
	Waiting   Phase = iota // not begun
	Loading                // being read to its present end
	Following              // read to its end, watched for more
	Complete               // read to its end
	Broken                 // given up; Err says why, and what was read before stays
	Cancelled              // stopped by the user before its end
)

var phaseNames = [...]string{"waiting", "loading", "live", "complete", "broken", "cancelled"}

// String names the phase in one word.
func (p Phase) String() string { return phaseNames[p] }

// SourceState is what is known about a source.
type SourceState struct {
	Name    Text
	Place   Text   // what names it on a command line, a path or a URL; empty if it cannot be read again, as a pipe cannot
	Form    string // how it is written, in fixed words such as "JSON lines, gzip"; empty for plain JSON lines
	Phase   Phase
	Size    int64 // bytes there are to read, as they are stored, or -1 if that cannot be known
	Stored  int64 // of a packed source: bytes read as they are stored; 0 for a plain one, whose Books tell
	Damaged bool  // some bytes of it could not be read or unpacked; Err or Note says what
	Note    Text  // what happened to it lately, such as a rotation; may quote a path
	Err     Text  // why it is broken
	Books   Books
}

// Behind is how many bytes of the source, as they are stored, are known but not read yet.
func (s *SourceState) Behind() int64 {
	return max(0, s.Size-s.Read())
}

// Snapshot is a log as it was at one moment. It is a small value over shared memory; the zero value is an empty log.
type Snapshot struct {
	log          LogID
	revision     Revision
	sealed       []*Segment
	open         *Segment
	rows         int
	sorted       bool
	sources      []SourceState
	books        Books
	dictionaries [NumColumns]Dictionary
	keys         Dictionary
}

// Revision is the log's revision at that moment.
func (s *Snapshot) Revision() Revision { return s.revision }

// LogID tells logs apart: those of two snapshots are equal if they are of the same log. The zero value is that of no log.
type LogID struct{ id *byte }

// Log says which log the snapshot is of.
func (s *Snapshot) Log() LogID { return s.log }

// Rows is the number of rows: events and rejects.
func (s *Snapshot) Rows() int { return s.rows }

// Books are the counts over all sources.
func (s *Snapshot) Books() Books { return s.books }

// Sources lists the sources by id. The caller must not change them.
func (s *Snapshot) Sources() []SourceState { return s.sources }

// Sorted reports whether the rows stand in the order of their times.
func (s *Snapshot) Sorted() bool { return s.sorted }

// Segments is the number of segments.
func (s *Snapshot) Segments() int {
	if s.open != nil {
		return len(s.sealed) + 1
	}
	return len(s.sealed)
}

// Segment gives segment k. All but the last are full: row r stands in segment r / SegmentRows.
func (s *Snapshot) Segment(k int) *Segment {
	if k < len(s.sealed) {
		return s.sealed[k]
	}
	return s.open
}

// Dictionary gives the values of a column.
func (s *Snapshot) Dictionary(c Column) Dictionary { return s.dictionaries[c] }

// Keys returns the names of keys that problems tell of; see RowProblem.Key.
func (s *Snapshot) Keys() Dictionary { return s.keys }

// place finds the segment of a row and its place in it.
func (s *Snapshot) place(r Row) (*Segment, int) {
	return s.Segment(int(r / SegmentRows)), int(r % SegmentRows)
}

// Nanos gives the time of a row in Unix nanoseconds.
func (s *Snapshot) Nanos(r Row) int64 {
	seg, i := s.place(r)
	return seg.times.At(i)
}

// Flags gives the flags of a row.
func (s *Snapshot) Flags(r Row) Flags {
	seg, i := s.place(r)
	return seg.flags[i]
}

// Result gives the result of a row.
func (s *Snapshot) Result(r Row) Result {
	seg, i := s.place(r)
	return ResultOf(seg.columns[ColResult].At(i))
}

// Origin says where a row came from.
func (s *Snapshot) Origin(r Row) Origin {
	seg, i := s.place(r)
	return seg.origin(i)
}

// Event gives a view of a row from the columns, without I/O.
func (s *Snapshot) Event(r Row) Event {
	seg, i := s.place(r)
	text := func(c Column) Text { return s.dictionaries[c].Text(seg.columns[c].At(i)) }
	return Event{
		Row: r, Flags: seg.flags[i], Origin: seg.origin(i), Nanos: seg.times.At(i),
		Action: text(ColAction), Result: ResultOf(seg.columns[ColResult].At(i)), Outcome: text(ColResult),
		Actor: Actor{ID: text(ColActorID), Type: text(ColActorType), Name: text(ColActorName), Email: text(ColActorEmail)},
		IP:    text(ColSourceIP), Agent: text(ColUserAgent), Version: text(ColVersion),
	}
}

// Value gives what a row has in a column, without I/O; ok is false if there is nothing.
func (s *Snapshot) Value(r Row, c Column) (text Text, ok bool) {
	seg, i := s.place(r)
	id := seg.columns[c].At(i)
	return s.dictionaries[c].Text(id), id != IDAbsent
}

// Problems lists what is wrong with a row, in the order of its bytes as far as they are known.
func (s *Snapshot) Problems(r Row) []Problem {
	seg, i := s.place(r)
	found := seg.problemsOf(i)
	if len(found) == 0 {
		return nil
	}
	origin := seg.origin(i)
	out := make([]Problem, len(found))
	for k, p := range found {
		out[k] = Problem{Row: r, Code: p.code, Field: p.field, Key: s.keys.Text(p.key), Detail: detailText(p.code, p.detail),
			Origin: origin, Offset: origin.Offset + int64(p.offset)}
	}
	return out
}

// Raw gives the line of a row as the source wrote it, without its end. It does I/O for sources that are files. If the
// source no longer holds the bytes that were loaded the error wraps ErrChanged; that of a gap wraps ErrUnreadable. For many rows a RawReader is cheaper.
func (s *Snapshot) Raw(r Row) (Text, error) {
	line, err := NewRawReader(s).Line(r)
	return NewText(string(line)), err
}
