package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// situations are the states of the interface in which a fault is tried.
var situations = []struct {
	name  string
	flags []string
	begin func(x *terminal, folder string)
}{
	{"loading", nil, func(x *terminal, _ string) {}},
	{"following", []string{"-f"}, func(x *terminal, _ string) {}},
	{"exporting", nil, func(x *terminal, folder string) {
		x.typeKeys("o")
		x.waitForText("as csv")
		x.typeKeys("csv\r")
		x.waitForText("export to")
		if err := os.WriteFile(slowMark(folder), nil, 0o600); err != nil {
			x.t.Fatal(err)
		}
		x.typeKeys("\x15" + filepath.Join(folder, "out.csv") + "\r")
		x.waitForText("exporting: ")
	}},
	{"prompting", nil, func(x *terminal, _ string) {
		x.typeKeys("@")
		x.waitForText("go to")
	}},
}

// slowMark is the file that makes reading slow, so that an export to folder is still running when something else happens.
func slowMark(folder string) string { return folder + "-slow" }

// inSituation runs the program with a fault in a place until it is in a situation. trigger sets the fault off; exports go to folder.
func inSituation(t *testing.T, place string, flags []string, under ...string) (x *terminal, trigger func(), folder string) {
	t.Helper()
	folder = t.TempDir()
	file := filepath.Join(t.TempDir(), "trigger")
	x = startOn(t, terminalOptions{cols: 300, rows: 40, under: under, env: []string{faultPlace + "=" + place, faultTrigger + "=" + file, faultSlow + "=" + slowMark(folder)}}, nil, append(flags, story)...)
	if len(flags) == 0 || flags[0] != "query" {
		x.waitForText("2,001 events")
	}
	return x, func() {
		t.Helper()
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}, folder
}

// gone waits until a fault has ended the program, and checks the terminal, the message and the report.
func (x *terminal) gone(begin time.Time, folder string) {
	x.t.Helper()
	select {
	case <-x.Exited():
		x.t.Logf("the program was gone after %v", time.Since(begin).Round(time.Millisecond))
	case <-time.After(maxWait):
		x.t.Fatalf("the program does not end:\n%s\n%s", x.screen(), x.stacks())
	}
	x.waitUntil("the line that says what happened", nil, func() bool {
		return strings.Contains(x.screen(), "internal error") && strings.Contains(x.screen(), "report without log data is in")
	})
	x.waitForExit(exitError)
	if strings.Count(x.screen(), "internal error") != 1 {
		x.t.Errorf("the terminal says\n%s", x.screen())
	}
	if reports := x.reports(); len(reports) != 1 || !strings.Contains(reports[0], "goroutine ") || strings.Contains(reports[0], "of a log") {
		x.t.Errorf("the reports are %q", reports)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if strings.Contains(x.raw.String(), "of a log\n") || strings.Contains(x.raw.String(), "ZXZpbA") {
		x.t.Error("what the program panicked with is on the terminal")
	}
	wholeOrNothing(x.t, folder)
}

// wholeOrNothing checks that an export is complete or left no file.
func wholeOrNothing(t *testing.T, folder string) {
	t.Helper()
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 2 || len(left) > 0 && left[0].Name() != "out.csv" || len(left) > 1 && left[1].Name() != "out.csv.origin.json" {
		t.Errorf("the export left %v, %v", left, err)
	}
	if len(left) > 0 {
		csv, err := os.ReadFile(filepath.Join(folder, "out.csv"))
		if err != nil || strings.Count(string(csv), "\n") != 2002 {
			t.Errorf("the export has %d lines of 2002: %v", strings.Count(string(csv), "\n"), err)
		}
	}
}

// TestAFaultAnywhereEndsTheProgramInOrder panics in places that run in every situation.
func TestAFaultAnywhereEndsTheProgramInOrder(t *testing.T) {
	for _, place := range []string{"command", "load", "goroutine", "group", "reading", "sink", "renderer"} {
		for _, situation := range situations {
			t.Run(place+" while "+situation.name, func(t *testing.T) {
				t.Parallel()
				x, trigger, folder := inSituation(t, place, situation.flags)
				situation.begin(x, folder)
				if place == "renderer" {
					x.waitForKeeper()
				}
				begin := time.Now()
				trigger()
				if place == "renderer" {
					x.typeKeys("k")
				}
				x.gone(begin, folder)
			})
		}
	}
}

// TestAFaultOfWhatAKeyBeginsEndsTheProgramInOrder panics in work that only a key starts.
func TestAFaultOfWhatAKeyBeginsEndsTheProgramInOrder(t *testing.T) {
	for _, c := range []struct {
		place  string
		before func(x *terminal, folder string)
		after  string
	}{
		{"update", nil, "f"},
		{"view", func(x *terminal, _ string) { x.typeKeys("B"); x.waitForText("memory") }, "j"},
		{"saving views", func(x *terminal, _ string) { x.typeKeys("s"); x.waitForText("save") }, "mine\r"},
		{"raw bytes", nil, "/no-such-text\r"}, // on the goroutines of a selection
		{"raw bytes", nil, "g\r"},             // of the list and the detail
		{"raw bytes", situations[2].begin, ""},
	} {
		t.Run(c.place+" "+strings.TrimSpace(c.after), func(t *testing.T) {
			t.Parallel()
			x, trigger, folder := inSituation(t, c.place, nil)
			if c.before != nil {
				c.before(x, folder)
			}
			begin := time.Now()
			trigger()
			x.typeKeys(c.after)
			x.gone(begin, folder)
		})
	}
}

// TestAFaultInACommandIsSaidBehindWhatWasPrinted reads one source that panics and one that can be read.
func TestAFaultInACommandIsSaidBehindWhatWasPrinted(t *testing.T) {
	for _, place := range []string{"load", "goroutine", "group", "reading", "sink", "raw bytes"} {
		for _, args := range [][]string{{"query", "-c", ""}, {"query", "-o", "jsonl", ""}, {"query", "-c", "no-such-text"}, {"stats"}, {"check"}} {
			t.Run(place+" "+strings.Join(args, " "), func(t *testing.T) {
				t.Parallel()
				trigger := filepath.Join(t.TempDir(), "trigger")
				if err := os.WriteFile(trigger, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				state := t.TempDir()
				cmd := exec.Command(ourselves(t), append(args, story)...)
				cmd.Env = append(os.Environ(), faultPlace+"="+place, faultTrigger+"="+trigger, "XDG_STATE_HOME="+state)
				var out, said bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &said
				_ = cmd.Run()
				if place == "raw bytes" && (args[0] != "query" || args[1] == "-c" && args[2] == "") {
					return // this command reads no lines
				}
				if code := cmd.ProcessState.ExitCode(); code != exitError {
					t.Errorf("exit code %d, want %d", code, exitError)
				}
				if strings.Count(said.String(), "internal error") != 1 || !strings.Contains(said.String(), state) || strings.Contains(said.String(), "of a log\n") || strings.Contains(said.String(), "ZXZ") {
					t.Errorf("it says %q", said.String())
				}
				if place != "raw bytes" && out.Len() == 0 {
					t.Error("what could be read is not printed")
				}
			})
		}
	}
}

func TestAFaultIsSaidAtOnceWhileFollowing(t *testing.T) {
	x, trigger, _ := inSituation(t, "load", []string{"query", "-f", "-o", "jsonl", "action:get_endless"})
	x.waitForText("GET_ENDLESS")
	trigger()
	x.waitForText("internal error")
	if err := x.Cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	x.waitForExit(130)
	if strings.Count(x.screen(), "internal error") != 1 {
		t.Errorf("the terminal says\n%s", x.screen())
	}
}

func TestAFaultOfTheStartScreenEndsTheProgramInOrder(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 300, rows: 40, env: []string{faultPlace + "=listing a folder"}}, nil)
	x.gone(time.Now(), t.TempDir())
}

