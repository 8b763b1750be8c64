package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// slowShelf keeps views in memory, each when it is let.
type slowShelf struct {
	viewShelf
	let chan struct{}
}

func (s *slowShelf) Save(ctx context.Context, views []SavedView) error {
	select {
	case <-s.let:
		return s.viewShelf.Save(ctx, views)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func newSlowShelf() *slowShelf {
	return &slowShelf{let: make(chan struct{}, 100)}
}

func TestViewsThatAreSavedQuicklyAreAllSavedInTheirOrder(t *testing.T) {
	shelf := newSlowShelf()
	s, messages := newSavedViews(nil, shelf), make(chan tea.Msg)
	names := []string{"a", "b", "c", "d", "e"}
	for _, name := range names {
		save := s.save(t.Context(), SavedView{Name: name})
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
	for _, v := range shelf.views {
		got = append(got, v.Name)
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("saved are %v, want %v", got, names)
	}
}

func TestViewsThatStillWaitAtTheEndAreSaved(t *testing.T) {
	shelf := newSlowShelf()
	s := newSavedViews(nil, shelf)
	s.save(t.Context(), SavedView{Name: "a"}) // its command never runs: the program has ended
	s.save(t.Context(), SavedView{Name: "b"})
	shelf.let <- struct{}{}
	if err := s.finish(time.Minute); err != nil || len(shelf.views) != 2 {
		t.Errorf("at the end %d views are saved, %v", len(shelf.views), err)
	}
	if err := s.finish(time.Minute); err != nil || len(shelf.views) != 2 {
		t.Errorf("a second end saves again: %d views, %v", len(shelf.views), err)
	}
}

func TestTheEndSaysWhichViewsWereNotSaved(t *testing.T) {
	shelf := newSlowShelf()
	s := newSavedViews(nil, shelf)
	s.save(t.Context(), SavedView{Name: "mine"}) // nobody lets it be saved
	if err := s.finish(time.Millisecond); err == nil || !strings.Contains(err.Error(), `the view "mine" was not saved`) {
		t.Errorf("the end says %v", err)
	}
	shelf = newSlowShelf()
	shelf.err = errors.New("the disk is gone")
	s = newSavedViews(nil, shelf)
	s.save(t.Context(), SavedView{Name: "mine"})
	shelf.let <- struct{}{}
	if err := s.finish(time.Minute); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("the end says %v", err)
	}
}

func TestAViewIsSavedUnderAName(t *testing.T) {
	shelf := &viewShelf{}
	s, wrong := newSavedViews(nil, shelf), error(nil)
	done := s.askName(t.Context(), func() (SavedView, error) { return SavedView{Query: "is:failed"}, wrong }).ask.done
	for text, want := range map[string]error{" ": errNoViewName, strings.Repeat("x", maxViewName+1): errLongViewName} {
		if _, err := done(text); err != want {
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
	w.cmd()
	if len(shelf.views) != 1 || shelf.views[0].Name != "mine" || shelf.views[0].Query != "is:failed" {
		t.Errorf("saved is %+v", shelf.views)
	}
}
