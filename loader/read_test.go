package loader_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// waitRows waits until a log has so many rows.
func waitRows(t *testing.T, l *model.Log, rows int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		s := l.Snapshot()
		if s.Rows() >= rows {
			return
		}
		if err := l.Wait(ctx, s.Revision()); err != nil {
			t.Fatalf("%d rows came, want %d: %v", s.Rows(), rows, err)
		}
	}
}

func TestLinesOfAPipeAreThereBeforeTheNextOnesCome(t *testing.T) {
	for name, open := range map[string]func(w io.Writer) (write func(string)){
		"plain": func(w io.Writer) func(string) {
			return func(text string) { _, _ = io.WriteString(w, text) }
		},
		"gzip": func(w io.Writer) func(string) {
			z := gzip.NewWriter(w)
			return func(text string) {
				_, _ = io.WriteString(z, text)
				_ = z.Flush()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := io.Pipe()
			l := model.NewLog()
			done := make(chan error)
			go func() { done <- (&loader.Reader{Label: "-", From: from}).Load(t.Context(), l) }()
			write := open(to)
			for i := 1; i < 5; i++ {
				write(fmt.Sprintf(`{"a":%d}`, i) + "\n")
				waitRows(t, l, i)
			}
			write(`{"a":`)
			_ = to.Close()
			err := <-done
			s := l.Snapshot()
			if b := s.Books(); b.Events != 4 || b.Rejects != 1 || (err == nil) != (name == "plain") {
				t.Errorf("%v, %+v", err, b)
			}
		})
	}
}

func TestALongLineWithinABlockIsTooLong(t *testing.T) {
	event := logtest.Event()
	long := `{"actionName":"` + strings.Repeat("x", 3000) + `"}`
	text := event + "\n" + long + "\n" + event + "\n" + long + "\n" + long + "\n" + event + "\n"
	limits := loader.Limits{LineBytes: 2000}
	for name, source := range map[string]loader.Source{
		"file":   &loader.File{Path: put(t, filepath.Join(t.TempDir(), "a"), []byte(text)), Limits: limits},
		"gzip":   &loader.File{Path: put(t, filepath.Join(t.TempDir(), "a"), gzipped(t, []byte(text))), Limits: limits},
		"reader": &loader.Reader{Label: "-", From: strings.NewReader(text), Limits: limits},
		"array":  &loader.Reader{Label: "-", From: strings.NewReader("[" + strings.ReplaceAll(strings.TrimSpace(text), "\n", ",\n") + "]"), Limits: limits},
	} {
		l := model.NewLog()
		var tooLong *loader.TooLongError
		if err := source.Load(t.Context(), l); !errors.As(err, &tooLong) || tooLong.Lines != 3 {
			t.Fatalf("%s: %v", name, err)
		}
		s := l.Snapshot()
		if state := s.Sources()[0]; state.Phase != model.Complete || !state.Damaged {
			t.Errorf("%s: the source is %+v", name, state)
		}
		if b := s.Books(); b.Events != 3 || b.Rejects != 3 || b.Lines != 6 {
			t.Errorf("%s: books %+v", name, b)
			continue
		}
		for _, r := range []model.Row{1, 3, 4} {
			line, err := s.Raw(r)
			if p := s.Problems(r); len(p) != 1 || p[0].Code != model.LineTooLong || err != nil || !strings.HasPrefix(long, line.Raw()) || line.Raw() == "" {
				t.Errorf("%s: row %d has %v and reads %d bytes of %d, %v", name, r, p, len(line.Raw()), len(long), err)
			}
		}
		if line, err := s.Raw(5); err != nil || line.Raw() != event {
			t.Errorf("%s: the last row is %v, %v", name, line, err)
		}
	}
}

// endless gives so many bytes that cannot be compressed, without a line end. It looks at the heap now and then.
type endless struct {
	left  int64
	state uint64

	most      uint64 // of the heap, in bytes
	untilLook int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	for i := range p[:n] {
		e.state = e.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(e.state>>56) | 1<<5
	}
	e.left -= n
	const lookEvery = 16 << 20
	if e.untilLook -= int(n); e.untilLook <= 0 {
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		e.most, e.untilLook = max(e.most, now.HeapAlloc), lookEvery
	}
	return int(n), nil
}

// longLine is the length of a line that is far too long, in bytes: 128 MiB, or what PAWPRINT_LONG_LINE_MIB says.
func longLine(t *testing.T) int64 {
	text := os.Getenv("PAWPRINT_LONG_LINE_MIB")
	if text == "" {
		return 128 << 20
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatalf("PAWPRINT_LONG_LINE_MIB: %v", err)
	}
	return n << 20
}

func TestAVeryLongLineNeedsBoundedMemory(t *testing.T) {
	length := longLine(t)
	event := logtest.Event()
	l := model.NewLog()
	line := &endless{left: length}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	from := io.MultiReader(line, strings.NewReader("\n"+event+"\n"))
	if err := (&loader.Reader{Label: "-", From: from, Limits: loader.Limits{LineBytes: 1 << 20}}).Load(t.Context(), l); !errors.As(err, new(*loader.TooLongError)) {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	s := l.Snapshot()
	if b := s.Books(); b.Events != 1 || b.Rejects != 1 || b.Bytes != length+2+int64(len(event)) {
		t.Fatalf("books %+v", b)
	}
	if line, err := s.Raw(1); err != nil || line.Raw() != event {
		t.Errorf("the event is %v, %v", line, err)
	}
	if line, err := s.Raw(0); err != nil || len(line.Raw()) != loader.HeadBytes {
		t.Errorf("the head has %d bytes, %v", len(line.Raw()), err)
	}
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 32<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
	if most := int64(line.most) - int64(before.HeapAlloc); most > 64<<20 {
		t.Errorf("reading took up to %d bytes of heap", most)
	}
	if p := s.Problems(0); len(p) != 1 || p[0].Code != model.LineTooLong {
		t.Errorf("the line has the problems %v, want that it is too long", p)
	}
	runtime.KeepAlive(l)
}

func TestAPlainArrayIsReadAgainFromItsFileAndNotKept(t *testing.T) {
	text := array(t, sameLog(t))
	budget := loader.NewBudget(conformEvents * 50)
	l := model.NewLog()
	path := put(t, filepath.Join(t.TempDir(), "a"), text)
	if err := (&loader.File{Path: path, Limits: loader.Limits{Memory: budget}}).Load(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	checkRaw(t, &s)
	put(t, path, bytes.ReplaceAll(text, []byte("actionName"), []byte("otherField")))
	if _, err := s.Raw(5); err == nil {
		t.Error("a row of a file that was overwritten is shown")
	}
}

func TestTheFormOfASourceIsTold(t *testing.T) {
	text := fewEvents(t, 20)
	for want, content := range map[string][]byte{
		"": text, "JSON lines, gzip": gzipped(t, text), "JSON array": array(t, text), "pretty JSON, zstd": zstded(t, pretty(t, text)), "CSV, gzip": gzipped(t, table(t, text)),
	} {
		l, err := read(t, content, loader.Limits{})
		s := l.Snapshot()
		state := s.Sources()[0]
		if err != nil || state.Form != want || state.Size != int64(len(content)) || state.Behind() != 0 {
			t.Errorf("%q: %v, %+v", want, err, state)
		}
		if packed := strings.Contains(want, ", "); packed != (state.Stored == int64(len(content))) {
			t.Errorf("%q: %d of %d bytes were read as stored", want, state.Stored, len(content))
		}
	}
}
