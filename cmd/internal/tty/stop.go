package tty

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"pawprint/model/fault"
)

// Interface is what has the terminal while the program runs.
type Interface interface {
	// Release gives the terminal back until Restore.
	Release() error
	Restore() error
	// Resize says how large the terminal is, in cells.
	Resize(width, height int)
}

// Stop has the program stopped as by ^Z, without waiting for that.
func (t *Terminal) Stop() {
	select {
	case t.stops <- struct{}{}:
	default: // it is about to stop
	}
}

// Attend stops and continues the interface with the program, and tells it the size of the terminal, until the returned function
// is called. failed is called with an error that ends this.
func (t *Terminal) Attend(ctx context.Context, i Interface, failed func(error)) (done func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 8)
	a := &attendant{Terminal: t, face: i, signals: signals}
	a.listen()
	ended := make(chan struct{})
	fault.Go(func() {
		defer close(ended)
		if err := a.run(ctx); err != nil {
			failed(err)
		}
	}, func(e *fault.Error) { failed(e) })
	return func() {
		signal.Stop(signals)
		cancel()
		select {
		case <-ended:
		case <-time.After(attendTime): // it waits for a terminal that takes nothing
		}
	}
}

// attendTime is how long the end of the interface waits for one that is being stopped or continued.
const attendTime = 200 * time.Millisecond

type attendant struct {
	*Terminal
	face    Interface
	signals chan os.Signal
}

func (a *attendant) listen() {
	signal.Notify(a.signals, syscall.SIGTSTP, syscall.SIGCONT, syscall.SIGWINCH)
}

// run does one thing after the other until ctx ends.
func (a *attendant) run(ctx context.Context) error {
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-a.stops:
			err = a.stop(ctx, 0) // with the rest of its job, as the terminal would
		case s := <-a.signals:
			switch s {
			case syscall.SIGTSTP:
				err = a.stop(ctx, os.Getpid())
			case syscall.SIGCONT: // it was stopped by what cannot be caught
				err = a.redo()
			case syscall.SIGWINCH:
				a.face.Resize(a.Size())
			}
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// stopping is the signal that stops the process. SIGTSTP would do nothing any more: the runtime does not go back to what the
// system does at a signal that was once notified. SIGSTOP would stop the process even where nobody could continue it.
const stopping = syscall.SIGTTOU

// notStopped is how long after the signal a program that still runs was not stopped by it: nobody could continue it, as there is
// no shell.
const notStopped = 300 * time.Millisecond

// stop gives the terminal back, stops the process or its job, and takes the terminal again when it is continued.
func (a *attendant) stop(ctx context.Context, pid int) error {
	if err := a.face.Release(); err != nil {
		return err
	}
	a.keeper.released()
	signal.Stop(a.signals)
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	if err := syscall.Kill(pid, stopping); err == nil {
		select {
		case <-continued:
		case <-time.After(notStopped):
		case <-ctx.Done():
		}
	}
	signal.Stop(continued)
	if ctx.Err() != nil {
		return nil
	}
	a.listen()
	return a.take()
}

// redo takes a terminal again that a shell has had in the meantime.
func (a *attendant) redo() error {
	if err := a.face.Release(); err != nil {
		return err
	}
	return a.take()
}

// settleTime is how long the terminal is left alone before it is taken again. The goroutine of the library that drew stops the clock
// of drawing when it ends, and may be late: if the clock runs again by then, nothing is drawn any more.
const settleTime = 50 * time.Millisecond

func (a *attendant) take() error {
	time.Sleep(settleTime)
	if err := a.face.Restore(); err != nil {
		return err
	}
	a.keeper.taken()
	a.face.Resize(a.Size())
	return nil
}
