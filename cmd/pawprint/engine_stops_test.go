package main

import (
	"bytes"
	"net/http"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"pawprint/loader/engine/enginetest"
)

// TestASignalStopsTheQueryAtALake ends a command while its query runs, and while it is started.
func TestASignalStopsTheQueryAtALake(t *testing.T) {
	secretHome(t)
	for name, c := range map[string]struct {
		play func(*testing.T, enginetest.Fault) faultyEngine
		op   string // the request that is in progress
	}{
		"panther, running":  {func(t *testing.T, f enginetest.Fault) faultyEngine { return playPanther(t, f, nil) }, "page"},
		"panther, starting": {func(t *testing.T, f enginetest.Fault) faultyEngine { return playPanther(t, f, nil) }, "start"},
		"athena, starting":  {func(t *testing.T, f enginetest.Fault) faultyEngine { return playAthena(t, f, nil) }, "StartQueryExecution"},
	} {
		t.Run(name, func(t *testing.T) {
			reached, told := make(chan struct{}, 99), make(chan struct{})
			e := c.play(t, func(op string, nth int, w http.ResponseWriter) bool {
				if op == c.op && nth == 1 {
					reached <- struct{}{}
					<-told
				}
				return false
			})
			cmd := exec.Command(program(t), "query", "", "--since", sinceEvents, "--until", untilEvents, e.url)
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			<-reached
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(100*time.Millisecond, func() { close(told) }) // an answer that is on its way
			_ = cmd.Wait()                                               // the exit code is checked below
			if code := cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGTERM) || out.Len() > 0 || e.stopped() != 1 || secretsIn(errs.String()) != nil {
				t.Errorf("it exits %d, prints %q and says %q; %d queries were stopped", code, out.String(), errs.String(), e.stopped())
			}
		})
	}
}

// TestEscAndTheEndStopTheQueryAtALake stops the first load of the interface, and ends the program while it loads.
func TestEscAndTheEndStopTheQueryAtALake(t *testing.T) {
	secretHome(t)
	panther := func(f enginetest.Fault) faultyEngine {
		return playPanther(t, f, func(p *enginetest.Panther) { p.Running = always })
	}
	athena := func(f enginetest.Fault) faultyEngine {
		return playAthena(t, f, func(a *enginetest.Athena) { a.Running = always })
	}
	for name, c := range map[string]struct {
		play func(enginetest.Fault) faultyEngine
		op   string // asks for the query that runs
		keys string
	}{
		"panther, esc": {panther, "page", "\x1b"},
		"panther, q":   {panther, "page", "q"},
		"athena, esc":  {athena, "GetQueryExecution", "\x1b"},
	} {
		runs := make(chan struct{}, 1)
		e := c.play(func(op string, _ int, _ http.ResponseWriter) bool {
			if op == c.op {
				select {
				case runs <- struct{}{}:
				default:
				}
			}
			return false
		})
		x := start(t, nil, "--since", sinceEvents, "--until", untilEvents, e.url)
		select {
		case <-runs:
		case <-x.Exited():
			t.Fatalf("the program ended:\n%s", x.screen())
		}
		x.waitForText("loading") // a key before the first frame stops nothing
		x.typeKeys(c.keys)
		if c.keys != "q" {
			x.waitForText("stopped")
			x.typeKeys("q")
		}
		x.waitForExit(0)
		if n := e.stopped(); n != 1 {
			t.Errorf("%s: %d queries were stopped:\n%s", name, n, x.screen())
		}
		x.tellsNoSecret()
	}
}

// tellsNoSecret looks for secrets in what the program sent to the terminal.
func (x *terminal) tellsNoSecret() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if found := secretsIn(x.raw.String() + x.screen()); found != nil {
		x.t.Errorf("the terminal is told %q", found)
	}
}
