package main

import (
	"context"
	"time"
)

// frame is a screen, how long it is shown, and what was pressed to come to it.
type frame struct {
	screen  *screen
	hold    time.Duration
	caption caption
}

// play does the steps and returns the screens: one before the first key, and one after each key or text that is not quick. It waits
// after each key until the screen no longer changes, as a person would. Waits make no frames of their own; they belong to the key before
// them.
func (t *terminal) play(ctx context.Context, steps []step, holds holds) ([]frame, error) {
	var frames []frame
	now, quick := frame{hold: holds.key}, false
	for _, s := range steps {
		if s.press != "" {
			var err error
			if frames, err = t.shoot(ctx, frames, now, quick); err != nil {
				return nil, err
			}
			now, quick = frame{hold: holds.key, caption: now.caption.next(s)}, s.quick
			if s.text {
				now.hold = holds.text
			}
		}
		if err := t.do(ctx, s); err != nil {
			return nil, err
		}
	}
	now.hold = holds.last
	return t.shoot(ctx, frames, now, false)
}

// shoot appends a frame with the screen at rest. With quick it only waits for that: keys that follow too fast could be read as one.
func (t *terminal) shoot(ctx context.Context, frames []frame, now frame, quick bool) ([]frame, error) {
	var err error
	if now.screen, err = t.settle(ctx); err != nil {
		return nil, err
	}
	if quick {
		return frames, nil
	}
	return append(frames, now), nil
}

// do does one step.
func (t *terminal) do(ctx context.Context, s step) error {
	switch {
	case s.press != "":
		return t.press(s.press)
	case s.see != "":
		return t.see(ctx, s.see)
	case s.stable:
		_, err := t.settle(ctx)
		return err
	}
	pause := time.NewTimer(s.pause)
	defer pause.Stop()
	select {
	case <-pause.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// holds says how long the frames of an animation are shown.
type holds struct{ key, text, last time.Duration }

var usualHolds = holds{key: 1200 * time.Millisecond, text: 600 * time.Millisecond, last: 3 * time.Second}

// run starts a program, does the steps and ends the program. It returns the screens.
func run(ctx context.Context, l launch, keys string, h holds) (frames []frame, err error) {
	steps, err := parseKeys(keys)
	if err != nil {
		return nil, err
	}
	t, err := openTerminal(ctx, l)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	return t.play(ctx, steps, h)
}
