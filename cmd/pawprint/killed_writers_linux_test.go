package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pawprint/cmd/internal/export"
	"pawprint/cmd/internal/state"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui"
)

// fileWriter is one of the program's ways of writing files.
type fileWriter struct {
	name string
	// write puts the text to in the place of from, in folder if it is a file that the user asked for.
	write func(folder, from, to string) error
	// kept returns the text that is there, empty for none, and an error if it is not a whole one.
	kept func(folder string) (string, error)
	// replaces says that the file may be there before.
	replaces bool
	// files are the patterns of the names that may be in folder, or in those of the program.
	files []string
}

// writers are all of them. Those that keep one text replace what an earlier run kept; the others make a file.
var writers = []fileWriter{
	{"a mark", writeMark, keptMark, true, []string{"??.json"}},
	{"a session", writeSession, keptSession, true, []string{"sessions.json"}},
	{"a filter", writeFilter, keptFilter, true, []string{"filters.json"}},
	{"a recent source", writeRecent, keptRecent, true, []string{"recent.json"}},
	{"a view", writeView, keptView, true, []string{"views.json"}},
	{"an export", writeExport, keptExport, false, []string{"out.csv", "out.csv.origin.json"}},
	{"a report", writeCase, keptCase, false, []string{"case.html"}},
	{"a report of a crash", writeCrash, keptCrash, false, []string{"crash-*.txt"}},
}

// words returns what a mark says, nil for none.
func words(note string) *marks.Words {
	if note == "" {
		return nil
	}
	return &marks.Words{Note: note}
}

func writeMark(_, from, to string) error {
	change := marks.Change{Mark: marks.Mark{Sum: sha256.Sum256([]byte("an event")), Source: "s3://audit-logs/a"}, Before: words(from), After: words(to)}
	_, err := state.UserMarks().Change(context.Background(), change)
	return err
}

func keptMark(string) (string, error) {
	all, err := state.UserMarks().Load()
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Note, nil
}

func sessionsInOne() state.Sessions {
	return state.UserSessions(func() []string { return []string{"/var/log/audit.jsonl"} })
}

func writeSession(_, _, to string) error {
	return sessionsInOne().Keep(context.Background(), tui.Session{View: tui.SavedView{Query: to}})
}

func keptSession(string) (string, error) {
	s, err := sessionsInOne().Session()
	if s == nil {
		return "", err
	}
	return s.View.Query, err
}

func writeFilter(_, _, to string) error {
	return sessionsInOne().AddFilters(context.Background(), []string{to})
}

func keptFilter(string) (string, error) {
	all, err := sessionsInOne().Filters()
	if len(all) == 0 {
		return "", err
	}
	return all[len(all)-1], err
}

func writeRecent(_, _, to string) error {
	state.Remember([]string{to})
	return nil
}

func keptRecent(string) (string, error) {
	all, err := state.Recent()
	if len(all) == 0 {
		return "", err
	}
	return all[0], err
}

func writeView(_, _, to string) error {
	return state.UserViews().Save(context.Background(), []tui.SavedView{{Name: "mine", Query: to}})
}

func keptView(string) (string, error) {
	all, err := state.UserViews().Load()
	if len(all) == 0 {
		return "", err
	}
	return all[0].Query, err
}

// failedLog is the path of the log that exports and reports are made of: all of its events failed.
func failedLog() string { return filepath.Join(os.Getenv("XDG_CACHE_HOME"), "audit.jsonl") }

const failedEvents = 40

func writeExport(folder, _, _ string) error {
	log := model.NewLog()
	if err := loader.Load(context.Background(), log, &loader.File{Path: failedLog()}); err != nil {
		return err
	}
	sel, err := model.Select(context.Background(), log.Snapshot(), query.Compile(nil, query.Env{}), nil)
	if err != nil {
		return err
	}
	for _, f := range (&export.Exporter{}).Formats() {
		if f.Name == "csv" {
			_, err = f.Write(context.Background(), tui.ExportRequest{Rows: sel, Path: filepath.Join(folder, "out.csv"), Zone: time.UTC})
		}
	}
	return err
}

// keptExport also reads what is said about the origin of an export, which is written after it.
func keptExport(folder string) (string, error) {
	csv, err := os.ReadFile(filepath.Join(folder, "out.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if n := strings.Count(string(csv), "\n"); n != failedEvents+1 {
		err = errors.Join(err, fmt.Errorf("the export has %d lines", n))
	}
	from, noOrigin := os.ReadFile(filepath.Join(folder, "out.csv.origin.json"))
	if noOrigin == nil && !strings.HasSuffix(string(from), "\n}\n") {
		err = errors.Join(err, fmt.Errorf("the origin is cut off: %s", from))
	}
	return "new", err
}

func writeCase(folder, _, _ string) error {
	return quietly("report", "-q", "is:failed", "--out", filepath.Join(folder, "case.html"), failedLog())
}

// quietly runs a command and drops what it prints.
func quietly(args ...string) error {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	if code := run(args, &streams{in: null, out: newOutlet(null), err: newOutlet(null)}); code != exitFound {
		return fmt.Errorf("%s: exit code %d", args[0], code)
	}
	return nil
}

// keptCase verifies a report, which has the hash of its own text and of its events.
func keptCase(folder string) (string, error) {
	out := filepath.Join(folder, "case.html")
	if _, err := os.Stat(out); err != nil {
		return "", nil
	}
	return "new", quietly("verify", out)
}

func writeCrash(_, _, to string) error {
	_, err := keepReport([]byte("goroutine 1: " + to))
	return err
}

func keptCrash(string) (string, error) {
	dir, err := state.Path()
	if err != nil {
		return "", err
	}
	all, err := filepath.Glob(filepath.Join(dir, crashName+"*.txt"))
	kept := ""
	for _, path := range all {
		text, readErr := os.ReadFile(path)
		head, rest, whole := strings.Cut(string(text), "\ngoroutine 1: ")
		if err = errors.Join(err, readErr); !whole || !strings.HasPrefix(head, "pawprint ") {
			return "", fmt.Errorf("the report of a crash is %q", text)
		}
		kept = rest
	}
	return kept, err
}
