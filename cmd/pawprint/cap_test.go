package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// endless writes a log without an end to a pipe, until nobody reads it any more.
func endless(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		out := bufio.NewWriterSize(w, 1<<20)
		for i := 0; ; i++ {
			if _, err := io.WriteString(out, numbered(i)); err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		r.Close()
		<-over
		w.Close()
	})
	return r
}

func TestTheMemoryLimitHoldsWhateverComes(t *testing.T) {
	cmd := exec.Command(ourselves(t), "query", "-c", "--max-memory", "8M", "", "-")
	log := endless(t)
	cmd.Stdin = log
	var said bytes.Buffer
	cmd.Stderr = &said
	out, _ := cmd.Output() // the exit code is checked below
	log.Close()
	if code := cmd.ProcessState.ExitCode(); code != exitError || !strings.Contains(said.String(), "--max-memory raises it") {
		t.Errorf("exit code %d, said is %q", code, said.String())
	}
	// The columns alone take 40 bytes for each row, so more rows cannot fit.
	if n, err := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || n < 1000 || n > 8<<20/40 {
		t.Errorf("%q events are read within the limit", out)
	}
}

func TestEscStopsALoadThatHasNoEnd(t *testing.T) {
	log := endless(t)
	x := start(t, log, "-")
	x.waitForText("GET_0")
	x.typeKeys("\x1b")
	x.waitForText("stopped")
	x.typeKeys("g")
	x.waitForText("GET_000000")
	x.typeKeys("q")
	x.waitForExit(0)
}
