// Package seal makes manifests of logs, which say what exactly was read, and compares logs with them. It reads only what sources read
// for it, and writes only to the writers that it gets.
package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"pawprint/model/rawjson"
)

// Version is the version of the manifests that this program writes, and the newest that it reads.
const Version = 1

// Kind marks a JSON object as a manifest. The last part of a report is a manifest too, with the places of events.
const (
	Kind       = "pawprint manifest"
	ReportKind = "pawprint report"
)

// Every is the default number of lines between two checkpoints, MostEvery the largest.
const (
	Every     = 1000
	MostEvery = 100_000
)

// Manifest says what exactly logs are.
type Manifest struct {
	Kind      string      `json:"kind"`
	Version   int         `json:"version"`
	Pawprint  string      `json:"pawprint"` // version of the program
	Sealed    time.Time   `json:"sealed"`
	Method    Method      `json:"method"`
	Every     int64       `json:"every"`               // lines from one checkpoint to the next
	Events    []Event     `json:"events,omitempty"`    // of a report
	Unchecked []Unchecked `json:"unchecked,omitempty"` // events of a report that the manifest does not check
	Sources   []Entry     `json:"sources"`
}

// Method says how the hashes of a manifest are computed, for whoever computes them with another tool.
type Method struct {
	Bytes string `json:"sha256"`
	Lines string `json:"lines"`
	Chain string `json:"chain"`
}

var method = Method{
	Bytes: "sha256 is that of all bytes as stored; unpacked.sha256 is that of the bytes after unpacking gzip or zstd",
	Lines: "a line ends at a line feed (byte 10), which is not part of it; bytes after the last line feed are a line too; of a packed source, lines are those of its unpacked bytes",
	Chain: "hash(0) is 64 zeros; hash(n) is the sha256 of 128 characters: hash(n-1), then the sha256 of line n, all in lower-case hexadecimal digits; offset is the number of bytes up to there, line feeds included",
}

// Entry is one source of a manifest.
type Entry struct {
	Name     string       `json:"name"` // as the user named it; what is not UTF-8 in it is replaced
	RawName  string       `json:"name_base64,omitempty"`
	Size     int64        `json:"size"` // bytes, as they lie
	Sum      digest       `json:"sha256"`
	ETag     string       `json:"etag,omitempty"`       // of an object
	ObjectID string       `json:"version_id,omitempty"` // of an object
	Form     string       `json:"form,omitempty"`       // empty for plain JSON lines
	Unpacked *Unpacked    `json:"unpacked,omitempty"`
	Lines    int64        `json:"lines"`
	Books    Books        `json:"books"`
	First    *time.Time   `json:"first_time,omitempty"` // of its events
	Last     *time.Time   `json:"last_time,omitempty"`
	Remarks  string       `json:"remarks,omitempty"`
	Damage   string       `json:"damage,omitempty"` // why not all of it could be read
	Chain    []Checkpoint `json:"chain"`
}

// Unpacked is what comes out of a packed source.
type Unpacked struct {
	Packing string `json:"packing"`
	Size    int64  `json:"size"`
	Sum     digest `json:"sha256"`
}

// Books count the lines of a source: lines = events + rejects + blanks. A line that holds several records counts as that many.
type Books struct {
	Lines   int64 `json:"lines"`
	Events  int64 `json:"events"`
	Rejects int64 `json:"rejects"`
	Blanks  int64 `json:"blanks"`
}

// setName sets the name, which need not be UTF-8.
func (e *Entry) setName(name string) {
	e.Name = name
	if !utf8.ValidString(name) {
		e.RawName = base64.StdEncoding.EncodeToString([]byte(name))
	}
}

// SourceName returns the name that setName was given.
func (e *Entry) SourceName() string {
	if raw, err := base64.StdEncoding.DecodeString(e.RawName); err == nil && e.RawName != "" {
		return string(raw)
	}
	return e.Name
}

// SHA256 returns the hash of the bytes as they lie.
func (e *Entry) SHA256() string { return e.Sum.String() }

// content identifies the unpacked bytes.
func (e *Entry) content() digest {
	if e.Unpacked != nil {
		return e.Unpacked.Sum
	}
	return e.Sum
}

// last returns the chain at the end.
func (e *Entry) last() Checkpoint {
	if n := len(e.Chain); n > 0 {
		return e.Chain[n-1]
	}
	return Checkpoint{Hash: noLines}
}

