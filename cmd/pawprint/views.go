package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/query"
)

// viewsCommand lists the ready views, with how many events each finds.
type viewsCommand struct {
	*settings
	output string
}

func newViews(s *settings) *cobra.Command {
	v := &viewsCommand{settings: s}
	c := &cobra.Command{
		Use:   "views [flags] [SOURCE …]",
		Short: "List the ready views and your own, and how many events each finds",
		Long: `List the views: ready ones for questions that people ask of audit logs, and your own, which you save with s in the interface. With a SOURCE,
or - for standard input, it also counts the events that each view finds among those that match -q and the other filters.

view:NAME uses a view in a query, alone or beside other terms; -q @NAME is short for it. Quote a name with spaces: view:"after hours". Your
views may use others. --view NAME also applies the columns, the order and the time zone of the view.

The exit code is 0, or 2 if the query is wrong or a source could not be read.`,
		Example: `pawprint views audit.jsonl
pawprint query view:detections-deleted audit.jsonl
pawprint query --view 'after hours' '' audit.jsonl
pawprint query -q @users 'actor:*@example.com' audit.jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return v.run(c.Context(), args) },
	}
	c.AddCommand(newViewsExport(s), newViewsImport(s))
	c.Flags().StringVarP(&v.output, "output", "o", "table", output.Grids.Names("or"))
	v.addWide(c.Flags())
	return c
}

func (v *viewsCommand) run(ctx context.Context, args []string) error {
	format, err := output.Grids.Find(v.output)
	if err != nil {
		return err
	}
	if v.follow {
		return errors.New("reading --follow: views counts up to the end of its sources and cannot follow them: leave out -f")
	}
	if _, err := v.matcher(""); err != nil {
		return err
	}
	var log *model.Log
	var loadErr error
	if len(args) > 0 {
		v.nameOffice() // one of the ready views asks for them
		if log, loadErr = v.load(ctx, args); log == nil {
			return loadErr
		}
	}
	// What was read before an interruption is still worth counting, so counting ignores that ctx was cancelled.
	g, err := v.grid(context.WithoutCancel(ctx), log)
	if g == nil {
		return errors.Join(loadErr, err)
	}
	out := bufio.NewWriter(v.std.out)
	return errors.Join(loadErr, err, format.WriteGrid(v.printing(out), g), out.Flush(), v.searchTrouble())
}

// grid returns the table of the views; without a log it has no counts.
func (v *viewsCommand) grid(ctx context.Context, log *model.Log) (*output.Grid, error) {
	g := &output.Grid{Columns: []string{"name", "title", "query"}, Traits: map[string]output.Column{"name": {Fit: output.FitWhole}}}
	if log != nil {
		g.Columns = []string{"name", "title", "count", "query"}
	}
	for _, view := range query.Views() {
		cells := []output.Cell{output.Word(view.Name), output.Word(view.Title), output.Word(view.Query)}
		if log != nil {
			n, err := v.count(ctx, log, &view)
			if err != nil {
				return nil, err
			}
			cells = []output.Cell{cells[0], cells[1], output.Count(n), cells[2]}
		}
		g.Add(cells...)
	}
	return g, v.addOwn(ctx, log, g)
}

// addOwn adds the user's own views. One that cannot be used has no count, and the error says why.
func (v *viewsCommand) addOwn(ctx context.Context, log *model.Log, g *output.Grid) error {
	_, library, err := v.own.load()
	errs := []error{err}
	for _, view := range library.Own() {
		if _, err := query.FindView(view.Name); err == nil {
			errs = append(errs, fmt.Errorf("your view %s is left out: a ready view has that name", view.Name))
			continue
		}
		cells := []output.Cell{output.Text(view.Name), output.Word("own view"), output.Text(view.Query)}
		if log != nil {
			count := output.Absent()
			if n, err := v.count(ctx, log, &view); err == nil {
				count = output.Count(n)
			} else {
				errs = append(errs, err)
			}
			cells = []output.Cell{cells[0], cells[1], count, cells[2]}
		}
		g.Add(cells...)
	}
	return errors.Join(errs...)
}

// count returns how many rows of the log a view finds within the filters of the flags.
func (v *viewsCommand) count(ctx context.Context, log *model.Log, view *query.View) (int, error) {
	m, err := v.matcher(view.Term())
	if err != nil {
		return 0, err
	}
	sel, err := model.Select(ctx, log.Snapshot(), m, nil)
	if err != nil {
		return 0, err
	}
	return sel.Len(), nil
}
