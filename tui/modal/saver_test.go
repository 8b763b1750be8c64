package modal

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// slowShelf keeps views in memory, each only once the test allows it.
type slowShelf struct {
	kittest.ViewShelf
	let chan struct{}
}

func (s *slowShelf) Save(ctx context.Context, views []kit.SavedView) error {
	select {
	case <-s.let:
		return s.ViewShelf.Save(ctx, views)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func newSlowShelf() *slowShelf {
	return &slowShelf{let: make(chan struct{}, 100)}
}

func TestViewsThatAreSavedQuicklyAreAllSavedInTheirOrder(t *testing.T) {
	shelf := newSlowShelf()
	s, messages := NewSavedViews(nil, shelf, nil), make(chan tea.Msg)
	names := []string{"a", "b", "c", "d", "e"}
	for _, name := range names {
		save := s.save(t.Context(), kit.SavedView{Name: name})
		go func() { messages <- save() }()
	}
	for range names {
		shelf.let <- struct{}{}
	}
	for range names {
		select {
		case msg := <-messages:
			if _, ok := msg.(viewSaved); !ok {
				t.Errorf("saving a view ends with %v", msg)
			}
		case <-time.After(30 * time.Second):
			t.Fatal("not all saved views are told")
		}
	}
	var got []string
	for _, v := range shelf.Views {
		got = append(got, v.Name)
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("saved are %v, want %v", got, names)
	}
}

func TestViewsThatStillWaitAtTheEndAreSaved(t *testing.T) {
	shelf := newSlowShelf()
	s := NewSavedViews(nil, shelf, nil)
	s.save(t.Context(), kit.SavedView{Name: "a"}) // its command never runs: the program has ended
	s.save(t.Context(), kit.SavedView{Name: "b"})
	shelf.let <- struct{}{}
	if err := s.Finish(time.Minute); err != nil || len(shelf.Views) != 2 {
		t.Errorf("at the end %d views are saved, %v", len(shelf.Views), err)
	}
	if err := s.Finish(time.Minute); err != nil || len(shelf.Views) != 2 {
		t.Errorf("a second end saves again: %d views, %v", len(shelf.Views), err)
	}
}

func TestTheEndSaysWhichViewsWereNotSaved(t *testing.T) {
	shelf := newSlowShelf()
	s := NewSavedViews(nil, shelf, nil)
	s.save(t.Context(), kit.SavedView{Name: "mine"}) // the test never allows it to be saved
	if err := s.Finish(time.Millisecond); err == nil || !strings.Contains(err.Error(), `the view "mine" was not saved`) {
		t.Errorf("the end says %v", err)
	}
	shelf = newSlowShelf()
	shelf.Err = errors.New("the disk is gone")
	s = NewSavedViews(nil, shelf, nil)
	s.save(t.Context(), kit.SavedView{Name: "mine"})
	shelf.let <- struct{}{}
	if err := s.Finish(time.Minute); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("the end says %v", err)
	}
}

func TestAViewIsSavedUnderAName(t *testing.T) {
	shelf := &kittest.ViewShelf{}
	s, wrong := NewSavedViews(nil, shelf, nil), error(nil)
	done := s.AskName(t.Context(), func() (kit.SavedView, error) { return kit.SavedView{Query: "is:failed"}, wrong }).Ask.Done
	for text, want := range map[string]string{" ": "give the view a name", strings.Repeat("x", 81): "too long", "a\u202eb": "cannot be seen", "Failed": "failed is the name of a ready view (Failed actions): choose another one"} {
		if _, err := done(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the name %q is refused with %v, want %v", text, err, want)
		}
	}
	wrong = errors.New("the filter is wrong")
	if _, err := done("mine"); err != wrong {
		t.Errorf("a view that cannot be saved ends with %v", err)
	}
	wrong = nil
	w, err := done(" mine ")
	if err != nil {
		t.Fatal(err)
	}
	w.Cmd()
	if len(shelf.Views) != 1 || shelf.Views[0].Name != "mine" || shelf.Views[0].Query != "is:failed" {
		t.Errorf("saved is %+v", shelf.Views)
	}
}
