package model

import (
	"hash/maphash"
	"io"
)

// Batch holds the rows of one stretch of one source, in the order of their bytes, as a loader hands them to Log.Append. Append
// copies what it keeps, so a batch can be reset and filled again.
type Batch struct {
	Source SourceID
	Raw    io.ReaderAt // the bytes of the source, by offset; must stay readable as long as the log is used
	Base   int64       // the offset where the stretch begins; offsets of rows count from it
	Length int64       // bytes of the stretch, line ends included, for the books
	Sum    uint64      // Checksum of the first Summed bytes of the stretch, or 0 if Raw cannot change
	Summed int64
	Line   int64 // the number of the first line of the stretch, 1 for the first of the source
	Lines  int64 // lines in the stretch: rows and blanks
	Extra  int64 // records beyond the first of their line, which Lines does not count
	Blanks int64 // lines of nothing but white space

	Vocabulary *Vocabulary

	times     []int64
	offsets   []uint32
	lengths   []uint32
	lines     []uint32 // counted from Line
	flags     []Flags
	rowIDs    []RowID              // empty as long as no row has one
	columns   [][NumColumns]uint32 // by row, which is faster to append to than to a slice for each column
	forwarded ForwardedLists
	problems  []batchProblem
}

// RowID is a hash of 128 bits of an event's unique id (the data lake, p_row_id). Zero means no id.
type RowID [2]uint64

// rowIDSeeds are the seeds of the two halves of an id. All sources share them, so that copies are found across sources.
var rowIDSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// RowIDOf returns the RowID of an id. An empty text is none. It is another one in each run of the program.
func RowIDOf(text []byte) (id RowID) {
	if len(text) == 0 {
		return id
	}
	for i, seed := range rowIDSeeds {
		id[i] = maphash.Bytes(seed, text)
	}
	if id == (RowID{}) {
		id[0] = 1
	}
	return id
}

// RowRecord is one row as a decoder found it.
type RowRecord struct {
	Nanos     int64  // Unix time in nanoseconds; ignored with FlagNoTime
	Offset    uint32 // from Base
	Length    uint32 // bytes without the line's end
	Line      uint32 // from Batch.Line
	Flags     Flags
	ID        RowID              // by which copies of the event are recognised
	Columns   [NumColumns]uint32 // ids of the vocabulary
	Forwarded *Forwarded         // nil leaves the list of an event to its line
}

type batchProblem struct {
	row    uint32
	offset int32 // from the row's offset; negative before a recovered object
	key    uint32
	code   Code
	field  Field
	detail Detail
}

// Detail adds fixed words to the message of a problem; its meaning depends on the Code (see detailText). 0 adds none.
type Detail uint16

// Reset empties the batch and keeps its memory and its vocabulary.
func (b *Batch) Reset() {
	b.times, b.offsets, b.lengths, b.lines, b.flags = b.times[:0], b.offsets[:0], b.lengths[:0], b.lines[:0], b.flags[:0]
	b.columns = b.columns[:0]
	b.problems, b.rowIDs = b.problems[:0], b.rowIDs[:0]
	b.forwarded.reset()
	b.Length, b.Sum, b.Summed, b.Lines, b.Extra, b.Blanks = 0, 0, 0, 0, 0, 0
}

// Rows is the number of rows in the batch.
func (b *Batch) Rows() int { return len(b.flags) }

// Books counts the lines and the problems of the batch.
func (b *Batch) Books() Books {
	b.markGaps()
	books := Books{Lines: b.Lines + b.Extra, Blanks: b.Blanks, Bytes: b.Length}
	for _, f := range b.flags {
		if f&FlagReject != 0 {
			books.Rejects++
		} else {
			books.Events++
		}
		if f&FlagRecovered != 0 {
			books.Recovered++
		}
	}
	for _, p := range b.problems {
		if p.code.Severity() == Error {
			books.Errors++
		} else {
			books.Warnings++
		}
		if p.code == Enveloped {
			books.Envelopes |= 1 << p.detail
		}
	}
	return books
}

// TimeBounds returns the earliest and the latest time of the rows that have one of their own, in Unix nanoseconds. ok is false if none has.
// It must be called before Append, which gives the others a time too.
func (b *Batch) TimeBounds() (earliest, latest int64, ok bool) {
	for i, f := range b.flags {
		if f&FlagNoTime != 0 {
			continue
		}
		t := b.times[i]
		if !ok {
			earliest, latest, ok = t, t, true
		}
		earliest, latest = min(earliest, t), max(latest, t)
	}
	return earliest, latest, ok
}

// AddRow appends a row. Its problems, if any, were added before with AddProblem.
func (b *Batch) AddRow(r *RowRecord) {
	b.times = append(b.times, r.Nanos)
	b.offsets = append(b.offsets, r.Offset)
	b.lengths = append(b.lengths, r.Length)
	b.lines = append(b.lines, r.Line)
	b.flags = append(b.flags, r.Flags)
	if r.ID != (RowID{}) || len(b.rowIDs) > 0 {
		b.addRowID(r.ID)
	}
	b.columns = append(b.columns, r.Columns)
	b.forwarded.add(r, len(b.flags)-1)
}

// addRowID appends the id of the row that was added last, after the empty ids of those before the first row that has one.
func (b *Batch) addRowID(id RowID) {
	if without := len(b.flags) - 1 - len(b.rowIDs); without > 0 {
		b.rowIDs = append(b.rowIDs, make([]RowID, without)...)
	}
	b.rowIDs = append(b.rowIDs, id)
}

// AddProblem notes a problem of the row that AddRow will append next. offset counts from the row's offset, and is negative before a
// recovered object; key is an id of Vocabulary.KeyID, or 0.
func (b *Batch) AddProblem(code Code, field Field, offset int32, key uint32, detail Detail) {
	b.problems = append(b.problems, batchProblem{row: uint32(len(b.flags)), offset: offset, key: key, code: code, field: field, detail: detail})
}

// Problems is the number of problems in the batch.
func (b *Batch) Problems() int { return len(b.problems) }

// TruncateProblems removes the problems that were added after there were n.
func (b *Batch) TruncateProblems(n int) { b.problems = b.problems[:n] }

// DropProblems removes the problems of the row that AddRow will append next, as a reject keeps only its reason.
func (b *Batch) DropProblems() {
	for n := len(b.problems); n > 0 && b.problems[n-1].row == uint32(len(b.flags)); n-- {
		b.problems = b.problems[:n-1]
	}
}

// markGaps flags the rows whose bytes could not be read.
func (b *Batch) markGaps() {
	for _, p := range b.problems {
		if p.code.gap() {
			b.flags[p.row] |= FlagGap | FlagReject | FlagError
		}
	}
}
