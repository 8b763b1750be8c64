package tui

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// savedViews saves views under a name, and lists the saved and the ready ones to choose from.
type savedViews struct {
	display *display
	saver   saver
	loading slot
}

// newSavedViews returns the views that a store keeps; without one, they cannot be saved.
func newSavedViews(disp *display, views Views) *savedViews {
	return &savedViews{display: disp, saver: saver{views: views}}
}

// viewsLoaded brings the saved views.
type viewsLoaded struct {
	job
	views []SavedView
	err   error
}

// viewSaved says that a view was saved, or why not. It does not answer a job, so that each outcome is shown even if the next
// view is being saved already.
type viewSaved struct {
	notice
	name string
	err  error
}

// maxViewName is the maximum length of a view's name, in bytes.
const maxViewName = 80

var (
	errNoViewName   = errors.New("a view needs a name")
	errLongViewName = errors.New("the name is too long")
)

// askName asks for the name under which to save the current view. It is called once there is a name, as the log goes on growing
// until then; an error says why the view cannot be saved.
func (s *savedViews) askName(ctx context.Context, current func() (SavedView, error)) wish {
	if s.saver.views == nil {
		return wish{toast: termsafe.Const("views cannot be saved here")}
	}
	return wish{ask: &ask{label: termsafe.Const("save the view as "), help: termsafe.Const("filter, columns, order and zone; V lists views"),
		done: func(text string) (wish, error) {
			name, err := viewName(text)
			if err != nil {
				return wish{}, err
			}
			v, err := current()
			if err != nil {
				return wish{}, err
			}
			v.Name = name
			return wish{cmd: s.save(ctx, v)}, nil
		}}}
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
func (s *savedViews) save(ctx context.Context, v SavedView) tea.Cmd {
	one := s.saver.add(v)
	return safely(func() tea.Msg {
		s.saver.flush(ctx)
		done, err := s.saver.outcome(one)
		if !done {
			return nil
		}
		return viewSaved{notice{s}, v.Name, err}
	})
}

// finish saves the views that no command has saved yet. Call it only when no command is started any more.
func (s *savedViews) finish(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return s.saver.finish(ctx)
}

// list starts loading the saved views for the list to choose from.
func (s *savedViews) list(ctx context.Context) tea.Cmd {
	_, job := s.loading.start(ctx, s)
	views := s.saver.views
	return safely(func() tea.Msg {
		if views == nil {
			return viewsLoaded{job: job}
		}
		saved, err := views.Load()
		return viewsLoaded{job, saved, err}
	})
}

// take opens the list of loaded views, or says how saving one ended.
func (s *savedViews) take(msg tea.Msg) wish {
	switch m := msg.(type) {
	case viewsLoaded:
		return s.choose(m)
	case viewSaved:
		if m.err != nil {
			return wish{toast: s.display.said(m.err)}
		}
		return wish{toast: termsafe.Concat(termsafe.Const("saved as "), s.display.quoted(m.name), termsafe.Const("; V lists views"))}
	}
	return wish{}
}

// choose opens the list of views: saved ones, then the ready ones.
func (s *savedViews) choose(m viewsLoaded) (w wish) {
	if m.err != nil {
		w.toast = s.display.said(m.err)
	}
	var choices []choice
	for _, v := range m.views {
		choices = append(choices, s.choice(v, summary(&v)))
	}
	for _, v := range query.Views() {
		choices = append(choices, s.choice(readyView(&v), v.Query))
	}
	w.modal = newPicker(s.display, termsafe.Const("Views"), choices)
	return w
}

func (s *savedViews) choice(v SavedView, does string) choice {
	return choice{name: s.display.quoted(v.Name), does: s.display.quoted(does), take: func() wish { return wish{view: &v} }}
}

// readyView is the saved view that shows a ready one.
func readyView(v *query.View) SavedView {
	saved := SavedView{Name: v.Title, Query: v.Term()}
	for _, name := range v.Columns {
		saved.Columns = append(saved.Columns, SavedColumn{Name: name})
	}
	return saved
}

// summary describes a view in a few words.
func summary(v *SavedView) string {
	var parts []string
	if v.FailedOnly {
		parts = append(parts, failuresOnly.String())
	}
	if v.HideReads {
		parts = append(parts, withoutReads.String())
	}
	if v.Query != "" {
		parts = append(parts, v.Query)
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, " ")
}
