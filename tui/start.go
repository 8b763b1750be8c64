package tui

import (
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Starter finds and opens sources for the start screen, which is shown if no source was given. Its methods are called outside
// Update and may block.
type Starter interface {
	// Recent returns the sources opened before, latest first. Having none is not an error.
	Recent() ([]string, error)
	// List returns the folders and logs in a folder; "" is the folder to start with.
	List(folder string) (Folder, error)
	// Open starts loading a source into the interface's log, and returns without waiting for that.
	Open(source string) error
	// Demo starts loading the demonstration log.
	Demo() error
}

// Folder is the content of a folder.
type Folder struct {
	Path    string // absolute; untrusted, as all names are
	Entries []FolderEntry
	Cut     bool // there are more
}

// FolderEntry is a folder, or a file that may be a log.
type FolderEntry struct {
	Name   string
	Folder bool
	Size   string // in words; empty for a folder
}

// starter is the start screen: sources opened before, the demonstration log, and a folder to browse.
type starter struct {
	picker
	from      Starter
	ctx       context.Context // ends the jobs
	slot      slot
	requested bool   // the folder wanted was requested
	wanted    string // folder
	recent    []string
	folder    Folder
}

func newStarter(ctx context.Context, disp *display, from Starter) *starter {
	return &starter{picker: *newPicker(disp, termsafe.Const("Open a log"), nil), from: from, ctx: ctx}
}

// folderListed brings the content of a folder and the recent sources.
type folderListed struct {
	job
	folder Folder
	recent []string
	err    error
}

// sourceOpened says that a source is being loaded, or why not.
type sourceOpened struct {
	job
	err error
}

// work starts listing the wanted folder.
func (s *starter) work(ctx context.Context, _ *scene) tea.Cmd {
	if s.requested || s.slot.busy() {
		return nil
	}
	s.requested = true
	_, job := s.slot.start(ctx, s)
	from, folder := s.from, s.wanted
	return safely(func() tea.Msg {
		out := folderListed{job: job}
		var err error
		if out.recent, err = from.Recent(); err != nil {
			out.err = err
		}
		if out.folder, err = from.List(folder); err != nil {
			out.err = err
		}
		return out
	})
}

// take shows the listed folder, or closes the screen once a source is being loaded.
func (s *starter) take(msg tea.Msg) (w wish) {
	switch m := msg.(type) {
	case folderListed:
		s.listed(m)
		if m.err != nil {
			w.toast = s.display.said(m.err)
		}
	case sourceOpened:
		if m.err != nil {
			return wish{toast: s.display.said(m.err)}
		}
		w.close = s
	}
	return w
}

// listed shows a folder. If it could not be listed, the one before stays.
func (s *starter) listed(m folderListed) {
	s.recent = m.recent
	if m.folder.Path != "" {
		s.folder = m.folder
		s.editor.set("")
	}
	s.offer()
}

// offer makes the choices.
func (s *starter) offer() {
	s.choices = nil
	disp := s.display
	add := func(name, does termsafe.Safe, take func() wish) {
		s.choices = append(s.choices, choice{name: name, does: does, take: take, stays: true})
	}
	for _, r := range s.recent {
		add(disp.quoted(baseName(r)), termsafe.Concat(termsafe.Const("again  "), disp.quoted(r)), func() wish { return s.open(func() error { return s.from.Open(r) }) })
	}
	add(termsafe.Const("The demonstration"), termsafe.Const("an invented log of two weeks"), func() wish { return s.open(s.from.Demo) })
	if s.folder.Path == "" {
		s.narrow()
		return
	}
	add(termsafe.Const("All logs in this folder"), disp.quoted(s.folder.Path), func() wish { return s.open(func() error { return s.from.Open(s.folder.Path) }) })
	if parent := filepath.Dir(s.folder.Path); parent != s.folder.Path {
		add(termsafe.Const("../"), termsafe.Const("the folder above"), func() wish { return s.goTo(parent) })
	}
	for _, e := range s.folder.Entries {
		path := filepath.Join(s.folder.Path, e.Name)
		if e.Folder {
			add(termsafe.Concat(disp.quoted(e.Name), termsafe.Const("/")), termsafe.Safe{}, func() wish { return s.goTo(path) })
			continue
		}
		add(disp.quoted(e.Name), disp.own(e.Size), func() wish { return s.open(func() error { return s.from.Open(path) }) })
	}
	if s.folder.Cut {
		add(disp.own("… and more: type the path"), termsafe.Safe{}, func() wish { return wish{} })
	}
	s.narrow()
}

func (s *starter) goTo(folder string) wish {
	s.wanted, s.requested = folder, false
	return wish{}
}

// open starts opening a source. The screen stays until that succeeded.
func (s *starter) open(open func() error) wish {
	_, job := s.slot.start(s.ctx, s)
	return wish{cmd: safely(func() tea.Msg { return sourceOpened{job, open()} })}
}

// press opens a typed text that matches no choice as the name of a source. Esc quits.
func (s *starter) press(c command, text string) (wish, bool) {
	switch {
	case c == cmdRestore:
		return wish{cmd: tea.Quit}, false
	case c == cmdKeep && len(s.found) == 0 && s.editor.text != "":
		typed := s.editor.text
		return s.open(func() error { return s.from.Open(typed) }), false
	}
	return s.picker.press(c, text)
}

// draw draws the choices over an empty screen.
func (s *starter) draw(f *paint.Frame, r, bottom rect) *tea.Cursor {
	for y := range r.h {
		l := s.display.line()
		l.Fill(s.display.style(plain), r.w)
		f.Put(r.x, r.y+y, r.w, l)
	}
	l := s.display.line()
	l.Fill(s.display.style(plain), min(1, r.w))
	l.AddWidth(s.display.style(muted), termsafe.Const("type to narrow, or a path or s3://bucket/prefix; enter opens, esc quits"), max(0, r.w-2), paint.Left)
	if r.h > 0 {
		f.Put(r.x, r.y+r.h-1, r.w, l)
	}
	return s.picker.draw(f, rect{r.x, r.y, r.w, max(0, r.h-1)}, bottom)
}
