// Package tty takes the terminal for the interface and restores it, whatever happens to the program: normally when the interface ends,
// by force when it hangs, and by a small process that survives if the program is killed.
//
// It does not know what is drawn. By itself it writes only the sequences that reset the modes of the interface, and one last line that
// says what happened.
package tty

import (
	"context"
	"io"
	"os"
	"strconv"
)

// KeeperArgument is the only argument of a process that runs [Keep].
const KeeperArgument = "--keep-terminal"

// resetSequences undoes every mode that the interface may have set, on the main or the alternate screen. It starts by ending a sequence
// that may have been cut.
const resetSequences = "\x1b\\" + // end of a title or another string
	"\x1b[?2026l" + // end of synchronized output
	"\x1b[>4m\x1b[<1u" + // keyboard: modifyOtherKeys, and one level of the kitty protocol
	"\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l" + // mouse and focus
	"\x1b[?2004l" + // bracketed paste
	"\x1b[?2027l" + // widths by grapheme
	"\x1b[m\x1b[?1049l" + // the main screen
	"\x1b[?25h\x1b[0 q" // the cursor

// Interface is the part of the program that draws on the terminal, such as a tea.Program.
type Interface interface {
	// Release restores the modes and the screen of the terminal, until Restore takes it again.
	Release() error
	Restore() error
	// Resize tells the size of the terminal in cells.
	Resize(width, height int)
}

// Loan is a command that gets the terminal until it ends.
type Loan struct {
	Command string                // for sh -c
	Input   func(io.Writer) error // writes what the command reads; it runs on a goroutine of its own
	Pause   bool                  // wait for enter afterwards, so that its output can be read
}

// Exit says how a command ended.
type Exit struct {
	Code   int    // its exit status, -1 if a signal ended it
	Signal string // that signal; empty for none
}

// loan is a Loan on its way to the goroutine that attends the terminal.
type loan struct {
	Loan
	ctx  context.Context
	exit Exit
	done chan error // gets one value
}

// Lend gives the terminal to a command, waits for its end, and takes the terminal again. On Unix the command runs in a process
// group of its own, so that ^C and ^\ reach it alone; a command that is stopped goes on at once, as no shell could continue it. It is ended
// when ctx ends. That it reads only a part of its input is not an error. Attend must be running.
func (t *Terminal) Lend(ctx context.Context, l Loan) (Exit, error) {
	out := &loan{Loan: l, ctx: ctx, done: make(chan error, 1)}
	select {
	case t.loans <- out:
	case <-ctx.Done():
		return Exit{}, ctx.Err()
	}
	select {
	case err := <-out.done:
		return out.exit, err
	case <-ctx.Done():
		return Exit{}, ctx.Err()
	}
}

// fallback returns cells, or, if that is not known, the number in a variable of the environment or otherwise.
func fallback(cells int, variable string, otherwise int) int {
	if cells > 0 {
		return cells
	}
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// farewell returns the sequences that restore the screen, and then words as a line, if there are any.
func farewell(words string) string {
	if words == "" {
		return resetSequences
	}
	quoted := strconv.QuoteToASCII(words)
	return resetSequences + "\r" + quoted[1:len(quoted)-1] + "\r\n"
}
