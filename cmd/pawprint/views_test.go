package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"pawprint/cmd/internal/state"
	"pawprint/tui/ptytest"
)

func TestAViewIsSavedAndFoundInTheNextRun(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(event("GET_FIRST", "SUCCEEDED")+event("DELETE_LAST", "FAILED")), 0o600); err != nil {
		t.Fatal(err)
	}
	x := start(t, nil, "-q", "is:failed", path)
	x.waitForText("1 shown")
	x.typeKeys("smine\r")
	x.waitForText("saved as mine")
	x.typeKeys("q")
	x.waitForExit(0)
	x = start(t, nil, path)
	x.waitForText("GET_FIRST")
	x.typeKeys("V")
	x.waitForText("Detections deleted or disabled")
	x.typeKeys("mine\r")
	x.waitForText("1 shown")
	x.typeKeys("q")
	x.waitForExit(0)
}

// Two programs save views as fast as keys can be typed, and quit while they save the last one.
func TestViewsOfTwoProgramsAreAllKept(t *testing.T) {
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	const each = 20
	programs := []*terminal{start(t, nil, story), start(t, nil, story)}
	for _, x := range programs {
		x.waitForText("2,000 events")
	}
	var both sync.WaitGroup
	for k, x := range programs {
		both.Go(func() {
			var keys strings.Builder
			for i := range each {
				fmt.Fprintf(&keys, "sv%d-%d\r", k, i)
			}
			x.typeKeys(keys.String() + "q")
		})
	}
	both.Wait()
	for _, x := range programs {
		x.waitForExit(0)
	}
	views, err := state.UserViews().Load()
	if err != nil || len(views) != 2*each {
		t.Errorf("%d views are kept, want %d: %v", len(views), 2*each, err)
	}
}

func TestPipesInThePlaceOfOwnFilesAreSaid(t *testing.T) {
	config, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("XDG_STATE_HOME", state)
	for _, path := range []string{filepath.Join(config, "pawprint", "views.json"), filepath.Join(state, "pawprint", "recent.json")} {
		if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), ptytest.MakePipe(path)); err != nil {
			t.Fatal(err)
		}
	}
	x := startOn(t, terminalOptions{cols: 80, rows: 24}, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("V")
	x.waitForText("views.json is a pipe, where a file should be")
	x.typeKeys("\x1b")
	x.waitFor("the list closed", func(s string) bool { return !strings.Contains(s, "─ Views") })
	x.typeKeys("smine\r")
	x.waitForText("views.json is a pipe, where a file should be (the view was not")
	x.typeKeys("q")
	x.waitForExit(0)
	x = startOn(t, terminalOptions{cols: 80, rows: 24}, nil)
	x.waitForText("recent.json is a pipe, where a file should be")
	x.typeKeys("\x03")
	x.waitForExit(0)
}

