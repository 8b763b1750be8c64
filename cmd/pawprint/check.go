package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

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
	snap := log.Snapshot()
	err := reportProblems(&snap, report)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
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
	summary(b model.Books) error
}

// reportProblems reports the problems source by source, in the order of their lines.
func reportProblems(snap *model.Snapshot, report reporter) error {
	for id, source := range snap.Sources() {
		for k := range snap.Segments() {
			if err := reportSegment(snap, snap.Segment(k), model.SourceID(id), source.Name, report); err != nil {
				return err
			}
		}
	}
	return report.summary(snap.Books())
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

func (r *textReport) summary(b model.Books) error {
	_, err := fmt.Fprintf(r.out, "%d lines = %d events + %d rejects + %d blanks; %d errors, %d warnings; %d bytes\n",
		b.Lines, b.Events, b.Rejects, b.Blanks, b.Errors, b.Warnings, b.Bytes)
	return err
}

type jsonReport struct{ out io.Writer }

func (r *jsonReport) problem(source model.Text, p *model.Problem) error {
	return writeJSON(r.out, struct {
		Source   string `json:"source"`
		Line     int64  `json:"line"`
		Offset   int64  `json:"offset"`
		Severity string `json:"severity"`
		Field    string `json:"field"`
		Message  string `json:"message"`
	}{strings.ToValidUTF8(source.Raw(), "\ufffd"), p.Origin.Line, p.Offset, p.Severity().String(), fieldOf(p), messageOf(p)})
}

func (r *jsonReport) summary(b model.Books) error {
	type books struct {
		Lines    int64 `json:"lines"`
		Events   int64 `json:"events"`
		Rejects  int64 `json:"rejects"`
		Blanks   int64 `json:"blanks"`
		Errors   int64 `json:"errors"`
		Warnings int64 `json:"warnings"`
		Bytes    int64 `json:"bytes"`
	}
	return writeJSON(r.out, map[string]books{"summary": {b.Lines, b.Events, b.Rejects, b.Blanks, b.Errors, b.Warnings, b.Bytes}})
}
