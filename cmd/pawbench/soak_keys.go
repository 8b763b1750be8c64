package main

import (
	"context"
	"fmt"
	"time"
)

// The sizes of the terminal during a soak, in cells.
const (
	wideCols, wideRows     = 120, 40
	narrowCols, narrowRows = 72, 20
)

// keyPause is the pause after each key of a routine. It is long enough that an escape key is not taken for the start of a sequence.
const keyPause = 60 * time.Millisecond

// homeTime is how long to wait for a key that leads back to the list.
const homeTime = 2 * time.Second

// answerTime is the time within which a key must be answered, even on a busy machine.
const answerTime = 30 * time.Second

const (
	esc        = "\x1b"
	ctrlD      = "\x04"
	ctrlF      = "\x06"
	ctrlR      = "\x12"
	ctrlU      = "\x15"
	pageUp     = "\x1b[5~"
	pageDown   = "\x1b[6~"
	shiftTab   = "\x1b[Z"
	altLeft    = "\x1b[1;3D"
	altRight   = "\x1b[1;3C"
	resizeStep = "" // the terminal becomes narrow, and with the next one wide
)

// routines are sequences of keys as people press them. After each routine the filter is cleared and all panes are closed.
var routines = [][]string{
	{"j", "j", "j", "k", ctrlD, ctrlU, pageDown, pageDown, pageUp, "{", "}", "(", ")", "e", "e", "E", "l", "l", "h"},
	{"\r", "j", "j", "l", "j", "k", "h", "J", "J", "K", "2", " ", "5", " ", esc},
	{"d", "\r", "j", esc, "d", "\r", "j", esc, "d", esc, esc},
	{"/", "d", "e", "l", "e", "t", "e", "\t", esc, esc, "f", "j", "j", "f", "w", "k", "w"},
	{"/", "is:failed", "\r", "j", "e", "k", "u", ctrlR, altLeft, altRight, "|", "|", "]", "x"},
	{"a", "j", "i", "j", "u", "u", "~", "u", "\\", "\\", "+", "-", "u", "u"},
	{"b", "j", "j", "j", "\r", "k", "\r", esc, "b"},
	{"v", "h", "h", "H", "l", "L", esc, "v"},
	{"\t", "j", "\t", "j", shiftTab, "z", "z", esc},
	{"?", "j", pageDown, esc, ":", "s", "o", "u", esc, "p", "j", "k", esc, "B", "j", esc, "V", "j", esc},
	{"y", "j", "k", esc, "o", "j", esc, "c", "j", " ", " ", "J", "K", "R", esc, "S", "S", "S"},
	{ctrlF, "arn", "\r", "n", "n", "N", ctrlF, ctrlU, "\r", "@", "24h", "\r", "m", "j", "m", "'", "'", "m", "'", "m"},
	{"t", "t", "T", "T", "R", "\r", "j", esc, "R", "L", "L", "P", "u", "D", esc, "u", "F", "F"},
	{resizeStep, "j", "\r", "j", esc, "b", "b", "?", esc, resizeStep, "k", "v", "v"},
}

// player plays routines on a terminal, and measures how long keys take to be answered.
type player struct {
	t       *terminal
	narrow  bool
	answers []time.Duration
}

// play plays routines until a time.
func (p *player) play(ctx context.Context, until time.Time) error {
	for i := 0; time.Now().Before(until); i++ {
		routine := routines[i%len(routines)]
		if err := p.routine(ctx, routine, until); err != nil {
			return fmt.Errorf("after the scene %q: %w", routine, err)
		}
	}
	return nil
}

// routine plays one routine, or as much of it as there is time for, and goes back to the whole list.
func (p *player) routine(ctx context.Context, steps []string, until time.Time) error {
	for _, keys := range steps {
		if time.Now().After(until) {
			break
		}
		if keys == resizeStep {
			p.resize()
		} else {
			p.t.press(keys)
		}
		if err := pause(ctx, keyPause); err != nil {
			return err
		}
	}
	if p.narrow {
		p.resize()
	}
	if err := p.goHome(ctx); err != nil {
		return err
	}
	for at, key := range []string{"j", "j", "k"} {
		if err := p.answer(ctx, key, []int{2, 3, 2}[at]); err != nil {
			return err
		}
	}
	p.t.press("G")
	return pause(ctx, keyPause)
}

