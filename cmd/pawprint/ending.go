package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"pawprint/cmd/internal/tty"
	"pawprint/model/fault"
	"pawprint/tui/termsafe"
)

// stopped is the cause of a context that a signal cancelled.
type stopped struct{ signal syscall.Signal }

func (s stopped) Error() string { return "stopped by " + s.signal.String() }

// graceTime is how long a run may take to end after it was cancelled. Then the process exits anyway.
const graceTime = time.Second

// orderlyTime is the part of graceTime for an orderly end. The rest is for restoring a terminal that takes no bytes.
const orderlyTime = graceTime / 2

// ending handles the ways in which a run can end early: by a signal, or by a fault of the program. Its methods may be called from any
// goroutine.
type ending struct {
	std    *streams
	cancel context.CancelCauseFunc // cancels the whole run
	exit   func(code int)          // ends the process
	over   chan struct{}           // closed when the run has ended

	mu      sync.Mutex
	fault   *fault.Error  // the first one, nil for none
	report  string        // path of the crash report, empty for none
	printed bool          // the fault was printed
	screen  *tty.Terminal // the terminal while the interface has it, else nil
}

// watch cancels the run when a signal arrives that ends programs, and ends the process if the run does not end in time. Call the
// returned function when the run has ended.
func (e *ending) watch(ctx context.Context) func() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	fault.Go(func() {
		select {
		case s := <-signals:
			number, _ := s.(syscall.Signal)
			e.cancel(stopped{number})
		case <-ctx.Done():
		case <-e.over:
			return
		}
		e.force(context.Cause(ctx))
	}, e.faulted)
	return func() {
		signal.Stop(signals)
		close(e.over)
	}
}

// keepPipes makes a write to a pipe without a reader an error instead of the end of the process, so that standard error still tells what was
// read. The returned function undoes that. The signal itself goes nowhere: it does not say which pipe or connection it is about.
func keepPipes() (undo func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGPIPE)
	return func() { signal.Stop(signals) }
}

// endSoon ends the run by force if it does not end within endTime after the interface has. Whatever hangs then, a disk or a child process,
// must not keep the user.
func (e *ending) endSoon() {
	fault.Go(func() {
		select {
		case <-e.over:
		case <-time.After(endTime):
			stacks := make([]byte, maxStacks)
			stacks = stacks[:runtime.Stack(stacks, true)]
			e.cancel(errStuck)
			_, _ = keepReport(stacks) // whoever mends it learns where the program hung
		}
	}, e.faulted)
}

// maxStacks is how much of the stacks of a program that hangs is kept, in bytes.
const maxStacks = 1 << 20

// endTime is longer than the end of the interface ever waits by itself.
const endTime = 15 * time.Second

var errStuck = errors.New("the program did not quit in time and was stopped by force: the last marks, views or filters may be lost")

// force restores the terminal after orderlyTime and ends the process shortly before graceTime is over, unless the run ends first.
func (e *ending) force(cause error) {
	limit, stop := context.WithTimeout(context.Background(), graceTime-graceTime/10)
	defer stop()
	select {
	case <-time.After(orderlyTime):
	case <-e.over:
		return
	}
	e.briefly(limit, func() {
		e.mu.Lock()
		screen := e.screen
		e.mu.Unlock()
		if screen != nil {
			screen.Leave(graceTime-orderlyTime-graceTime/10, e.lastWords())
		}
	})
	select {
	case <-limit.Done():
	case <-e.over:
		return
	}
	last, stop := context.WithTimeout(context.Background(), graceTime/10)
	defer stop()
	e.briefly(last, func() {
		if e.printFault(); errors.Is(cause, errStuck) {
			printErrors(e.std.err, cause)
		}
	})
	e.exit(exitCode(cause, cause))
}

// briefly does the work of a forced end on a goroutine of its own, because it may have to wait for something that hangs. It waits until do
// returns, limit ends, or the run ends.
func (e *ending) briefly(limit context.Context, do func()) {
	did := make(chan struct{})
	fault.Go(func() {
		defer close(did)
		do()
	}, func(*fault.Error) {})
	select {
	case <-did:
	case <-limit.Done():
	case <-e.over:
	}
}

// faulted records the first fault and stores its report. It ends the interface, because what it shows could be wrong. A command prints
// the fault at once, goes on with what it has, and fails in the end.
func (e *ending) faulted(f *fault.Error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fault != nil {
		return
	}
	e.fault = f
	e.report, _ = keepReport(faultReport(f)) // without a report, the message has to do
	if e.screen != nil {
		e.cancel(f)
		return
	}
	e.printFaultLocked()
}

// printFaultLocked prints the fault, if there is one that was not printed yet. The caller holds mu.
func (e *ending) printFaultLocked() {
	if e.fault != nil && !e.printed {
		fmt.Fprintln(e.std.err, termsafe.Clean(faultLine(e.fault, e.report), termsafe.Options{}).String())
		e.printed = true
	}
}

// printFault prints the fault if that was not done yet, and reports whether there was one.
func (e *ending) printFault() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.printFaultLocked()
	return e.fault != nil
}

// lastWords returns the message about a fault for a terminal that is restored by force. It is empty if there is no fault, if it was
// printed already, or if standard error is not a terminal.
func (e *ending) lastWords() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fault == nil || e.printed || !e.std.err.terminal {
		return ""
	}
	e.printed = true
	return faultLine(e.fault, e.report)
}

// hold records that the interface has the terminal, until release is called.
func (e *ending) hold(t *tty.Terminal) (release func()) {
	e.set(t)
	return func() { e.set(nil) }
}

func (e *ending) set(t *tty.Terminal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.screen = t
	if t != nil && e.fault != nil { // the fault came before the interface opened
		e.cancel(e.fault)
	}
}

// exitCode returns the exit code of a run that ended with err. cause is that of its context.
func exitCode(err, cause error) int {
	var signalled stopped
	var code exit
	switch {
	case errors.As(cause, &signalled):
		return 128 + int(signalled.signal)
	case errors.As(err, &code):
		return int(code)
	case err != nil:
		return exitError
	}
	return exitFound
}
