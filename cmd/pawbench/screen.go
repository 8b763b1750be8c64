package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// screenCommand measures how soon a key shows on a pseudo terminal, with a log that stays as it is or grows.
type screenCommand struct {
	program    string
	keys       int
	rate       int
	lasting    time.Duration
	cols, rows int
}

func newScreen() *cobra.Command {
	s := &screenCommand{}
	c := &cobra.Command{
		Use:   "screen FILE",
		Short: "Time keys to frames in the interface, also while a log grows",
		Long: `Opens FILE in the interface on a pseudo terminal, moves the cursor up and down, and takes the time from each key until the
place of the cursor changes on the screen, and the bytes that the screen took. With --rate FILE and a new log beside it are
followed while that many events a second are appended to the new one; in the end all of them must be counted on the screen.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return s.run(c.Context(), c.OutOrStdout(), args[0]) },
	}
	c.Flags().StringVar(&s.program, "program", "pawprint", "the pawprint to measure")
	c.Flags().IntVar(&s.keys, "keys", 300, "how many keys are pressed up and down, and how many to scroll")
	c.Flags().IntVar(&s.rate, "rate", 0, "events appended each second meanwhile")
	c.Flags().DurationVar(&s.lasting, "for", 0, "press keys for so long, a few a second as people do, instead of --keys")
	c.Flags().IntVar(&s.cols, "cols", 120, "columns of the terminal")
	c.Flags().IntVar(&s.rows, "rows", 40, "rows of the terminal")
	return c
}

func (s *screenCommand) run(ctx context.Context, out io.Writer, path string) error {
	args := []string{path}
	var live string
	if s.rate > 0 {
		dir, err := os.MkdirTemp("", "pawbench")
		if err != nil {
			return fmt.Errorf("making a folder for the log that grows: %w", err)
		}
		defer os.RemoveAll(dir)
		live = filepath.Join(dir, "live.jsonl")
		if err := os.WriteFile(live, nil, 0o600); err != nil {
			return fmt.Errorf("making the log that grows: %w", err)
		}
		args = []string{"-f", path, live}
	}
	began := time.Now()
	t, err := openTerminal(s.program, args, s.cols, s.rows)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.wait(ctx, func(screen string) bool { _, _, ok := place(screen); return ok }); err != nil {
		return fmt.Errorf("waiting for the first events: %w", err)
	}
	first := time.Since(began)
	loadedEvents, err := s.loaded(ctx, t)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "first events %v, all %d read %v\n", first.Round(time.Millisecond), loadedEvents, (time.Since(began) - restTime).Round(time.Millisecond))
	if s.rate == 0 {
		err = s.measure(ctx, out, t)
	} else {
		err = s.growing(ctx, out, t, live, loadedEvents)
	}
	if err != nil {
		return err
	}
	cpu, rss := t.close()
	fmt.Fprintf(out, "the program took %v of CPU and %d MB in all\n", cpu.Round(10*time.Millisecond), rss/1e6)
	return nil
}

// restTime is how long a number must stay the same to count as final.
const restTime = time.Second

// loaded waits until the whole log is loaded and returns the number of events. It goes to the first event, which needs the whole log,
// and waits until the number stays the same for restTime, because rows are shown a little after they were read.
func (s *screenCommand) loaded(ctx context.Context, t *terminal) (events int, err error) {
	t.press("g")
	began := time.Now()
	err = t.wait(ctx, func(screen string) bool {
		k, n, ok := place(screen)
		if n != events {
			events, began = n, time.Now()
		}
		return ok && k == 1 && !strings.Contains(screen, "loading")
	})
	for err == nil && time.Since(began) < restTime {
		time.Sleep(restTime / 20)
		if _, n, ok := place(t.Text()); ok && n != events {
			events, began = n, time.Now()
		}
	}
	if err != nil {
		return 0, fmt.Errorf("waiting for the whole log: %w", err)
	}
	return events, nil
}

// growing measures keys while events are appended, and then checks that all of them are shown.
func (s *screenCommand) growing(ctx context.Context, out io.Writer, t *terminal, live string, loadedEvents int) error {
	w, err := newWriter(live, s.rate)
	if err != nil {
		return err
	}
	quiet, before := 2*time.Second, t.Written()
	select {
	case <-time.After(quiet):
	case <-ctx.Done():
	}
	grown := t.Written() - before
	measured := s.measure(ctx, out, t)
	wrote, err := w.stop()
	if err := errors.Join(measured, err); err != nil {
		return err
	}
	stopped := time.Now()
	fmt.Fprintf(out, "appended %d events, %d MB, in %v: %.0f a second; without keys the screen took %d bytes a second\n", wrote.events, wrote.bytes/1e6,
		wrote.took.Round(10*time.Millisecond), float64(wrote.events)/wrote.took.Seconds(), int64(float64(grown)/quiet.Seconds()))
	shown := 0
	err = t.wait(ctx, func(screen string) bool { _, shown, _ = place(screen); return shown >= loadedEvents+wrote.events })
	if err != nil {
		return fmt.Errorf("waiting for all %d events, %d are shown: %w", loadedEvents+wrote.events, shown, err)
	}
	lag := time.Since(stopped)
	settle := time.NewTimer(restTime) // time for duplicates to show
	defer settle.Stop()
	<-settle.C
	if _, shown, _ = place(t.Text()); shown != loadedEvents+wrote.events {
		return fmt.Errorf("%d events are shown, want %d", shown, loadedEvents+wrote.events)
	}
	fmt.Fprintf(out, "all of them are counted %v after the last was written, none lost or doubled\n", lag.Round(time.Millisecond))
	return nil
}

// measure presses keys that move the cursor up and down, and then keys that each scroll by a line.
func (s *screenCommand) measure(ctx context.Context, out io.Writer, t *terminal) error {
	moves := pressing{t: t, at: 1, slow: s.lasting > 0}
	end := time.Now().Add(s.lasting)
	for i := 0; i < s.keys || s.lasting > 0; i++ {
		if s.lasting > 0 && time.Now().After(end) {
			break
		}
		key, by := "j", 1
		if i%40 >= 30 {
			key, by = "k", -1
		}
		if err := moves.press(ctx, key, by); err != nil {
			return err
		}
	}
	moves.report(out, "key to frame")
	if s.lasting > 0 {
		return nil
	}
	to := pressing{t: t, at: moves.at}
	for range s.rows { // moves the cursor to the end of the visible list
		if err := to.press(ctx, "j", 1); err != nil {
			return err
		}
	}
	scrolls := pressing{t: t, at: to.at}
	for range s.keys {
		if err := scrolls.press(ctx, "j", 1); err != nil {
			return err
		}
	}
	scrolls.report(out, "scrolling by a line")
	return nil
}

// pressing presses keys that move the cursor, and measures each.
type pressing struct {
	t     *terminal
	at    int  // position of the cursor in the list, from 1
	slow  bool // a few keys a second, as people press them
	times []time.Duration
	bytes int64
}

// press presses a key that moves the cursor by some rows, not 0, and waits until the screen shows the new position.
func (p *pressing) press(ctx context.Context, key string, by int) error {
	want, before := p.at+by, p.t.Written()
	began := time.Now()
	p.t.press(key)
	if err := p.t.wait(ctx, func(screen string) bool { k, _, ok := place(screen); return ok && k == want }); err != nil {
		return fmt.Errorf("waiting for event %d after key %d: %w", want, len(p.times)+1, err)
	}
	p.times = append(p.times, time.Since(began))
	p.at = want
	pause := time.Duration(len(p.times)%17) * time.Millisecond // so that keys do not keep time with the frames
	if p.slow {
		pause += 60 * time.Millisecond
	}
	time.Sleep(pause)
	p.bytes += p.t.Written() - before
	return nil
}

func (p *pressing) report(out io.Writer, what string) {
	slices.Sort(p.times)
	at := func(q float64) time.Duration {
		return p.times[min(len(p.times)-1, int(q*float64(len(p.times))))].Round(10 * time.Microsecond)
	}
	fmt.Fprintf(out, "%s, %d keys: p50 %v, p95 %v, p99 %v, most %v; %d bytes a key\n", what, len(p.times), at(0.5), at(0.95), at(0.99),
		at(1), p.bytes/int64(len(p.times)))
}

// place reads the position of the cursor and the number of events from the last line of the screen, such as 12/3,456.
func place(screen string) (k, events int, ok bool) {
	lines := strings.Split(strings.TrimRight(screen, "\n "), "\n")
	words := strings.Fields(lines[len(lines)-1])
	if len(words) == 0 {
		return 0, 0, false
	}
	first, second, ok := strings.Cut(words[len(words)-1], "/")
	if !ok {
		return 0, 0, false
	}
	k, err := strconv.Atoi(strings.ReplaceAll(first, ",", ""))
	events, otherErr := strconv.Atoi(strings.ReplaceAll(second, ",", ""))
	return k, events, err == nil && otherErr == nil && k > 0
}
