package tty

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// apart makes the keeper a job of its own: what stops or interrupts the program does not reach it.
var apart = &syscall.SysProcAttr{Setpgid: true}

// crashBytes bounds what is kept of a crash.
const crashBytes = 1 << 20

// keepTime is how long the keeper tries to write to a terminal that takes nothing.
const keepTime = time.Second

// Keep is the life of the keeper. from is the pipe from the program; it returns when that is gone. If the program had the
// terminal then, Keep gives it back, and writes a line there that says what happened. report keeps the text of a crash without
// what the program panicked with, and returns the name of the file for the line. Keep reports false if no program speaks through the
// pipe.
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
	said := "pawprint was ended from outside or had no memory left"
	if len(crash) > 0 {
		said = "pawprint ended by an internal error"
		if name, err := report(crash); err == nil {
			said += "; a report without data of the log is in " + name
		}
	}
	if last < 0 || text[last] != drawing {
		return true // it had left the terminal
	}
	fd, err := openNow(h.Name)
	if err != nil {
		return true
	}
	// Where a shell has set its own modes already, they stay.
	if now, err := unix.IoctlGetTermios(fd, getTermios); err == nil && *now == *h.During {
		_ = unix.IoctlSetTermios(fd, setTermios, h.Before)
	}
	writeWithin(fd, farewell(said), keepTime)
	return true
}

// What the runtime itself panics with: numbers, types and its own words; and the first line of a goroutine's stack.
const (
	runtimeValue = `^\t*panic: runtime error: (index out of range|slice bounds out of range|integer divide by zero|invalid memory address or nil pointer dereference|makeslice: |growslice: |hash of unhashable type|integer overflow|cannot convert slice|negative shift amount)[^"]*\n$`
	stackStart   = `^goroutine \d+ .*\[.*\]:\n$`
)

// Crash is what the runtime says when a program crashes, without the values that the program panicked with: they may be data.
func Crash(text []byte) []byte {
	harmless := regexp.MustCompile(runtimeValue + "|" + stackStart) // only where something crashed
	var out bytes.Buffer
	value := false // that a panic is about; it may have several lines
	for line := range strings.Lines(string(text)) {
		switch {
		case harmless.MatchString(line):
			value = false
		case strings.HasPrefix(strings.TrimLeft(line, "\t"), "panic: "):
			value = true
			out.WriteString(line[:strings.Index(line, "panic: ")] + "panic: (the value is left out)\n")
		}
		if !value {
			out.WriteString(line)
		}
	}
	return out.Bytes()
}

// IsKeeper reports whether the program was started as the keeper.
func IsKeeper(args []string) bool {
	return len(args) == 1 && args[0] == KeeperArgument && !isTerminal(os.Stdin)
}

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), getTermios)
	return err == nil
}
