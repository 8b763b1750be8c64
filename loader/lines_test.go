package loader

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pawprint/model"
)

func TestReadLinesTakesEachLineForALine(t *testing.T) {
	event := `{"actionName":"GET_RULE"}` + "\n"
	for text, want := range map[string]model.Books{
		"":                                 {},
		event + event:                      {Events: 2},
		"\n" + event:                       {Events: 1, Blanks: 1},
		"[" + event:                        {Events: 0, Rejects: 1},
		"timestamp,actionName\na,b\n":      {Rejects: 2},
		"\x1f\x8b\x08\x00\n" + event:       {Events: 1, Rejects: 1},
		strings.TrimSuffix(event, "\n"):    {Events: 1},
		`{"thisIs":"of` + "\n" + `lines"}`: {Rejects: 2},
	} {
		for name, from := range map[string]io.Reader{"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text))} {
			log := model.NewLog()
			if err := ReadLines(t.Context(), log, log.AddSource(model.NewText("rows")), from, Limits{}); err != nil {
				t.Fatal(err)
			}
			snap := log.Snapshot()
			got := snap.Books()
			if got.Events != want.Events || got.Rejects != want.Rejects || got.Blanks != want.Blanks || got.Bytes != int64(len(text)) {
				t.Errorf("%q %s gives %+v, want %+v", text, name, got, want)
			}
			for r := range model.Row(snap.Rows()) {
				if _, err := snap.Raw(r); err != nil {
					t.Errorf("%q: %v", text, err)
				}
			}
		}
	}
}

func TestReadLinesKeepsWhatCameBeforeAFault(t *testing.T) {
	text := keepLog()[:400<<10]
	whole := int64(bytes.Count(text, []byte{'\n'}))
	broken := errors.New("it broke off")
	for name, test := range map[string]struct {
		from   io.Reader
		limits Limits
		want   error
	}{
		"a fault":    {io.MultiReader(bytes.NewReader(text), iotest.ErrReader(broken)), Limits{}, broken},
		"the memory": {bytes.NewReader(text), Limits{Memory: NewBudget(40 << 10)}, &MemoryError{}},
		"the end":    {bytes.NewReader(text), Limits{}, nil},
	} {
		log := model.NewLog()
		err := ReadLines(t.Context(), log, log.AddSource(model.NewText("rows")), test.from, test.limits)
		var full *MemoryError
		if isFull := errors.As(test.want, &full); isFull != errors.As(err, &full) || !isFull && !errors.Is(err, test.want) {
			t.Errorf("%s: the error is %v, want %v", name, err, test.want)
		}
		snap := log.Snapshot()
		b := snap.Books()
		if b.Lines != b.Events+b.Rejects+b.Blanks || b.Events == 0 || full == nil && b.Events < whole {
			t.Errorf("%s: %+v of %d lines", name, b, whole)
		}
	}
}

func TestReadLinesEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	log := model.NewLog()
	from := io.MultiReader(strings.NewReader("{}\n{"), readerFunc(func([]byte) (int, error) { cancel(); return 0, nil }))
	if err := ReadLines(ctx, log, log.AddSource(model.NewText("rows")), from, Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if b := log.Snapshot(); b.Rows() != 1 {
		t.Errorf("%d rows", b.Rows())
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
