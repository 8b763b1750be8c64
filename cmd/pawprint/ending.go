package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"pawprint/cmd/internal/tty"
	"pawprint/model/fault"
	"pawprint/tui/termsafe"
)

// stopped is the cause of a context that a signal ended.
type stopped struct{ signal syscall.Signal }

func (s stopped) Error() string { return "stopped by " + s.signal.String() }

// graceTime is how long a run that was told to end may take: then the process ends anyway, whatever it waits for.
const graceTime = time.Second

// A run that was told to end has this long for an orderly end; what is left of graceTime goes to a terminal that takes no bytes.
const orderTime = graceTime / 2

// ending is how a run ends: by itself, by a signal, or by a fault of the program. Its methods may be called from any goroutine.
type ending struct {
	std    *streams
	cancel context.CancelCauseFunc // of the whole run

	mu     sync.Mutex
	fault  *fault.Error  // the first
	report string        // its path in the state folder, empty for none
	said   bool          // the user was told of it
	screen *tty.Terminal // that the interface has, nil if it has none
}

// watch cancels at the signals that end a program, and ends the process if that is not enough. It stops when the returned
// function is called.
func (e *ending) watch(ctx context.Context) func() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	done := make(chan struct{})
	fault.Go(func() {
		select {
		case s := <-signals:
			number, _ := s.(syscall.Signal)
			e.cancel(stopped{number})
		case <-ctx.Done():
		case <-done:
			return
		}
		e.force(done, context.Cause(ctx))
	}, e.faulted)
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// force ends the process when its time is over, after giving the terminal back.
func (e *ending) force(done <-chan struct{}, cause error) {
	over := time.After(graceTime - graceTime/10)
	select {
	case <-time.After(orderTime):
	case <-done:
		return
	}
	e.mu.Lock()
	screen := e.screen
	e.mu.Unlock()
	if screen != nil {
		screen.Leave(graceTime-orderTime-graceTime/10, e.lastWords())
	}
	select {
	case <-over:
		e.tell()
		os.Exit(exitCode(cause, cause))
	case <-done:
	}
}

// faulted takes note of a fault, and ends the interface: what it shows could be wrong. A command says so at once, goes on with what
// it has, and fails in the end.
func (e *ending) faulted(f *fault.Error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fault != nil {
		return
	}
	e.fault = f
	e.report, _ = keepReport(faultReport(f)) // without a report, the error says all there is
	if e.screen != nil {
		e.cancel(f)
		return
	}
	e.say()
}

// say says what happened, once. The caller holds mu.
func (e *ending) say() {
	if e.fault != nil && !e.said {
		fmt.Fprintln(e.std.err, termsafe.Clean(faultLine(e.fault, e.report), termsafe.Options{}).String())
		e.said = true
	}
}

// tell says what happened if that was not said yet, and reports whether there was a fault.
func (e *ending) tell() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.say()
	return e.fault != nil
}

// lastWords is the line about a fault for a terminal that is given back by force, empty if there is none to say there.
func (e *ending) lastWords() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fault == nil || e.said || !e.std.err.terminal {
		return ""
	}
	e.said = true
	return faultLine(e.fault, e.report)
}

// hold notes that the interface has the terminal, until the returned function is called.
func (e *ending) hold(t *tty.Terminal) (release func()) {
	e.set(t)
	return func() { e.set(nil) }
}

func (e *ending) set(t *tty.Terminal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.screen = t
	if t != nil && e.fault != nil { // a load may be faster than the interface
		e.cancel(e.fault)
	}
}

// exitCode is that of a run that ended with err, by the cause of its context.
func exitCode(err, cause error) int {
	var signalled stopped
	var code exit
	switch {
	case errors.As(cause, &signalled):
		return 128 + int(signalled.signal)
	case errors.As(err, &code):
		return int(code)
	case err != nil:
		return exitTrouble
	}
	return exitFound
}
