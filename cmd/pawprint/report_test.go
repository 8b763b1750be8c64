package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/cmd/internal/report"
)

// TestAReportHasTheMarkedEventsWithTheirNotes marks an event in the interface, reports on it, and verifies a copy elsewhere.
func TestAReportHasTheMarkedEventsWithTheirNotes(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	path, lines := markedLog(t)
	markIn(t, state, path, "ask marge #exfil", func(x *terminal) {
		x.typeKeys("q")
		x.waitForExit(0)
	})
	t.Setenv("XDG_STATE_HOME", state)
	for _, name := range []string{"case.html", "case.md"} {
		out := filepath.Join(folder, name)
		if _, errs, code := outcomeOf(t, "report", "--out", out, path); code != exitFound || !strings.Contains(errs, ": 1 event\n") {
			t.Fatalf("exit code %d, %s", code, errs)
		}
		text, err := os.ReadFile(out)
		if err != nil || !strings.Contains(string(text), "ask marge") || !strings.Contains(string(text), "exfil") {
			t.Errorf("%s has no note: %v", name, err)
		}
	}
	moved := filepath.Join(folder, "copy", "elsewhere.jsonl")
	if err := os.Mkdir(filepath.Dir(moved), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, moved, []byte(strings.Join(lines, "")))
	if out, errs, code := outcomeOf(t, "verify", filepath.Join(folder, "case.html"), moved); code != exitFound || !strings.Contains(out, "1 of 1 event agrees") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	if _, errs, code := outcomeOf(t, "report", "--no-state", "--out", filepath.Join(folder, "none.md"), path); code != exitError || !strings.Contains(errs, "--no-state does not read marks") {
		t.Errorf("without marks: exit code %d, %s", code, errs)
	}
}

// TestAReportOnManyEventsIsVerified reports on as many events as a report may have, and on one more, which is an error that says what to do.
func TestAReportOnManyEventsIsVerified(t *testing.T) {
	folder := t.TempDir()
	path, out := filepath.Join(folder, "a.jsonl"), filepath.Join(folder, "case.html")
	lines := strings.Repeat(event("GET_FIRST", "FAILED"), report.MostEvents)
	write(t, path, []byte(lines))
	if _, errs, code := outcomeOf(t, "report", "-q", "is:failed", "--out", out, path); code != exitFound || !strings.Contains(errs, ": 20,000 events\n") {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	if said, errs, code := outcomeOf(t, "verify", out); code != exitFound || !strings.Contains(said, "20,000 of 20,000 events agree") {
		t.Errorf("exit code %d, %s%s", code, said, errs)
	}
	write(t, path, []byte(lines+event("GET_FIRST", "FAILED")))
	_, errs, code := outcomeOf(t, "report", "-q", "is:failed", "--out", filepath.Join(folder, "more.html"), path)
	if code != exitError || !strings.Contains(errs, "at most 20,000 events, and these are 20,001: choose those that matter") {
		t.Errorf("one more: exit code %d, %s", code, errs)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

// reporting returns a command that writes a report on all events of a large log.
func reporting(t *testing.T, under ...string) (c *exec.Cmd, out string) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "a.jsonl")
	write(t, path, bytes.Repeat([]byte(event("GET_FIRST", "FAILED")), 1500))
	out = filepath.Join(folder, "reports", "case.html")
	if err := os.Mkdir(filepath.Dir(out), 0o700); err != nil {
		t.Fatal(err)
	}
	args := append(under, ourselves(t), "report", "-q", "is:failed", "--out", out, path)
	return exec.Command(args[0], args[1:]...), out
}

// mustBeWholeOrNothing checks that a report is one that agrees with its source, or that there is no file.
func mustBeWholeOrNothing(t *testing.T, out string) (there bool) {
	t.Helper()
	left, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(left) > 1 {
		t.Fatalf("the folder has %v, %v", left, err)
	}
	if len(left) == 0 {
		return false
	}
	if said, errs, code := outcomeOf(t, "verify", out); code != exitFound {
		t.Errorf("the report does not agree: exit code %d, %s%s", code, said, errs)
	}
	return true
}

// TestAReportThatIsKilledIsWholeOrNotThere kills the program at moments that are spread over its run.
func TestAReportThatIsKilledIsWholeOrNotThere(t *testing.T) {
	for looks := 1; looks < 1<<19; looks *= 4 {
		c, out := reporting(t)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for range looks {
			if _, err := os.Stat(out); err == nil {
				break
			}
		}
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()         // likewise
		mustBeWholeOrNothing(t, out)
	}
}

// TestAReportOnAFullDiskIsNotThere writes where there is no space, as far as a limit on the size of files can say.
func TestAReportOnAFullDiskIsNotThere(t *testing.T) {
	c, out := reporting(t, "sh", "-c", `ulimit -f 40; exec "$0" "$@"`)
	said, err := c.CombinedOutput()
	if err == nil || mustBeWholeOrNothing(t, out) || !strings.Contains(string(said), "too large") {
		t.Errorf("%v: %s", err, said)
	}
}

// TestTheKeyOfReportsWritesOne marks an event, filters, and writes a report by the key.
func TestTheKeyOfReportsWritesOne(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	path, _ := markedLog(t)
	out := filepath.Join(folder, "case.html")
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{"XDG_STATE_HOME=" + state}}, nil, path)
	x.waitForText("3/3")
	x.typeKeys("gM")
	x.waitForText("#word is a tag")
	x.typeKeys("ask marge #exfil\r")
	x.waitForText("note: ask marge")
	x.typeKeys("X")
	x.waitForText("1 marked as html")
	x.waitForText("3 rows as md")
	x.typeKeys("\r")
	x.waitForText("export to pawprint-")
	x.typeKeys("\x15" + out + "\r")
	x.waitForText("1 row")
	x.typeKeys("q")
	x.waitForExit(0)
	text, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(text), "ask marge") {
		t.Fatalf("the report: %v", err)
	}
	if said, errs, code := outcomeOf(t, "verify", out); code != exitFound || !strings.Contains(said, "1 of 1 event agrees") {
		t.Errorf("exit code %d, %s%s", code, said, errs)
	}
}
