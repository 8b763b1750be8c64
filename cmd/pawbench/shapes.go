package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pawprint/loader/demo/shapes"
)

// shapesCommand times loading logs of every shape, beside the tools that are installed.
type shapesCommand struct {
	program string
	rounds  int
	mb      int
}

func newShapes() *cobra.Command {
	s := &shapesCommand{}
	c := &cobra.Command{
		Use:   "shapes",
		Short: "Time loading invented logs of several shapes, beside other tools that count their lines or failures",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return s.run(c.Context(), c.OutOrStdout()) },
	}
	c.Flags().StringVar(&s.program, "program", "pawprint", "the pawprint to measure")
	c.Flags().IntVar(&s.rounds, "rounds", 5, "how often each is run; the contenders take turns")
	c.Flags().IntVar(&s.mb, "mb", 200, "size of each log in MB")
	return c
}

// peers are the programs that pawprint is compared with, in the order of the columns.
var peers = []string{"wc", "rg", "jq", "duckdb"}

func (s *shapesCommand) run(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "pawbench")
	if err != nil {
		return fmt.Errorf("making a folder for the logs: %w", err)
	}
	defer os.RemoveAll(dir)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "shape\tpawprint s\tMB/s\tto %s\n", strings.Join(peers, "\tto "))
	for _, shape := range shapes.All() {
		path := filepath.Join(dir, "log.jsonl")
		log := shape.Lines(1, s.mb*1e6)
		if err := os.WriteFile(path, log, 0o600); err != nil {
			return fmt.Errorf("writing a log of shape %s: %w", shape.Name, err)
		}
		if err := s.row(ctx, w, shape.Name, path, len(log)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	s.legend(out)
	return nil
}

// legend prints what the table shows, and which tools it lacks.
func (s *shapesCommand) legend(out io.Writer) {
	fmt.Fprintf(out, "logs of %d MB; the best of %d runs; under each tool the time of pawprint divided by its own: below 1 pawprint is faster\n", s.mb, s.rounds)
	for _, shape := range shapes.All() {
		fmt.Fprintf(out, "%s: %s\n", shape.Name, shape.About)
	}
	for _, name := range peers {
		if _, err := exec.LookPath(name); err != nil {
			fmt.Fprintf(out, "not measured: %s, which is not installed\n", name)
		}
	}
}

// row times every program on one log and prints a row of the table.
func (s *shapesCommand) row(ctx context.Context, w io.Writer, shape, path string, size int) error {
	all := (&loadCommand{program: s.program}).contenders(path)[1:] // without the floor, which is not a program
	best := map[string]time.Duration{}
	for range s.rounds {
		for _, c := range all {
			if err := c.again(ctx); err != nil && (c == all[0] || ctx.Err() != nil) {
				return fmt.Errorf("running %s on a log of shape %s: %w", c.name, shape, err)
			}
			best[c.name] = c.best.wall
		}
	}
	ours := all[0].best
	fmt.Fprintf(w, "%s\t%.2f\t%.0f", shape, ours.wall.Seconds(), float64(size)/1e6/ours.wall.Seconds()) // its memory would be that of this process, which made the log
	for _, name := range peers {
		switch wall, ran := best[name]; {
		case !ran:
			fmt.Fprint(w, "\t-")
		case wall == 0:
			fmt.Fprint(w, "\tfails") // many tools end at a line that is not JSON
		default:
			fmt.Fprintf(w, "\t%.2f", ours.wall.Seconds()/wall.Seconds())
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}
