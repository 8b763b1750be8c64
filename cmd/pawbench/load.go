package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
)

// loadCommand times how long pawprint and other tools take to count the failed events of a file.
type loadCommand struct {
	program string
	rounds  int
}

func newLoad() *cobra.Command {
	l := &loadCommand{}
	c := &cobra.Command{
		Use:   "load FILE",
		Short: "Time loading a file of JSON lines and counting its failures",
		Args:  cobra.ExactArgs(1),
		RunE:  func(c *cobra.Command, args []string) error { return l.run(c.Context(), c.OutOrStdout(), args[0]) },
	}
	c.Flags().StringVar(&l.program, "program", "pawprint", "the pawprint to measure")
	c.Flags().IntVar(&l.rounds, "rounds", 5, "how often each is run; the contenders take turns")
	return c
}

// contender is a program or function that is timed on a file.
type contender struct {
	name string
	run  func(ctx context.Context) (usage, error)
	best usage // zero before it has run
}

// again times the contender once more.
func (c *contender) again(ctx context.Context) error {
	u, err := c.run(ctx)
	if err == nil && (c.best.wall == 0 || u.wall < c.best.wall) {
		c.best = u
	}
	return err
}

// usage is what a run cost.
type usage struct {
	wall, cpu time.Duration
	rss       int64 // greatest resident set, in bytes; 0 if it was not a process of its own
}

func (l *loadCommand) run(ctx context.Context, out io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("reading the size of the log: %w", err)
	}
	all := l.contenders(path)
	for range l.rounds {
		for _, c := range all {
			if err := c.again(ctx); err != nil {
				return fmt.Errorf("running %s: %w", c.name, err)
			}
		}
	}
	return l.report(out, all, info.Size())
}

func (l *loadCommand) report(out io.Writer, all []*contender, size int64) error {
	floor := all[0].best.wall.Seconds()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "best of %d\twall ms\tMB/s\tto the floor\tCPU ms\tRSS MB\n", l.rounds)
	for _, c := range all {
		wall := c.best.wall.Seconds()
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%.2f\t%.0f\t%.0f\n", c.name, 1e3*wall, float64(size)/wall/1e6, wall/floor,
			1e3*c.best.cpu.Seconds(), float64(c.best.rss)/1e6)
	}
	return w.Flush()
}

// contenders returns the floor first, then pawprint, then the other tools that are installed.
func (l *loadCommand) contenders(path string) []*contender {
	all := []*contender{
		{name: "floor: read and find newlines", run: func(context.Context) (usage, error) { return readNewlines(path) }},
		{name: "pawprint query -c is:failed", run: process(l.program, "query", "-c", "is:failed", path)},
	}
	for _, tool := range [][]string{
		{"wc", "-l", path},
		{"rg", "-c", `"actionResult":"(PARTIALLY_)?FAILED"`, path},
		{"grep", "-cE", `"actionResult":"(PARTIALLY_)?FAILED"`, path},
		{"jq", "-n", `reduce (inputs | select(.actionResult | endswith("FAILED"))) as $e (0; . + 1)`, path},
		{"duckdb", "-c", "select count(*) from read_json_auto('" + path + "') where actionResult like '%FAILED'"},
	} {
		if _, err := exec.LookPath(tool[0]); err == nil {
			all = append(all, &contender{name: tool[0], run: process(tool[0], tool[1:]...)})
		}
	}
	return all
}

// process returns a function that times a program from its start to its end. The output is dropped.
func process(name string, args ...string) func(context.Context) (usage, error) {
	return func(ctx context.Context) (usage, error) {
		cmd := exec.CommandContext(ctx, name, args...)
		var said bytes.Buffer
		cmd.Stderr = &said
		began := time.Now()
		if err := cmd.Run(); err != nil {
			return usage{}, fmt.Errorf("%w: %s", err, said.Bytes())
		}
		return usage{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), rss: resident(cmd.ProcessState)}, nil
	}
}

// readNewlines measures the floor of loading, the least that any loader must do: two goroutines read the file in aligned blocks and
// count its newlines.
func readNewlines(path string) (usage, error) {
	const block = 512 << 10
	f, err := os.Open(path)
	if err != nil {
		return usage{}, err
	}
	defer f.Close()
	began := time.Now()
	var next, lines atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			buf := make([]byte, block)
			for {
				n, err := f.ReadAt(buf, (next.Add(1)-1)*block)
				lines.Add(int64(bytes.Count(buf[:n], []byte{'\n'})))
				if err != nil {
					return
				}
			}
		}()
	}
	wg.Wait()
	if lines.Load() == 0 {
		return usage{}, fmt.Errorf("reading %s: there are no lines", path)
	}
	return usage{wall: time.Since(began)}, nil
}
