package loader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/loader/tail"
	"pawprint/model"
)

// conformEvents is how many events each kind of source is given.
const conformEvents = 2000

// sameLog is the text that all kinds of sources are made of: events in the order of their times, no two at one time.
func sameLog(tb testing.TB) []byte {
	tb.Helper()
	var all bytes.Buffer
	if _, err := demo.New(demo.Options{Seed: 3, Events: 3 * conformEvents}).WriteTo(&all); err != nil {
		tb.Fatal(err)
	}
	type timed struct {
		at   time.Time
		line string
	}
	var events []timed
	seen := map[time.Time]bool{}
	for line := range strings.Lines(all.String()) {
		var e struct{ Timestamp time.Time }
		if json.Unmarshal([]byte(line), &e) != nil || e.Timestamp.IsZero() || seen[e.Timestamp] {
			continue
		}
		seen[e.Timestamp] = true
		events = append(events, timed{e.Timestamp, line})
	}
	slices.SortFunc(events, func(a, b timed) int { return a.at.Compare(b.at) })
	if len(events) < conformEvents {
		tb.Fatalf("%d events, want %d", len(events), conformEvents)
	}
	var text []byte
	for _, e := range events[:conformEvents] {
		text = append(text, e.line...)
	}
	return text
}

// conforming is a kind of source, made of the same text.
type conforming struct {
	name string
	// open makes the source in a folder of its own. It is loaded once.
	open func(t *testing.T, dir string, text []byte) loader.Source
	// follows says that it ends only with its context.
	follows bool
	// converted says that the bytes of the source are not those of the lines.
	converted bool
}

// conformingSources are all kinds of sources that every system has. Those of other packages join here.
var conformingSources = []conforming{
	{name: "plain file", open: oneFile("a.jsonl", plain)},
	{name: "gzip of three members", open: oneFile("a.jsonl.gz", threeMembers)},
	{name: "zstd", open: oneFile("a.jsonl.zst", zstded)},
	{name: "gzip in zstd", open: oneFile("a", func(tb testing.TB, text []byte) []byte { return zstded(tb, gzipped(tb, text)) })},
	{name: "gzip without its name", open: oneFile("a.jsonl", gzipped)},
	{name: "JSON array", open: oneFile("a.json", array), converted: true},
	{name: "JSON array in gzip", open: oneFile("a.json.gz", func(tb testing.TB, text []byte) []byte { return gzipped(tb, array(tb, text)) }), converted: true},
	{name: "pretty JSON", open: oneFile("a.json", pretty), converted: true},
	{name: "CSV", open: oneFile("a.csv", table), converted: true},
	{name: "line ends of two bytes", open: oneFile("a.jsonl", func(_ testing.TB, text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) }), converted: true},
	{name: "line ends of carriage returns", open: oneFile("a.jsonl", func(_ testing.TB, text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r")) })},
	{name: "folder", open: func(t *testing.T, dir string, text []byte) loader.Source {
		spread(t, dir, text)
		return &loader.Folder{Path: dir}
	}},
	{name: "glob", open: func(t *testing.T, dir string, text []byte) loader.Source {
		spread(t, dir, text)
		return &loader.Glob{Pattern: dir + "/**/*.{jsonl,json.gz}"}
	}},
	{name: "reader in tiny chunks", open: func(_ *testing.T, _ string, text []byte) loader.Source {
		return &loader.Reader{Label: "-", From: &chunks{text: text}}
	}},
	{name: "reader of gzip in tiny chunks", open: func(t *testing.T, _ string, text []byte) loader.Source {
		return &loader.Reader{Label: "-", From: &chunks{text: gzipped(t, text)}}
	}},
	{name: "followed file", follows: true, open: func(t *testing.T, dir string, text []byte) loader.Source {
		return &tail.File{Path: put(t, filepath.Join(dir, "a.jsonl"), text)}
	}},
}

// rowsOf lists the events of a log in the order of their times, without what depends on the source.
func rowsOf(l *model.Log) []model.Event {
	s := l.Snapshot()
	events := make([]model.Event, 0, s.Rows())
	for r := range model.Row(s.Rows()) {
		e := s.Event(r)
		e.Row, e.Origin = 0, model.Origin{}
		e.Flags &^= model.FlagEscapes // a table writes its strings anew
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b model.Event) int { return int(min(1, max(-1, a.Nanos-b.Nanos))) })
	return events
}

// loaded loads a source; one that follows until it gave all events.
func loaded(t *testing.T, c *conforming, source loader.Source) (*model.Log, error) {
	t.Helper()
	l := model.NewLog()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if c.follows {
		go func() {
			for revision := model.Revision(0); ; {
				s := l.Snapshot()
				if s.Rows() >= conformEvents || l.Wait(ctx, max(revision, s.Revision())) != nil {
					cancel()
					return
				}
			}
		}()
	}
	err := source.Load(ctx, l)
	return l, err
}

func TestEveryKindOfSourceGivesTheSameEvents(t *testing.T) {
	defer goleak.VerifyNone(t)
	text := sameLog(t)
	reference := model.NewLog()
	if err := (&loader.File{Path: put(t, filepath.Join(t.TempDir(), "a.jsonl"), text)}).Load(t.Context(), reference); err != nil {
		t.Fatal(err)
	}
	want := rowsOf(reference)
	if len(want) != conformEvents {
		t.Fatalf("%d events, want %d", len(want), conformEvents)
	}
	snap := reference.Snapshot()
	for _, c := range append(conformingSources, systemSources...) {
		t.Run(c.name, func(t *testing.T) {
			l, err := loaded(t, &c, c.open(t, t.TempDir(), text))
			if err != nil {
				t.Fatal(err)
			}
			got := rowsOf(l)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(model.Text{})); diff != "" {
				t.Errorf("other events than those of a plain file, %d for %d: %.2000s", len(got), len(want), diff)
			}
			s := l.Snapshot()
			books, wantBooks := s.Books(), snap.Books()
			if books.Lines != books.Events+books.Rejects+books.Blanks {
				t.Errorf("the books do not balance: %+v", books)
			}
			if c.converted {
				books.Bytes = wantBooks.Bytes
			}
			if books != wantBooks {
				t.Errorf("the books are %+v, want %+v", books, wantBooks)
			}
			checkRaw(t, &s)
			for _, state := range s.Sources() {
				if state.Phase != model.Complete || state.Behind() != 0 || state.Damaged || state.Err != (model.Text{}) {
					t.Errorf("the source ended as %+v, %d bytes behind", state, state.Behind())
				}
			}
		})
	}
}

