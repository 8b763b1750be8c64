// Command pawprint explores Panther audit logs in the terminal: an interface to browse, filter and follow them, and
// commands that print, count and check them for scripts.
//
// It only reads. Without a remote source it opens no socket.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"charm.land/fang/v2"
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

// streams are what a run reads from and writes to.
type streams struct {
	in       *os.File
	out, err *outlet
	parts    parts
}

// parts are what a run is made of, for tests that put faults into them; nil changes nothing.
type parts struct {
	options func(*tui.Options)
	sources func([]loader.Source) []loader.Source
	screen  func(io.Writer) io.Writer
}

// The exit codes that scripts depend on; a signal gives 128 and its number.
const (
	exitFound   = 0 // found something, or clean
	exitNothing = 1 // found nothing, or problems
	exitTrouble = 2 // wrong usage, a wrong query, or a source that could not be read
)

// exit is an error that only sets the exit code: everything was said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run is the whole program but for the process: it returns the exit code.
func run(args []string, std *streams) int {
	if tty.IsKeeper(args) {
		return keepTerminal(std)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	end := &ending{std: std, cancel: cancel}
	defer end.watch(ctx)()
	defer std.out.close()
	defer std.err.close()
	err := fault.Safely(func() error { return command(fault.WithWatcher(ctx, end.faulted), args, std, end) })
	if f := fault.In(err); f != nil {
		end.faulted(f)
	}
	if end.tell() {
		err = exit(exitTrouble)
	}
	err = whyEnded(err, context.Cause(ctx))
	sayError(std.err, err)
	return exitCode(err, context.Cause(ctx))
}

// whyEnded is the error to report of a run that ended with err: that of what cancelled it, unless a signal did.
func whyEnded(err, cause error) error {
	var signalled stopped
	if errors.Is(err, context.Canceled) && !errors.As(cause, &signalled) && !errors.Is(cause, context.Canceled) && cause != nil {
		return cause
	}
	return err
}

// keepTerminal is the life of the small process that gives the terminal back when the program cannot.
func keepTerminal(std *streams) int {
	kept := tty.Keep(std.in, func(crash []byte) (string, error) {
		path, err := keepReport(crash)
		return disk.ShortPath(path), err
	})
	if !kept {
		fmt.Fprintln(std.err, "pawprint: "+tty.KeeperArgument+" is what the interface starts for itself")
		return exitTrouble
	}
	return exitFound
}

// command runs the command that the arguments name.
func command(ctx context.Context, args []string, std *streams, end *ending) error {
	root := newRoot(std, end)
	root.SetArgs(completable(args, std))
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	return execute(ctx, root, args)
}

// completable gives the arguments, those of a request for completions made printable on a terminal: the library quotes them on
// the process's standard error itself.
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

// execute runs the command. Only what prints help goes through fang: it asks the terminal for its colours, also before it
// prints an error, and must not do so when a key or a log may be waiting there.
func execute(ctx context.Context, root *cobra.Command, args []string) error {
	if !helpWanted(args) {
		return root.ExecuteContext(ctx)
	}
	return fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
}

// helpWanted reports whether the arguments ask for help, the manual, completions or the version.
func helpWanted(args []string) bool {
	if len(args) > 0 && slices.Contains([]string{"help", "man", "completion", "__complete"}, args[0]) {
		return true
	}
	for _, arg := range args {
		switch arg {
		case "--":
			return false
		case "-h", "--help", "-v", "--version":
			return true
		}
	}
	return false
}

// sayError prints each of the errors as one printable line: it may quote a path or bytes of a log. A wrong query follows, with its
// place.
func sayError(w io.Writer, err error) {
	var code exit
	if err == nil || errors.As(err, &code) {
		return
	}
	for _, one := range apart(err) {
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

// apart gives the errors that were joined, each of which says all that it has to say.
func apart(err error) (all []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || err.Error() != errors.Join(joined.Unwrap()...).Error() {
		return []error{err} // also one that has words of its own around several
	}
	for _, one := range joined.Unwrap() {
		all = append(all, apart(one)...)
	}
	return all
}
