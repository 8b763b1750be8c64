package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/problems"
	"pawprint/tui/termsafe"
)

// checkCommand reports the problems of sources.
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
The last line holds the totals: every line is an event, a reject or blank.

The exit code is 0 if there is no problem, 1 if there are some, 2 if a source could not be read.`,
		Example: `pawprint check audit.jsonl
pawprint check -o json audit.jsonl | jq .summary`,
		RunE: func(c *cobra.Command, args []string) error { return check.run(c.Context(), args) },
	}
	c.Flags().StringVarP(&check.output, "output", "o", "text", "text or json")
	check.addWide(c.Flags())
	return c
}

func (c *checkCommand) run(ctx context.Context, args []string) error {
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	var report problems.Reporter
	switch c.output {
	case "text":
		report = problems.Text(out, problems.Look{Cells: c.tableWidth(), Color: c.printsColors()})
	case "json":
		report = problems.JSON(out)
	default:
		return fmt.Errorf("reading --output: no format is called %q; there are text and json", c.output)
	}
	log, loadErr := c.load(ctx, args)
	if log == nil {
		return loadErr
	}
	mask := c.mask()
	if mask != nil {
		report = problems.Masked(report, mask)
	}
	snap := log.Snapshot()
	if c.inputs.dedupe {
		if _, err := snap.Copies(context.WithoutCancel(ctx)); err != nil {
			return err
		}
	}
	err := problems.Write(&snap, report)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if mask != nil {
		showMasked(c.std.err, mask.Masked, "the report")
	}
	if n := snap.EventsWithoutTime(); n > 0 {
		fmt.Fprintf(c.std.err, "pawprint: %v without a time: -has:time finds them, terms about time do not\n", termsafe.Count(int64(n), "event", "events"))
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