// checkRaw looks whether the raw line of every event is there and is JSON.
func checkRaw(t *testing.T, s *model.Snapshot) {
	t.Helper()
	raw := model.NewRawReader(s)
	for r := range model.Row(s.Rows()) {
		line, err := raw.Line(r)
		if s.Flags(r)&model.FlagCut != 0 && err == nil {
			continue // where following ended
		}
		if err != nil || !json.Valid(bytes.ReplaceAll(line, []byte("\t"), []byte(" "))) {
			t.Fatalf("row %d is %q, %v", r, line, err)
		}
	}
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

func TestEveryKindOfSourceKeepsWhatItReadBeforeACancellation(t *testing.T) {
	defer goleak.VerifyNone(t)
	text := bytes.Repeat(sameLog(t), 3)
	for _, c := range append(conformingSources, systemSources...) {
		t.Run(c.name, func(t *testing.T) {
			source := c.open(t, t.TempDir(), text)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			sink := &pausing{Log: model.NewLog(), cancel: cancel}
			err := source.Load(ctx, sink)
			// What is small may have been read before anybody could cancel it; following ends with its context.
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v, want that of the context", err)
			}
			s := sink.Snapshot()
			if s.Rows() == 0 || s.Rows() != sink.rows {
				t.Errorf("%d rows are left of %d", s.Rows(), sink.rows)
			}
			if b := s.Books(); b.Lines != b.Events+b.Rejects+b.Blanks {
				t.Errorf("the books do not balance: %+v", b)
			}
			checkRaw(t, &s)
		})
	}
}

func TestAReaderThatWaitsCanBeCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	from, to := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	sink := &pausing{Log: model.NewLog(), cancel: cancel}
	go func() { _, _ = to.Write([]byte(loader.With() + "\n")) }()
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
