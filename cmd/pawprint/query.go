package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model"
)

// queryCommand prints matching rows, or counts them.
type queryCommand struct {
	*settings
	output string
	fields []string
	order  string
	by     *rows.Field // of order, nil for the orders of time and of the lines
	around int
	limit  int
	count  bool
	raw    bool

	showsMarks bool // the fields show what the user said about the events

	viewFields []string // of the view of --view, used where --fields does not say others

	counts   rows.Counts      // of the rows that were printed
	selected *model.Selection // the rows that match; nil before they are known
}

func newQuery(s *settings) *cobra.Command {
	q := &queryCommand{settings: s}
	c := &cobra.Command{
		Use:   "query [flags] EXPR [SOURCE …]",
		Short: "Print matching events",
		Long: `Print the events that match EXPR, ordered by time. Events of the same time keep the order of the sources on the command line (within a
folder by path, in S3 by key) and of their lines. An empty EXPR, '', matches everything. An event without a time follows the event
above it in its source; terms about time neither find nor hide it, and standard error counts such events.

The formats of --output:
` + output.Rows.Help() + `

Lines that are not events are printed too if EXPR matches them; -is:reject leaves them out. A table shows the reason and the bytes. csv and md
have the reason in a last column, reject. json has an object with the member reject, beside the place and the text, or the fields. jsonl
prints the bytes, or with --fields such an object, which also stands for bytes that are missing or were not kept as a whole.

--fields takes the names of the query language, as in time,actor,ip,param.id,.any.key; pawprint fields lists them. The name first-seen stands for what
is new about an event: the address of its actor, or the action. Several values at one path become a JSON list, and null counts as absent. Without --fields, csv and md have ` + strings.Join(rows.DefaultFields, ",") + `.

csv holds values as they are, newlines and tabs too, with four changes: a ' before a value that a spreadsheet could take for a formula, marks such
as ␛ for other control characters, <FF> for bytes that are not UTF-8, and nothing for an absent value. On a terminal every row is a line.

On a terminal jsonl is the same JSON with escapes for what cannot be shown: \uXXXX in strings, \ufffd for a byte that is not UTF-8. Lines that
are not events show such characters as visible marks. --raw sends the bytes unchanged, and the terminal may obey them.

The exit code is 0 if something was found, 1 if nothing was, 2 if the query is wrong or a source could not be read.`,
		Example: `pawprint query 'is:failed ci-token' audit.jsonl
pawprint query -c is:failed audit.jsonl
pawprint query -o csv --fields time,actor,target,error is:failed audit.jsonl
pawprint query -f '' live.jsonl`,
		Args: needExpression,
		RunE: func(c *cobra.Command, args []string) error {
			if err := q.takeView(c.Flags().Changed("fields"), c.Flags().Changed("sort")); err != nil {
				return err
			}
			return q.run(c.Context(), args[0], args[1:])
		},
	}
	c.Flags().StringVarP(&q.output, "output", "o", "", output.Rows.Names("or")+" (default: table on a terminal, else jsonl)")
	c.Flags().StringSliceVar(&q.fields, "fields", nil, "print these fields, with commas between them")
	c.Flags().StringVar(&q.order, "sort", "time", "time, none (by source, then by line), or a field; -FIELD reverses")
	c.Flags().IntVarP(&q.limit, "limit", "n", 0, "print at most this many events; 0 means all")
	c.Flags().IntVarP(&q.around, "context", "C", 0, "also print this many events before and after each match, in order of time, whatever the filters")
	c.Flags().BoolVarP(&q.count, "count", "c", false, "print only how many events match")
	c.Flags().BoolVar(&q.raw, "raw", false, "with -o jsonl, print the bytes of the source unchanged even on a terminal, which may obey them")
	q.addWide(c.Flags())
	q.addAlert(c.Flags())
	return c
}

func (q *queryCommand) run(ctx context.Context, expr string, args []string) error {
	q.commandQuery = expr
	if err := q.checkExpression(expr, args); err != nil {
		return err
	}
	matcher, err := q.matcher(expr)
	if err != nil {
		return err
	}
	if err := q.checkRaw(); err != nil {
		return err
	}
	q.showNotes(expr)
	out := bufio.NewWriterSize(q.destination(), 64<<10)
	printer, err := q.printer(out)
	if err != nil {
		return err
	}
	if err := q.checkOrder(); err != nil {
		return err
	}
	if err := q.checkContext(); err != nil {
		return err
	}
	if err := notNegative("limit", q.limit); err != nil {
		return err
	}
	alert, err := q.alertExpression()
	if err != nil {
		return err
	}
	if alert != nil && q.count {
		return errors.New("reading --alert: --count prints one number at the end: leave one of them out")
	}
	if q.follow && !q.count {
		q.showHints(expr)
		return q.followMatches(ctx, matcher, alert, printer, out, args)
	}
	q.elsewhere.wanted, q.elsewhere.whole = q.count, q.count
	load := ctx
	if q.count {
		load = q.byColumns(ctx)
	}
	log, loadErr := q.load(load, args)
	if log == nil || q.elsewhere.missing() {
		return loadErr
	}
	if err := q.checkRead(expr, args, log); err != nil {
		return errors.Join(loadErr, err)
	}
	if matcher, err = q.matcher(expr); err != nil { // now with the end of the log
		return err
	}
	left, err := q.newUndecided(expr)
	if err != nil {
		return err
	}
	found, err := q.print(ctx, log, matcher, printer)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	snap := log.Snapshot()
	q.elsewhere.tell(q.std.err, snap)
	var doubtErr error
	if !q.elsewhere.used.Load() { // otherwise the rows that were read say nothing about the others
		doubtErr = errors.Join(q.showDoubts(ctx, &snap, found), q.showGrounds(ctx, q.selected))
	}
	q.showMasked()
	_, leftErr := left.look(snap)
	left.tell(q.std.err)
	return outcome(found, loadErr, err, leftErr, q.searchTrouble(), doubtErr)
}

// outcome returns the errors, or an exit with exitNothing if nothing was found, or nil.
func outcome(found int, errs ...error) error {
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if found == 0 {
		return exit(exitNothing)
	}
	return nil
}

// print prints the matching rows, or their number, and returns that number.
func (q *queryCommand) print(ctx context.Context, log *model.Log, matcher model.Matcher, p *rows.Printer) (found int, err error) {
	// The rows that were read before an interruption are still worth printing, so the selection ignores that ctx was cancelled.
	selection, err := model.Select(context.WithoutCancel(ctx), log.Snapshot(), matcher, nil)
	if err != nil {
		return 0, err
	}
	q.selected = selection
	if q.count {
		found := selection.Len() + q.elsewhere.count()
		_, err := fmt.Fprintln(q.std.out, q.elsewhere.words(selection.Len()))
		return found, err
	}
	at, err := q.ordered(ctx, selection)
	if err != nil {
		return 0, err
	}
	n := selection.Len()
	if q.limit > 0 {
		n = min(n, q.limit)
	}
	if q.around > 0 {
		return n, q.printAround(ctx, selection, at, n, p)
	}
	reader, err := q.rowReader(ctx, selection.Snapshot())
	if err != nil {
		return 0, err
	}
	for k := range n {
		if err := q.printRow(reader.Read(at(k)), p); err != nil {
			return k, errors.Join(err, p.End())
		}
	}
	return n, errors.Join(p.End(), q.counts.Trouble())
}

// printRow prints and counts a row.
func (q *queryCommand) printRow(r *rows.Row, p *rows.Printer) error {
	if err := p.Print(r); err != nil {
		return err
	}
	q.counts.Count(r)
	return nil
}
