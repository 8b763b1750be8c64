package modal

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// SavedViews saves views under a name, and lists the saved and the ready ones to choose from.
type SavedViews struct {
	display *kit.Display
	saver   saver
	loading kit.Slot
	waiting *viewsWait // for the list
	looking kit.Slot
	known   []kit.SavedView // as they were last read
	library *query.Library  // of known
}

// NewSavedViews returns the views that a store keeps; without one, they cannot be saved. known is what it has, as far as that was read.
func NewSavedViews(disp *kit.Display, views kit.Views, known []kit.SavedView) *SavedViews {
	return &SavedViews{display: disp, saver: saver{views: views}, known: known, library: kit.NewLibrary(known)}
}

// Library returns the library of the saved views as they were last read. It is another one as soon as they have changed.
func (s *SavedViews) Library() *query.Library { return s.library }

// viewsLoaded brings the saved views.
type viewsLoaded struct {
	kit.Job
	views []kit.SavedView
	err   error
}

// viewSaved says that a view was saved, or why not. It does not answer a job, so that each outcome is shown even if the next
// view is being saved already.
type viewSaved struct {
	kit.Notice
	name string
	err  error
	seen viewsLoaded // what there is now
}

// viewsSeen brings the saved views for the filter; those of a store that cannot be read are only missed where a filter names one.
type viewsSeen viewsLoaded

var errNotHere = termsafe.Const("views cannot be saved here")

// AskName asks for the name under which to save the current view. current is called once there is a name, as the log goes on growing
// until then; an error says why the view cannot be saved.
func (s *SavedViews) AskName(ctx context.Context, current func() (kit.SavedView, error)) kit.Wish {
	if s.saver.views == nil {
		return kit.Wish{Toast: errNotHere}
	}
	return kit.Wish{Ask: &kit.Ask{
		Label: termsafe.Const("save the view as "),
		Help:  termsafe.Const("filter, columns, order and zone; view:NAME finds its rows"),
		Done: func(text string) (kit.Wish, error) {
			if kit.IsShared(text) {
				return kit.Wish{}, errors.New(s.display.Keyed("to save a view of somebody else, paste it into the list of views ({})", kit.CmdViews).String())
			}
			name, err := kit.ViewName(text)
			if err != nil {
				return kit.Wish{}, err
			}
			v, err := current()
			if err != nil {
				return kit.Wish{}, err
			}
			v.Name = name
			return kit.Wish{Cmd: s.save(ctx, v)}, nil
		},
	}}
}

// save queues a view to be saved, and returns the command that saves it.
func (s *SavedViews) save(ctx context.Context, v kit.SavedView) tea.Cmd {
	return s.saved(ctx, s.saver.add(v))
}

// saved returns the command that saves a queued view and says how that ended.
func (s *SavedViews) saved(ctx context.Context, one *saving) tea.Cmd {
	return kit.Safely(func() tea.Msg {
		s.saver.flush(ctx)
		done, err := s.saver.outcome(one)
		if !done {
			return nil
		}
		return viewSaved{kit.Notice{Owner: s}, one.view.Name, err, s.load(kit.Job{})}
	})
}

// Finish saves the views that no command has saved yet, for as long as within. Call it after the interface has ended, when no
// command is started any more. The error names the views that were not saved.
func (s *SavedViews) Finish(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return s.saver.finish(ctx)
}

// List loads the saved views and opens the list to choose from.
func (s *SavedViews) List(ctx context.Context) kit.Wish {
	_, job := s.loading.Start(ctx, s)
	s.waiting = newViewsWait(s.display, &s.loading)
	return kit.Wish{Modal: s.waiting, Cmd: kit.Safely(func() tea.Msg { return s.load(job) })}
}

// Look starts loading the saved views for the filter language.
func (s *SavedViews) Look(ctx context.Context) tea.Cmd {
	if s.saver.views == nil {
		return nil
	}
	_, job := s.looking.Start(ctx, s)
	return kit.Safely(func() tea.Msg { return viewsSeen(s.load(job)) })
}

func (s *SavedViews) load(job kit.Job) viewsLoaded {
	if s.saver.views == nil {
		return viewsLoaded{Job: job}
	}
	saved, err := s.saver.views.Load()
	return viewsLoaded{job, saved, err}
}

// know keeps views that were loaded.
func (s *SavedViews) know(views []kit.SavedView) {
	if !reflect.DeepEqual(views, s.known) {
		s.known, s.library = views, kit.NewLibrary(views)
	}
}

