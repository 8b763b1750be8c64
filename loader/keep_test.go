package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/fault"
)

// keepLog is a source of a few blocks, some lines longer than a block.
func keepLog() []byte {
	var b bytes.Buffer
	for i := range 9_000 {
		fmt.Fprintf(&b, `{"actionName":"LIST_RULES","actionParams":{"n":%d,"text":%q}}`+"\n", i, strings.Repeat("x", i%200))
		if i%4_000 == 3_000 {
			fmt.Fprintf(&b, `{"actionName":%q}`+"\n", strings.Repeat("long ", 150_000))
		}
	}
	b.WriteString(`{"actionName":"GET_`)
	return b.Bytes()
}

func TestKeepIsWriteOnSeveralGoroutines(t *testing.T) {
	raw := keepLog()
	for _, first := range []int{0, 1, storeBlock + 1, BlockBytes} {
		for _, workers := range []int{0, 1, 3} {
			t.Run(fmt.Sprintf("%d/%d", first, workers), func(t *testing.T) {
				log, store := model.NewLog(), new(Store)
				stream := NewStream(log, log.AddSource(model.NewText("kept")), Bytes{Raw: store, Trusted: true}, Limits{})
				store.Write(raw[:first])
				stream.Write(raw[:first])
				n, err := Keep(t.Context(), stream, store, bytes.NewReader(raw), int64(len(raw)), workers)
				if err != nil || n != int64(len(raw)-first) {
					t.Fatalf("Keep = %d, %v, want %d", n, err, len(raw)-first)
				}
				stream.Close()
				checkKept(t, log, store, raw)
			})
		}
	}
}

// checkKept compares what was kept with the lines of raw.
func checkKept(t *testing.T, log *model.Log, store *Store, raw []byte) {
	t.Helper()
	kept := make([]byte, len(raw))
	if n, err := store.ReadAt(kept, 0); n != len(raw) || store.Len() != int64(n) || !bytes.Equal(kept, raw) {
		t.Fatalf("the store holds %d bytes (%v), want the %d bytes of the source", store.Len(), err, len(raw))
	}
	s, at := log.Snapshot(), int64(0)
	for i, line := range bytes.Split(raw, []byte{'\n'}) {
		want := model.Origin{Line: int64(i) + 1, Offset: at, Length: int64(len(line))}
		if got := s.Origin(model.Row(i)); got != want {
			t.Fatalf("row %d is from %+v, want %+v", i, got, want)
		}
		at += int64(len(line)) + 1
	}
	if b := s.Books(); b.Bytes != int64(len(raw)) || b.Lines != int64(s.Rows()) {
		t.Errorf("the books are %+v, want %d bytes and %d lines", b, len(raw), s.Rows())
	}
}

func TestKeepStopsWhereTheSourceEnds(t *testing.T) {
	raw := keepLog()
	cut := len(raw) * 2 / 3
	log, store := model.NewLog(), new(Store)
	stream := NewStream(log, log.AddSource(model.NewText("kept")), Bytes{Raw: store, Trusted: true}, Limits{})
	n, err := Keep(t.Context(), stream, store, bytes.NewReader(raw[:cut]), int64(len(raw)), 2)
	if err != nil || n != int64(cut) {
		t.Fatalf("Keep = %d, %v, want %d", n, err, cut)
	}
	stream.Close()
	checkKept(t, log, store, raw[:cut])
}

// badReader fails from a byte on.
type badReader struct {
	io.ReaderAt
	from int64
	fail func() error
}

func (r badReader) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > r.from {
		return 0, r.fail()
	}
	return r.ReaderAt.ReadAt(p, off)
}

func TestKeepKeepsWhatCameBeforeAFault(t *testing.T) {
	odd := errors.New("an odd fault")
	ctx, cancel := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		ctx  context.Context
		fail func() error
		want error
	}{
		"error":     {t.Context(), func() error { return odd }, odd},
		"panic":     {t.Context(), func() error { panic("an invented fault") }, nil},
		"cancelled": {ctx, func() error { cancel(); return odd }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			raw := keepLog()
			log, store := model.NewLog(), new(Store)
			stream := NewStream(log, log.AddSource(model.NewText("kept")), Bytes{Raw: store, Trusted: true}, Limits{})
			n, err := Keep(c.ctx, stream, store, badReader{bytes.NewReader(raw), 2 * BlockBytes, c.fail}, int64(len(raw)), 2)
			if err == nil || c.want != nil && !errors.Is(err, c.want) || (name == "panic") != (fault.In(err) != nil) {
				t.Errorf("Keep = %v, want %v", err, c.want)
			}
			if n > 2*BlockBytes || n != store.Len() || n != stream.Offset()+stream.Pending() {
				t.Errorf("Keep took %d bytes, the store has %d, the stream stands at %d", n, store.Len(), stream.Offset()+stream.Pending())
			}
		})
	}
}
