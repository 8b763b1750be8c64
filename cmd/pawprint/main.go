// Command pawprint explores Panther audit logs in the terminal. It has an interface to browse, filter and follow them, and commands for
// scripts that print, count and check them.
//
// It never changes a log. Without a remote source it opens no socket.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/tty"
	"pawprint/loader"
	"pawprint/model/fault"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

func main() {
	os.Exit(run(os.Args[1:], &streams{in: os.Stdin, out: newOutlet(os.Stdout), err: newOutlet(os.Stderr)}))
}

// streams are the standard streams of a run.
type streams struct {
	in       *os.File
	out, err *outlet
	last     func() []string // the lines that standard error ends with, below the errors; nil for none
	hooks    hooks
}

// hooks lets tests replace parts of a run by faulty ones; nil changes nothing.
type hooks struct {
	options func(*tui.Options)
	sources func([]loader.Source) []loader.Source
	screen  func(io.Writer) io.Writer
	after   func(time.Duration) <-chan time.Time // before a database is asked again

	lakeBytes int64 // at which a result of Panther's data lake is cut
}

// The exit codes that scripts depend on. A run that a signal ended has 128 plus the signal's number.
const (
	exitFound   = 0 // found something, or clean
	exitNothing = 1 // found nothing, or problems
	exitError   = 2 // wrong usage, a wrong query, or a source that could not be read
)

// exit is an error that only sets the exit code; nothing is left to print.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run runs the program and returns its exit code.
func run(args []string, std *streams) int {
	if tty.IsKeeper(args) {
		return keepTerminal(std)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	end := &ending{std: std, cancel: cancel, exit: os.Exit, over: make(chan struct{})}
	defer end.watch(ctx)()
	defer std.out.close()
	defer std.err.close()
	defer keepPipes()()
	err := fault.Safely(func() error { return command(fault.WithWatcher(ctx, end.faulted), args, std, end) })
	if f := fault.In(err); f != nil {
		end.faulted(f)
	}
	if end.printFault() {
		err = exit(exitError)
	}
	if std.out.gone.Load() {
		cancel(stopped{syscall.SIGPIPE})
		err = withoutPipe(err)
	}
	err = whyEnded(err, context.Cause(ctx))
	printErrors(std.err, err)
	std.printLast()
	return exitCode(err, context.Cause(ctx))
}

// withoutPipe returns err without the parts that say that nobody reads what was printed: that is not an error.
func withoutPipe(err error) error {
	var rest []error
	for _, one := range splitJoined(err) {
		if !errors.Is(one, syscall.EPIPE) {
			rest = append(rest, one)
		}
	}
	return errors.Join(rest...)
}

// whyEnded returns the error to print for a run that ended with err. If the run was cancelled other than by a signal, that is the
// cause.
func whyEnded(err, cause error) error {
	var signalled stopped
	if errors.Is(err, context.Canceled) && !errors.As(cause, &signalled) && !errors.Is(cause, context.Canceled) && cause != nil {
		return cause
	}
	return err
}

// keepTerminal runs the small process that restores the terminal when the program cannot.
func keepTerminal(std *streams) int {
	kept := tty.Keep(std.in, func(crash []byte) (string, error) {
		path, err := keepReport(crash)
		return disk.ShortPath(path), err
	})
	if !kept {
		fmt.Fprintln(std.err, "pawprint: "+tty.KeeperArgument+" is an internal command of the interface")
		return exitError
	}
	return exitFound
}

// command runs the command that the arguments name.
func command(ctx context.Context, args []string, std *streams, end *ending) error {
	if len(args) > 0 {
		switch args[0] {
		case bashCommand:
			return completeBash(ctx, args[1:], std, end)
		case wordsCommand:
			return completeWords(ctx, args[1:], std, end)
		}
	}
	root := newRoot(std, end)
	root.SetArgs(completable(args, std))
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	return root.ExecuteContext(ctx)
}

// completable makes the arguments of a request for completions printable if standard error is a terminal, because cobra quotes them
// there past the outlet. Other arguments stay as they are.
func completable(args []string, std *streams) []string {
	if len(args) == 0 || !strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) || !std.err.terminal {
		return args
	}
	shown := make([]string, len(args))
	for i, arg := range args {
		shown[i] = termsafe.Clean(arg, termsafe.Options{}).String()
	}
	return shown
}

// printErrors prints each part of a joined error as one printable line, because it may quote a path or bytes of a log. After a wrong
// query it prints the query with a caret below the error.
func printErrors(w io.Writer, err error) {
	var code exit
	if err == nil || errors.As(err, &code) {
		return
	}
	for _, one := range splitJoined(err) {
		if errors.Is(one, context.Canceled) {
			continue
		}
		fmt.Fprintln(w, "pawprint: "+termsafe.Clean(one.Error(), termsafe.Options{}).String())
	}
	var wrong *queryError
	if errors.As(err, &wrong) {
		fmt.Fprint(w, wrong.excerpt())
	}
}

// splitJoined splits a joined error into its parts, so that each prints on a line of its own.
func splitJoined(err error) (all []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || err.Error() != errors.Join(joined.Unwrap()...).Error() {
		return []error{err} // also if it wraps several errors in a text of its own
	}
	for _, one := range joined.Unwrap() {
		all = append(all, splitJoined(one)...)
	}
	return all
}