// Take implements kit.Taker: it opens the list of loaded views, or says how saving one ended.
func (s *SavedViews) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case viewsLoaded:
		return s.choose(m)
	case viewsSeen:
		if m.err == nil {
			s.know(m.views)
		}
	case viewSaved:
		if m.err != nil {
			return kit.Wish{Toast: s.display.Said(m.err)}
		}
		if m.seen.err == nil {
			s.know(m.seen.views)
		}
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("saved as "), s.display.Quoted(m.name), s.display.Keyed("; {} lists views", kit.CmdViews))}
	}
	return kit.Wish{}
}

// choose opens the list of views: saved ones, then the ready ones.
func (s *SavedViews) choose(m viewsLoaded) (w kit.Wish) {
	if m.err != nil {
		w.Toast = s.display.Said(m.err)
	} else {
		s.know(m.views)
	}
	var choices []kit.Choice
	for _, v := range m.views {
		choices = append(choices, s.own(v))
	}
	for _, v := range query.Views() {
		choices = append(choices, s.choice(kit.SavedView{Name: v.Title, Query: v.Term()},
			kit.Choice{Does: s.display.Own(v.Term()), Tells: s.display.Own(v.Query), Also: v.Query}))
	}
	p := kit.NewPicker(s.display, termsafe.Const("Views"), choices)
	p.Free, p.Invites = s.shared, termsafe.Const("type to search, or paste a view that somebody shared")
	w.Modal, w.Close, w.Pressed = p, s.waiting, s.waiting.typed
	return w
}

// shared is the choice to save a view whose line was pasted: it tells what the view is before it is saved. The name must be free.
func (s *SavedViews) shared(text string) (kit.Choice, bool) {
	if !kit.IsShared(text) {
		return kit.Choice{}, false
	}
	v, err := kit.ParseShared(text)
	switch {
	case err != nil:
		return kit.Choice{Name: termsafe.Const("this is not a view that can be saved"), Tells: s.display.Said(err),
			Take: func() kit.Wish { return kit.Wish{Toast: s.display.Said(err)} }}, true
	case s.saver.views == nil:
		return kit.Choice{Name: errNotHere, Take: func() kit.Wish { return kit.Wish{Toast: errNotHere} }}, true
	case slices.ContainsFunc(s.known, func(o kit.SavedView) bool { return o.Name == v.Name }):
		taken := termsafe.Concat(termsafe.Const("there is a view "), s.display.Quoted(v.Name), termsafe.Const(" already"))
		return kit.Choice{Name: taken, Tells: s.display.Quoted(v.Says()), Take: func() kit.Wish { return kit.Wish{Toast: taken} }}, true
	}
	return kit.Choice{Name: termsafe.Concat(termsafe.Const("save "), s.display.Quoted(v.Name)), Does: termsafe.Const("enter saves this view"),
		Tells: s.display.Quoted(v.Says()), Take: func() kit.Wish { return kit.Wish{Cmd: s.take(v)} }}, true
}

// take returns the command that saves a view of somebody else.
func (s *SavedViews) take(v kit.SavedView) tea.Cmd {
	one := s.saver.add(v)
	one.fresh = true
	return s.saved(context.Background(), one)
}

// own is the choice that opens a saved view. One with the name of a ready view has no term of its own.
func (s *SavedViews) own(v kit.SavedView) kit.Choice {
	term := v.Own()
	c := kit.Choice{Does: s.display.Quoted(term.Term()), Tells: s.display.Quoted(summary(&v)), Also: v.Query}
	if _, err := query.FindView(v.Name); err == nil {
		c.Does = termsafe.Const("a ready view has this name, too")
	}
	return s.choice(v, c)
}

// choice completes the choice that opens a view.
func (s *SavedViews) choice(v kit.SavedView, c kit.Choice) kit.Choice {
	c.Name, c.Take = s.display.Quoted(v.Name), func() kit.Wish { return kit.Wish{View: &v} }
	return c
}

// summary describes a view in a few words.
func summary(v *kit.SavedView) string {
	var parts []string
	if v.FailedOnly {
		parts = append(parts, kit.FailuresOnly.String())
	}
	if v.HideReads {
		parts = append(parts, kit.WithoutReads.String())
	}
	if v.Query != "" {
		parts = append(parts, v.Query)
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, " ")
}
