package modal

import (
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
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
	Path    string        // absolute; untrusted, as all names are
	Entries []FolderEntry // folders and logs, in the order to show
	Cut     bool          // there are more
}

// FolderEntry is a folder, or a file that may be a log.
type FolderEntry struct {
	Name   string // without the folder; untrusted
	Folder bool   // else it is a file
	Size   string // in words; empty for a folder
}

// StartScreen is the modal that is shown if no source was given: sources opened before, the demonstration log, and a folder to
// browse.
type StartScreen struct {
	kit.Picker
	from      Starter
	ctx       context.Context // ends the jobs
	slot      kit.Slot
	requested bool   // the folder wanted was requested
	wanted    string // folder
	recent    []string
	folder    Folder
}

// NewStarter returns a screen that opens sources with from; opening ends with ctx.
func NewStarter(ctx context.Context, disp *kit.Display, from Starter) *StartScreen {
	return &StartScreen{Picker: *kit.NewPicker(disp, termsafe.Const("Open a log"), nil), from: from, ctx: ctx}
}

// folderListed brings the content of a folder and the recent sources.
type folderListed struct {
	kit.Job
	folder Folder
	recent []string
	err    error
}

// sourceOpened says that a source is being loaded, or why not.
type sourceOpened struct {
	kit.Job
	err error
}

// Work starts listing the wanted folder.
func (s *StartScreen) Work(ctx context.Context, _ *kit.Scene) tea.Cmd {
	if s.requested || s.slot.Busy() {
		return nil
	}
	s.requested = true
	_, job := s.slot.Start(ctx, s)
	from, folder := s.from, s.wanted
	return kit.Safely(func() tea.Msg {
		out := folderListed{Job: job}
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

// Take implements kit.Taker: it shows the listed folder, or closes the screen once a source is being loaded.
func (s *StartScreen) Take(msg tea.Msg) (w kit.Wish) {
	switch m := msg.(type) {
	case folderListed:
		s.listed(m)
		if m.err != nil {
			w.Toast = s.Display.Said(m.err)
		}
	case sourceOpened:
		if m.err != nil {
			return kit.Wish{Toast: s.Display.Said(m.err)}
		}
		w.Close = s
	}
	return w
}

// listed shows a folder. If it could not be listed, the one before stays.
func (s *StartScreen) listed(m folderListed) {
	s.recent = m.recent
	if m.folder.Path != "" {
		s.folder = m.folder
		s.Editor.Set("")
	}
	s.offer()
}

// offer makes the choices.
func (s *StartScreen) offer() {
	s.Choices = nil
	disp := s.Display
	add := func(name, does termsafe.Safe, take func() kit.Wish) {
		s.Choices = append(s.Choices, kit.Choice{Name: name, Does: does, Take: take, Stays: true})
	}
	opens := func(source string) func() kit.Wish {
		return func() kit.Wish { return s.open(func() error { return s.from.Open(source) }) }
	}
	for _, r := range s.recent {
		add(disp.Quoted(kit.BaseName(r)), termsafe.Concat(termsafe.Const("again  "), disp.Quoted(r)), opens(r))
	}
	add(termsafe.Const("The demonstration"), termsafe.Const("an invented log of two weeks"), func() kit.Wish { return s.open(s.from.Demo) })
	if s.folder.Path == "" {
		s.Narrow()
		return
	}
	add(termsafe.Const("All logs in this folder"), disp.Quoted(s.folder.Path), opens(s.folder.Path))
	if parent := filepath.Dir(s.folder.Path); parent != s.folder.Path {
		add(termsafe.Const("../"), termsafe.Const("the folder above"), func() kit.Wish { return s.goTo(parent) })
	}
	for _, e := range s.folder.Entries {
		path := filepath.Join(s.folder.Path, e.Name)
		if e.Folder {
			add(termsafe.Concat(disp.Quoted(e.Name), termsafe.Const("/")), termsafe.Safe{}, func() kit.Wish { return s.goTo(path) })
			continue
		}
		add(disp.Quoted(e.Name), disp.Own(e.Size), opens(path))
	}
	if s.folder.Cut {
		add(disp.Own("… and more: type the path"), termsafe.Safe{}, func() kit.Wish { return kit.Wish{} })
	}
	s.Narrow()
}

func (s *StartScreen) goTo(folder string) kit.Wish {
	s.wanted, s.requested = folder, false
	return kit.Wish{}
}

// open starts opening a source. The screen stays until that succeeded.
func (s *StartScreen) open(open func() error) kit.Wish {
	_, job := s.slot.Start(s.ctx, s)
	return kit.Wish{Cmd: kit.Safely(func() tea.Msg { return sourceOpened{job, open()} })}
}

// Hints implements kit.Hinting.
func (s *StartScreen) Hints() []kit.Hint {
	return []kit.Hint{kit.Does("open", kit.CmdKeep), kit.Does("quit", kit.CmdRestore), kit.Does("move", kit.CmdDown, kit.CmdUp)}
}

// Press opens a typed text that matches no choice as the name of a source. Esc quits.
func (s *StartScreen) Press(c kit.Command, text string) (kit.Wish, bool) {
	switch {
	case c == kit.CmdRestore:
		return kit.Wish{Cmd: tea.Quit}, false
	case c == kit.CmdKeep && len(s.Found) == 0 && s.Editor.Text != "":
		typed := s.Editor.Text
		return s.open(func() error { return s.from.Open(typed) }), false
	}
	return s.Picker.Press(c, text)
}

// Draw draws the choices over an empty screen.
func (s *StartScreen) Draw(f *paint.Frame, r, bottom kit.Rect) *tea.Cursor {
	for y := range r.H {
		l := s.Display.Line()
		l.Fill(s.Display.Style(kit.Plain), r.W)
		f.Put(r.X, r.Y+y, r.W, l)
	}
	l := s.Display.Line()
	l.Fill(s.Display.Style(kit.Plain), min(1, r.W))
	help := termsafe.Const("type to search, or a path or s3://bucket/prefix; enter opens, esc quits")
	l.AddWidth(s.Display.Style(kit.Muted), help, max(0, r.W-2), paint.Left)
	if r.H > 0 {
		f.Put(r.X, r.Y+r.H-1, r.W, l)
	}
	return s.Picker.Draw(f, kit.Rect{X: r.X, Y: r.Y, W: r.W, H: max(0, r.H-1)}, bottom)
}
