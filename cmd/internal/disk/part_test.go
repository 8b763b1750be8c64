package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pawprint/tui/ptytest"
)

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLeftoversOfKilledProcessesAreRemovedWhenTheFileIsWrittenAgain has, beside a leftover, names and files that look like one.
func TestLeftoversOfKilledProcessesAreRemovedWhenTheFileIsWrittenAgain(t *testing.T) {
	const left = ".views.json-1234.part"
	kept := map[string]func(path string) error{
		".views.json-12x4.part":     nil, // a name that is not ours
		".views.json-.part":         nil,
		".views.json-old-1234.part": nil,
		".other.json-1234.part":     nil, // of another file
		".views.json-1234.part~":    nil,
		"views.json-1234.part":      nil,
		".views.json-2.part":        func(path string) error { return os.Symlink("../mine", path) },
		".views.json-3.part":        func(path string) error { return os.Mkdir(path, 0o700) },
		".views.json-4.part":        func(path string) error { return ptytest.MakePipe(path) },
		".views.json-5.part":        func(path string) error { return os.Symlink("nowhere", path) },
	}
	for name, write := range map[string]func(path string) error{
		"a file of its own": func(path string) error {
			return File{Path: path}.Update(t.Context(), &struct{}{}, func() bool { return true })
		},
		"a new file": func(path string) error {
			p, err := writePart(path, func(w io.Writer) error { return nil })
			if err != nil {
				return err
			}
			return errors.Join(place(p.name, path), p.done())
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "config")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			mustWrite(t, filepath.Join(folder, "..", "mine"), "text")
			want := []string{"views.json"}
			for name, make := range kept {
				path := filepath.Join(folder, name)
				if make == nil {
					mustWrite(t, path, "text")
				} else if err := make(path); err != nil {
					t.Fatal(err)
				}
				want = append(want, name)
			}
			mustWrite(t, filepath.Join(folder, left), `{"ver`)
			if err := write(filepath.Join(folder, "views.json")); err != nil {
				t.Fatal(err)
			}
			var got []string
			entries, err := os.ReadDir(folder)
			for _, e := range entries {
				if !strings.HasSuffix(e.Name(), ".lock") {
					got = append(got, e.Name())
				}
			}
			if slices.Sort(want); err != nil || !slices.Equal(got, want) {
				t.Errorf("the folder holds %q, want %q, %v", got, want, err)
			}
			if text, err := os.ReadFile(filepath.Join(folder, "..", "mine")); err != nil || string(text) != "text" {
				t.Errorf("behind a link there is %q, %v", text, err)
			}
		})
	}
}

// TestAPartThatIsWrittenIsNoLeftover writes two files of one name at a time. The first one wins.
func TestAPartThatIsWrittenIsNoLeftover(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	first, err := writePart(path, func(w io.Writer) error { _, err := io.WriteString(w, "first"); return err })
	if err != nil {
		t.Fatal(err)
	}
	second, err := writePart(path, func(io.Writer) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(place(first.name, path), first.done()); err != nil {
		t.Error(err)
	}
	if err := place(second.name, path); !errors.Is(err, os.ErrExist) {
		t.Errorf("the second file is placed: %v", err)
	}
	if err := second.done(); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "first" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestWithoutLocksALeftoverIsToldByItsAge(t *testing.T) {
	for _, c := range []struct {
		lock error
		age  time.Duration
		want bool
	}{
		{nil, 0, true},
		{errHeld, 48 * time.Hour, false},
		{syscall.ENOLCK, time.Minute, false},
		{syscall.ENOLCK, 2 * time.Hour, true},
		{syscall.EOPNOTSUPP, -time.Hour, false}, // a clock that is ahead
	} {
		if got := abandoned(c.lock, c.age); got != c.want {
			t.Errorf("abandoned(%v, %v) = %v, want %v", c.lock, c.age, got, c.want)
		}
	}
}
