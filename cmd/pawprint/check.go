package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// checkCommand lists the problems of sources.
type checkCommand struct {
	*settings
	output string
}

func newCheck(s *settings) *cobra.Command {
	check := &checkCommand{settings: s}
	c := &cobra.Command{
		Use:   "check [flags] [SOURCE …]",
		Short: "Validate logs and list every problem",
		Long: `Check every line against the schema and list the problems as source:line:offset: severity: field: message.
The last line holds the books: every line is an event, a reject or blank.

The exit code is 0 if there is no problem, 1 if there are some, 2 if a source could not be read.`,
		Example: `pawprint check audit.jsonl
pawprint check -o json audit.jsonl | jq .summary`,
		RunE: func(c *cobra.Command, args []string) error { return check.run(c.Context(), args) },
	}
	c.Flags().StringVarP(&check.output, "output", "o", "text", "text or json")
	return c
}

func (c *checkCommand) run(ctx context.Context, args []string) error {
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	var report reporter
	switch c.output {
	case "text":
		report = &textReport{out}
	case "json":
		report = &jsonReport{out}
	default:
		return fmt.Errorf("reading --output: no format is called %q; there are text and json", c.output)
	}
	log, loadErr := c.load(ctx, args)
	if log == nil {
		return loadErr
	}
	mask := c.mask()
	if mask != nil {
		report = maskedReport{report, mask}
	}
	snap := log.Snapshot()
	err := reportProblems(&snap, report)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if mask != nil {
		showMasked(c.std.err, mask.Masked, "the report")
	}
	books := snap.Books()
	return outcome(boolInt(books.Errors+books.Warnings == 0), loadErr, err)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// reporter writes problems and, at the end, the books.
type reporter interface {
	problem(source model.Text, p *model.Problem) error
	// source says what happened to a whole source, if anything did.
	source(s *model.SourceState) error
	summary(snap *model.Snapshot) error
}

// reportProblems reports the problems source by source, in the order of their lines.
func reportProblems(snap *model.Snapshot, report reporter) error {
	for id, source := range snap.Sources() {
		for k := range snap.Segments() {
			if err := reportSegment(snap, snap.Segment(k), model.SourceID(id), source.Name, report); err != nil {
				return err
			}
		}
		if err := report.source(&source); err != nil {
			return err
		}
	}
	return report.summary(snap)
}

// troubleOf says what happened to a source, and how bad it is; nothing if nothing did.
func troubleOf(s *model.SourceState) (severity, message string) {
	switch err, note := s.Err.Raw(), s.Note.Raw(); {
	case err != "" && note != "":
		return "error", err + "; " + note
	case err != "":
		return "error", err
	case s.Damaged:
		return "error", "damaged: " + note
	case note != "":
		return "note", note
	}
	return "", ""
}

func reportSegment(snap *model.Snapshot, seg *model.Segment, id model.SourceID, name model.Text, report reporter) (err error) {
	seg.EachSource(func(from, to int, source model.SourceID) {
		if source != id {
			return
		}
		for i := from; i < to && err == nil; i++ {
			if seg.Flags()[i]&(model.FlagError|model.FlagWarning) == 0 {
				continue
			}
			for _, p := range snap.Problems(seg.Base() + model.Row(i)) {
				if err == nil {
					err = report.problem(name, &p)
				}
			}
		}
	})
	return err
}

// fieldOf names the field of a problem; of a key that the schema does not name that is the path of the key.
func fieldOf(p *model.Problem) string {
	field, key := p.Field.String(), termsafe.Escaped(p.Key.Raw()).String()
	switch {
	case p.Field == model.FieldLake && key != "":
		return key
	case p.Code != model.UnknownField:
		return field
	case field == "":
		return key
	}
	return field + "." + key
}

// messageOf says what is wrong, with the key that stands twice.
func messageOf(p *model.Problem) string {
	if p.Code == model.DuplicateKey {
		return p.Message() + " \"" + termsafe.Escaped(p.Key.Raw()).String() + "\""
	}
	return p.Message()
}

type textReport struct{ out io.Writer }

func (r *textReport) problem(source model.Text, p *model.Problem) error {
	field := fieldOf(p)
	if field != "" {
		field += ": "
	}
	_, err := fmt.Fprintf(r.out, "%s:%d:%d: %s: %s%s\n", termsafe.Clean(source.Raw(), termsafe.Options{}).String(), p.Origin.Line, p.Offset,
		p.Severity(), field, messageOf(p))
	return err
}

func (r *textReport) source(s *model.SourceState) error {
	severity, message := troubleOf(s)
	if message == "" {
		return nil
	}
	clean := func(text string) string { return termsafe.Clean(text, termsafe.Options{}).String() }
	_, err := fmt.Fprintf(r.out, "%s: %s: %s\n", clean(s.Name.Raw()), severity, clean(message))
	return err
}

func (r *textReport) summary(snap *model.Snapshot) error {
	b := snap.Books()
	_, err := fmt.Fprintf(r.out, "%d lines = %d events + %d rejects + %d blanks; %d errors, %d warnings; %d bytes\n",
		b.Lines, b.Events, b.Rejects, b.Blanks, b.Errors, b.Warnings, b.Bytes)
	return err
}

type jsonReport struct{ out io.Writer }

// jsonProblem is what stands in a line of the report. Line and offset are 0 for what happened to a whole source.
type jsonProblem struct {
	Source   string `json:"source"`
	Line     int64  `json:"line"`
	Offset   int64  `json:"offset"`
	Severity string `json:"severity"`
	Field    string `json:"field"`
	Message  string `json:"message"`
}

// jsonBooks are the counts of the last line, and of each source in it.
type jsonBooks struct {
	Lines      int64 `json:"lines"`
	Events     int64 `json:"events"`
	Rejects    int64 `json:"rejects"`
	Blanks     int64 `json:"blanks"`
	Errors     int64 `json:"errors"`
	Warnings   int64 `json:"warnings"`
	Duplicates int64 `json:"duplicates,omitempty"`
	Bytes      int64 `json:"bytes"`
}

type jsonSource struct {
	Source  string `json:"source"`
	State   string `json:"state"`
	Form    string `json:"form,omitempty"`
	Damaged bool   `json:"damaged,omitempty"`
	Message string `json:"message,omitempty"`
	jsonBooks
}

func newJSONBooks(b model.Books) jsonBooks {
	return jsonBooks{b.Lines, b.Events, b.Rejects, b.Blanks, b.Errors, b.Warnings, b.Duplicates, b.Bytes}
}

func validUTF8(t model.Text) string { return strings.ToValidUTF8(t.Raw(), "\ufffd") }

func (r *jsonReport) problem(source model.Text, p *model.Problem) error {
	return output.WriteJSON(r.out, jsonProblem{validUTF8(source), p.Origin.Line, p.Offset, p.Severity().String(), fieldOf(p), messageOf(p)})
}

func (r *jsonReport) source(s *model.SourceState) error {
	severity, message := troubleOf(s)
	if message == "" {
		return nil
	}
	return output.WriteJSON(r.out, jsonProblem{Source: validUTF8(s.Name), Severity: severity, Message: strings.ToValidUTF8(message, "\ufffd")})
}

func (r *jsonReport) summary(snap *model.Snapshot) error {
	var summary struct {
		Summary struct {
			jsonBooks
			Sources []jsonSource `json:"sources,omitempty"` // if there are several
		} `json:"summary"`
	}
	summary.Summary.jsonBooks = newJSONBooks(snap.Books())
	sources := snap.Sources()
	if len(sources) < 2 {
		sources = nil
	}
	for _, s := range sources {
		_, message := troubleOf(&s)
		summary.Summary.Sources = append(summary.Summary.Sources, jsonSource{validUTF8(s.Name), s.Phase.String(), s.Form, s.Damaged,
			strings.ToValidUTF8(message, "\ufffd"), newJSONBooks(s.Books)})
	}
	return output.WriteJSON(r.out, summary)
}
