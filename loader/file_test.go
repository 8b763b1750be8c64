package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/model"
	"pawprint/model/logtest"
)

func writeFile(t *testing.T, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// roughLog is a log in which lines of every length, blank ones, damaged ones and ones longer than a block meet the borders
// of blocks everywhere.
func roughLog(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	g := demo.New(demo.Options{Seed: seed, Events: 1000})
	var text []byte
	for {
		var ok bool
		if text, ok = g.Append(text); !ok {
			return text
		}
		switch r.IntN(200) {
		case 0:
			text = append(text, bytes.Repeat([]byte("\n"), r.IntN(5))...)
		case 1:
			text = append(text, `{"cut":`+"\n"...)
		case 2:
			text = fmt.Appendf(text, `{"long":%q}`+"\n", strings.Repeat("x", r.IntN(3*loader.BlockBytes)))
		case 3:
			text = append(text, " \t \r\n"...)
		}
	}
}

func TestFileGivesTheSameLogWithAnyNumberOfWorkersAsFrontToBack(t *testing.T) {
	for seed := range uint64(3) {
		text := append(roughLog(seed), recoveredText()...)
		if seed == 1 {
			text = text[:len(text)-40] // the last line is cut
		}
		want := model.NewLog()
		if err := (&loader.Reader{Label: "x", From: bytes.NewReader(text)}).Load(context.Background(), want); err != nil {
			t.Fatal(err)
		}
		path := writeFile(t, text)
		for workers := 1; workers <= 4; workers++ {
			got := model.NewLog()
			if err := (&loader.File{Path: path, Workers: workers}).Load(context.Background(), got); err != nil {
				t.Fatal(err)
			}
			compareLogs(t, got.Snapshot(), want.Snapshot())
		}
	}
}

func compareLogs(t *testing.T, got, want model.Snapshot) {
	t.Helper()
	if got.Rows() != want.Rows() || got.Books() != want.Books() {
		t.Fatalf("%d rows, books %+v; want %d rows, %+v", got.Rows(), got.Books(), want.Rows(), want.Books())
	}
	for r := range model.Row(got.Rows()) {
		if g, w := got.Event(r), want.Event(r); g != w {
			t.Fatalf("row %d = %+v, want %+v", r, g, w)
		}
		if g, w := fmt.Sprint(got.Problems(r)), fmt.Sprint(want.Problems(r)); g != w {
			t.Fatalf("problems of row %d: %s, want %s", r, g, w)
		}
		if r%50 == 0 {
			g, errG := got.Raw(r)
			w, errW := want.Raw(r)
			if g != w || errG != nil || errW != nil {
				t.Fatalf("raw of row %d: %v %v, want %v %v", r, g, errG, w, errW)
			}
		}
	}
}

func TestALineThatIsTooLongKeepsItsHeadAndHarmsNoOther(t *testing.T) {
	long := `{"x":"` + strings.Repeat("y", 900_000) + `"}`
	text := logtest.Event() + "\n" + long + "\n" + logtest.Event() + "\n" + long
	for name, load := range map[string]func(l *model.Log) error{
		"file": func(l *model.Log) error {
			return (&loader.File{Path: writeFile(t, []byte(text)), Limits: loader.Limits{LineBytes: 700_000}}).Load(context.Background(), l)
		},
		"reader": func(l *model.Log) error {
			return (&loader.Reader{From: strings.NewReader(text), Limits: loader.Limits{LineBytes: 700_000}}).Load(context.Background(), l)
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := model.NewLog()
			var tooLong *loader.TooLongError
			if err := load(l); !errors.As(err, &tooLong) || tooLong.Lines != 2 || tooLong.Offset != int64(len(logtest.Event())+1) {
				t.Fatalf("%v", err)
			}
			s := l.Snapshot()
			if state := s.Sources()[0]; state.Phase != model.Complete || !state.Damaged || state.Err.Empty() {
				t.Errorf("the source is %+v", state)
			}
			if b := s.Books(); b.Lines != 4 || b.Events != 2 || b.Rejects != 2 || b.Bytes != int64(len(text)) {
				t.Fatalf("books %+v", b)
			}
			for _, r := range []model.Row{1, 3} {
				head, err := s.Raw(r)
				if err != nil || head.Raw() != long[:loader.HeadBytes] || s.Problems(r)[0].Code != model.LineTooLong {
					t.Errorf("row %d: head of %d bytes, %v, %v", r, head.Len(), err, s.Problems(r))
				}
			}
			if s.Origin(2).Line != 3 || s.Origin(2).Offset != int64(len(logtest.Event())+len(long)+2) {
				t.Errorf("the line after it: %+v", s.Origin(2))
			}
		})
	}
}

func TestFilesThatCannotBeReadSaySo(t *testing.T) {
	for name, path := range map[string]string{"missing": filepath.Join(t.TempDir(), "none.jsonl"), "folder": t.TempDir()} {
		l := model.NewLog()
		err := (&loader.File{Path: path}).Load(context.Background(), l)
		s := l.Snapshot()
		if err == nil || !strings.Contains(err.Error(), path) || s.Sources()[0].Phase != model.Broken || s.Sources()[0].Err.Raw() != err.Error() {
			t.Errorf("%s: error %v, source %+v", name, err, s.Sources()[0])
		}
	}
}

