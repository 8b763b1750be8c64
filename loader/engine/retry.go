package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"pawprint/model/amount"
)

const (
	mostTries    = 5 // of one question
	firstPause   = 500 * time.Millisecond
	longestPause = time.Minute // whatever the engine asks for
)

// try is Retry within a load, which shows its pauses.
func (l *load) try(ctx context.Context, ask func() error) error {
	return Retry(ctx, l.source.o.After, func(what string) {
		l.progress.retries++
		l.progress.tell(what)
	}, ask)
}

// Retry asks until there is an answer, or an error that asking again does not help against. It waits as long as the engine wishes, and
// tells before each pause why. after is time.After.
func Retry(ctx context.Context, after func(time.Duration) <-chan time.Time, tell func(what string), ask func() error) error {
	pause := firstPause
	for k := 1; ; k++ {
		err := ask()
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
		var e *Error
		if err == nil || !errors.As(err, &e) || !e.Again() || k >= mostTries {
			return err
		}
		wait := pause/2 + rand.N(pause/2+1)
		if pause *= 2; e.After > wait {
			wait = e.After
		}
		wait = min(wait, longestPause)
		tell(e.What + "; asking again in " + amount.Length(wait))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-after(wait):
		}
	}
}

// Sleep waits for a time, or returns the error of ctx when that ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
