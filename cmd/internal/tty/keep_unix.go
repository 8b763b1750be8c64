//go:build unix

package tty

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// ownGroup puts the keeper into a process group of its own, so that signals to the program's job do not reach it.
var ownGroup = &syscall.SysProcAttr{Setpgid: true}

// crashBytes is how much of a crash is kept.
const crashBytes = 1 << 20

// keeperWriteTime is how long the keeper tries to write to a terminal that takes no bytes.
const keeperWriteTime = time.Second

// Keep runs the keeper. It reads the pipe from the program until the program has ended. If the interface had the terminal then, Keep
// restores the terminal and writes a line there that says what happened. report stores the text of a crash, from which the values of
// panics are removed, and returns the name of the file for that line. Keep returns false if the other end of the pipe is not pawprint.
func Keep(from io.Reader, report func(crash []byte) (name string, err error)) bool {
	signal.Ignore(syscall.SIGINT, syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGTSTP, syscall.SIGTTOU, syscall.SIGTTIN)
	lines := bufio.NewReader(from)
	first, err := lines.ReadBytes('\n')
	var h handover
	if err != nil || json.Unmarshal(first, &h) != nil || h.Before == nil || h.During == nil {
		return false
	}
	text, _ := io.ReadAll(io.LimitReader(lines, crashBytes))
	_, _ = io.Copy(io.Discard, lines)
	last := bytes.LastIndexAny(text, string([]byte{drawing, returned}))
	crash := Crash(bytes.Trim(text[last+1:], "\x00"))
	said := "pawprint was killed or ran out of memory"
	if len(crash) > 0 {
		said = "pawprint ended with an internal error"
		if name, err := report(crash); err == nil {
			said += "; a report without log data is in " + name
		}
	}
	if last < 0 || text[last] != drawing {
		return true // the interface had given the terminal back
	}
	fd, err := openNow(h.Name)
	if err != nil {
		return true
	}
	// If the modes are no longer those of the interface, a shell has already set its own: leave them.
	if now, err := unix.IoctlGetTermios(fd, getTermios); err == nil && *now == *h.During {
		_ = unix.IoctlSetTermios(fd, setTermios, h.Before)
	}
	writeWithin(fd, farewell(said), keeperWriteTime)
	return true
}

// IsKeeper reports whether the program was started as the keeper.
func IsKeeper(args []string) bool {
	return len(args) == 1 && args[0] == KeeperArgument && !isTerminal(os.Stdin)
}

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), getTermios)
	return err == nil
}
