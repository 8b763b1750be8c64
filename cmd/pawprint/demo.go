package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/disk"
	"pawprint/loader/demo"
)

// liveEvery is the time between events of the live demonstration.
const liveEvery = 700 * time.Millisecond

// demoCommand opens the invented log in the interface, or writes it to a file.
type demoCommand struct {
	*settings
	live   bool
	write  string
	events int
	seed   uint64
}

func newDemo(s *settings) *cobra.Command {
	d := &demoCommand{settings: s}
	c := &cobra.Command{
		Use:   "demo [flags]",
		Short: "Open the interface on invented events",
		Long: `Open the interface on an invented log: two weeks of work with an incident. --tour shows how to find it, in ten steps. With --live, new
events keep coming, and after a minute somebody breaks in. --events sets the size of the log. --write only writes the log to a
new file, or to standard output if that is -.`,
		Example: `pawprint demo
pawprint demo --tour
pawprint demo --live
pawprint demo --write big.jsonl --events 1000000`,
		Args: takes(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return d.run(c.Context()) },
	}
	c.Flags().BoolVar(&d.live, "live", false, "keep inventing events, with a break-in after a minute")
	c.Flags().BoolVar(&d.tour, "tour", false, "show in ten steps how to find out what happened; any other key leaves")
	c.Flags().StringVar(&d.write, "write", "", "write the log to this new file, or to standard output if it is -, and do not open the interface")
	c.Flags().IntVar(&d.events, "events", 0, "number of events; 0 for the two weeks with the incident")
	c.Flags().Uint64Var(&d.seed, "seed", 1, "seed of the invented log: the same seed makes the same log")
	return c
}

func (d *demoCommand) run(ctx context.Context) error {
	if err := notNegative("events", d.events); err != nil {
		return err
	}
	if d.tour && (d.events > 0 || d.write != "") {
		return errors.New("reading --tour: the tour shows the log of two weeks in the interface: leave --events and --write out")
	}
	switch d.write {
	case "":
	case "-":
		return d.print(ctx)
	default:
		return d.writeFile(ctx)
	}
	source := &demo.Source{Options: d.options(), Story: d.events == 0, Now: time.Now}
	if d.live {
		source.Live = liveEvery
	}
	return d.show(ctx, nil, source)
}

func (d *demoCommand) options() demo.Options { return demo.Options{Seed: d.seed, Events: d.events} }

// writeFile writes the log to a new file, whole or not at all.
func (d *demoCommand) writeFile(ctx context.Context) error {
	err := disk.Create(d.write, func(w io.Writer) error { return d.writeTo(ctx, w) })
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("writing %s: %w; --write names another file", d.write, disk.Plain{Err: err})
	}
	return err
}

// print writes the log to standard output. Its texts attack terminals, as those of real logs may.
func (d *demoCommand) print(ctx context.Context) error {
	if d.std.out.terminal {
		return errors.New("writing the log: standard output is a terminal: name a file, or add > FILE")
	}
	return d.writeTo(ctx, d.std.out)
}

func (d *demoCommand) writeTo(ctx context.Context, w io.Writer) error {
	if d.events == 0 {
		_, err := w.Write(demo.Story())
		return err
	}
	out := bufio.NewWriterSize(w, 1<<20)
	g := demo.New(d.options())
	var line []byte
	for more := true; more && ctx.Err() == nil; {
		line, more = g.Append(line[:0])
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), out.Flush())
}
