//go:build unix

package tty

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"pawprint/model/fault"
)

// lend gives the terminal away for a loan. Its error is one of the terminal, which ends the program.
func (a *attendant) lend(ctx context.Context, l *loan) error {
	if err := a.face.Release(); err != nil {
		l.done <- err
		return err
	}
	a.keeper.released()
	a.signalKeys(false)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.ctx, cancel)()
	exit, err := a.runChild(ctx, l.Command, l.Input)
	if err == nil && l.Pause && ctx.Err() == nil {
		_, err = a.runChild(ctx, pauseCommand, nil)
	}
	l.exit = exit
	if ctx.Err() != nil {
		a.restoreModes()
		l.done <- ctx.Err()
		return nil
	}
	time.Sleep(settleTime)
	a.restoreModes()
	taken := a.takeNow()
	l.done <- err
	return taken
}

// signalKeys says whether ^C and ^\ send signals. They must not while no command is in the foreground: they would end the program.
func (a *attendant) signalKeys(on bool) {
	modes := *a.before
	if !on {
		modes.Lflag &^= unix.ISIG
	}
	_ = unix.IoctlSetTermios(int(a.keys.Fd()), setTermios, &modes)
}

// restoreModes sets the modes from before the interface, which a command may have changed.
func (a *attendant) restoreModes() { a.signalKeys(true) }

// pauseCommand waits for enter.
const pauseCommand = `printf '\n[enter goes back to pawprint] ' && read -r _ </dev/tty`

// inForeground runs the command that is its $0. First it makes signals of ^C and ^\ again: it is in the foreground by then, which this
// process cannot know, and whatever modes the command sets are its own.
const inForeground = `stty isig </dev/tty; exec /bin/sh -c "$0"`

// runChild runs a command in the foreground of the terminal. Without input it reads the terminal.
func (a *attendant) runChild(ctx context.Context, command string, input func(io.Writer) error) (Exit, error) {
	own, err := os.OpenFile(controlling, os.O_RDWR, 0)
	if err != nil {
		return Exit{}, fmt.Errorf("opening the terminal for the command: %w", err)
	}
	defer own.Close()
	cmd := exec.Command("/bin/sh", "-c", inForeground, command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = own, own, own
	var from, to *os.File
	if input != nil {
		if from, to, err = os.Pipe(); err != nil {
			return Exit{}, fmt.Errorf("opening a pipe to the command: %w", err)
		}
		cmd.Stdin = from
	}
	before, err := unix.IoctlGetInt(int(own.Fd()), unix.TIOCGPGRP)
	if err != nil {
		return Exit{}, errors.Join(fmt.Errorf("asking who has the terminal: %w", err), closeBoth(from, to))
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: int(own.Fd())}
	if err := cmd.Start(); err != nil {
		return Exit{}, errors.Join(fmt.Errorf("starting the command: %w", err), closeBoth(from, to))
	}
	signal.Ignore(syscall.SIGTTOU) // this process is in the background now, and must get the foreground back
	defer signal.Reset(syscall.SIGTTOU)
	fed := feed(from, to, input)
	exit, err := attendChild(ctx, cmd.Process.Pid)
	_ = cmd.Process.Release()
	a.signalKeys(false) // and no longer raw, if the command left it so
	_ = unix.IoctlSetPointerInt(int(own.Fd()), unix.TIOCSPGRP, before)
	if fault := fed(); err == nil {
		err = fault
	}
	return exit, err
}

func closeBoth(files ...*os.File) error {
	var errs []error
	for _, f := range files {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

// feed writes the input of a command. The returned function, to be called after the end of the command, waits a moment until all is written
// and returns the error. It is not an error if the command stops reading.
func feed(from, to *os.File, input func(io.Writer) error) (wait func() error) {
	if input == nil {
		return func() error { return nil }
	}
	_ = from.Close() // the command has its own
	done := make(chan error, 1)
	fault.Go(func() {
		err := input(to)
		if errors.Is(err, syscall.EPIPE) {
			err = nil
		}
		done <- errors.Join(err, to.Close())
	}, func(e *fault.Error) {
		_ = to.Close()
		done <- e
	})
	return func() error {
		select {
		case err := <-done:
			return err
		case <-time.After(feedTime): // a process that the command left behind has the pipe open
			return errors.Join(to.SetWriteDeadline(time.Now()), to.Close())
		}
	}
}

const (
	feedTime  = 100 * time.Millisecond // between the end of a command and the end of its input
	killTime  = 50 * time.Millisecond  // between asking a command to end and ending it
	againTime = 50 * time.Millisecond  // between a stop of a command and its continuation
)

// attendChild waits for the end of a command, continues it when it is stopped, and ends it when ctx ends.
func attendChild(ctx context.Context, pid int) (Exit, error) {
	over := make(chan struct{})
	defer close(over)
	fault.Go(func() {
		for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
			select {
			case <-over:
				return
			case <-ctx.Done():
				_ = syscall.Kill(-pid, s)
				_ = syscall.Kill(-pid, syscall.SIGCONT)
			}
			select {
			case <-over:
				return
			case <-time.After(killTime):
			}
		}
	}, func(*fault.Error) {})
	for {
		var status unix.WaitStatus
		_, err := unix.Wait4(pid, &status, unix.WUNTRACED, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return Exit{}, fmt.Errorf("waiting for the command: %w", err)
		case status.Stopped():
			time.Sleep(againTime)
			_ = syscall.Kill(-pid, syscall.SIGCONT)
		case status.Signaled():
			return Exit{Code: -1, Signal: status.Signal().String()}, nil
		default:
			return Exit{Code: status.ExitStatus()}, nil
		}
	}
}