// Write writes the manifest as JSON in ASCII: a few lines for each source, and one for each checkpoint.
func (m *Manifest) Write(w io.Writer) error {
	head := *m
	head.Sources = nil
	text, err := json.MarshalIndent(head, "", " ")
	if err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	text = append(bytes.TrimSuffix(text, []byte("null\n}")), '[')
	for i := range m.Sources {
		if text, err = m.Sources[i].append(text, i); err != nil {
			return err
		}
		if text, err = flush(w, text, 1<<20); err != nil {
			return err
		}
	}
	_, err = flush(w, append(text, "\n ]\n}\n"...), 0)
	return err
}

// flush writes text if it is longer than least.
func flush(w io.Writer, text []byte, least int) ([]byte, error) {
	if len(text) <= least {
		return text, nil
	}
	var plain []byte
	for line := range bytes.Lines(text) {
		plain = append(rawjson.AppendASCII(plain, bytes.TrimSuffix(line, []byte("\n"))), '\n')
	}
	if text[len(text)-1] != '\n' {
		plain = plain[:len(plain)-1] // the rest of the line follows
	}
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("writing: %w", err)
	}
	return text[:0], nil
}

// append appends the entry to the text of a manifest, behind i others.
func (e *Entry) append(text []byte, i int) ([]byte, error) {
	if i > 0 {
		text = append(text, ',')
	}
	head := *e
	head.Chain = nil
	encoded, err := json.MarshalIndent(head, "  ", " ")
	if err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	text = append(append(append(text, "\n  "...), bytes.TrimSuffix(encoded, []byte("null\n  }"))...), '[')
	for i := range e.Chain {
		if i > 0 {
			text = append(text, ',')
		}
		encoded, err := json.Marshal(e.Chain[i])
		if err != nil {
			return nil, fmt.Errorf("encoding: %w", err)
		}
		text = append(append(text, "\n    "...), encoded...)
	}
	return append(text, "\n   ]\n  }"...), nil
}

var (
	errDigest = errors.New("a hash is not 64 lower-case hexadecimal digits")
	errKind   = errors.New("it is neither a manifest of pawprint seal nor a report of pawprint report")
	errSplit  = errors.New("there is more after its end: take another copy of it")
)

// mostManifest is the size of the largest manifest that is read, in bytes.
const mostManifest = 1 << 30

// Read reads a manifest, alone or in a report, and checks that it is whole: its counts and checkpoints fit each other.
func Read(r io.Reader) (*Manifest, error) {
	part, err := machinePart(r)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(part)
	var m Manifest
	if err := d.Decode(&m); err != nil {
		return nil, readError(err)
	}
	switch {
	case m.Kind != Kind && m.Kind != ReportKind:
		return nil, errKind
	case m.Version > Version:
		return nil, fmt.Errorf("it has version %d, and this program knows only %d: use the pawprint that wrote it, or a newer one", m.Version, Version)
	case m.Version < 1:
		return nil, fmt.Errorf("version %d does not exist", m.Version)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errSplit
	}
	return &m, m.check()
}

// readError says what is wrong with the JSON of a manifest.
func readError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("it is empty: take another copy of it")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errCut
	case errors.As(err, &syntax):
		return fmt.Errorf("it is not JSON from byte %d on", syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Errorf("%s is a %s at byte %d", kind.Field, kind.Value, kind.Offset)
	}
	return err
}

func (m *Manifest) check() error {
	if m.Every < 1 || m.Every > MostEvery {
		return fmt.Errorf("it is damaged: its member every is %d", m.Every)
	}
	for i := range m.Events {
		if err := m.Events[i].check(m.Sources); err != nil {
			return fmt.Errorf("it is damaged: event %d of %d: %w", i+1, len(m.Events), err)
		}
	}
	for i := range m.Sources {
		if err := m.Sources[i].check(m.Every); err != nil {
			return fmt.Errorf("it is damaged: source %d of %d: %w", i+1, len(m.Sources), err)
		}
	}
	return nil
}

// check checks that the numbers of an entry fit each other.
func (e *Entry) check(every int64) error {
	before, size := Checkpoint{}, e.Size
	if e.Unpacked != nil {
		size = e.Unpacked.Size
	}
	for i := range e.Chain {
		c := &e.Chain[i]
		last := i == len(e.Chain)-1
		if c.Line <= before.Line || c.Offset <= before.Offset || c.Line != before.Line+every && (!last || c.Line > before.Line+every) {
			return fmt.Errorf("checkpoint %d is out of order", i+1)
		}
		before = *c
	}
	b := e.Books
	switch {
	case before.Line != e.Lines:
		return fmt.Errorf("it has %d lines, but its chain has %d", e.Lines, before.Line)
	case before.Offset != size:
		return fmt.Errorf("it has %d bytes, but its chain has %d", size, before.Offset)
	case b.Lines != b.Events+b.Rejects+b.Blanks:
		return errors.New("its books do not balance")
	case e.Sum == digest{}:
		return errDigest
	}
	return nil
}