// ender cancels its context when so many bytes were read.
type ender struct {
	io.ReaderAt
	cancel func()
}

func (e *ender) ReadAt(p []byte, off int64) (int, error) {
	if off >= 2*loader.BlockBytes {
		e.cancel()
	}
	return e.ReaderAt.ReadAt(p, off)
}

func TestACancelledLoadKeepsWhatWasRead(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	l := model.NewLog()
	id := l.AddSource(model.NewText("x"))
	text := roughLog(4)
	_, err := loader.Blocks(ctx, l, id, &ender{bytes.NewReader(text), cancel}, int64(len(text)), 2, loader.Limits{})
	s := l.Snapshot()
	if !errors.Is(err, context.Canceled) || s.Books().Bytes == 0 || s.Books().Bytes >= int64(len(text)) {
		t.Errorf("error %v, %d of %d bytes", err, s.Books().Bytes, len(text))
	}
}

func TestAFileThatIsOverwrittenIsNoticed(t *testing.T) {
	path := writeFile(t, []byte(logtest.Event()+"\n"))
	l := model.NewLog()
	if err := (&loader.File{Path: path}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(logtest.Event(`"userAgent":"xyz"`)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	if _, err := s.Raw(0); !errors.Is(err, model.ErrChanged) {
		t.Errorf("Raw = %v, want ErrChanged", err)
	}
	if e := s.Event(0); e.Agent.Raw() != "cli" {
		t.Errorf("the columns changed: %v", e.Agent)
	}
}

func TestAFileThatIsDeletedStaysReadable(t *testing.T) {
	path := writeFile(t, []byte(logtest.Event()+"\n"))
	l := model.NewLog()
	if err := (&loader.File{Path: path}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	if line, err := s.Raw(0); err != nil || line.Raw() != logtest.Event() {
		t.Errorf("Raw = %v, %v", line, err)
	}
}

func TestAByteOrderMarkIsNoPartOfTheFirstLine(t *testing.T) {
	text := "\ufeff" + logtest.Event() + "\r\n" + logtest.Event()
	for name, source := range map[string]loader.Source{"file": &loader.File{Path: writeFile(t, []byte(text))}, "reader": &loader.Reader{From: strings.NewReader(text)}} {
		l := model.NewLog()
		if err := source.Load(context.Background(), l); err != nil {
			t.Fatal(err)
		}
		s := l.Snapshot()
		if b := s.Books(); b.Events != 2 || b.Bytes != int64(len(text)) || s.Origin(0).Offset != 3 || s.Origin(0).Line != 1 {
			t.Errorf("%s: books %+v, origin %+v", name, b, s.Origin(0))
		}
	}
}

// Reading that goes on in the middle of a source meets its bytes as they are: only the first three of the source can be a mark.
func TestAByteOrderMarkInTheMiddleBelongsToItsLine(t *testing.T) {
	first, second := logtest.Event()+"\n", "\ufeff"+logtest.Event()+"\n"
	raw := strings.NewReader(first + second)
	l := model.NewLog()
	stream := loader.NewStream(l, l.AddSource(model.NewText("followed")), loader.Bytes{Raw: raw, Trusted: true, Start: int64(len(first)), Line: 2}, loader.Limits{})
	for _, b := range []byte(second) { // as slowly as a writer may be
		if err := stream.Write([]byte{b}); err != nil {
			t.Fatal(err)
		}
	}
	stream.Close()
	s := l.Snapshot()
	if b := s.Books(); b.Lines != 1 || b.Bytes != int64(len(second)) {
		t.Fatalf("books %+v, want one line of %d bytes", b, len(second))
	}
	if o := s.Origin(0); o.Offset != int64(len(first)+len("\ufeff")) || o.Line != 2 || o.Length != int64(len(logtest.Event())) {
		t.Errorf("origin %+v, want the object behind the mark at %d", o, len(first))
	}
	if text, err := s.Raw(0); err != nil || text.Raw() != logtest.Event() {
		t.Errorf("Raw = %q, %v", text.Raw(), err)
	}
}

func TestStoreGivesBackWhatWasWritten(t *testing.T) {
	text := roughLog(5)
	var s loader.Store
	r := rand.New(rand.NewPCG(1, 1))
	for rest := text; len(rest) > 0; {
		n := min(len(rest), r.IntN(2*loader.StoreBlock))
		s.Write(rest[:n])
		rest = rest[n:]
	}
	if s.Len() != int64(len(text)) || s.Memory() > int64(len(text))/2 {
		t.Errorf("%d bytes in %d, want %d in less than half", s.Len(), s.Memory(), len(text))
	}
	for range 200 {
		off := r.IntN(len(text))
		p := make([]byte, min(len(text)-off, r.IntN(3*loader.StoreBlock)))
		if n, err := s.ReadAt(p, int64(off)); n != len(p) || err != nil || !bytes.Equal(p, text[off:off+n]) {
			t.Fatalf("ReadAt(%d bytes, %d) = %d, %v", len(p), off, n, err)
		}
	}
	if n, err := s.ReadAt(make([]byte, 10), s.Len()-4); n != 4 || err != io.EOF {
		t.Errorf("ReadAt over the end = %d, %v; want 4, EOF", n, err)
	}
}
