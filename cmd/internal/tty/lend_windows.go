package tty

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"

	"pawprint/model/fault"
)

// lend gives the console away for a loan. Its error is one of the console, which ends the program.
func (t *Terminal) lend(ctx context.Context, i Interface, l *loan) error {
	if err := i.Release(); err != nil {
		l.done <- err
		return err
	}
	t.restoreModes()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.ctx, cancel)()
	exit, err := t.run(ctx, l.Command, l.Input)
	if err == nil && l.Pause && ctx.Err() == nil {
		_, err = t.run(ctx, "pause", nil)
	}
	l.exit = exit
	taken := errors.Join(t.readSequences(), i.Restore())
	i.Resize(t.Size())
	l.done <- errors.Join(err, ctx.Err())
	return taken
}

// run runs a command on the console. Without input it reads the console. That it stops reading is not an error.
func (t *Terminal) run(ctx context.Context, command string, input func(io.Writer) error) (Exit, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(os.Getenv("SystemRoot"), "System32", "cmd.exe"))
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd /d /s /c "` + command + `"`} // quoted for cmd, which reads quotes in its own way
	cmd.Stdin, cmd.Stdout, cmd.Stderr = t.keys, t.screen, t.screen
	if input == nil {
		return exitOf(cmd.Run())
	}
	cmd.Stdin = nil
	to, err := cmd.StdinPipe()
	if err != nil {
		return Exit{}, fmt.Errorf("opening a pipe to the command: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return Exit{}, errors.Join(fmt.Errorf("starting the command: %w", err), to.Close())
	}
	fed := make(chan error, 1)
	fault.Go(func() {
		err := input(to)
		if errors.Is(err, syscall.EPIPE) || errors.Is(err, windows.ERROR_NO_DATA) || errors.Is(err, os.ErrClosed) {
			err = nil
		}
		fed <- errors.Join(err, to.Close())
	}, func(e *fault.Error) { fed <- e })
	exit, err := exitOf(cmd.Wait()) // it closes the pipe
	if fault := <-fed; err == nil && !errors.Is(fault, os.ErrClosed) {
		err = fault
	}
	return exit, err
}

// exitOf says how a command ended, from the error of waiting for it.
func exitOf(err error) (Exit, error) {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return Exit{Code: failed.ExitCode()}, nil
	}
	if err != nil {
		return Exit{}, fmt.Errorf("running the command: %w", err)
	}
	return Exit{}, nil
}
