package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/report"
	"pawprint/cmd/internal/seal"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/marks"
	"pawprint/tui/termsafe"
)

// reportCommand writes a report on events.
type reportCommand struct {
	*settings
	output string
	out    string
	bare   bool
}

func newReport(s *settings) *cobra.Command {
	r := &reportCommand{settings: s}
	c := &cobra.Command{
		Use:   "report [flags] --out FILE [SOURCE …]",
		Short: "Write a report on events, to hand over",
		Long: `Write a report on the events that you marked in the interface, with their notes, tags and verdicts, or on those that -q finds. It is one HTML
file that needs neither network nor scripts, or Markdown. It holds a timeline; the events, ordered by time, with their lines, places and
sha256; the queries; the sources with their sizes, sha256, totals and damage; and the commands with which a second person can check each of
them. pawprint verify compares the report with the sources and names what differs.

A report has at most ` + amount.Count(report.MostEvents) + ` events. What looks like a secret is masked unless you say --no-redact. The file is
written whole or not at all, and never replaces another.

The exit code is 0 if there are events in it, 1 if there are none, 2 if a source could not be read; what could be read is reported all the same.`,
		Example: `pawprint report --out case.html audit.jsonl
pawprint report -q 'is:failed actor:eve' --out case.html audit.jsonl
pawprint report -q is:silence -o md --out case.md logs/
pawprint verify case.html /mnt/copy`,
		RunE: func(c *cobra.Command, args []string) error { return r.run(c.Context(), args) },
	}
	c.Flags().StringVarP(&r.output, "output", "o", "", "html or md (default: by the ending of --out, html if it has none)")
	c.Flags().StringVar(&r.out, "out", "", "the file to write, which must be new")
	c.Flags().BoolVar(&r.bare, "no-redact", false, "do not mask what looks like a secret")
	return c
}

// reportFormat writes a report.
type reportFormat = func(*report.Case, context.Context, io.Writer) error

// reportFormats are the formats of a report, by the endings of its files.
var reportFormats = map[string]reportFormat{"html": (*report.Case).WriteHTML, "md": (*report.Case).WriteMarkdown}

// format returns what writes the report.
func (c *reportCommand) format() (reportFormat, error) {
	name, ending := c.output, strings.TrimPrefix(filepath.Ext(c.out), ".")
	switch {
	case name != "":
	case ending == "":
		name = "html"
	case reportFormats[ending] == nil:
		return nil, fmt.Errorf("reading --out: a report is HTML or Markdown: end the name %s in .html or .md, or choose with -o html or -o md", termsafe.Escaped(filepath.Base(c.out)))
	default:
		name = ending
	}
	if write := reportFormats[name]; write != nil {
		return write, nil
	}
	return nil, fmt.Errorf("reading --output: %q is not a format: choose from html and md", name)
}

func (c *reportCommand) run(ctx context.Context, args []string) error {
	write, err := c.format()
	switch {
	case err != nil:
		return err
	case c.out == "":
		return errors.New("reading --out: name the file to write, such as --out case.html")
	case c.follow:
		return errors.New("reading --follow: a report needs a log that has ended: leave --follow out")
	}
	path, err := filepath.Abs(disk.InHome(c.out))
	if err != nil {
		return fmt.Errorf("writing %s: %w", c.out, err)
	}
	if _, err := c.asked(); err != nil {
		return err
	}
	w, loadErr := c.loadSealed(ctx, args)
	if w == nil || ctx.Err() != nil {
		return loadErr
	}
	found, err := c.write(ctx, w, path, write)
	return outcome(found, loadErr, err)
}

// asked returns the query of the flags, if there is one. Without -q the report is about the events that the user marked.
func (c *reportCommand) asked() (queries []string, err error) {
	e, err := c.expression("")
	if err != nil {
		return nil, err
	}
	if c.query == "" && !c.failed {
		c.commandQuery = "is:marked"
	}
	if text := e.String(); text != "" {
		queries = []string{text}
	}
	return queries, c.readSets(e)
}

