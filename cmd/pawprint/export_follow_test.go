package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// numbered returns an event with a unique number.
func numbered(i int) string { return event(fmt.Sprintf("GET_%06d", i), "FAILED") }

// writer appends about 2,000 numbered events a second to a log until it is stopped, and returns everything that it wrote.
func writer(t *testing.T, log string) (stop func() string) {
	t.Helper()
	done, over := make(chan struct{}), make(chan struct{})
	var written strings.Builder
	go func() {
		defer close(over)
		pace := time.NewTicker(time.Second / 2000)
		defer pace.Stop()
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			case <-pace.C:
			}
			line := numbered(i)
			written.WriteString(line)
			appendTo(t, log, line[:20]) // the line is written in two pieces
			appendTo(t, log, line[20:])
		}
	}()
	stop = sync.OnceValue(func() string {
		close(done)
		<-over
		return written.String()
	})
	t.Cleanup(func() { stop() })
	return stop
}

var rowsWritten = regexp.MustCompile(`([0-9,]+) rows written to`)

// chooseExport opens the export menu and chooses a format.
func (x *terminal) chooseExport(format string) {
	x.t.Helper()
	x.typeKeys("o")
	x.waitForText("as csv")
	if x.typeKeys(format); format == "json" { // typing json finds jsonl first
		x.typeKeys("\x1b[B")
	}
	x.typeKeys("\r")
	x.waitForText("export to pawprint-")
}

// exportNow exports all rows and returns how many the program says it wrote.
func (x *terminal) exportNow(format, path string) (told int) {
	x.t.Helper()
	x.chooseExport(format)
	x.typeKeys("\x15" + path + "\r")
	var said []string
	x.waitFor("rows written", func(s string) bool {
		said = rowsWritten.FindStringSubmatch(s)
		return said != nil && strings.Contains(s, filepath.Base(path))
	})
	told, err := strconv.Atoi(strings.ReplaceAll(said[1], ",", ""))
	if err != nil {
		x.t.Fatal(err)
	}
	return told
}

// An export is the log at one moment: whole lines in their order from the first on, as many as the program says.
func TestAnExportWhileFollowingIsASnapshot(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "live.jsonl")
	appendTo(t, log, "")
	stop := writer(t, log)
	x := start(t, nil, "-f", log)
	x.waitForText("GET_0000")
	told, exports := map[string]int{}, map[string][]byte{}
	for _, format := range []string{"jsonl", "csv", "json", "md", "jsonl"} {
		path := filepath.Join(dir, fmt.Sprintf("out%d-%s", len(told), format))
		told[path] = x.exportNow(format, path)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		exports[path] = text
		x.typeKeys("G")
	}
	x.typeKeys("q")
	x.waitForExit(0)
	written := stop()
	for path, text := range exports {
		format := path[strings.LastIndex(path, "-")+1:]
		if rows, bare := rowsIn(t, format, text); rows != told[path] || rows == 0 || bare != 0 {
			t.Errorf("%s has %d rows, %d without lines; told are %d", path, rows, bare, told[path])
		}
		if format == "jsonl" && !strings.HasPrefix(written, string(text)) {
			t.Errorf("%s is not the beginning of the log", path)
		}
	}
}

// An export has every line that was followed, even those that a rotation has removed from the file.
func TestAnExportHasWhatWasFollowedThroughRotations(t *testing.T) {
	rotations := map[string]func(log string) error{
		"truncated":             func(log string) error { return os.Truncate(log, 0) },
		"renamed and made anew": func(log string) error { return os.Rename(log, log+".1") },
		"renamed and removed":   func(log string) error { return errors.Join(os.Rename(log, log+".1"), os.Remove(log+".1")) },
	}
	for name, rotate := range rotations {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log := filepath.Join(dir, "live.jsonl")
			var before, after strings.Builder
			for i := range 50 {
				before.WriteString(numbered(i))
				after.WriteString(numbered(100 + i))
			}
			appendTo(t, log, before.String())
			x := start(t, nil, "-f", log)
			x.waitForText("50 events")
			if err := rotate(log); err != nil {
				t.Fatal(err)
			}
			appendTo(t, log, after.String())
			x.waitForText("100 events")
			path := filepath.Join(dir, "out.jsonl")
			told := x.exportNow("jsonl", path)
			x.typeKeys("q")
			x.waitForExit(0)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := before.String() + after.String(); told != 100 || string(text) != want {
				t.Errorf("told are %d rows; the export has %d lines, want 100 and the same bytes", told, bytes.Count(text, []byte("\n")))
			}
		})
	}
}
