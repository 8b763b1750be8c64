//go:build unix

package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func init() {
	program := programs["pawprint"]
	programs["pawprint"] = func() {
		if folder := os.Getenv(stacksFolder); folder != "" {
			writeStacksAtSignal(folder)
		}
		program()
	}
}

func writeStacksAtSignal(folder string) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	go func() {
		<-signals
		buf := make([]byte, 1<<20)
		buf = buf[:runtime.Stack(buf, true)]
		path := filepath.Join(folder, strconv.Itoa(os.Getpid()))
		if err := os.WriteFile(path+".part", buf, 0o600); err == nil {
			_ = os.Rename(path+".part", path)
		}
	}()
}

// stacksWait is how long a process may take to write its stacks; one that is stopped never does.
const stacksWait = 10 * time.Second

// stacks returns the stacks of the program and of the processes that it has started, which show what a hanging program waits for. It ends
// those that are not pawprint.
func (x *terminal) stacks() string {
	var out strings.Builder
	for _, pid := range append(descendants(x.Cmd.Process.Pid), x.Cmd.Process.Pid) {
		fmt.Fprintf(&out, "process %d, %s:\n", pid, stateOf(pid))
		if err := syscall.Kill(pid, syscall.SIGUSR1); err != nil {
			fmt.Fprintln(&out, err)
			continue
		}
		path := filepath.Join(x.stacksIn, strconv.Itoa(pid))
		text, err := os.ReadFile(path)
		for deadline := time.Now().Add(stacksWait); err != nil && syscall.Kill(pid, 0) == nil && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
			text, err = os.ReadFile(path)
		}
		fmt.Fprintf(&out, "%s\n", text)
	}
	return out.String()
}

// descendants returns the processes that a process has started, and those that they have started. Where there is no /proc it finds none.
func descendants(pid int) (all []int) {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // of each thread
	for _, path := range lists {
		list, _ := os.ReadFile(path)
		for _, field := range strings.Fields(string(list)) {
			if child, err := strconv.Atoi(field); err == nil {
				all = append(append(all, descendants(child)...), child)
			}
		}
	}
	return all
}

// stateOf returns the state of a process in the words of Linux, such as "T (stopped)"; empty if it has none.
func stateOf(pid int) string {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, state, _ := strings.Cut(string(status), "State:\t")
	state, _, _ = strings.Cut(state, "\n")
	return state
}

// A wait that is in vain shows the stacks of the program.
func TestAProgramThatHangsSaysWhatItWaitsFor(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	stacks := x.stacks()
	for _, want := range []string{"(*settings).draw(", "(*Program).Run("} {
		if !strings.Contains(stacks, want) {
			t.Errorf("no %s in the stacks:\n%s", want, stacks)
		}
	}
	x.typeKeys("q")
	x.waitForExit(0)
}