// goHome closes all panes, clears the filter and goes to the first event. On a busy machine an escape may be read together with the
// next key, and then means another key, so several attempts may be needed.
func (p *player) goHome(ctx context.Context) error {
	for until := time.Now().Add(answerTime); time.Now().Before(until); {
		for _, keys := range []string{esc, esc, esc, "/", ctrlU, "\r"} {
			p.t.press(keys)
			if err := pause(ctx, keyPause); err != nil {
				return err
			}
		}
		home, err := p.reaches(ctx, "G", func(screen string) bool { k, _, ok := place(screen); return ok && k > 1 })
		if home && err == nil { // both keys move the cursor only in the list
			home, err = p.reaches(ctx, "g", standsAt(1))
		}
		if home || err != nil {
			return err
		}
	}
	p.t.abort()
	return fmt.Errorf("the first event could not be reached again; the screen is\n%s", p.t.Text())
}

// reaches presses a key and reports whether the screen satisfies ok within homeTime.
func (p *player) reaches(ctx context.Context, key string, ok func(screen string) bool) (bool, error) {
	attempt, cancel := context.WithTimeout(ctx, homeTime)
	defer cancel()
	p.t.press(key)
	err := p.t.wait(attempt, ok)
	if err != nil && attempt.Err() != nil {
		return false, ctx.Err()
	}
	return err == nil, err
}

// answer presses a key, waits until the cursor is at a place, and records the time.
func (p *player) answer(ctx context.Context, key string, place int) error {
	began := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, answerTime, fmt.Errorf("%q was not answered", key))
	defer cancel()
	p.t.press(key)
	if err := p.t.wait(ctx, standsAt(place)); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			p.t.abort()
			return fmt.Errorf("%w; the screen is\n%s", cause, p.t.Text())
		}
		return err
	}
	p.answers = append(p.answers, time.Since(began))
	return nil
}

// catchUp waits until all events are counted, and then a while longer to notice duplicates.
func (p *player) catchUp(ctx context.Context, events int) (lag time.Duration, err error) {
	began := time.Now()
	shown := 0
	err = p.t.wait(ctx, func(screen string) bool { _, shown, _ = place(screen); return shown >= events })
	if err != nil {
		return 0, fmt.Errorf("waiting for all %d events, %d are shown: %w", events, shown, err)
	}
	lag = time.Since(began)
	if err := pause(ctx, restTime); err != nil {
		return 0, err
	}
	if _, shown, _ = place(p.t.Text()); shown != events {
		return 0, fmt.Errorf("%d events are shown, want %d", shown, events)
	}
	return lag, nil
}

// settle presses keys until a garbage collection has started and ended, and returns the bytes that are alive then. The runtime
// collects at least every two minutes.
func (p *player) settle(ctx context.Context, tr *trace) (alive int64, err error) {
	began, deadline := time.Now(), time.Now().Add(maxWait)
	for time.Now().Before(deadline) {
		for _, key := range []string{"k", "j"} {
			p.t.press(key)
			if err := pause(ctx, keyPause); err != nil {
				return 0, err
			}
		}
		if heaps, _ := tr.all(); len(heaps) > 0 && heaps[len(heaps)-1].at.Sub(began) > time.Second {
			return heaps[len(heaps)-1].bytes, nil
		}
	}
	return 0, fmt.Errorf("the program collected no garbage in %v", maxWait)
}

func (p *player) resize() {
	p.narrow = !p.narrow
	if p.narrow {
		p.t.resize(narrowCols, narrowRows)
	} else {
		p.t.resize(wideCols, wideRows)
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// standsAt returns a condition: the cursor is at a place.
func standsAt(want int) func(screen string) bool {
	return func(screen string) bool { k, _, ok := place(screen); return ok && k == want }
}

// counted returns a condition: at least so many events are counted.
func counted(want int) func(screen string) bool {
	return func(screen string) bool { _, n, ok := place(screen); return ok && n >= want }
}
