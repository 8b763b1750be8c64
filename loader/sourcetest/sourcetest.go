// Package sourcetest checks what every loader.Source must guarantee: the same text becomes the same events, in the same order
// and with the same counts; a cancellation keeps the rows already read; and a source that fails does not affect one that is
// loaded at the same time. It is for tests only, and reads nothing by itself but two environment variables.
package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

// Kind is a kind of source.
type Kind struct {
	Name string
	// Open puts text, which is JSON lines, where a new source of this kind reads it, and returns that source. dir is an empty
	// folder for it alone. The source is loaded once. Required.
	Open func(t *testing.T, dir string, text []byte) loader.Source
	// Grow appends text to what the source of the same dir reads. With it the source must follow: it is loaded until it has all
	// events, and ends only with its context.
	Grow func(t *testing.T, dir string, text []byte)
	// Break returns a source, made of text like that of Open, part of which cannot be read, and a text that its error must
	// contain. Nil if no source of this kind can fail.
	Break func(t *testing.T, dir string, text []byte) (source loader.Source, named string)
	// Follows says that the source ends only with its context. It need not be set with Grow.
	Follows bool
	// Converted says that the bytes of the source differ from the lines of the text.
	Converted bool
}

// Check checks each kind of source, in subtests named after them. It leaves no goroutines of its own behind.
func Check(t *testing.T, kinds ...Kind) {
	t.Helper()
	text := Text(t, Events)
	want := reference(t, text)
	for _, k := range kinds {
		t.Run(k.Name, func(t *testing.T) {
			t.Run("gives the same events", func(t *testing.T) { k.checkEvents(t, text, want) })
			t.Run("keeps what it read before a cancellation", func(t *testing.T) { k.checkCancellation(t, text) })
			if k.Break != nil {
				t.Run("fails alone", func(t *testing.T) { k.checkFailure(t, text, want) })
			}
		})
	}
}

// reference reads the text in the simplest way.
func reference(t *testing.T, text []byte) *model.Snapshot {
	t.Helper()
	log := model.NewLog()
	if err := plain(text).Load(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	s := log.Snapshot()
	if s.Rows() != Events || s.Books().Events != Events {
		t.Fatalf("the text gives %d rows and %+v, want %d events", s.Rows(), s.Books(), Events)
	}
	return &s
}

func plain(text []byte) *loader.Reader {
	return &loader.Reader{Label: "plain", From: bytes.NewReader(text)}
}

func (k *Kind) follows() bool { return k.Follows || k.Grow != nil }

// checkEvents loads the text and compares all rows with the reference. A source that can grow starts with a part of the text.
func (k *Kind) checkEvents(t *testing.T, text []byte, want *model.Snapshot) {
	dir, first, rest := t.TempDir(), text, []byte(nil)
	if k.Grow != nil {
		at := bytes.IndexByte(text[len(text)*2/3:], '\n') + len(text)*2/3 + 1
		first, rest = text[:at], text[at:]
	}
	source := k.Open(t, dir, first)
	if source.Name() == (model.Text{}) {
		t.Error("the source has no name")
	}
	log := model.NewLog()
	ctx, cancel := WhileChanging(t, log)
	defer cancel()
	var wg sync.WaitGroup
	if k.follows() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer cancel()
			settled(ctx, log, bytes.Count(first, []byte{'\n'}))
			if k.Grow != nil {
				k.Grow(t, dir, rest)
				settled(ctx, log, Events)
			}
		}()
	}
	err := source.Load(ctx, log)
	wg.Wait()
	if err != nil {
		t.Fatal(err)
	}
	got := log.Snapshot()
	compareEvents(t, &got, want)
	compareBooks(t, &got, want, k.Converted)
	checkOrder(t, &got)
	CheckRaw(t, &got)
	for _, state := range got.Sources() {
		if state.Phase != model.Complete || state.Behind() != 0 || state.Damaged || state.Err != (model.Text{}) {
			t.Errorf("the source ended as %+v, %d bytes behind", state, state.Behind())
		}
	}
}

// settled waits until a log has that many rows and no source of it is still loading.
func settled(ctx context.Context, log *model.Log, rows int) {
	for {
		s := log.Snapshot()
		reading := false
		for _, state := range s.Sources() {
			reading = reading || state.Phase == model.Loading
		}
		if s.Rows() >= rows && !reading || log.Wait(ctx, s.Revision()) != nil {
			return
		}
	}
}

// cancelling cancels a context as soon as some rows are there, and counts the rows.
type cancelling struct {
	*model.Log
	cancel context.CancelFunc

	mu   sync.Mutex
	rows int
}

func (c *cancelling) Append(b *model.Batch) {
	c.Log.Append(b)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows += b.Rows(); c.rows > 0 {
		c.cancel()
	}
}

func (k *Kind) checkCancellation(t *testing.T, text []byte) {
	source := k.Open(t, t.TempDir(), bytes.Repeat(text, 3))
	log := model.NewLog()
	ctx, cancel := WhileChanging(t, log)
	defer cancel()
	sink := &cancelling{Log: log, cancel: cancel}
	err := source.Load(ctx, sink)
	// A small source may have ended before it was cancelled; following ends with its context.
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want that of the context", err)
	}
	s := sink.Snapshot()
	if s.Rows() == 0 || s.Rows() != sink.rows {
		t.Errorf("%d rows are left of %d", s.Rows(), sink.rows)
	}
	checkBalance(t, s.Books())
	CheckRaw(t, &s)
	for _, state := range s.Sources() {
		if state.Phase == model.Loading || state.Phase == model.Waiting || state.Phase == model.Broken {
			t.Errorf("%v was left %v: %v", state.Name, state.Phase, state.Err)
		}
	}
}

// checkFailure loads a source that fails beside one that does not.
func (k *Kind) checkFailure(t *testing.T, text []byte, want *model.Snapshot) {
	bad, named := k.Break(t, t.TempDir(), text)
	log := model.NewLog()
	ctx, cancel := WhileChanging(t, log)
	defer cancel()
	var wg sync.WaitGroup
	if k.follows() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer cancel()
			failed(ctx, log)
		}()
	}
	err := loader.Load(ctx, log, plain(text), bad)
	wg.Wait()
	if err == nil || !strings.Contains(err.Error(), named) {
		t.Errorf("the error is %v, want it to name %s", err, named)
	}
	s := log.Snapshot()
	checkBalance(t, s.Books())
	CheckRaw(t, &s)
	broken := 0
	for i, state := range s.Sources() {
		checkBalance(t, state.Books)
		if state.Phase == model.Broken && state.Err != (model.Text{}) {
			broken++
		}
		if state.Name.Raw() == "plain" && (state.Phase != model.Complete || state.Books != want.Books() || state.Err != (model.Text{})) {
			t.Errorf("source %d, beside which one failed, ended as %+v", i, state)
		}
	}
	if broken == 0 {
		t.Errorf("no source tells why it failed: %v", err)
	}
}

// failed waits until one source is broken and the other one is complete.
func failed(ctx context.Context, log *model.Log) {
	for {
		s := log.Snapshot()
		broken, complete := false, false
		for _, state := range s.Sources() {
			broken = broken || state.Phase == model.Broken
			complete = complete || state.Name.Raw() == "plain" && state.Phase == model.Complete
		}
		if broken && complete || log.Wait(ctx, s.Revision()) != nil {
			return
		}
	}
}
