package export

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui"
)

// exportSelection selects rows of a file of the shared test data.
func exportSelection(t *testing.T, path, filter string) *model.Selection {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	e, err := query.Parse(filter)
	if err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// exportFormat returns a format of an exporter.
func exportFormat(t *testing.T, x *Exporter, name string) tui.ExportFormat {
	t.Helper()
	for _, f := range x.Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no format %s", name)
	return tui.ExportFormat{}
}

// exportPath returns the absolute path of a shared log.
func exportPath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExportIsForTheUserAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if _, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed"), Path: path, Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has the mode %v, %v", info.Mode(), err)
	}
	onlyFile(t, path)
}

// onlyFile fails unless a folder holds one file and nothing else.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestExportNeverOverwrites(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	for name, make := range map[string]func(path string) error{
		"a file":          func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
		"a dangling link": func(path string) error { return os.Symlink(path+"-not-there", path) },
		"a folder":        func(path string) error { return os.Mkdir(path, 0o755) },
	} {
		path := filepath.Join(t.TempDir(), "out.csv")
		if err := make(path); err != nil {
			t.Fatal(err)
		}
		before, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.Lstat(path); err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
			t.Errorf("%s was touched: %v", name, err)
		}
		onlyFile(t, path)
	}
}

func TestAnExportThatIsStoppedLeavesNothing(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "")
	path := filepath.Join(t.TempDir(), "out.csv")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x := &Exporter{}
	if _, err := exportFormat(t, x, "csv").Write(ctx, tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped export gives %v", err)
	}
	x.End(30 * time.Second)
	if _, err := exportFormat(t, x, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC}); !errors.Is(err, errEnding) {
		t.Errorf("an export at the end gives %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 0 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestAnExportThatCannotBeWrittenNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no-such-folder", "out.csv")
	_, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, exportPath(t, "audit.jsonl"), ""), Path: path, Zone: time.UTC})
	if err == nil || !strings.Contains(err.Error(), path) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}

func TestAnExportThatFailsSaysTheReasonFirstAndLeavesNothing(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	touch := func(path string) error { return os.WriteFile(path, nil, 0o600) }
	for _, c := range []struct {
		name string
		path string // in a new folder
		make func(folder string) error
		want string
	}{
		{"no folder", "none/out", nil, "the folder does not exist"},
		{"a file for a folder", "file/out", func(d string) error { return touch(d + "/file") }, "a part of the path is not a folder"},
		{"a long name", strings.Repeat("n", 300), nil, "the name is too long"},
		{"a name that is taken", "out", func(d string) error { return touch(d + "/out") }, "there is already a file of that name"},
		{"a folder", "out", func(d string) error { return os.Mkdir(d+"/out", 0o700) }, "there is already a file of that name"},
		{"a link", "out", func(d string) error { return errors.Join(touch(d+"/x"), os.Symlink("x", d+"/out")) }, "there is already a file of that name"},
		{"a pipe", "out", func(d string) error { return syscall.Mkfifo(d+"/out", 0o600) }, "there is already a file of that name"},
		{"a folder that links to itself", "loop/out", func(d string) error { return os.Symlink("loop", d+"/loop") }, "too many levels of symbolic links"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.make != nil {
				if err := c.make(dir); err != nil {
					t.Fatal(err)
				}
			}
			before := namesIn(t, dir)
			path := filepath.Join(dir, c.path)
			_, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
			if want := c.want + "; no file was written (" + path + ")"; err == nil || err.Error() != want {
				t.Errorf("the error is %v, want %s", err, want)
			}
			if after := namesIn(t, dir); after != before {
				t.Errorf("the folder held %s, now %s", before, after)
			}
		})
	}
}

// namesIn lists a folder.
func namesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
