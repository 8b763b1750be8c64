package loader_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
	"pawprint/model"
	"pawprint/model/logtest"
)

// conformingSources are the kinds of sources of this package that every system has. Other packages check theirs in the same way.
var conformingSources = []sourcetest.Kind{
	{Name: "plain file", Open: oneFile("a.jsonl", plain), Break: func(_ *testing.T, dir string, _ []byte) (loader.Source, string) {
		path := filepath.Join(dir, "missing.jsonl")
		return &loader.File{Path: path}, path
	}},
	{Name: "gzip of three members", Open: oneFile("a.jsonl.gz", threeMembers)},
	{Name: "zstd", Open: oneFile("a.jsonl.zst", zstded)},
	{Name: "gzip in zstd", Open: oneFile("a", func(tb testing.TB, text []byte) []byte { return zstded(tb, gzipped(tb, text)) })},
	{Name: "gzip without its name", Open: oneFile("a.jsonl", gzipped)},
	{Name: "JSON array", Open: oneFile("a.json", array), Converted: true},
	{Name: "JSON array in gzip", Open: oneFile("a.json.gz", func(tb testing.TB, text []byte) []byte { return gzipped(tb, array(tb, text)) }), Converted: true},
	{Name: "pretty JSON", Open: oneFile("a.json", pretty), Converted: true},
	{Name: "CSV", Open: oneFile("a.csv", table), Converted: true},
	{Name: "line ends of two bytes", Open: oneFile("a.jsonl", func(_ testing.TB, text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) }), Converted: true},
	{Name: "line ends of carriage returns", Open: oneFile("a.jsonl", func(_ testing.TB, text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r")) })},
	{Name: "folder", Open: func(t *testing.T, dir string, text []byte) loader.Source {
		spread(t, dir, text)
		return &loader.Folder{Path: dir}
	}, Break: func(t *testing.T, dir string, text []byte) (loader.Source, string) {
		spread(t, dir, text)
		return &loader.Folder{Path: dir}, put(t, filepath.Join(dir, "bad.jsonl.gz"), gzipped(t, text)[:1000])
	}},
	{Name: "glob", Open: func(t *testing.T, dir string, text []byte) loader.Source {
		spread(t, dir, text)
		return &loader.Glob{Pattern: dir + "/**/*.{jsonl,json.gz}"}
	}},
	{Name: "reader in tiny chunks", Open: func(_ *testing.T, _ string, text []byte) loader.Source {
		return &loader.Reader{Label: "-", From: &chunks{text: text}}
	}},
	{Name: "reader of gzip in tiny chunks", Open: func(t *testing.T, _ string, text []byte) loader.Source {
		return &loader.Reader{Label: "-", From: &chunks{text: gzipped(t, text)}}
	}, Break: func(t *testing.T, _ string, text []byte) (loader.Source, string) {
		return &loader.Reader{Label: "cut short", From: &chunks{text: gzipped(t, text)[:1000]}}, "cut short"
	}},
}

func TestEveryKindOfSourceKeepsThePromisesOfSources(t *testing.T) {
	defer goleak.VerifyNone(t)
	sourcetest.Check(t, append(conformingSources, systemSources...)...)
}

// conformEvents is how many events sameLog has.
const conformEvents = sourcetest.Events

// sameLog is the text that all kinds of sources are made of.
func sameLog(tb testing.TB) []byte { return sourcetest.Text(tb, conformEvents) }

func rowsOf(l *model.Log) []model.Event {
	s := l.Snapshot()
	return sourcetest.Rows(&s)
}

func checkRaw(t *testing.T, s *model.Snapshot) {
	t.Helper()
	sourcetest.CheckRaw(t, s)
}

// pausing cancels a context as soon as some rows are there, and notes how many they were.
type pausing struct {
	*model.Log
	cancel context.CancelFunc
	rows   int
	mu     sync.Mutex
}

func (p *pausing) Append(b *model.Batch) {
	p.Log.Append(b)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rows += b.Rows(); p.rows > 0 {
		p.cancel()
	}
}

func TestAReaderThatWaitsCanBeCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	from, to := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	sink := &pausing{Log: model.NewLog(), cancel: cancel}
	go func() { _, _ = to.Write([]byte(logtest.Event() + "\n")) }()
	err := (&loader.Reader{Label: "-", From: from}).Load(ctx, sink)
	s := sink.Snapshot()
	if !errors.Is(err, context.Canceled) || s.Rows() != 1 || s.Sources()[0].Phase != model.Cancelled {
		t.Errorf("Load = %v with %d rows, %v", err, s.Rows(), s.Sources()[0].Phase)
	}
	_ = to.Close() // only now the read ends
}

func TestAFileOfAFolderThatFailsDoesNotStopTheOthers(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir, text := t.TempDir(), sameLog(t)
	put(t, filepath.Join(dir, "1.jsonl"), text)
	bad := put(t, filepath.Join(dir, "2.jsonl.gz"), gzipped(t, text)[:1000])
	put(t, filepath.Join(dir, "3.jsonl"), text)
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "4.jsonl")); err != nil {
		t.Fatal(err)
	}
	l := model.NewLog()
	err := (&loader.Folder{Path: dir}).Load(t.Context(), l)
	if err == nil || !strings.Contains(err.Error(), bad) || !strings.Contains(err.Error(), filepath.Join(dir, "4.jsonl")) {
		t.Errorf("the error is %v", err)
	}
	s := l.Snapshot()
	var phases []model.Phase
	for i, state := range s.Sources() {
		phases = append(phases, state.Phase)
		if whole := i == 0 || i == 2; whole && state.Books.Events != conformEvents {
			t.Errorf("%v has %d events, want %d", state.Name, state.Books.Events, conformEvents)
		}
	}
	if want := []model.Phase{model.Complete, model.Broken, model.Complete, model.Broken}; !slices.Equal(phases, want) {
		t.Errorf("the phases are %v, want %v", phases, want)
	}
}
