//go:build unix

package loader

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"

	"pawprint/model"
)

func TestStandsSeesWhatBecameOfAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	const line = `{"actionName":"B"}`
	write := func(name string, lines ...string) error {
		return os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o600)
	}
	for what, change := range map[string]func(name string) error{
		"nothing happened":                func(string) error { return nil },
		"it grew":                         func(n string) error { return write(n, `{"actionName":"A"}`, line, `{"actionName":"C"}`) },
		"it was rotated":                  func(n string) error { return errors.Join(os.Rename(n, n+".1"), write(n, line, `{"actionName":"A"}`)) },
		"it was truncated":                func(n string) error { return os.Truncate(n, 25) },
		"it was deleted":                  os.Remove,
		"it is a folder":                  func(n string) error { return errors.Join(os.Remove(n), os.Mkdir(n, 0o700)) },
		"it is a pipe that nobody writes": func(n string) error { return errors.Join(os.Remove(n), syscall.Mkfifo(n, 0o600)) },
	} {
		if err := errors.Join(write(what, `{"actionName":"A"}`, line), change(what)); err != nil {
			t.Fatal(err)
		}
		err := CheckPlace(&model.SourceState{Place: model.NewText(what)}, 19, []byte(line))
		if still := what == "nothing happened" || what == "it grew"; still != (err == nil) || !still && !errors.Is(err, ErrMoved) {
			t.Errorf("after %s: %v", what, err)
		}
	}
}

func TestStandsTakesARecordOfManyLinesForWhatTheLoaderMakesOfIt(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a", []byte("[\n {\r\n  \"a\": 1\n }\n]"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &model.SourceState{Place: model.NewText("a"), Form: "JSON array"}
	if err := CheckPlace(s, 3, []byte("{\t\t  \"a\": 1\t }")); err != nil {
		t.Errorf("the record is said to be gone: %v", err)
	}
	if err := CheckPlace(s, 3, []byte("{\t\t  \"a\": 2\t }")); !errors.Is(err, ErrMoved) {
		t.Errorf("another record is taken for it: %v", err)
	}
	for _, form := range []string{"CSV", "TSV", "JSON lines, gzip", "CSV, zstd", "JSON array, gzip, zstd"} {
		if err := CheckPlace(&model.SourceState{Place: s.Place, Form: form}, 0, []byte("x")); err != nil {
			t.Errorf("of a file in the form %q more is known than it holds: %v", form, err)
		}
	}
}
