package loader_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

func TestAnAnnouncedSourceEndsWithItsReason(t *testing.T) {
	for name, c := range map[string]struct {
		err     error
		phase   model.Phase
		damaged bool
		says    string
	}{
		"all was read":     {nil, model.Complete, false, ""},
		"it was cancelled": {fmt.Errorf("reading x: %w", context.Canceled), model.Cancelled, false, ""},
		"it was declined":  {fmt.Errorf("loading x: %w", loader.ErrDeclined), model.Cancelled, false, ""},
		"it has a gap":     {fmt.Errorf("reading x: %w", &loader.GapError{}), model.Complete, true, "reading x"},
		"it cannot be had": {errors.New("opening x: no such host"), model.Broken, false, "opening x: no such host"},
		"it took too long": {context.DeadlineExceeded, model.Broken, false, "deadline exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			log := model.NewLog()
			a := loader.Announce(log, model.NewText("x"))
			before := log.Snapshot()
			if s := before.Sources()[0]; s.Phase != model.Waiting || s.Name.Raw() != "x" || s.Size != -1 {
				t.Errorf("it is announced as %+v", s)
			}
			a.Loading(10)
			a.Note("from a place")
			loading := log.Snapshot()
			if s := loading.Sources()[0]; s.Phase != model.Loading || s.Size != 10 || s.Note.Raw() != "from a place" {
				t.Errorf("it is loaded as %+v", s)
			}
			if err := a.End(c.err); err != c.err {
				t.Errorf("End gives %v, want %v", err, c.err)
			}
			ended := log.Snapshot()
			s := ended.Sources()[0]
			if s.Phase != c.phase || s.Damaged != c.damaged || !strings.Contains(s.Err.Raw(), c.says) || s.Err.Empty() != (c.says == "") {
				t.Errorf("it ended as %+v", s)
			}
		})
	}
}

// failing is a source that fails in its own way.
type failing struct {
	name string
	load func(sink loader.Sink) error
}

func (f failing) Name() model.Text                               { return model.NewText(f.name) }
func (f failing) Load(_ context.Context, sink loader.Sink) error { return f.load(sink) }

func TestASourceThatCannotSayHowItEndedIsEndedForIt(t *testing.T) {
	for name, c := range map[string]struct {
		load  func(sink loader.Sink) error
		phase model.Phase
		says  string
	}{
		"it fails before it is announced": {func(loader.Sink) error { return errors.New("asking x: refused") }, model.Broken, "asking x: refused"},
		"it is cancelled before that":     {func(loader.Sink) error { return context.Canceled }, model.Cancelled, ""},
		"it panics before that":           {func(loader.Sink) error { panic("data") }, model.Broken, "loading source 1"},
		"it panics while it loads": {func(sink loader.Sink) error {
			loader.Announce(sink, model.NewText("x")).Loading(3)
			panic("data")
		}, model.Broken, "loading source 1"},
		"it panics behind its end": {func(sink loader.Sink) error {
			_ = loader.Announce(sink, model.NewText("x")).End(nil)
			panic("data")
		}, model.Complete, ""},
	} {
		t.Run(name, func(t *testing.T) {
			log := model.NewLog()
			err := loader.Load(t.Context(), log, failing{"x", c.load})
			if err == nil {
				t.Error("there is no error")
			}
			s := log.Snapshot()
			if len(s.Sources()) != 1 {
				t.Fatalf("there are %d sources, want one", len(s.Sources()))
			}
			state := s.Sources()[0]
			if state.Name.Raw() != "x" || state.Phase != c.phase || !strings.Contains(state.Err.Raw(), c.says) || strings.Contains(state.Err.Raw(), "data") {
				t.Errorf("it ended as %+v", state)
			}
			if strings.HasPrefix(name, "it panics") && fault.In(err) == nil {
				t.Errorf("the error is %v, want a fault", err)
			}
		})
	}
}

func TestASourceThatHasNothingIsNotAnnouncedForIt(t *testing.T) {
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, failing{"x", func(loader.Sink) error { return nil }}); err != nil {
		t.Fatal(err)
	}
	if s := log.Snapshot(); len(s.Sources()) != 0 {
		t.Errorf("there are %d sources, want none", len(s.Sources()))
	}
}
