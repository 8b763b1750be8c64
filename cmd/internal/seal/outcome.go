package seal

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"
)

// Outcome is the result of comparing sources with a manifest, for other programs.
type Outcome struct {
	Kind         string          `json:"kind"`
	Version      int             `json:"version"`
	Pawprint     string          `json:"pawprint"`      // version of the program
	Manifest     string          `json:"manifest"`      // its path as the user named it
	ManifestKind string          `json:"manifest_kind"` // a manifest or a report
	Sealed       time.Time       `json:"sealed"`        // when the manifest was made
	Agrees       bool            `json:"agrees"`        // all of it
	ExitCode     int             `json:"exit_code"`
	Counts       outcomeCounts   `json:"counts"`
	Sources      []sourceOutcome `json:"sources"`
	Events       []eventOutcome  `json:"events"` // of a report
}

// OutcomeKind marks a JSON object as an outcome.
const OutcomeKind = "pawprint verification"

type outcomeCounts struct {
	Sealed      int `json:"sealed"`
	Agree       int `json:"agree"`
	Grew        int `json:"grew"`
	Differ      int `json:"differ"`
	Missing     int `json:"missing"`
	Additional  int `json:"additional"`
	Unreadable  int `json:"unreadable"`
	Events      int `json:"events"`
	EventsAgree int `json:"events_agree"`
	NotChecked  int `json:"events_not_checked"`
}

// sourceOutcome is what became of one source.
type sourceOutcome struct {
	Name       string          `json:"name"` // what is not UTF-8 in it is replaced
	RawName    string          `json:"name_base64,omitempty"`
	Verdict    string          `json:"verdict"`
	NameNow    string          `json:"name_now,omitempty"` // if it was found under another one
	Sealed     *extent         `json:"sealed"`             // null if it is additional
	Found      *extent         `json:"found"`              // null if it is missing or unreadable
	LinesAgree int64           `json:"lines_agree"`        // of the sealed ones
	LinesAdded int64           `json:"lines_added"`        // after the sealed ones
	Changes    []changeOutcome `json:"changes"`
	Words      []string        `json:"words"`
}

// extent says how much of a source there is, and what it is.
type extent struct {
	Size   int64  `json:"size"` // bytes, as they lie
	Sum    digest `json:"sha256"`
	Lines  int64  `json:"lines"`
	Length int64  `json:"unpacked_size"` // of what comes out of it; the size if it is not packed
}

// changeOutcome is where sealed lines are not as they were.
type changeOutcome struct {
	From   int64  `json:"from_line"` // 1 for the first
	To     int64  `json:"to_line"`   // included
	Lo     int64  `json:"from_byte"` // unpacked, 0 for the first
	Hi     int64  `json:"to_byte"`   // not included
	Now    *int64 `json:"lines_now"` // how many lines stand in their place; null for unknown
	Sealed int64  `json:"lines_sealed"`
}

// eventOutcome is what became of one event of a report.
type eventOutcome struct {
	Number  int    `json:"number"` // in the report, 1 for the first
	Source  string `json:"source"`
	Line    int64  `json:"line"`
	Offset  int64  `json:"offset"` // unpacked
	Length  int64  `json:"length"`
	Sum     digest `json:"sha256,omitzero"` // missing if it could not be read
	Verdict string `json:"verdict"`
	LineNow int64  `json:"line_now,omitempty"` // where its bytes stand instead
	Words   string `json:"words"`
}

// verdicts are the names of verdicts.
var verdicts = [...]string{Agrees: "agrees", Grew: "grew", Differs: "differs", Missing: "missing", Additional: "additional", Unreadable: "unreadable",
	NotChecked: "not checked"}

// Outcome returns what the results say of a manifest that was read from path. version is that of the program, and exitCode the one that it
// ends with.
func (m *Manifest) Outcome(version, path string, results, events []Result, exitCode int) *Outcome {
	o := &Outcome{Kind: OutcomeKind, Version: Version, Pawprint: version, Manifest: path, ManifestKind: m.Kind, Sealed: m.Sealed, Agrees: exitCode == 0, ExitCode: exitCode,
		Sources: []sourceOutcome{}, Events: []eventOutcome{}}
	count := [len(verdicts)]int{}
	for i := range results {
		r := &results[i]
		count[r.Verdict]++
		if r.sealed != nil {
			o.Counts.Sealed++
		}
		o.Sources = append(o.Sources, r.ofSource())
	}
	c := &o.Counts
	c.Agree, c.Grew, c.Differ, c.Missing, c.Additional, c.Unreadable = count[Agrees], count[Grew], count[Differs], count[Missing], count[Additional], count[Unreadable]
	for i := range events {
		r := &events[i]
		e := *r.event
		e.Verdict, e.Words = verdicts[r.Verdict], r.Words[0]
		o.Events = append(o.Events, e)
		switch r.Verdict {
		case Agrees:
			c.EventsAgree++
		case NotChecked:
			c.NotChecked++
		}
	}
	c.Events = len(events)
	return o
}

func (r *Result) ofSource() sourceOutcome {
	o := sourceOutcome{Name: r.raw, Verdict: verdicts[r.Verdict], Sealed: extentOf(r.sealed), Found: extentOf(r.found), LinesAgree: r.agreed, LinesAdded: r.added,
		Changes: []changeOutcome{}, Words: r.Words}
	if !utf8.ValidString(r.raw) {
		o.RawName = base64.StdEncoding.EncodeToString([]byte(r.raw))
	}
	if r.sealed != nil && r.found != nil && r.found.SourceName() != r.raw {
		o.NameNow = r.found.SourceName()
	}
	for _, c := range r.changes {
		change := changeOutcome{From: c.From, To: c.To, Lo: c.Lo, Hi: c.Hi, Sealed: c.To - c.From + 1}
		if c.Sure {
			change.Now = &c.Now
		}
		o.Changes = append(o.Changes, change)
	}
	return o
}

// extentOf returns nil for nil.
func extentOf(e *Entry) *extent {
	if e == nil {
		return nil
	}
	return &extent{e.Size, e.Sum, e.Lines, e.length()}
}

// Write writes the outcome as one JSON object in ASCII.
func (o *Outcome) Write(w io.Writer) error {
	text, err := json.MarshalIndent(o, "", " ")
	if err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	_, err = flush(w, append(text, '\n'), 0)
	return err
}
