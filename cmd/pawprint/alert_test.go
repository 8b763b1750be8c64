package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// waitForOutput waits until the program has sent a text, which may be one that is not shown.
func (x *terminal) waitForOutput(text string) {
	x.t.Helper()
	x.waitUntil(text, x.Exited(), func() bool { return strings.Contains(x.output(), text) })
}

// liveLog returns the path of a log with a failure that was there before.
func liveLog(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, path, event("DELETE_FIRST", "FAILED"))
	return path
}

// secondAlert is an event that matches the alerts of these tests, with text that must not be in a call.
var secondAlert = event("DELETE_SECOND\\u0007\\u001b]9;forged\\u0007", "FAILED")

func TestTheInterfaceCallsForAnEventThatArrives(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		call string
	}{
		"plainly":        {nil, "\a\x1b]9;pawprint: 1 alert\a"},
		"through tmux":   {[]string{"TMUX=/tmp/tmux,1,0"}, "\a\x1bPtmux;\x1b\x1b]9;pawprint: 1 alert\a\x1b\\"},
		"through screen": {[]string{"STY=1.tty", "TMUX="}, "\a\x1bP\x1b]9;pawprint: 1 alert\a\x1b\\"},
		"of VTE":         {[]string{"VTE_VERSION=7600"}, "\a\x1b]777;notify;pawprint;1 alert\a"},
	} {
		t.Run(name, func(t *testing.T) {
			path := liveLog(t)
			x := startOn(t, terminalOptions{cols: 80, rows: 24, env: c.env}, nil, "-f", "--alert", "is:failed", path)
			x.waitForText("DELETE_FIRST")
			x.waitForText("● live")
			appendTo(t, path, event("GET_THIRD", "SUCCEEDED")+secondAlert)
			x.waitForOutput(c.call)
			x.waitForText("● 1 alert: *")
			x.waitForOutput("● 1 alert · pawprint live.jsonl")
			if out := x.output(); strings.Count(out, "pawprint: 1 alert")+strings.Count(out, "pawprint;1 alert") != 1 || strings.Contains(out, "\x1b]9;forged") {
				t.Errorf("the terminal gets %q", out)
			}
			x.typeKeys("*")
			x.waitForText("alert 1 of 1")
			x.typeKeys("q")
			x.waitForExit(0)
		})
	}
}

func TestAFollowedQueryCallsForAnEventThatArrives(t *testing.T) {
	path := liveLog(t)
	x := start(t, nil, "query", "-f", "-o", "jsonl", "--alert", "is:failed", "NOT is:failed", path)
	appendTo(t, path, event("GET_THIRD", "SUCCEEDED"))
	x.waitForText("GET_THIRD")
	appendTo(t, path, secondAlert)
	x.waitForOutput("\a\x1b]9;pawprint: 1 alert\a\x1b[22;2t\x1b]2;● 1 alert · pawprint\a")
	appendTo(t, path, secondAlert+secondAlert+event("GET_FOURTH", "SUCCEEDED"))
	x.waitForText("GET_FOURTH")
	if err := x.Cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	x.waitForExit(130)
	x.waitUntil("the count", nil, func() bool { return strings.Contains(x.output(), "pawprint: 3 alerts in all") })
	if out := x.output(); strings.Count(out, "\x1b]9;") != 1 || !strings.Contains(out, "\x1b[23;2t") {
		t.Errorf("the terminal gets %q, want one call, and the title back", out)
	}
}

func TestNoCallGoesIntoAFileOrAPipe(t *testing.T) {
	path := liveLog(t)
	c := exec.Command(ourselves(t), "query", "-f", "-o", "jsonl", "-n", "2", "--alert", "is:failed", "", path)
	c.Env = append(os.Environ(), "XDG_STATE_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	var errors bytes.Buffer
	c.Stderr = &errors
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 10)
	if _, err := out.Read(first); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, secondAlert)
	var rest bytes.Buffer
	if _, err := rest.ReadFrom(out); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("the query ends with %v: %s", err, errors.String())
	}
	if got := errors.String(); strings.ContainsAny(got, "\a\x1b") || !strings.Contains(got, "pawprint: 1 alert in all") {
		t.Errorf("standard error is %q, want the count and no call", got)
	}
}
