package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

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
		Short: "List the ready views, and how many events each finds",
		Long: `List the ready views: questions that people ask of audit logs, with a short name each. With a SOURCE, or - for standard input, also
how many events each finds among those that match -q and the other filters.

A view is a term of the query language, view:NAME, alone or beside others, and -q @NAME is short for it.

The exit code is 0, or 2 if the query is wrong or a source could not be read.`,
		Example: `pawprint views audit.jsonl
pawprint query view:detections-deleted audit.jsonl
pawprint query -q @users 'actor:*@example.com' audit.jsonl`,
		RunE: func(c *cobra.Command, args []string) error { return v.run(c.Context(), args) },
	}
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
		return errors.New("reading --follow: views counts up to the end of its sources and cannot follow them")
	}
	if _, err := v.matcher(""); err != nil {
		return err
	}
	var log *model.Log
	var loadErr error
	if len(args) > 0 {
		if log, loadErr = v.load(ctx, args); log == nil {
			return loadErr
		}
	}
	// What was read before an interruption is still worth counting, so counting ignores that ctx was cancelled.
	g, err := v.grid(context.WithoutCancel(ctx), log)
	if err != nil {
		return errors.Join(loadErr, err)
	}
	out := bufio.NewWriter(v.std.out)
	return errors.Join(loadErr, format.WriteGrid(v.printing(out), g), out.Flush(), v.searchTrouble())
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
	return g, nil
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

// expandView returns the text of a query, where @NAME alone stands for the view of that name.
func expandView(text string) (string, error) {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
	if !ok || name == "" || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz-") != "" {
		return text, nil
	}
	view, err := query.FindView(name)
	if err != nil {
		return "", fmt.Errorf("reading --query: %w; for the text, write '\"@%s\"'", err, name)
	}
	return view.Term(), nil
}
