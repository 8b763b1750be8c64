package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

// soakCommand runs the interface for a long time on a growing log, and checks that nothing grows but the data.
type soakCommand struct {
	program string
	rate    int
	lasting time.Duration
}

func newSoak() *cobra.Command {
	s := &soakCommand{}
	c := &cobra.Command{
		Use:   "soak",
		Short: "Press keys for long while a log grows: memory may grow only with the data",
		Long: `Follows a new log in the interface on a pseudo terminal, appends events to it at a steady rate, and presses keys all the time:
moves, filters, panes, modals, sizes. Meanwhile it takes the heap that is alive after each collection of garbage, the memory of
the process, goroutines, threads and open files. Then the same log is followed by a fresh program, to see what an event takes at rest.

It fails (exit code 1) unless every event is counted exactly once, every key is answered, an event takes no more memory than at
rest (and a quarter for what is in the works), and the rest stays as it is. The program is not changed for it: the Go
runtime tells these figures by itself, on standard error.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c.Context(), c.OutOrStdout()) },
	}
	c.Flags().StringVar(&s.program, "program", "pawprint", "the pawprint to try")
	c.Flags().IntVar(&s.rate, "rate", 2000, "events appended each second")
	c.Flags().DurationVar(&s.lasting, "for", 10*time.Minute, "for how long")
	return c
}

// failed is the error of a soak that ran to its end and found problems.
type failed struct{ problems []error }

func (f failed) Error() string { return "FAIL: " + errors.Join(f.problems...).Error() }

func (s *soakCommand) run(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "pawbench")
	if err != nil {
		return fmt.Errorf("making a folder for the log that grows: %w", err)
	}
	defer os.RemoveAll(dir)
	live := filepath.Join(dir, "live.jsonl")
	if err := os.WriteFile(live, nil, 0o600); err != nil {
		return fmt.Errorf("making the log that grows: %w", err)
	}
	o, err := s.grow(ctx, dir, live)
	if err != nil {
		return err
	}
	if o.atRest, err = s.restingHeap(ctx, dir, live, o.wrote.events); err != nil {
		return err
	}
	o.report(out)
	if problems := o.problems(); problems != nil {
		return failed{problems}
	}
	_, err = fmt.Fprintln(out, "PASS")
	return err
}

// open starts the program on a followed log, with dir as its home.
func (s *soakCommand) open(dir, live string) (*terminal, *trace, error) {
	tr := &trace{}
	env := []string{"GOTRACEBACK=all", "GODEBUG=gctrace=1,scheddetail=1,schedtrace=" + fmt.Sprint(s.tick().Milliseconds()), "HOME=" + dir,
		"XDG_STATE_HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_CACHE_HOME=" + dir, "XDG_DATA_HOME=" + dir}
	t, err := openTerminal(s.program, []string{"-f", live}, wideCols, wideRows, watched(tr, dir, env))
	return t, tr, err
}

// tick is the time between two samples of the process: long enough not to slow it.
func (s *soakCommand) tick() time.Duration {
	return min(max(s.lasting/100, 200*time.Millisecond), 5*time.Second)
}

// grow runs the soak itself: it follows a growing log, presses keys, and takes samples.
func (s *soakCommand) grow(ctx context.Context, dir, live string) (o outcome, err error) {
	t, tr, err := s.open(dir, live)
	if err != nil {
		return o, err
	}
	defer t.close()
	w, err := newWriter(live, s.rate)
	if err != nil {
		return o, err
	}
	tr.count(w.sofar.Load)
	probing, stop := context.WithCancel(ctx)
	probed := make(chan []sample, 1)
	go func() { probed <- watch(probing, t.Cmd.Process.Pid, s.tick(), w.sofar.Load) }()
	p := &player{t: t}
	if err = t.wait(ctx, counted(1)); err == nil {
		err = p.play(ctx, time.Now().Add(s.lasting))
	}
	wrote, writeErr := w.stop()
	o.wrote, o.answers = wrote, p.answers
	if err = errors.Join(err, writeErr); err == nil {
		o.lag, err = p.catchUp(ctx, wrote.events)
	}
	if err == nil {
		o.settled, err = p.settle(ctx, tr)
	}
	stop()
	o.samples = <-probed
	if err != nil {
		t.close()
		err = fmt.Errorf("%w\nthe program ended with %v and said:\n%s", err, t.Cmd.ProcessState, tr.words())
	}
	o.heaps, o.goroutines = tr.all()
	return o, err
}

// restingHeap returns the bytes that are alive on the heap of a new process that has read the whole log.
func (s *soakCommand) restingHeap(ctx context.Context, dir, live string, events int) (int64, error) {
	t, tr, err := s.open(dir, live)
	if err != nil {
		return 0, err
	}
	defer t.close()
	tr.count(func() int64 { return int64(events) })
	p := &player{t: t}
	if _, err := p.catchUp(ctx, events); err != nil {
		return 0, err
	}
	return p.settle(ctx, tr)
}