// The command of a view is pasted into a shell: it prints the rows of the screen, in their order, whatever the names and the filter hold.
func TestTheCopiedCommandOfAViewPrintsItsRows(t *testing.T) {
	b := newBench(t)
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var text strings.Builder
	for i := range 12 {
		who := []string{"ann", "it's $(id) \\\"x\\\"", "家"}[i%3]
		fmt.Fprintf(&text, `{"actionName":"A_%d","actionResult":"%s","actor":{"name":"%s","type":"USER"},"timestamp":"2026-11-02 1%d:00:00.000"}`+"\n",
			i, []string{"SUCCEEDED", "FAILED"}[i%2], who, i%10)
	}
	path := filepath.Join(b.folder, "-it's $(touch ran).jsonl")
	b.file(filepath.Base(path), []byte(text.String()))
	config := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "pawprint", "views.json")
	must(t, os.MkdirAll(filepath.Dir(config), 0o700))
	must(t, os.WriteFile(config, []byte(`{"views":[{"name":"odd one","query":"actor=\"it's $(id) \\\"x\\\"\" OR time:..10:30","reversed":true,
		"columns":[{"name":"action"},{"name":"actor"}]},{"name":"all"},{"name":"by who","sort":"actor","reversed":true,"columns":[{"name":"actor"},{"name":"action"}]},{"name":"new","sort":"first-seen"}]}`), 0o600))
	fields := regexp.MustCompile(" --fields [a-z,]+")
	for _, c := range []struct {
		flags []string
		rows  int
	}{{[]string{"--view", "odd one"}, 5}, {[]string{"--view", "odd one", "-q", "-view:all OR is:failed"}, 2}, {[]string{"--view", "by who"}, 12}, {[]string{"--failed", "--tz", "Asia/Tokyo"}, 6}, {nil, 12}} {
		x := start(t, nil, append(c.flags, "--", path)...)
		x.waitForText(" events")
		x.waitForText(fmt.Sprint(c.rows, "/", c.rows))
		command := x.copyLast("command for these rows")
		x.typeKeys("q")
		x.waitForExit(0)
		want, err := exec.Command("pawprint", append(append([]string{"query", "-o", "csv", "--fields", "time,result,action,actor"}, c.flags...), "--", "", path)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		got := string(b.output(t, "sh", fields.ReplaceAllString(command, " -o csv --fields time,result,action,actor")))
		if n := strings.Count(got, "\n"); got != string(want) || n != c.rows+1 {
			t.Errorf("%q: %s\nprints\n%swant\n%s", c.flags, command, got, want)
		}
		if plain := string(b.output(t, "sh", command)); strings.Count(plain, "\n") != c.rows {
			t.Errorf("%s prints\n%s", command, plain)
		}
	}
}

func TestTheOrderOfAViewIsThatOfItsRows(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "a.jsonl")
	must(t, os.WriteFile(path, []byte(event("GET_FIRST", "SUCCEEDED")+event("DELETE_LAST", "FAILED")+event("LIST_MORE", "SUCCEEDED")), 0o600))
	views := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "pawprint", "views.json")
	must(t, os.MkdirAll(filepath.Dir(views), 0o700))
	must(t, os.WriteFile(views, []byte(`{"views":[{"name":"names","sort":"action"},{"name":"back","sort":"action","reversed":true},{"name":"seen","sort":"first-seen"}]}`), 0o600))
	for _, c := range []struct {
		args []string
		want string
		errs string
	}{
		{[]string{"--view", "names", ""}, "DELETE_LAST GET_FIRST LIST_MORE", ""},
		{[]string{"--view", "back", ""}, "LIST_MORE GET_FIRST DELETE_LAST", ""},
		{[]string{"--view", "back", "--sort", "time", ""}, "GET_FIRST DELETE_LAST LIST_MORE", ""},
		{[]string{"--view", "seen", ""}, "GET_FIRST DELETE_LAST LIST_MORE", "pawprint: the view seen is sorted by first-seen, which is not in the lines: rows are printed in order of time\n"},
		{[]string{"--view", "back", "-f", "-n", "1", ""}, "GET_FIRST", "pawprint: the view back has another order: with --follow rows are printed as they arrive\n"},
	} {
		out, errs, _ := outcomeOf(t, append(append([]string{"query", "-o", "csv", "--fields", "action"}, c.args...), path)...)
		words := strings.Fields(strings.ReplaceAll(out, ",", ""))
		if len(words) == 0 || strings.Join(words[1:], " ") != c.want || errs != c.errs {
			t.Errorf("%q prints %q and says %q", c.args, words, errs)
		}
	}
}

func TestAPastedViewIsShownAndSaved(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	x := startOn(t, terminalOptions{cols: 80, rows: 24}, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("V")
	x.waitForText("Failed actions")
	x.typeKeys("\x1b[200~" + `pawprint-view:1 {"name":"from ben","query":"is:failed actor:ci","sort":"action"}` + "\x1b[201~")
	x.waitForText("save from ben")
	x.waitForText("is:failed actor:ci; by action")
	x.typeKeys("\r")
	x.waitForText("saved as from ben")
	x.typeKeys("/view:from\t\r")
	x.waitForText("view: from ben")
	x.typeKeys("q")
	x.waitForExit(0)
	views, err := state.UserViews().Load()
	if err != nil || len(views) != 1 || views[0].Sort != "action" {
		t.Errorf("saved is %+v, %v", views, err)
	}
}
