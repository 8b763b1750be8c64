package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// storyIn returns a folder with a copy of the shared log, and the environment of a run that keeps its state in the folder.
func storyIn(t *testing.T) (path, state string, o terminalOptions) {
	t.Helper()
	folder := t.TempDir()
	text, err := os.ReadFile(story)
	must(t, err)
	path, state = filepath.Join(folder, "a.jsonl"), filepath.Join(folder, "state")
	must(t, os.WriteFile(path, text, 0o600))
	return path, state, terminalOptions{cols: 80, rows: 24, env: []string{"XDG_STATE_HOME=" + state, "XDG_CONFIG_HOME=" + folder}}
}

func TestASessionComesBackInTheNextRun(t *testing.T) {
	t.Parallel()
	path, state, o := storyIn(t)
	x := startOn(t, o, nil, path)
	x.waitForText("2,000 events")
	x.typeKeys("/is:failed\r")
	x.waitForText("127 matches")
	x.typeKeys("gjj")
	x.waitForText("3/127")
	x.typeKeys("q")
	x.waitForExit(0)

	x = startOn(t, o, nil, path)
	x.waitForText("r goes back to where you were (filter is:failed, row 3)")
	x.typeKeys("r")
	x.waitForText("3/127")
	x.typeKeys("/\x15\x12") // clears the text and searches the earlier filters
	x.waitForText("enter takes it")
	x.waitForText("is:failed")
	x.typeKeys("\x1b")
	x.waitFor("the list closed", func(s string) bool { return !strings.Contains(s, "enter takes it") })
	x.typeKeys("\x1b")
	x.waitForText("3/127")
	x.typeKeys("q")
	x.waitForExit(0)

	x = startOn(t, o, nil, "--resume", path)
	x.waitForText("3/127")
	x.typeKeys("q")
	x.waitForExit(0)
	for _, flags := range [][]string{{"--fresh"}, {"--no-state"}} {
		x = startOn(t, o, nil, append(flags, path)...)
		x.waitForText("2,000/2,000")
		x.typeKeys("j")
		x.typeKeys("q")
		x.waitForExit(0)
		if strings.Contains(x.raw.String(), "goes back to where") {
			t.Errorf("%s offers the session", flags)
		}
	}
	x = startOn(t, o, nil, "--resume", "-q", "action:delete", path)
	x.waitForText("action:delete")
	x.waitForText("matches")
	x.typeKeys("q")
	x.waitForExit(0)
	text, err := os.ReadFile(filepath.Join(state, "pawprint", "sessions.json"))
	if err != nil || strings.Count(string(text), path) != 2 { // the source, and the source of the row
		t.Errorf("kept is %s, %v", text, err)
	}
}

func TestAKilledRunLosesLittleOfItsSession(t *testing.T) {
	t.Parallel()
	path, state, o := storyIn(t)
	x := startOn(t, o, nil, path)
	x.waitForText("2,000 events")
	x.typeKeys("/is:failed\r")
	x.waitForText("127 matches")
	x.typeKeys("g")
	for kept := false; !kept; { // the user goes on working
		x.typeKeys("j")
		x.waitForText("2/127")
		x.typeKeys("k")
		x.waitForText(" 1/127")
		text, err := os.ReadFile(filepath.Join(state, "pawprint", "sessions.json"))
		kept = err == nil && strings.Contains(string(text), "is:failed")
	}
	must(t, x.Cmd.Process.Kill())
	<-x.Exited()
	x = startOn(t, o, nil, path)
	x.waitForText("r goes back to where you were (filter is:failed")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestTheConfigurationTurnsSessionsOff(t *testing.T) {
	path, state, o := storyIn(t)
	must(t, os.WriteFile(filepath.Join(filepath.Dir(path), "config.toml"), []byte("session = false\n"), 0o600))
	o.env = append(o.env, "PAWPRINT_CONFIG="+filepath.Join(filepath.Dir(path), "config.toml"))
	x := startOn(t, o, nil, path)
	x.waitForText("2,000 events")
	x.typeKeys("/is:failed\r")
	x.waitForText("127 matches")
	x.typeKeys("q")
	x.waitForExit(0)
	for _, name := range []string{"sessions.json", "filters.json"} {
		if _, err := os.Stat(filepath.Join(state, "pawprint", name)); err == nil {
			t.Errorf("there is %s", name)
		}
	}
}
