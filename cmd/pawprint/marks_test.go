package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// markedLog writes a log of three events, and returns its path and its lines.
func markedLog(t *testing.T) (path string, lines []string) {
	t.Helper()
	for _, action := range []string{"GET_RULE", "DELETE_RULE", "CREATE_ROLE"} {
		lines = append(lines, event(action, "SUCCEEDED"))
	}
	path = filepath.Join(t.TempDir(), "audit.jsonl")
	appendTo(t, path, strings.Join(lines, ""))
	return path, lines
}

// markIn marks the first event of a log with a note, in a run of its own.
func markIn(t *testing.T, state, path, note string, end func(x *terminal)) {
	t.Helper()
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{"XDG_STATE_HOME=" + state}}, nil, path)
	x.waitForText("3/3")
	x.typeKeys("gM")
	x.waitForText("#word is a tag")
	x.typeKeys(note + "\r")
	x.waitForText("note: " + note)
	end(x)
}

func TestMarksAreFoundAgainWhereverTheLogIs(t *testing.T) {
	state := t.TempDir()
	path, lines := markedLog(t)
	markIn(t, state, path, "ask marge #exfil", func(x *terminal) {
		x.typeKeys("q")
		x.waitForExit(0)
	})
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(lines[2] + lines[0])); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	moved, rotated := filepath.Join(folder, "elsewhere.jsonl"), filepath.Join(folder, "audit.jsonl.2.gz")
	if err := errors.Join(os.Rename(path, moved), os.WriteFile(rotated, packed.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(lines, "")
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") != "" {
			listing(w, "logs/a.jsonl", int64(len(text)))
			return
		}
		w.Header().Set("ETag", "e")
		_, _ = w.Write([]byte(text)) // whoever hangs up does not want it
	})
	for _, source := range []string{moved, rotated, "s3://bucket/logs/"} {
		x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{"XDG_STATE_HOME=" + state}}, nil, "-q", "is:marked", source)
		x.waitForText("GET_RULE")
		x.typeKeys("g")
		x.waitForText("note: ask marge #exfil")
		x.typeKeys("q")
		x.waitForExit(0)
	}
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{"XDG_STATE_HOME=" + state}}, nil, "--no-state", moved)
	x.waitForText(" 3/3") // the title may come before the rows
	x.typeKeys("g'")
	x.waitForText("nothing is marked")
	x.typeKeys("q")
	x.waitForExit(0)
}

// A note that is on the screen as kept survives whatever ends the program, and so does one that was typed just before the end.
func TestMarksSurviveTheEndOfTheProgram(t *testing.T) {
	for name, end := range map[string]func(x *terminal){
		"q": func(x *terminal) { x.typeKeys("q"); x.waitForExit(0) },
		"a signal": func(x *terminal) {
			if err := x.Cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			<-x.Exited()
		},
	} {
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			path, _ := markedLog(t)
			markIn(t, state, path, "keep me", end)
			if left, err := filepath.Glob(filepath.Join(state, "pawprint", "marks", ".*.part")); err != nil || len(left) > 0 {
				t.Errorf("left are %q, %v", left, err)
			}
			files, err := filepath.Glob(filepath.Join(state, "pawprint", "marks", "??.json"))
			if err != nil || len(files) != 1 {
				t.Fatalf("the files are %q, %v", files, err)
			}
			if text, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(text), `"note": "keep me"`) || !strings.Contains(string(text), path) {
				t.Errorf("the file holds %s, %v", text, err)
			}
		})
	}
}

// counts is a CSV of stats without its header and its times.
func counts(csv string) (out string) {
	for _, line := range strings.SplitAfter(csv, "\n")[1:] {
		if cells := strings.Split(line, ","); len(cells) > 3 {
			out += strings.Join(cells[:3], ",") + "\n"
		}
	}
	return out
}

