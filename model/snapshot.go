package model

// Books are counts that must balance: Lines = Events + Rejects + Blanks. A line that holds several records counts as that many.
type Books struct {
	Lines, Events, Rejects, Blanks int64
	Recovered                      int64 // of the events, those that stand on a line that holds more; see FlagRecovered
	Errors, Warnings               int64 // problems by severity
	Bytes                          int64 // read from the source, after decompression
	Envelopes                      Envelopes
}

func (b *Books) add(o Books) {
	b.Lines += o.Lines
	b.Events += o.Events
	b.Rejects += o.Rejects
	b.Blanks += o.Blanks
	b.Recovered += o.Recovered
	b.Envelopes |= o.Envelopes
	b.Errors += o.Errors
	b.Warnings += o.Warnings
	b.Bytes += o.Bytes
}

// Plus returns the counts of both.
func (b Books) Plus(o Books) Books {
	b.add(o)
	return b
}

// Phase is what a source is doing.
type Phase uint8

// The phases of a source.
const (
	Waiting   Phase = iota // not started
	Loading                // being read to its current end
	Following              // read to its end, watched for more
	Complete               // read to its end
	Broken                 // given up; Err says why, and the rows read before stay
	Cancelled              // stopped by the user before its end
)

var phaseNames = [...]string{"waiting", "loading", "live", "complete", "broken", "cancelled"}

// String names the phase in one word.
func (p Phase) String() string { return phaseNames[p] }

// SourceState describes a source and how far it has been read.
type SourceState struct {
	Name    Text
	Place   Text   // its path or URL for a command line; empty if it cannot be read again, such as a pipe
	Form    string // its format in fixed words such as "JSON lines, gzip"; empty for plain JSON lines
	Phase   Phase
	Size    int64   // total bytes, as stored, or -1 if that cannot be known
	Stored  int64   // of a packed source: bytes read, as stored; 0 for a plain source, see Books.Bytes
	Listing bool    // it stands for a prefix; each object read from it is a source of its own
	Copy    bool    // all its bytes were read from another source, as Note says: it is not empty, though it has no lines of its own
	Damaged bool    // some bytes of it could not be read or unpacked; Err or Note says what
	Note    Text    // a recent event, such as a rotation; may quote a path; see Remarks
	Lacking Text    // what following it lacks, such as watches or descriptors; empty if nothing. Other sources lack the same
	Err     Text    // why it is broken
	Again   Text    // the other names that lead to it, in words that quote them; it was read once
	Restart Restart // why it begins where another source of the same file ended; the zero value if it does not
	LeftOut LeftOut // what was not read of the folder, pattern or prefix that it came from; set on one source of each
	Of      Text    // the name of the source that it is a part of, such as a window of a database; empty if it stands for itself
	Newest  bool    // only its newest rows were asked for, and there may be older ones
	Total   Total   // how many rows there are in all, if Newest is set and that is known
	Books   Books
}

// Behind is the number of known bytes of the source, as stored, that have not been read yet.
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
	order        appendOrder
	ranks        ranks
	sources      []SourceState
	books        Books
	dictionaries [NumColumns]Dictionary
	keys         Dictionary
	found        *findings // nil for the zero value
	background   Background
}

// Revision is the log's revision at that moment.
func (s *Snapshot) Revision() Revision { return s.revision }

// LogID identifies a log: two snapshots have equal ids if they are of the same log. The zero value belongs to no log.
type LogID struct{ id *byte }

// Log says which log the snapshot is of.
func (s *Snapshot) Log() LogID { return s.log }

// Rows is the number of rows: events and rejects.
func (s *Snapshot) Rows() int { return s.rows }

// Books are the counts over all sources.
func (s *Snapshot) Books() Books { return s.books }

// Sources lists the sources by id. The caller must not change them.
func (s *Snapshot) Sources() []SourceState { return s.sources }

// Sorted reports whether the rows were appended in the order of events; see Before.
func (s *Snapshot) Sorted() bool { return s.order.timed }

// Segments is the number of segments.
func (s *Snapshot) Segments() int {
	if s.open != nil {
		return len(s.sealed) + 1
	}
	return len(s.sealed)
}

// Segment returns segment k. All but the last are full: row r stands in segment r / SegmentRows.
func (s *Snapshot) Segment(k int) *Segment {
	if k < len(s.sealed) {
		return s.sealed[k]
	}
	return s.open
}

// Dictionary returns the values of a column.
func (s *Snapshot) Dictionary(c Column) Dictionary { return s.dictionaries[c] }

// Keys returns the names of keys with problems; see RowProblem.Key.
func (s *Snapshot) Keys() Dictionary { return s.keys }

// place returns the segment of a row and its index there.
func (s *Snapshot) place(r Row) (*Segment, int) {
	return s.Segment(int(r / SegmentRows)), int(r % SegmentRows)
}

// Nanos returns the time of a row in Unix nanoseconds.
func (s *Snapshot) Nanos(r Row) int64 {
	seg, i := s.place(r)
	return seg.times.At(i)
}

// EventsWithoutTime counts the events that have no time of their own. They stand behind the row before them in their source.
func (s *Snapshot) EventsWithoutTime() (n int) {
	for k := range s.Segments() {
		seg := s.Segment(k)
		if seg.anyFlags&FlagNoTime == 0 {
			continue
		}
		for _, f := range seg.Flags() {
			if f&(FlagNoTime|FlagReject) == FlagNoTime {
				n++
			}
		}
	}
	return n
}

// Flags returns the flags of a row.
func (s *Snapshot) Flags(r Row) Flags {
	seg, i := s.place(r)
	return seg.flags[i]
}

// Result returns the result of a row.
func (s *Snapshot) Result(r Row) Result {
	seg, i := s.place(r)
	return ResultOf(seg.columns[ColResult].At(i))
}

// Origin says where a row came from.
func (s *Snapshot) Origin(r Row) Origin {
	seg, i := s.place(r)
	return seg.origin(i)
}

// Event returns a view of a row from the columns, without I/O.
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

// Value returns the value of a row in a column, without I/O; ok is false if it is absent.
func (s *Snapshot) Value(r Row, c Column) (text Text, ok bool) {
	seg, i := s.place(r)
	id := seg.columns[c].At(i)
	return s.dictionaries[c].Text(id), id != IDAbsent
}

// Problems lists the problems of a row, by offset as far as it is known.
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

// Raw returns the line of a row as the source wrote it, without its end. It does I/O for sources that are files. If the source no
// longer holds the bytes that were loaded, the error wraps ErrChanged; for a gap it wraps ErrUnreadable. For many rows a RawReader
// is cheaper.
func (s *Snapshot) Raw(r Row) (Text, error) {
	line, err := NewRawReader(s).Line(r)
	return NewText(string(line)), err
}
