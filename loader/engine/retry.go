package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/netip"
	"strconv"
	"strings"
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

// Retry asks until there is an answer, or an error that no retry can help against. It waits as long as the engine asks for, and says why
// before each pause. after is time.After.
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

// Lingering returns a context that ends a while after ctx does. A request that starts a query is sent with it: if it were given up when ctx
// ends, the query might run with nobody who knows its name. Call done in the end.
func Lingering(ctx context.Context, while time.Duration) (_ context.Context, done func()) {
	lasting, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(while, end)
		context.AfterFunc(lasting, func() { timer.Stop() })
	})
	return lasting, func() { stop(); end() }
}

// RetryAfter reads how long a server asks to wait, from the header of that name: seconds, or a date. It returns 0 if the text is neither.
func RetryAfter(header string) time.Duration {
	const date = "Mon, 02 Jan 2006 15:04:05 GMT"
	if s, err := strconv.Atoi(header); err == nil && s > 0 && s < 1<<20 {
		return time.Duration(s) * time.Second
	}
	if t, err := time.Parse(date, header); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}

// Loopback reports whether a host, with or without a port, is this machine, so that what is sent there needs no TLS.
func Loopback(host string) bool {
	if at, err := netip.ParseAddrPort(host); err == nil {
		return at.Addr().Unmap().IsLoopback()
	}
	if ip, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return ip.Unmap().IsLoopback()
	}
	name, _, _ := strings.Cut(host, ":")
	return name == "localhost"
}
