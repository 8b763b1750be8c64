package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/problems"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// checkCommand reports the problems of sources.
type checkCommand struct {
	*settings
	output   string
	silences string
}

func newCheck(s *settings) *cobra.Command {
	check := &checkCommand{settings: s}
	c := &cobra.Command{
		Use:   "check [flags] [SOURCE …]",
		Short: "Validate logs and list every problem",
		Long: `Check every line against the schema and list the problems as source:line:offset: severity: field: message.
The last line holds the totals: every line is an event, a reject or blank.

With --silences it also lists the times in which no source has any event, and the events that are earlier than the event above them in
their source. A silence is longer than an hour and than 20 times the median time between events, or longer than --silences=LENGTH. Neither
changes the exit code; is:silence finds the first event after each silence.

The exit code is 0 if there are no problems, 1 if there are some, 2 if a source could not be read.`,
		Example: `pawprint check audit.jsonl
pawprint check -o json audit.jsonl | jq '.summary // empty'
pawprint check --silences=90m audit.jsonl`,
		RunE: func(c *cobra.Command, args []string) error { return check.run(c.Context(), args) },
	}
	c.Flags().StringVarP(&check.output, "output", "o", "text", "text or json")
	c.Flags().StringVar(&check.silences, "silences", "", "also list silences and steps back in time; a length such as 90m sets how long a silence is")
	c.Flags().Lookup("silences").NoOptDefVal = derivedSilences
	check.addWide(c.Flags())
	return c
}

// derivedSilences is the value of --silences without a length.
const derivedSilences = "long"

// leastSilence returns the length of --silences, 0 for the one that follows from the log. A length after a space is not the value of the flag but a
// source: unless a file has that name, the error says how to write the flag.
func (c *checkCommand) leastSilence(args []string) (time.Duration, error) {
	if c.silences == derivedSilences && len(args) > 0 {
		_, meant := clock.ParseLength(args[0])
		if _, err := os.Lstat(args[0]); meant && errors.Is(err, fs.ErrNotExist) {
			return 0, fmt.Errorf("reading --silences: write --silences=%s; after a space %s is a source, and there is no such file", args[0], args[0])
		}
	}
	if c.silences == "" || c.silences == derivedSilences {
		return 0, nil
	}
	length, ok := clock.ParseLength(c.silences)
	if !ok || length.Months != 0 || length.Rest < time.Minute {
		return 0, fmt.Errorf("reading --silences: %q is not a length of time of a minute or more, such as 90m, 12h or 2d", c.silences)
	}
	return length.Rest, nil
}

// writeTimes reports silences and steps back in time, if they were asked for.
func (c *checkCommand) writeTimes(ctx context.Context, snap *model.Snapshot, report problems.Reporter, times problems.Times) error {
	if c.silences == "" {
		return nil
	}
	silences, steps, err := times.WriteTimes(ctx, snap, report)
	if err != nil {
		return err
	}
	found, err := snap.Silences(ctx)
	if err != nil {
		return err
	}
	c.showAll([]string{fmt.Sprintf("%s, %s", amount.Of(int64(silences), "silence", "silences"), amount.Of(int64(steps), "step back in time", "steps back in time"))})
	if times.Least == 0 {
		c.showAll([]string{query.SilenceText(found)})
	}
	return nil
}

// reporter returns what writes the report to out, in the format of --output.
func (c *checkCommand) reporter(out io.Writer) (problems.Reporter, error) {
	switch c.output {
	case "text":
		return problems.Text(out, problems.Look{Cells: c.tableWidth(), Color: c.tones()}), nil
	case "json":
		return problems.JSON(out), nil
	}
	return nil, fmt.Errorf("reading --output: %q is not a format: choose from text and json", c.output)
}

func (c *checkCommand) run(ctx context.Context, args []string) error {
	out := bufio.NewWriterSize(c.std.out, 64<<10)
	report, err := c.reporter(out)
	if err != nil {
		return err
	}
	times := problems.Times{}
	if times.Least, err = c.leastSilence(args); err != nil {
		return err
	}
	if times.Zone, err = c.location(); err != nil {
		return err
	}
	c.elsewhere.whole = true
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
	err = errors.Join(problems.Write(&snap, report), c.writeTimes(context.WithoutCancel(ctx), &snap, report, times), problems.WriteSummary(&snap, report))
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
