package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

var errFault = errors.New("input/output error")

// badBytes cannot read some stretches, as a disk with bad sectors: a read gives what stands before them.
type badBytes struct {
	io.ReaderAt
	bad [][2]int64 // from, to
}

func (b *badBytes) ReadAt(p []byte, off int64) (int, error) {
	end := off + int64(len(p))
	for _, s := range b.bad {
		if s[0] < end && off < s[1] {
			n, _ := b.ReaderAt.ReadAt(p[:max(0, s[0]-off)], off)
			return n, errFault
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}

// pages widens a stretch to whole pages as far as what stands before it is not read: from its begin to the end of its page.
func pages(from, to, size int64) (int64, int64) {
	const page = 4 << 10
	return from, min(size, (to+page-1)/page*page)
}

// wantGap is how many lines a log with one gap must have.
func wantGap(text []byte, from, to int64) (lines int64) {
	before, behind := text[:from], text[to:]
	lines = int64(bytes.Count(before, []byte("\n"))+bytes.Count(behind, []byte("\n"))) + 1
	if len(before) > 0 && before[len(before)-1] != '\n' {
		lines++ // the piece before the gap
	}
	if len(behind) > 0 && behind[len(behind)-1] != '\n' {
		lines++
	}
	return lines
}

func TestWhatCannotBeReadBecomesOneRowAndReadingGoesOnBehindIt(t *testing.T) {
	text := roughLog(9)
	size := int64(len(text))
	for _, bad := range [][2]int64{
		{0, 1}, {0, size}, {10, 11}, {5000, 30_000}, {loader.BlockBytes - 1, loader.BlockBytes + 1}, {loader.BlockBytes, 3 * loader.BlockBytes},
		{loader.BlockBytes + 4096, loader.BlockBytes + 8192}, {size - 1, size}, {3*loader.BlockBytes + 1000, size},
	} {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprintf("%d-%d/%d", bad[0], bad[1], workers), func(t *testing.T) {
				l := model.NewLog()
				raw := &badBytes{bytes.NewReader(text), [][2]int64{bad}}
				stream, err := loader.Blocks(t.Context(), l, l.AddSource(model.NewText("x")), raw, size, workers, loader.Limits{})
				stream.Close()
				from, to := pages(bad[0], bad[1], size)
				var gap *loader.GapError
				if !errors.As(err, &gap) || !errors.Is(err, errFault) || *gap != (loader.GapError{Offset: from, Bytes: to - from, Gaps: 1, Err: errFault}) {
					t.Fatalf("the error is %v, want one gap of %d bytes at byte %d", err, to-from, from)
				}
				checkGap(t, l, text, from, to)
			})
		}
	}
}

// checkGap compares a log with the text that it was read from, of which a stretch is missing.
func checkGap(t *testing.T, l *model.Log, text []byte, from, to int64) {
	t.Helper()
	s := l.Snapshot()
	b := s.Books()
	lines := wantGap(text, from, to)
	if b.Lines != lines || b.Lines != b.Events+b.Rejects+b.Blanks || b.Bytes != int64(len(text)) {
		t.Errorf("the books are %+v, want %d lines and %d bytes", b, lines, len(text))
	}
	found, reader := 0, model.NewRawReader(&s)
	for r := range model.Row(s.Rows()) {
		o, flags := s.Origin(r), s.Flags(r)
		if flags&model.FlagGap != 0 {
			found++
			if o.Offset != from || o.Length != to-from || s.Problems(r)[0].Code != model.Unreadable {
				t.Errorf("the gap is %+v, want %d bytes at %d", o, to-from, from)
			}
			continue
		}
		if beside := o.Offset+o.Length == from || o.Offset == to; beside && flags&model.FlagReject != 0 && flags&model.FlagCut == 0 {
			t.Errorf("the piece beside the gap at %d is a reject that is not cut: %v", o.Offset, s.Problems(r))
		}
		if line, err := reader.Line(r); err != nil || !bytes.Equal(line, text[o.Offset:o.Offset+o.Length]) {
			t.Fatalf("row %d at byte %d is %q, %v", r, o.Offset, line, err)
		}
	}
	if found != 1 {
		t.Errorf("%d gaps, want 1", found)
	}
}

