// Package format detects the format of a text, and splits texts that are not one JSON object a line into records that a
// decoder of lines can take: JSON arrays, pretty printed and concatenated JSON, the pages and wrappers of APIs that return audit
// logs, and tables.
//
// It is pure: bytes in, records out. It never reads a file, never repairs a record and never drops one: a damaged stretch
// becomes a record that a decoder rejects.
package format

import (
	"bytes"
	"errors"

	"pawprint/model"
)

var (
	errNoSplitter = errors.New("splitting a text: lines need no splitter")
	errComma      = errors.New("splitting a table: cells must be separated by a comma, a semicolon or a tab")
)

// Kind says how a text is split into records. The zero value is Lines.
type Kind uint8

// The kinds of text.
const (
	Lines  Kind = iota // one JSON object a line: the normal case, and the default
	Values             // JSON that is not one record a line
	Table              // comma or tab separated values with a header
)

var kindNames = [...]string{Lines: "lines", Values: "values", Table: "table"}

// String returns the kind in one word.
func (k Kind) String() string { return kindNames[k] }

// The names of formats, for people.
const (
	NameLines        = "JSON lines"
	NameArray        = "JSON array"
	NamePretty       = "pretty JSON"
	NameConcatenated = "concatenated JSON"
	NameRecords      = "Records object"
	NamePage         = "GraphQL page"
	NameHits         = "Elastic page"
	NameEvents       = "page of events"
	NameSequence     = "JSON text sequence"
	NameCSV          = "CSV"
	NameTSV          = "TSV"
)

// Format describes how a text is written.
type Format struct {
	Kind  Kind
	Name  string // for people: one of the names of this package
	Comma byte   // of a Table: the separator of cells, ',' '\t' or ';'
	CR    bool   // lines end with CR alone: replace CR by LF before anything else
}

// HeadBytes is how many bytes of a text Detect looks at. With fewer, unless they are the whole text, it may be wrong.
const HeadBytes = 64 << 10

// Unsupported is a text that cannot be read as it is. It says what the text is and what to do about it.
type Unsupported struct {
	What string // such as "a Parquet file"
	Do   string // such as "unpack it with: xz -dc FILE | pawprint -"
}

// Error returns both in one line.
func (u *Unsupported) Error() string { return u.What + " cannot be read; " + u.Do }

// Record is one record of a text. It becomes a row.
type Record struct {
	// Text is what the decoder gets. It has no newline and is valid until the callback returns.
	Text []byte
	// Offset is where the record begins in the source text. For a Table it is the offset in the converted text: the Text of all
	// records, each followed by a newline.
	Offset int64
	// Length is the number of bytes of Text, which equals the source at Offset after Flatten. For a record of Values that is too
	// long it is the whole length in the source.
	Length int64
	// Line is the number of the line in the source where the record begins, 1 for the first.
	Line int64
	// Page is the page of events that the record stands in, as a Detail of Enveloped; 0 for other records.
	Page model.Detail
	// BadRow says why a row of a Table is not an event, as a Detail of model.BadRow; 0 for other records.
	BadRow model.Detail
	// TooLong says that the record is longer than the limit and Text is only its first bytes.
	TooLong bool
}

// Splitter splits a text into records, in order. Every byte is in a record, or is white space, a separator, a header or part
// of a wrapper. It is for one goroutine.
type Splitter interface {
	// Write takes the next bytes, in chunks of any size, and emits the records that they complete. It neither keeps nor changes p.
	Write(p []byte, emit func(Record))
	// Close emits the rest: an incomplete record as it is. The splitter must not be written to afterwards.
	Close(emit func(Record))
	// Unclosed reports, after Close, whether the text was cut: it ended within a list of records. Behind a damaged record it is not
	// known whether a list is open; then Unclosed returns false.
	Unclosed() bool
}

// Limits bounds what a splitter keeps. The zero value is ready to use.
type Limits struct {
	// RecordBytes is the length of the longest record; 0 means 64 MiB. Only the first 64 KiB of a longer record are emitted.
	RecordBytes int
}

// longRecordHead is how many bytes of a record that is too long are emitted.
const longRecordHead = 64 << 10

func (l Limits) recordBytes() int {
	if l.RecordBytes <= 0 {
		return 64 << 20
	}
	return l.RecordBytes
}

// NewSplitter makes the splitter for a text of kind Values or Table. For Lines it returns an error.
func NewSplitter(f Format, limits Limits) (Splitter, error) {
	switch f.Kind {
	case Values:
		return newValues(limits), nil
	case Table:
		t, err := newTable(f.Comma, limits)
		if err != nil {
			return nil, err
		}
		return t, nil
	}
	return nil, errNoSplitter
}

// Flatten replaces line ends by tabs, in place, so that a record of several lines becomes one line: the Text of a record is
// exactly the flattened bytes of the source. Tabs, like line ends and unlike spaces, are white space between tokens but not
// allowed within a string, so flattening never makes a damaged record valid.
func Flatten(p []byte) {
	for _, c := range [...]byte{'\n', '\r'} {
		for rest := p; ; {
			i := bytes.IndexByte(rest, c)
			if i < 0 {
				break
			}
			rest[i] = '\t'
			rest = rest[i+1:]
		}
	}
}

const byteOrderMark = "\ufeff"
