// Package marks holds what a user says about single events: that they are marked, a note, tags and a verdict. A mark belongs to the bytes of
// an event, by their sha256, so it is found again in a log that was moved, rotated, packed or read from S3. The package finds marked events
// in a log; it keeps nothing itself and does no I/O but reading lines through the log. It is pure otherwise, and has no clock.
//
// To get the marked events of a log, as a report does, take the kept marks (state.Marks, tui.Options.Marks: Load), call [Find] on a
// snapshot, and go through [Rows.InOrder]: each [Place] has the row and its [Mark] with note, tags, verdict and sha256.
package marks

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/line"
)

// Sum is the sha256 of the bytes of an event, as its line or object stands in the log: the one that the detail shows. Of an event that is
// the text of a string, it is that of the text.
type Sum [sha256.Size]byte

// String returns the sum in hex.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText returns the sum in hex.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a sum in hex.
func (s *Sum) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != len(s) {
		return fmt.Errorf("reading a sha256: %.80q is not one", text)
	}
	copy(s[:], b)
	return nil
}

// Mark is an event that the user marked. A mark never changes: an edit makes a new one.
type Mark struct {
	Sum    Sum       `json:"sha256"`
	Time   time.Time `json:"time,omitzero"`      // of the event, to find it; zero if it has none
	Length int64     `json:"length"`             // of the bytes behind Sum, to find them
	RowID  string    `json:"p_row_id,omitempty"` // by which other copies of the event are recognised
	Source string    `json:"source,omitempty"`   // where it was seen: a path, a URL or a name; a hint
	Line   int64     `json:"line,omitempty"`     // and at which line, 0 if unknown …
	Offset int64     `json:"offset,omitempty"`   // … and byte; hints
	Words
	Marked time.Time `json:"marked,omitzero"` // when the event was marked
}

// Words is what the user says about a marked event; all of it may be empty. It is untrusted text, as people edit the files that keep it.
type Words struct {
	Note    string   `json:"note,omitempty"`
	Tags    []string `json:"tags,omitempty"` // each once, without white space
	Verdict Verdict  `json:"verdict,omitempty"`
}

// Equal reports whether two say the same.
func (w *Words) Equal(o *Words) bool {
	return w.Note == o.Note && w.Verdict == o.Verdict && slices.Equal(w.Tags, o.Tags)
}

// HasTag reports whether a tag is among the tags, in letters of any case.
func (w *Words) HasTag(tag string) bool {
	return slices.ContainsFunc(w.Tags, func(t string) bool { return strings.EqualFold(t, tag) })
}

// Verdict is what the user thinks of an event; empty for none.
type Verdict string

// The verdicts.
const (
	Benign     Verdict = "benign"
	Suspicious Verdict = "suspicious"
	Malicious  Verdict = "malicious"
)

// Verdicts lists them, the most harmless first.
var Verdicts = []Verdict{Benign, Suspicious, Malicious}

// Next returns the verdict after this one: from none through all of them back to none.
func (v Verdict) Next() Verdict {
	switch i := slices.Index(Verdicts, v); {
	case v == "":
		return Verdicts[0]
	case i < 0 || i == len(Verdicts)-1:
		return ""
	default:
		return Verdicts[i+1]
	}
}

// The greatest lengths of a note and of a tag, in bytes.
const (
	maxNote = 4000
	maxTag  = 64
)

var (
	errLongNote = fmt.Errorf("the note is longer than %d bytes: shorten it", maxNote)
	errLongTag  = fmt.Errorf("a tag is longer than %d bytes: shorten it", maxTag)
)

// Typed returns the words as they are typed: the note, then the tags as #words.
func (w *Words) Typed() string {
	parts := make([]string, 0, len(w.Tags)+1)
	if w.Note != "" {
		parts = append(parts, w.Note)
	}
	for _, t := range w.Tags {
		parts = append(parts, "#"+t)
	}
	return strings.Join(parts, " ")
}

// Type returns the words with a note and tags as the user typed them: each word that begins with # is a tag, the rest is the note.
func (w Words) Type(text string) (Words, error) {
	var note []string
	w.Note, w.Tags = "", nil
	for _, word := range strings.Fields(text) {
		tag, is := strings.CutPrefix(word, "#")
		tag = strings.TrimRight(strings.TrimLeft(tag, "#"), ".,;:!?")
		switch {
		case !is || tag == "":
			note = append(note, word)
		case len(tag) > maxTag:
			return Words{}, errLongTag
		case !w.HasTag(tag):
			w.Tags = append(w.Tags, tag)
		}
	}
	if w.Note = strings.Join(note, " "); len(w.Note) > maxNote {
		return Words{}, errLongNote
	}
	return w, nil
}

// MaxBytes limits the length of the lines that can be kept as marked, as they are read as a whole.
const MaxBytes = 512 << 20

var errTooLong = errors.New("the line is too long for its mark to be saved")

// Of returns a mark of a row without words. It reads the line; the error says why that is impossible, and then the mark cannot be kept.
func Of(snap *model.Snapshot, r model.Row) (Mark, error) {
	e := snap.Event(r)
	if e.Origin.Length > MaxBytes {
		return Mark{}, errTooLong
	}
	text, err := snap.Raw(r)
	if err != nil {
		return Mark{}, err
	}
	m := Mark{Sum: sha256.Sum256([]byte(text.Raw())), Length: int64(text.Len()), Line: max(0, e.Origin.Line), Offset: e.Origin.Offset}
	if e.Flags&model.FlagNoTime == 0 {
		m.Time = e.Time()
	}
	source := snap.Sources()[e.Origin.Source]
	if m.Source = source.Place.Raw(); m.Source == "" {
		m.Source = source.Name.Raw()
	}
	if e.Reject() {
		return m, nil
	}
	if node, err := line.Parse(text); err == nil {
		if id := node.Get("p_row_id"); id != nil && id.Kind == line.StringKind {
			m.RowID = id.Text.Raw()
		}
	}
	return m, nil
}