func TestSeveralGapsAreToldInOneError(t *testing.T) {
	text := roughLog(9)
	l := model.NewLog()
	raw := &badBytes{bytes.NewReader(text), [][2]int64{{100_000, 100_001}, {loader.BlockBytes + 4096, loader.BlockBytes + 8192}, {loader.BlockBytes + 8192, loader.BlockBytes + 8200}}}
	_, err := loader.Blocks(t.Context(), l, l.AddSource(model.NewText("x")), raw, int64(len(text)), 2, loader.Limits{})
	if want := "10592 bytes in 2 places could not be read, first at byte 100000: input/output error"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %v", err, want)
	}
}

// failsOnce fails the nth read.
type failsOnce struct {
	io.ReaderAt
	reads atomic.Int64
	n     int64
}

func (f *failsOnce) ReadAt(p []byte, off int64) (int, error) {
	if f.reads.Add(1) == f.n {
		return 0, errFault
	}
	return f.ReaderAt.ReadAt(p, off)
}

func TestAReadThatFailsOnceIsTriedAgain(t *testing.T) {
	text := roughLog(4)
	want := model.NewLog()
	stream, err := loader.Blocks(t.Context(), want, want.AddSource(model.NewText("x")), bytes.NewReader(text), int64(len(text)), 1, loader.Limits{})
	if stream.Close(); err != nil {
		t.Fatal(err)
	}
	whole := want.Snapshot()
	for n := int64(1); ; n++ {
		raw := &failsOnce{ReaderAt: bytes.NewReader(text), n: n}
		l := model.NewLog()
		stream, err := loader.Blocks(t.Context(), l, l.AddSource(model.NewText("x")), raw, int64(len(text)), 2, loader.Limits{})
		stream.Close()
		s := l.Snapshot()
		if err != nil || s.Books() != whole.Books() {
			t.Fatalf("read %d: %v, books %+v, want %+v", n, err, s.Books(), whole.Books())
		}
		if raw.reads.Load() < n {
			if n < 5 {
				t.Errorf("only %d reads", n)
			}
			return
		}
	}
}

func TestAWholeEventRightBehindAGapIsAnEvent(t *testing.T) {
	const page = 4 << 10
	line := logtest.Event() + "\n"
	text := strings.Repeat("x", 2*page-1) + "\n" + line + line[:len(line)-1]
	l := model.NewLog()
	raw := &badBytes{strings.NewReader(text), [][2]int64{{page, 2 * page}}}
	stream, _ := loader.Blocks(t.Context(), l, l.AddSource(model.NewText("x")), raw, int64(len(text)), 1, loader.Limits{})
	stream.Close()
	s := l.Snapshot()
	if b := s.Books(); b.Events != 2 || b.Rejects != 2 || b.Lines != 4 {
		t.Errorf("books %+v, want 2 events, the piece before the gap, and the gap", b)
	}
}

func TestACancelledLoadStopsLookingForWhatCanBeRead(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	reads := 0
	raw := readerAtFunc(func(p []byte, off int64) (int, error) {
		if reads++; reads == 5 {
			cancel()
		}
		return 0, errFault
	})
	l := model.NewLog()
	_, err := loader.Blocks(ctx, l, l.AddSource(model.NewText("x")), raw, 100*loader.BlockBytes, 1, loader.Limits{})
	if !errors.Is(err, context.Canceled) || reads > 6 {
		t.Errorf("%v after %d reads", err, reads)
	}
}

type readerAtFunc func(p []byte, off int64) (int, error)

func (f readerAtFunc) ReadAt(p []byte, off int64) (int, error) { return f(p, off) }

func TestAFileThatEndsEarlyIsAnErrorThatNamesTheByte(t *testing.T) {
	text := roughLog(9)
	for _, size := range []int64{0, 10, loader.BlockBytes, 3*loader.BlockBytes + 1000} {
		l := model.NewLog()
		_, err := loader.Blocks(t.Context(), l, l.AddSource(model.NewText("x")), bytes.NewReader(text[:size]), int64(len(text)), 2, loader.Limits{})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("ended at byte %d of %d", size, len(text))) {
			t.Errorf("a file cut to %d: %v", size, err)
		}
		s := l.Snapshot()
		if want := int64(bytes.Count(text[:size], []byte("\n"))); s.Books().Lines != want {
			t.Errorf("a file cut to %d: %d lines, want %d", size, s.Books().Lines, want)
		}
	}
}