// keptMarks returns the rows that the user marked in any run.
func (c *reportCommand) keptMarks(ctx context.Context, snap *model.Snapshot) (marks.Rows, error) {
	store := c.marks()
	if store == nil {
		return marks.Rows{}, nil
	}
	kept, err := store.Load()
	if err != nil {
		c.showAll([]string{"some marks cannot be read: " + err.Error()})
	}
	found, unread, err := marks.Find(ctx, snap, kept)
	if len(unread) > 0 {
		c.showAll([]string{amount.Of(int64(len(unread)), "event that may be marked", "events that may be marked") + " can no longer be read"})
	}
	return found, err
}

// noteOf returns what the user wrote about an event.
func noteOf(kept marks.Rows) func(model.Row) report.Note {
	return func(r model.Row) report.Note {
		if m := kept.Of(r); m != nil {
			return report.Note{Text: m.Note, Tags: m.Tags, Verdict: string(m.Verdict)}
		}
		return report.Note{}
	}
}

// unsealedAnswer says why a server's answer is not sealed; about other sources it says nothing.
func unsealedAnswer(s *model.SourceState) string {
	if isAnswer(s.Name.Raw()) {
		return answersOnly
	}
	return ""
}

// loadSealed is load with a witness of what was read. The witness is nil if the sources are wrong.
func (s *settings) loadSealed(ctx context.Context, args []string) (*seal.Witness, error) {
	s.canAsk = true
	sources, err := s.sources(args)
	if err != nil {
		return nil, err
	}
	w := seal.NewKeepingWitness(seal.Every)
	if !s.past.cut.IsZero() {
		w.Log.SetBackground(s.background())
	}
	s.tellBooks(w.Log)
	err = s.watch(ctx, w, sources)
	snap := w.Log.Snapshot()
	if _, latest, ok := snap.TimeBounds(); ok {
		s.logEnd = time.Unix(0, latest)
	}
	return w, err
}

// write writes the report into a new file. It returns the number of events in it.
func (c *reportCommand) write(ctx context.Context, w *seal.Witness, path string, write reportFormat) (found int, err error) {
	snap := w.Log.Snapshot()
	kept, err := c.keptMarks(ctx, &snap)
	if err != nil {
		return 0, err
	}
	queries, err := c.asked()
	if err != nil {
		return 0, err
	}
	matcher, err := c.matcher(c.commandQuery)
	if err != nil {
		return 0, err
	}
	sel, err := model.Select(ctx, snap, matcher, nil)
	if err != nil {
		return 0, err
	}
	zone, err := c.location()
	if err != nil {
		return 0, err
	}
	content, err := report.New(sel, w.Manifest(version(), time.Now()), report.Options{Version: version(), Program: c.programElsewhere(), Made: time.Now(),
		Zone: zone, Redact: !c.bare, Queries: queries, Note: noteOf(kept), Unsealed: unsealedAnswer})
	if err != nil {
		return 0, err
	}
	if sel.Len() == 0 && c.commandQuery != "" {
		return 0, errors.New("no event of these sources is marked: mark some in the interface (m or M), or choose them with -q")
	}
	if err := disk.Create(path, func(to io.Writer) error { return write(content, ctx, to) }); err != nil {
		return 0, fmt.Errorf("writing %s: %w; --out names another file", c.out, disk.Plain{Err: err})
	}
	fmt.Fprintf(c.std.err, "pawprint: %s: %v\n", termsafe.Clean(c.out, termsafe.Options{}), termsafe.Count(int64(sel.Len()), "event", "events"))
	if !c.bare {
		showMasked(c.std.err, content.Masked(), "the report")
	}
	return sel.Len(), errors.Join(c.searchTrouble(), c.showGrounds(ctx, sel))
}
