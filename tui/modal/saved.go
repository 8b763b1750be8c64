package modal

import (
	"context"
	"errors"
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
}

// NewSavedViews returns the views that a store keeps; without one, they cannot be saved.
func NewSavedViews(disp *kit.Display, views kit.Views) *SavedViews {
	return &SavedViews{display: disp, saver: saver{views: views}}
}

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
}

// maxViewName is the maximum length of a view's name, in bytes.
const maxViewName = 80

var (
	errNoViewName   = errors.New("a view needs a name")
	errLongViewName = errors.New("the name is too long")
)

// AskName asks for the name under which to save the current view. current is called once there is a name, as the log goes on growing
// until then; an error says why the view cannot be saved.
func (s *SavedViews) AskName(ctx context.Context, current func() (kit.SavedView, error)) kit.Wish {
	if s.saver.views == nil {
		return kit.Wish{Toast: termsafe.Const("views cannot be saved here")}
	}
	return kit.Wish{Ask: &kit.Ask{
		Label: termsafe.Const("save the view as "),
		Help:  termsafe.Const("filter, columns, order and zone; V lists views"),
		Done: func(text string) (kit.Wish, error) {
			name, err := viewName(text)
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

// viewName returns a typed name as it is saved.
func viewName(text string) (string, error) {
	name := strings.TrimSpace(text)
	switch {
	case name == "":
		return "", errNoViewName
	case len(name) > maxViewName:
		return "", errLongViewName
	}
	return name, nil
}

// save queues a view to be saved, and returns the command that saves it.
func (s *SavedViews) save(ctx context.Context, v kit.SavedView) tea.Cmd {
	one := s.saver.add(v)
	return kit.Safely(func() tea.Msg {
		s.saver.flush(ctx)
		done, err := s.saver.outcome(one)
		if !done {
			return nil
		}
		return viewSaved{kit.Notice{Owner: s}, v.Name, err}
	})
}

// Finish saves the views that no command has saved yet, for as long as within. Call it after the interface has ended, when no
// command is started any more. The error names the views that were not saved.
func (s *SavedViews) Finish(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return s.saver.finish(ctx)
}

// List starts loading the saved views for the list to choose from.
func (s *SavedViews) List(ctx context.Context) tea.Cmd {
	_, job := s.loading.Start(ctx, s)
	views := s.saver.views
	return kit.Safely(func() tea.Msg {
		if views == nil {
			return viewsLoaded{Job: job}
		}
		saved, err := views.Load()
		return viewsLoaded{job, saved, err}
	})
}

// Take implements kit.Taker: it opens the list of loaded views, or says how saving one ended.
func (s *SavedViews) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case viewsLoaded:
		return s.choose(m)
	case viewSaved:
		if m.err != nil {
			return kit.Wish{Toast: s.display.Said(m.err)}
		}
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("saved as "), s.display.Quoted(m.name), termsafe.Const("; V lists views"))}
	}
	return kit.Wish{}
}

// choose opens the list of views: saved ones, then the ready ones.
func (s *SavedViews) choose(m viewsLoaded) (w kit.Wish) {
	if m.err != nil {
		w.Toast = s.display.Said(m.err)
	}
	var choices []choice
	for _, v := range m.views {
		choices = append(choices, s.choice(v, summary(&v)))
	}
	for _, v := range query.Views() {
		choices = append(choices, s.choice(readyView(&v), v.Query))
	}
	w.Modal = newPicker(s.display, termsafe.Const("Views"), choices)
	return w
}

func (s *SavedViews) choice(v kit.SavedView, does string) choice {
	return choice{name: s.display.Quoted(v.Name), does: s.display.Quoted(does), take: func() kit.Wish { return kit.Wish{View: &v} }}
}

// readyView is the saved view that shows a ready one.
func readyView(v *query.View) kit.SavedView {
	saved := kit.SavedView{Name: v.Title, Query: v.Term()}
	for _, name := range v.Columns {
		saved.Columns = append(saved.Columns, kit.SavedColumn{Name: name})
	}
	return saved
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
