package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// reportByKey opens the log, writes a report on all rows by the key as Markdown into a folder, and returns it. before is called when the log
// is on the screen.
func reportByKey(t *testing.T, in *os.File, before func(), args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "case.md")
	o := terminalOptions{cols: 100, rows: 30}
	var x *terminal
	if in == nil {
		x = startOn(t, o, nil, args...)
	} else {
		x = startOn(t, o, in, args...)
	}
	x.waitForText("3 events")
	if before != nil {
		before()
	}
	x.typeKeys("X")
	x.waitForText("3 rows as md")
	x.typeKeys("as md\r")
	x.waitForText("export to pawprint-")
	x.typeKeys("\x15" + out + "\r")
	x.waitForText("3 rows")
	x.waitFor("the end of the report", func(string) bool {
		_, err := os.Stat(out)
		return err == nil
	})
	x.typeKeys("q")
	x.waitForExit(0)
	text, err := os.ReadFile(out)
	must(t, err)
	if said, errs, code := outcomeOf(t, "verify", out); code != exitError || !strings.Contains(said, "3 events cannot be checked: ") || !strings.Contains(said, "0 of 3 events agree, 3 cannot be checked\n") {
		t.Errorf("verify: exit code %d, %s%s", code, said, errs)
	}
	if said, _, _ := outcomeOf(t, "verify", "-o", "json", out); !strings.Contains(said, `"events_not_checked": 3`) || strings.Count(said, `"verdict": "not checked"`) != 3 || !strings.Contains(said, `"agrees": false`) {
		t.Errorf("as JSON: %s", said)
	}
	return string(text)
}

// The commands of a report in Markdown that print the sha256 of its events, and these.
var (
	sumCommands = regexp.MustCompile("(?m)^its sha256:\n\n```.*\n(.*)\n```$")
	sumsOfCases = regexp.MustCompile("(?m)^\\| sha256 \\| `([0-9a-f]{64})` \\|$")
)

// mustFindEvents runs the commands of a report beside a copy of what was read.
func mustFindEvents(t *testing.T, text, copied string) {
	t.Helper()
	b := newBench(t)
	b.file("COPY", []byte(copied))
	commands, sums := sumCommands.FindAllStringSubmatch(text, -1), sumsOfCases.FindAllStringSubmatch(text, -1)
	if len(commands) != 3 || len(sums) != 3 {
		t.Fatalf("%d commands, %d sums in\n%s", len(commands), len(sums), text)
	}
	for i, c := range commands {
		if got := string(b.output(t, "sh", c[1])); !strings.HasPrefix(got, sums[i][1]) {
			t.Errorf("%s prints %s, want %s", c[1], got, sums[i][1])
		}
	}
}

func mustHold(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

// TestAReportByTheKeySaysThatAPipeIsNotSealed reports on a log that came through a pipe. Its commands read a copy.
func TestAReportByTheKeySaysThatAPipeIsNotSealed(t *testing.T) {
	_, lines := markedLog(t)
	copied := strings.Join(lines, "")
	r, w, err := os.Pipe()
	must(t, err)
	defer r.Close()
	_, err = w.WriteString(copied)
	must(t, err)
	must(t, w.Close())
	text := reportByKey(t, r, nil, "-")
	mustHold(t, text, "not sealed: it is not a regular file, so it cannot be read again", "its source is not sealed: it is not a regular file",
		"the commands read a copy of the source, which they call COPY", `tail -c +1 < 'COPY' | head -c `)
	mustFindEvents(t, text, copied)
}

// TestAReportByTheKeySaysThatAFileIsNotThereAnyMore rotates the log away before the report is written.
func TestAReportByTheKeySaysThatAFileIsNotThereAnyMore(t *testing.T) {
	path, lines := markedLog(t)
	text := reportByKey(t, nil, func() { must(t, os.Rename(path, path+".1")) }, path)
	mustHold(t, text, "not sealed: the file is gone", "its source no longer holds it at this place", "which they call COPY")
	mustFindEvents(t, text, strings.Join(lines, ""))
}

// TestAReportByTheKeySaysThatAnObjectIsNotSealed reports on an object, which is not downloaded again. Its commands read it with pawprint.
func TestAReportByTheKeySaysThatAnObjectIsNotSealed(t *testing.T) {
	_, lines := markedLog(t)
	object, reads := strings.Join(lines, ""), make(chan string, 100)
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", int64(len(object)))
			return
		}
		reads <- r.URL.Path
		w.Header().Set("ETag", `"e"`)
		fmt.Fprint(w, object)
	})
	text := reportByKey(t, nil, nil, "s3://audit-logs/logs/")
	if n := len(reads); n != 1 {
		t.Errorf("the object is read %d times", n)
	}
	mustHold(t, text, "not sealed: the interface downloads nothing again for a report; pawprint report reads and seals it", "pawprint seal 's3://audit-logs/logs/a.json'",
		"pawprint query -o jsonl --sort none ")
	mustFindEvents(t, text, "")
	sealed := filepath.Join(t.TempDir(), "case.md")
	if _, errs, code := outcomeOf(t, "report", "-q", "*", "--out", sealed, "s3://audit-logs/logs/"); code != exitFound {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	again, err := os.ReadFile(sealed)
	must(t, err)
	mustHold(t, string(again), "pawprint seal 's3://audit-logs/logs/a.json'")
	if said, errs, code := outcomeOf(t, "verify", sealed, "s3://audit-logs/logs/"); code != exitFound || !strings.Contains(said, "3 of 3 events agree") {
		t.Errorf("a report that read the object itself: exit code %d, %s%s", code, said, errs)
	}
}
