package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// screenCommand measures how soon a key shows, on a real terminal, while the log may grow.
type screenCommand struct {
	program    string
	keys       int
	rate       int
	cols, rows int
}

func newScreen() *cobra.Command {
	s := &screenCommand{}
	c := &cobra.Command{
		Use:   "screen FILE",
		Short: "Time keys to frames in the interface, also while the log grows",
		Long: `Opens FILE in the interface on a pseudo terminal, moves the cursor up and down, and takes the time from each key until the
place of the cursor changes on the screen. With --rate a copy of FILE is followed while that many events a second are appended.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return s.run(c.Context(), c.OutOrStdout(), args[0]) },
	}
	c.Flags().StringVar(&s.program, "program", "pawprint", "the pawprint to measure")
	c.Flags().IntVar(&s.keys, "keys", 300, "how many keys are pressed")
	c.Flags().IntVar(&s.rate, "rate", 0, "events appended each second meanwhile")
	c.Flags().IntVar(&s.cols, "cols", 120, "columns of the terminal")
	c.Flags().IntVar(&s.rows, "rows", 40, "rows of the terminal")
	return c
}

func (s *screenCommand) run(ctx context.Context, out io.Writer, path string) error {
	args := []string{path}
	if s.rate > 0 {
		copied, remove, err := copyOf(path)
		if err != nil {
			return err
		}
		defer remove()
		w, err := newWriter(copied, s.rate)
		if err != nil {
			return err
		}
		defer w.stop()
		args = []string{"-f", copied}
	}
	began := time.Now()
	t, err := openTerminal(s.program, args, s.cols, s.rows)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.wait(ctx, func(screen string) bool { _, ok := place(screen); return ok }); err != nil {
		return fmt.Errorf("waiting for the first events: %w", err)
	}
	first := time.Since(began)
	if err := s.loaded(ctx, t); err != nil {
		return err
	}
	loaded := time.Since(began)
	times, bytes, err := s.press(ctx, t)
	if err != nil {
		return err
	}
	slices.Sort(times)
	at := func(q float64) time.Duration {
		return times[min(len(times)-1, int(q*float64(len(times))))].Round(10 * time.Microsecond)
	}
	fmt.Fprintf(out, "first events %v, all read %v\n", first.Round(time.Millisecond), loaded.Round(time.Millisecond))
	fmt.Fprintf(out, "key to frame, %d keys: p50 %v, p90 %v, p99 %v, most %v; %d bytes a key\n", len(times), at(0.5), at(0.9), at(0.99),
		times[len(times)-1].Round(10*time.Microsecond), bytes/int64(len(times)))
	return nil
}

// loaded goes to the first event, which needs the whole log, and waits until it is there.
func (s *screenCommand) loaded(ctx context.Context, t *terminal) error {
	t.press("g")
	err := t.wait(ctx, func(screen string) bool {
		k, ok := place(screen)
		return ok && k == 1 && !strings.Contains(screen, "loading")
	})
	if err != nil {
		return fmt.Errorf("waiting for the whole log: %w", err)
	}
	return nil
}

// press moves down and up and times each key. A key that changes nothing would be an error of the measure.
func (s *screenCommand) press(ctx context.Context, t *terminal) (times []time.Duration, bytes int64, err error) {
	before := t.written()
	at := 1
	for i := range s.keys {
		key, want := "j", at+1
		if i%40 >= 30 {
			key, want = "k", at-1
		}
		began := time.Now()
		t.press(key)
		if err := t.wait(ctx, func(screen string) bool { k, ok := place(screen); return ok && k == want }); err != nil {
			return nil, 0, fmt.Errorf("waiting for event %d after key %d: %w", want, i+1, err)
		}
		times = append(times, time.Since(began))
		at = want
		time.Sleep(time.Duration(i%17) * time.Millisecond) // people are not in step with the frames
	}
	return times, t.written() - before, nil
}

// place reads the place of the cursor from the last line of the screen, such as 12/3,456.
func place(screen string) (k int, ok bool) {
	lines := strings.Split(strings.TrimRight(screen, "\n "), "\n")
	words := strings.Fields(lines[len(lines)-1])
	if len(words) == 0 {
		return 0, false
	}
	first, _, ok := strings.Cut(words[len(words)-1], "/")
	if !ok {
		return 0, false
	}
	for _, c := range first {
		switch {
		case c >= '0' && c <= '9':
			k = 10*k + int(c-'0')
		case c != ',':
			return 0, false
		}
	}
	return k, k > 0
}

// copyOf copies a log into a temporary folder.
func copyOf(path string) (copied string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "pawbench")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	from, err := os.Open(path)
	if err != nil {
		remove()
		return "", nil, err
	}
	defer from.Close()
	copied = filepath.Join(dir, "live.jsonl")
	to, err := os.Create(copied)
	if err == nil {
		_, err = io.Copy(to, from)
		if closeErr := to.Close(); err == nil {
			err = closeErr
		}
	}
	if err != nil {
		remove()
		return "", nil, fmt.Errorf("copying the log: %w", err)
	}
	return copied, remove, nil
}