func TestATerminalThatTakesNothingOrIsGoneEndsTheProgramWhateverItDoes(t *testing.T) {
	for _, situation := range situations {
		t.Run("takes nothing while "+situation.name, func(t *testing.T) {
			t.Parallel()
			x, _, folder := inSituation(t, "none", situation.flags, shellAround...)
			situation.begin(x, folder)
			x.block()
			begin := time.Now()
			if err := syscall.Kill(x.children()[0], syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			<-x.Exited()
			t.Logf("the program was gone after %v", time.Since(begin).Round(time.Millisecond))
			x.held.Unlock()
			x.waitForExit(143)
			wholeOrNothing(t, folder)
		})
		t.Run("is gone while "+situation.name, func(t *testing.T) {
			t.Parallel()
			x, _, folder := inSituation(t, "none", situation.flags)
			situation.begin(x, folder)
			x.vanish()
			begin := time.Now()
			select {
			case <-x.Exited():
			case <-time.After(maxWait):
				t.Fatal("the program lives on without a terminal")
			}
			t.Logf("the program was gone after %v", time.Since(begin).Round(time.Millisecond))
			if code := x.Cmd.ProcessState.ExitCode(); code != 129 {
				t.Errorf("exit code %d, want 129", code)
			}
			wholeOrNothing(t, folder)
		})
	}
}

// TestAFullDiskEndsNothing exports, saves a view and writes a report on a full disk. It needs a full file system, which .ci/faults
// makes.
func TestAFullDiskEndsNothing(t *testing.T) {
	full := os.Getenv("PAWPRINT_FULL_DISK")
	if full == "" {
		t.Skip("PAWPRINT_FULL_DISK names no full file system")
	}
	for _, situation := range situations {
		t.Run(situation.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "trigger")
			env := []string{faultPlace + "=load", faultTrigger + "=" + file, "XDG_STATE_HOME=" + full, "XDG_CONFIG_HOME=" + full}
			x := startOn(t, terminalOptions{cols: 300, rows: 40, env: env}, nil, append(situation.flags, story)...)
			x.waitForText("2,001 events")
			if situation.name == "exporting" {
				x.typeKeys("o")
				x.waitForText("as csv")
				x.typeKeys("csv\r")
				x.waitForText("export to")
				x.typeKeys("\x15" + filepath.Join(full, "out.csv") + "\r")
				x.waitForText("the disk is full; no file was written")
			} else {
				situation.begin(x, "")
			}
			if situation.name == "prompting" {
				x.typeKeys("\x1b")
				x.waitFor("the list alone", func(s string) bool { return !strings.Contains(s, "go to") && !strings.Contains(s, "export to") })
			}
			x.typeKeys("s")
			x.waitForText("save the view")
			x.typeKeys("mine\r")
			x.waitForText("the disk is full (the view was not saved")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			<-x.Exited()
			x.waitUntil("the line that says what happened", nil, func() bool { return strings.Contains(x.screen(), "internal error") })
			x.waitForExit(exitError)
			if strings.Contains(x.screen(), "report") {
				t.Errorf("a report is promised:\n%s", x.screen())
			}
		})
	}
}
