//go:build unix

package tty

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"pawprint/model/fault"
)

// Stop asks for the program to be stopped as by ^Z. It returns at once.
func (t *Terminal) Stop() {
	select {
	case t.stops <- struct{}{}:
	default: // a stop is already pending
	}
}

// Attend releases and restores the interface when the program is stopped and continued, and tells it new sizes of the terminal, on a
// goroutine that ends when ctx ends or the returned function is called. If an error ends it earlier, Attend calls failed.
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
		case <-time.After(attendTime): // it waits for a terminal that takes no bytes
		}
	}
}

// attendTime is how long the function that Attend returns waits for a stop or continuation in progress.
const attendTime = 200 * time.Millisecond

type attendant struct {
	*Terminal
	face    Interface
	signals chan os.Signal
}

func (a *attendant) listen() {
	signal.Notify(a.signals, syscall.SIGTSTP, syscall.SIGCONT, syscall.SIGWINCH)
}

// run handles stops, continuations and new sizes one after the other, until ctx ends.
func (a *attendant) run(ctx context.Context) error {
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-a.stops:
			err = a.stop(ctx, 0) // the whole job, as the terminal does at ^Z
		case l := <-a.loans:
			err = a.lend(ctx, l)
		case s := <-a.signals:
			switch s {
			case syscall.SIGTSTP:
				err = a.stop(ctx, os.Getpid())
			case syscall.SIGCONT: // it was stopped by SIGSTOP, which cannot be caught
				err = a.retake()
			case syscall.SIGWINCH:
				a.face.Resize(a.Size())
			}
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// stopping is the signal that stops the process. SIGTSTP would do nothing: after signal.Notify the runtime does not restore the
// system's default action. SIGSTOP would stop the process even where nobody could continue it.
const stopping = syscall.SIGTTOU

// notStopped is how long to wait for the signal to stop the program. A program that still runs then is not stopped at all, because no
// shell could continue it.
const notStopped = 300 * time.Millisecond

// stop releases the terminal, stops the process pid (0 for the whole job), and takes the terminal again when it is continued.
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

// retake takes the terminal again after a shell had it in the meantime.
func (a *attendant) retake() error {
	if err := a.face.Release(); err != nil {
		return err
	}
	return a.take()
}

// settleTime is the pause before the terminal is taken again. The drawing goroutine of Bubble Tea stops its ticker when it ends, which
// may be late: if Restore had already started the ticker again, nothing would be drawn any more.
const settleTime = 50 * time.Millisecond

func (a *attendant) take() error {
	time.Sleep(settleTime)
	return a.takeNow()
}

func (a *attendant) takeNow() error {
	if err := a.face.Restore(); err != nil {
		return err
	}
	a.keeper.taken()
	a.face.Resize(a.Size())
	return nil
}