// The commands find by marks what the interface marked, and print what was said.
func TestCommandsAskForMarks(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	path, lines := markedLog(t)
	markIn(t, os.Getenv("XDG_STATE_HOME"), path, `=ask "marge" #exfil #T-1`, func(x *terminal) {
		x.typeKeys("q")
		x.waitForExit(0)
	})
	for _, c := range []struct {
		args []string
		out  string
		code int
	}{
		{[]string{"query", "-o", "jsonl", "is:marked", path}, lines[0], 0},
		{[]string{"query", "-o", "jsonl", "tag:EXFIL note:marge", path}, lines[0], 0},
		{[]string{"query", "-c", "not is:marked", path}, "2\n", 0},
		{[]string{"query", "-c", "tag:exf", path}, "0\n", 1},
		{[]string{"query", "-c", "tag:exf*", path}, "1\n", 0},
		{[]string{"query", "-c", "has:note -has:verdict", path}, "1\n", 0},
		{[]string{"query", "-o", "csv", "--fields", "action,note,tags,verdict", "-n", "2", "", path},
			"action,note,tags,verdict,reject\nGET_RULE,\"'=ask \"\"marge\"\"\",\"[\"\"exfil\"\",\"\"T-1\"\"]\",,\nDELETE_RULE,,,,\n", 0},
		{[]string{"query", "-o", "json", "--fields", "note,tag", "is:marked", path}, "[\n{\"note\":\"=ask \\\"marge\\\"\",\"tag\":[\"exfil\",\"T-1\"]}\n]\n", 0},
		{[]string{"stats", "--by", "action", "-q", "is:marked", "-o", "csv", path}, "", 0},
		{[]string{"query", "-o", "csv", "--fields", "action", "--sort", "-tag", "", path}, "action,reject\nGET_RULE,\nDELETE_RULE,\nCREATE_ROLE,\n", 0},
		{[]string{"query", "-o", "csv", "--fields", "action", "--sort", "action", "", path}, "action,reject\nCREATE_ROLE,\nDELETE_RULE,\nGET_RULE,\n", 0},
		{[]string{"query", "-f", "-n", "1", "-o", "jsonl", "is:marked", path}, lines[0], 0},
	} {
		out, errs, code := outcomeOf(t, c.args...)
		if code != c.code || c.out != "" && out != c.out {
			t.Errorf("%q ends with %d and prints\n%swant\n%s%s", c.args, code, out, c.out, errs)
		}
	}
	if out, _, _ := outcomeOf(t, "query", "-o", "csv", "is:marked", path); !strings.Contains(strings.SplitN(out, "\n", 2)[0], "note,tags,verdict") {
		t.Errorf("a CSV of marked events is %s", out)
	}
	for args, want := range map[string]string{
		"query --no-state is:marked":          "--no-state does not read marks",
		"query verdict:x":                     "x is none of benign, suspicious, malicious",
		"query note>3":                        "note can be compared with",
		"stats --no-state --by tag":           "--no-state does not read marks",
		"query --no-state --sort tag is:read": "--no-state does not read marks",
		"query --sort size is:read":           "no field is called size",
		"query --sort -is is:read":            "is is a condition and not a value",
		"query -f --sort tag is:read":         "with --follow rows are printed as they arrive",
		"query tag:nothing":                   "",
	} {
		_, errs, code := outcomeOf(t, append(strings.Fields(args), path)...)
		if wantCode := map[bool]int{true: 1, false: 2}[want == ""]; code != wantCode || !strings.Contains(errs, want) {
			t.Errorf("%s ends with %d and says %s", args, code, errs)
		}
	}
	out, errs, _ := outcomeOf(t, "stats", "--by", "tag", "-o", "csv", path)
	if diff := cmp.Diff(",2,0\nT-1,1,0\nexfil,1,0\n", counts(out)); diff != "" || !strings.Contains(errs, "an event counts once under each of its tags, so the counts may add up to more than 3 events") {
		t.Errorf("by tag -want +got:\n%s%s", diff, errs)
	}
	out, errs, _ = outcomeOf(t, "stats", "--by", "verdict", "-o", "csv", path)
	if diff := cmp.Diff(",3,0\n", counts(out)); diff != "" || errs != "" {
		t.Errorf("by verdict -want +got:\n%s%s", diff, errs)
	}
	if _, errs, _ := outcomeOf(t, "query", "tag:exfli", path); errs != "pawprint: tag:exfli: none of your marks has this tag; did you mean tag:exfil?\n" {
		t.Errorf("of a tag that no mark has it says %s", errs)
	}
	files, err := filepath.Glob(filepath.Join(os.Getenv("XDG_STATE_HOME"), "pawprint", "marks", "??.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.WriteFile(files[0], []byte(`{"version":9}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := outcomeOf(t, "query", "-c", "is:marked", path); code != 2 || !strings.Contains(errs, "a newer pawprint wrote it (version 9") {
		t.Errorf("with a later file it ends with %d and says %s", code, errs)
	}
	if _, errs, code := outcomeOf(t, "query", "-c", "is:read", path); code != 0 || errs != "" {
		t.Errorf("a query that asks for no marks ends with %d and says %s", code, errs)
	}
}

func TestStateSaysWhatIsKeptAndForgetsIt(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	path, _ := markedLog(t)
	if out, errs, code := outcomeOf(t, "state"); code != 0 || !strings.Contains(out, "0 marked events, 0 notes, in "+os.Getenv("XDG_STATE_HOME")) {
		t.Errorf("without marks it ends with %d: %s%s", code, out, errs)
	}
	markIn(t, os.Getenv("XDG_STATE_HOME"), path, "ask marge #exfil", func(x *terminal) {
		x.typeKeys("q")
		x.waitForExit(0)
	})
	if out, errs, code := outcomeOf(t, "state"); code != 0 || !strings.Contains(out, "1 marked event, 1 note, in ") || !strings.Contains(out, "      1 marked in "+path+"\n") {
		t.Errorf("with a mark it ends with %d: %s%s", code, out, errs)
	}
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"state", "forget", path + "x"}, "0 marks removed", 1},
		{[]string{"--no-state", "state", "forget", path}, "--no-state reads no saved state", 2},
		{[]string{"state", "forget", filepath.Dir(path)}, "removed " + path + ":1 ask marge #exfil\n1 mark removed\n", 0},
		{[]string{"state"}, "0 marked events", 0},
	} {
		if out, errs, code := outcomeOf(t, c.args...); code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%q ends with %d: %s%s", c.args, code, out, errs)
		}
	}
}

func TestStateWithoutAHomeSaysWhatToSet(t *testing.T) {
	home := "HOME"
	if runtime.GOOS == "windows" {
		home = "USERPROFILE"
	}
	t.Setenv(home, "")
	t.Setenv("XDG_STATE_HOME", "")
	if out, errs, code := outcomeOf(t, "state"); code != 2 || out != "" || !strings.Contains(errs, " is not defined: set it, or XDG_STATE_HOME\n") {
		t.Errorf("it ends with %d: %s%s", code, out, errs)
	}
}
