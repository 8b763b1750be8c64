package loader_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// sameUnkept fails the test unless a file becomes the same log, with the same error, if it is loaded WithFewLines.
func sameUnkept(t *testing.T, path string, limits loader.Limits, want *model.Log, wantErr error) {
	t.Helper()
	l := model.NewLog()
	err := (&loader.File{Path: path, Limits: limits}).Load(loader.WithFewLines(t.Context()), l)
	got, as := l.Snapshot(), want.Snapshot()
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Errorf("with few lines: %v, want %v", err, wantErr)
	}
	if x, y := got.Sources()[0], as.Sources()[0]; got.Books() != as.Books() || x.Form != y.Form || x.Damaged != y.Damaged || x.Note != y.Note || x.Phase != y.Phase {
		t.Errorf("with few lines: %+v, want %+v", x, y)
	}
	for r := range model.Row(min(got.Rows(), as.Rows())) {
		if x, y := got.Event(r), as.Event(r); x != y {
			t.Fatalf("row %d with few lines: %+v, want %+v", r, x, y)
		}
		if x, y := fmt.Sprint(got.Problems(r)), fmt.Sprint(as.Problems(r)); x != y {
			t.Fatalf("problems of row %d with few lines: %s, want %s", r, x, y)
		}
		line, err := got.Raw(r)
		if wantLine, wantErr := as.Raw(r); line != wantLine || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("line of row %d with few lines: %v %v, want %v %v", r, line, err, wantLine, wantErr)
		}
	}
}

// TestTextThatWasNotKeptIsUnpackedAgain reads all lines of packed logs of every form that were not kept, on several goroutines.
func TestTextThatWasNotKeptIsUnpackedAgain(t *testing.T) {
	rough, long := roughLog(4)[:400_000], bytes.Repeat([]byte("y"), 700_000)
	texts := map[string][]byte{
		"rough":             rough,
		"byte order mark":   append([]byte("\ufeff"), rough[:200_000]...),
		"carriage returns":  bytes.ReplaceAll(fewEvents(t, 40), []byte("\n"), []byte("\r")),
		"no end":            bytes.TrimSuffix(fewEvents(t, 7), []byte("\n")),
		"lines of any size": fmt.Appendf(nil, "%s\n{\"x\":%q}\n%s\n%s", logtest.Event(), long, logtest.Event(), long),
		"values":            pretty(t, fewEvents(t, 20)),
		"an array":          array(t, fewEvents(t, 20)),
		"a table":           table(t, fewEvents(t, 20)),
		"nothing":           nil,
	}
	for name, text := range texts {
		for packing, pack := range map[string]func(testing.TB, []byte) []byte{"gzip": gzipped, "members": threeMembers, "zstd": zstded, "plain": plain} {
			t.Run(name+", "+packing, func(t *testing.T) {
				limits := loader.Limits{LineBytes: 600_000}
				path, l := put(t, filepath.Join(t.TempDir(), "a"), pack(t, text)), model.NewLog()
				err := (&loader.File{Path: path, Limits: limits}).Load(t.Context(), l)
				sameUnkept(t, path, limits, l, err)
			})
		}
	}
}

// unkeptLog loads a packed log of 400 events WithFewLines.
func unkeptLog(t *testing.T, limits loader.Limits) (path string, text []byte, l *model.Log) {
	t.Helper()
	path, text, l = filepath.Join(t.TempDir(), "a.gz"), fewEvents(t, 400), model.NewLog()
	if err := (&loader.File{Path: put(t, path, gzipped(t, text)), Limits: limits}).Load(loader.WithFewLines(t.Context()), l); err != nil {
		t.Fatal(err)
	}
	return path, text, l
}

func TestTextThatIsNotKeptTakesNoMemory(t *testing.T) {
	kept, all := loader.NewBudget(1<<30), loader.NewBudget(1<<30)
	path, _, _ := unkeptLog(t, loader.Limits{Memory: kept})
	if err := (&loader.File{Path: path, Limits: loader.Limits{Memory: all}}).Load(t.Context(), model.NewLog()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if all.Used()-kept.Used() < info.Size() {
		t.Errorf("%d bytes are reserved without the text, %d with it", kept.Used(), all.Used())
	}
}

func TestTextThatWasNotKeptSurvivesTheFile(t *testing.T) {
	path, text, l := unkeptLog(t, loader.Limits{})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	snap := l.Snapshot()
	var all sync.WaitGroup
	for at, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		all.Go(func() {
			if got, err := snap.Raw(model.Row(at)); err != nil || got.Raw() != string(line) {
				t.Errorf("row %d: %q, %v", at, got.Raw(), err)
			}
		})
	}
	all.Wait()
}

func TestAPackedFileThatIsOverwrittenIsNoticed(t *testing.T) {
	path, text, l := unkeptLog(t, loader.Limits{})
	snap := l.Snapshot()
	put(t, path, gzipped(t, bytes.ReplaceAll(text, []byte("e"), []byte("f"))))
	for r := range model.Row(snap.Rows()) {
		if line, err := snap.Raw(r); !errors.Is(err, model.ErrChanged) {
			t.Fatalf("row %d: %q, %v", r, line.Raw(), err)
		}
	}
}

func TestAPackedFileThatBecameShorterIsNoticed(t *testing.T) {
	path, text, l := unkeptLog(t, loader.Limits{})
	snap := l.Snapshot()
	for _, now := range [][]byte{gzipped(t, text[:100]), nil, []byte("nothing packed")} {
		put(t, path, now)
		if line, err := snap.Raw(399); err == nil {
			t.Errorf("the last row is still %q", line.Raw())
		}
	}
}

// TestWhyTextCannotBeUnpackedAgainIsSaid reads a line of a source that can be read once.
func TestWhyTextCannotBeUnpackedAgainIsSaid(t *testing.T) {
	l, gone := model.NewLog(), errors.New("the disk is gone")
	packed := gzipped(t, fewEvents(t, 400))
	again := readerAtFunc(func(p []byte, off int64) (int, error) {
		if off >= 1000 {
			return 0, gone
		}
		return copy(p, packed[off:1000]), nil
	})
	id := l.AddSource(model.NewText("a"))
	if err := loader.Read(t.Context(), l, id, bytes.NewReader(packed), loader.Reading{Size: int64(len(packed)), Again: again, Unkept: true}); err != nil {
		t.Fatal(err)
	}
	snap := l.Snapshot()
	if line, err := snap.Raw(399); !errors.Is(err, gone) {
		t.Errorf("row 399: %q, %v", line.Raw(), err)
	}
}

// TestWithoutMemoryTextIsNotUnpackedAgain reads a line of a log whose text does not fit.
func TestWithoutMemoryTextIsNotUnpackedAgain(t *testing.T) {
	budget := loader.NewBudget(1 << 20)
	_, _, l := unkeptLog(t, loader.Limits{Memory: budget})
	if !budget.Reserve(budget.Limit() - budget.Used() - 10) {
		t.Fatal("the budget has less than it says")
	}
	snap := l.Snapshot()
	var full *loader.MemoryError
	if line, err := snap.Raw(399); !errors.As(err, &full) {
		t.Errorf("row 399: %q, %v", line.Raw(), err)
	}
}
