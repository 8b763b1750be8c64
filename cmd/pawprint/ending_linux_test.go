package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// waitForKeeper waits until the program has started its keeper.
func (x *terminal) waitForKeeper() {
	x.t.Helper()
	for deadline := time.Now().Add(maxWait); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		target, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/2", x.Cmd.Process.Pid)) // put aside last
		if err == nil && target == os.DevNull {
			return
		}
	}
	x.t.Fatal("there is no keeper")
}

func TestATerminalIsGivenBackWhenTheProgramIsKilled(t *testing.T) {
	for _, c := range []struct {
		signal syscall.Signal
		code   int
		says   string
		report string
	}{
		{syscall.SIGKILL, -1, "pawprint was killed or ran out of memory", ""},
		{syscall.SIGABRT, 2, "pawprint ended with an internal error; a report without log data is in ", "SIGABRT"},
		{syscall.SIGILL, 2, "pawprint ended with an internal error; a report without log data is in ", "SIGILL"},
	} {
		t.Run(c.signal.String(), func(t *testing.T) {
			x := start(t, nil, story)
			x.waitForText("2,000 events")
			x.waitForKeeper()
			if err := x.Cmd.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			<-x.Exited()
			x.waitUntil("the line that says what happened", nil, func() bool { return strings.Contains(x.screen(), c.says) })
			x.waitForExit(c.code)
			reports := x.reports()
			switch {
			case c.report == "" && len(reports) > 0, c.report != "" && len(reports) != 1:
				t.Errorf("%d reports", len(reports))
			case c.report != "" && (!strings.Contains(reports[0], c.report) || !strings.Contains(reports[0], "goroutine ")):
				t.Errorf("the report says\n%s", reports[0])
			}
		})
	}
}

// shellAround is a shell that runs the program. It keeps the session, and so the output that the terminal has not taken yet.
var shellAround = []string{"sh", "-c", `trap : INT QUIT; "$0" "$@"`}

// block makes the terminal take no more bytes until held is unlocked, and waits until the program has more output than the terminal
// buffers.
func (x *terminal) block() {
	x.t.Helper()
	x.held.Lock()
	size := pty.Winsize{Cols: 900, Rows: 400}
	for i := range uint16(20) { // each a whole frame
		size.Cols--
		if err := pty.Setsize(x.PTY, &size); err != nil {
			x.t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 3 * time.Millisecond)
	}
}

func TestATerminalThatTakesNothingIsGivenBackAtASignal(t *testing.T) {
	t.Parallel()
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGQUIT: 131} {
		t.Run(signal.String(), func(t *testing.T) {
			x := startOn(t, terminalOptions{cols: 400, rows: 120, under: shellAround}, nil, story)
			x.waitForText("2,000 events")
			x.block()
			if err := syscall.Kill(x.children()[0], signal); err != nil {
				t.Fatal(err)
			}
			begin := time.Now()
			select {
			case <-x.Exited():
			case <-time.After(maxWait):
				t.Fatal("the program does not end")
			}
			t.Logf("the program was gone after %v", time.Since(begin).Round(time.Millisecond))
			x.held.Unlock()
			x.waitForExit(code)
		})
	}
}

// children returns the processes that the program, or the shell around it, has started.
func (x *terminal) children() (pids []int) {
	x.t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", x.Cmd.Process.Pid)) // of each thread
	if err != nil {
		x.t.Fatal(err)
	}
	for _, path := range lists {
		list, err := os.ReadFile(path)
		if err != nil {
			x.t.Fatal(err)
		}
		for _, field := range strings.Fields(string(list)) {
			pid, err := strconv.Atoi(field)
			if err != nil {
				x.t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	if len(pids) == 0 {
		x.t.Fatal("there are no children")
	}
	return pids
}

func TestTheKeeperEndsWithTheProgram(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.waitForKeeper()
	pid := x.children()[0]
	x.typeKeys("q")
	x.waitForExit(0)
	if !isOver(pid) {
		t.Errorf("the keeper %d lives on: %s", pid, stateOf(pid))
	}
	if said := x.screen(); strings.Contains(said, "pawprint") {
		t.Errorf("the keeper says something at an orderly end:\n%s", said)
	}
}

// isOver waits for the end of a process, and reports false if it does not come.
func isOver(pid int) bool {
	return waitForState(pid, func(state string) bool { return state == "" || strings.HasPrefix(state, "Z") })
}

// waitForState waits until the state of a process is as it should be, and reports false if it never is.
func waitForState(pid int, is func(state string) bool) bool {
	for deadline := time.Now().Add(maxWait); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if is(stateOf(pid)) {
			return true
		}
	}
	return false
}

// A keeper that does not end, here because it is stopped, holds up the end of the program for a moment only.
func TestAKeeperThatHangsKeepsNoProgramFromItsEnd(t *testing.T) {
	t.Parallel()
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.waitForKeeper()
	pid := x.children()[0]
	must(t, syscall.Kill(pid, syscall.SIGSTOP))
	defer syscall.Kill(pid, syscall.SIGKILL)
	if !waitForState(pid, func(state string) bool { return strings.HasPrefix(state, "T") }) {
		t.Fatalf("the keeper is not stopped: %s", stateOf(pid))
	}
	x.typeKeys("q")
	x.waitForExit(0)
	if said := x.screen(); strings.Contains(said, "pawprint") {
		t.Errorf("it says something at an orderly end:\n%s", said)
	}
}

// peakMemory returns the greatest resident set of the program, in bytes.
func (x *terminal) peakMemory() int {
	x.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", x.Cmd.Process.Pid))
	if err != nil {
		x.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kB, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		x.t.Fatal(err)
	}
	return kB << 10
}

func TestAHugeTerminalNeedsBoundedMemory(t *testing.T) {
	const most = 500 << 20
	sizes := []pty.Winsize{{Cols: 9999, Rows: 9999}, {Cols: 3000, Rows: 3000}, {Cols: 65535, Rows: 65535}, {Cols: 65535, Rows: 1}, {Cols: 1, Rows: 65535}}
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Cols, size.Rows), func(t *testing.T) {
			x := startOn(t, terminalOptions{cols: 120, rows: 40}, nil, story)
			x.waitForText("2,000 events")
			if err := pty.Setsize(x.PTY, &size); err != nil {
				t.Fatal(err)
			}
			x.typeKeys("f")
			x.waitFor("a frame of the new size", func(string) bool { return x.drawn() > 3000 || size.Cols == 1 || size.Rows == 1 })
			if got := x.peakMemory(); got > most {
				t.Errorf("the program took %d MiB, want at most %d", got>>20, most>>20)
			}
			x.typeKeys("q")
			x.waitForExit(0)
		})
	}
}

func TestAProgramThatStartsOnAHugeTerminal(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 9999, rows: 9999}, nil, story)
	x.waitFor("a frame", func(string) bool { return x.drawn() > 100_000 })
	if got := x.peakMemory(); got > 500<<20 {
		t.Errorf("the program took %d MiB", got>>20)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestManyResizesInASecondEndWithTheLast(t *testing.T) {
	t.Parallel()
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	for i := range 500 {
		if err := pty.Setsize(x.PTY, &pty.Winsize{Cols: uint16(60 + i%100), Rows: uint16(20 + i%40)}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	x.Screen.Resize(100, 30)
	x.forget()
	if err := pty.Setsize(x.PTY, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	x.waitFor("the last size", func(s string) bool {
		lines := strings.Split(s, "\n")
		return len(lines) == 30 && strings.Contains(lines[29], "help")
	})
	x.typeKeys("q")
	x.waitForExit(0)
}
