package tui

import (
	"context"
	"testing"
	"testing/synctest"

	"pawprint/model/marks"
	"pawprint/tui/kit/kittest"
)

// hungStore keeps no mark before it is closed, as a file system that does not answer.
type hungStore struct{ answers chan struct{} }

func (s *hungStore) Load() ([]*marks.Mark, error) { return nil, nil }

func (s *hungStore) Change(context.Context, marks.Change) (*marks.Mark, error) {
	<-s.answers
	return nil, nil
}

func TestAStoreThatHangsKeepsNoProgramFromItsEnd(t *testing.T) {
	store := &hungStore{}
	d := newDriver(t, Options{Log: kittest.MixedLog(t), Marks: store}, 80, 24)
	d.press("g")
	d.app.Update(kittest.KeyMsg("m")) // its job never runs
	p := &Program{app: d.app}
	synctest.Test(t, func(t *testing.T) {
		store.answers = make(chan struct{})
		defer close(store.answers)
		if err := p.finish(finishTime); err != errHung {
			t.Errorf("at its end the program says %v, want %v", err, errHung)
		}
	})
}
