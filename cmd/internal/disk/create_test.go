package disk

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A file that appears while the new one is being written also wins.
func TestCreateGivesWayToAFileThatComesMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	err := Create(path, func(w io.Writer) error {
		if _, err := w.Write([]byte("ours")); err != nil {
			return err
		}
		return os.WriteFile(path, []byte("theirs"), 0o644)
	})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("Create says %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "theirs" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestCreateLeavesSocketsAlone(t *testing.T) {
	dir, err := os.MkdirTemp("", "") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "out")
	socket, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	err = Create(path, nil)
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("Create says %v", err)
	}
}

// Not every file system supports files without names, nor hard links.
func TestAFileIsForTheUserAloneInEveryWayOfMakingIt(t *testing.T) {
	text := func(w io.Writer) error {
		_, err := io.WriteString(w, "text")
		return err
	}
	for name, make := range map[string]func(path string) error{
		"nameless or not": func(path string) error { return Create(path, text) },
		"with a link": func(path string) error {
			p, err := writePart(path, text)
			return errors.Join(err, place(p.name, path), p.done())
		},
		"renamed": func(path string) error {
			p, err := writePart(path, text)
			if err = errors.Join(err, renameNew(p.name, path)); errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
				err = placeWithoutLink(p.name, path)
			}
			return errors.Join(err, p.done())
		},
		"without links": func(path string) error {
			p, err := writePart(path, text)
			return errors.Join(err, placeWithoutLink(p.name, path), p.done())
		},
		"reserved": func(path string) error { return errors.Join(reserve(path), os.Truncate(path, 4)) },
	} {
		path := filepath.Join(t.TempDir(), "out")
		if err := make(path); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode() != 0o600 || info.Size() != 4 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
		if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
			t.Errorf("%s: the folder holds %v, %v", name, entries, err)
		}
		for _, taken := range []error{Create(path, text), place(path, path), placeWithoutLink(path, path), reserve(path)} {
			if !errors.Is(taken, fs.ErrExist) {
				t.Errorf("%s: the error for a name in use is %v", name, taken)
			}
		}
	}
}
