// Package format says how the text of a source is written, and turns texts that are not one JSON object a line into
// records that a decoder of lines can take: JSON arrays, pretty printed and concatenated JSON, the pages and wrappers in
// which audit logs are handed out, and tables.
//
// It is pure: bytes in, records out. It never reads a file, never repairs a record and never drops one: what is damaged
// becomes a record that a decoder refuses.
package format

import (
	"bytes"
	"errors"
)

var (
	errNoSplitter = errors.New("splitting a text: lines need no splitter")
	errComma      = errors.New("splitting a table: cells are parted by a comma, a semicolon or a tab")
)

// Kind is what has to be done with a text before its records can be decoded. The zero value is Lines.
type Kind uint8

// The kinds of text.
const (
	Lines  Kind = iota // one JSON object a line: the normal case, also what nothing else fits
	Values             // JSON that is not one record a line
	Table              // comma or tab separated values with a header
)

var kindNames = [...]string{Lines: "lines", Values: "values", Table: "table"}

// String names the kind in a word.
func (k Kind) String() string { return kindNames[k] }

// The names of formats, for people.
const (
	NameLines        = "JSON lines"
	NameArray        = "JSON array"
	NamePretty       = "pretty JSON"
	NameConcatenated = "concatenated JSON"
	NameRecords      = "Records object"
	NamePage         = "GraphQL page"
	NameSequence     = "JSON text sequence"
	NameCSV          = "CSV"
	NameTSV          = "TSV"
)

// Format says how a text is written.
type Format struct {
	Kind  Kind
	Name  string // for people: one of the names of this package
	Comma byte   // of a Table: what stands between cells, ',' '\t' or ';'
	CR    bool   // lines end with CR alone: map CR to LF byte for byte before anything else
}

// HeadBytes is how much of a text Detect wants to see at most. A shorter head that is not the whole text may be misjudged.
const HeadBytes = 64 << 10

// Unsupported is a text that cannot be read as it is. It says what the text is and what to do about it.
type Unsupported struct {
	What string // such as "a Parquet file"
	Do   string // such as "unpack it with: xz -dc FILE | pawprint -"
}

// Error gives both in one line.
func (u *Unsupported) Error() string { return u.What + " cannot be read; " + u.Do }

// Record is one record of a text: what becomes a row.
type Record struct {
	// Text is what the decoder gets: without any newline, valid until the callback returns.
	Text []byte
	// Offset is where the record begins in the source text; of a Table, in the converted text, which is the Text of all its
	// records, each followed by one newline.
	Offset int64
	// Length is the number of bytes of Text, which are those of the source at Offset after Flatten. Of a record of Values that
	// is too long it is the whole length in the source.
	Length int64
	// Line is the number of the line in the source where the record begins, 1 for the first.
	Line int64
	// TooLong says that the record is longer than the limit and Text is only its first bytes.
	TooLong bool
}

// Splitter turns a text into records, in order. Nothing is lost: every byte lies in a record, or is white space, a
// separator, a header or a wrapper that the format names. It is for one goroutine.
type Splitter interface {
	// Write takes the next bytes, in chunks of any size, and emits the records that they complete. p is neither kept nor changed.
	Write(p []byte, emit func(Record))
	// Close emits what is left: a cut record as it stands. The splitter must not be written to after it.
	Close(emit func(Record))
	// Unclosed reports, after Close, whether the text ended behind a record, but within a list that holds records: it was cut, though
	// no record of it was. Behind damage it cannot be told whether a list is open, and the answer is false.
	Unclosed() bool
}

// Limits bounds what a splitter keeps. The zero value is ready to use.
type Limits struct {
	// RecordBytes is the length of the longest record; 0 means 64 MiB. Of a longer one the first 64 KiB are emitted.
	RecordBytes int
}

// longRecordHead is how much of a record that is too long is emitted.
const longRecordHead = 64 << 10

func (l Limits) recordBytes() int {
	if l.RecordBytes <= 0 {
		return 64 << 20
	}
	return l.RecordBytes
}

// NewSplitter makes the splitter for a text of kind Values or Table; for Lines there is none, which is an error.
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

// Flatten replaces line ends by tabs, in place, so that a record that spans lines becomes one line: the Text of a record is
// exactly the flattened bytes of the source. Tabs, as they are white space between tokens but, unlike spaces, no more allowed
// within a string than line ends are: flattening never makes a damaged record valid.
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
