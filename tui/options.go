package tui

import (
	"time"

	"pawprint/tui/kit"
	"pawprint/tui/modal"
	"pawprint/tui/snippet"
)

// Options says what the interface shows. Log is required; the zero value of the rest is the default.
type Options struct {
	Log        Log
	Preview    Log            // the end of the log, shown until the rest is loaded; nil for none
	Query      string         // the first filter; an invalid one is shown with its error
	FailedOnly bool           // start with failures only
	Follow     bool           // start at the end and stay there
	Zone       *time.Location // of the times shown; nil is UTC
	ASCII      bool           // draw with ASCII only
	Background Background
	Through    Multiplexer      // what stands between the interface and the terminal; the zero value is nothing
	Untitled   bool             // the terminal's title cannot be set
	Redact     bool             // start with secrets masked
	Suspend    func()           // suspends the program and returns at once; nil leaves it to Bubble Tea
	Stop       func()           // stops loading the sources and returns at once; nil if loading cannot be stopped
	Start      Starter          // lets the user choose a source; nil if Log already has some
	Views      Views            // stores the views that s saves and V lists; nil stores none
	Questions  <-chan Question  // questions from the sources for the user; nil for none
	Sets       Sets             // reads the files of values that a filter names; nil reads none
	Exports    []ExportFormat   // the formats that o offers; empty turns exports off
	Memory     modal.Memory     // memory that the loaded log takes; nil if unknown
	Program    snippet.Program  // how copied commands call the program
	Stands     modal.Stands     // checks that a row can still be read from its source; nil skips the check
	Version    string           // of the program, for the help
	Now        func() time.Time // nil is time.Now
	Painted    func()           // called once, after the first frame with events was drawn; may be nil
}

// complete fills in the defaults.
func (o *Options) complete() {
	if o.Zone == nil || o.Zone.String() == "UTC" {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// What Options takes from the program, under one name for those outside: each is defined where the interface uses it.
type (
	Background    = kit.Background
	Multiplexer   = kit.Multiplexer
	SavedView     = kit.SavedView
	SavedColumn   = kit.SavedColumn
	Views         = kit.Views
	Starter       = modal.Starter
	Folder        = modal.Folder
	FolderEntry   = modal.FolderEntry
	Question      = modal.Question
	ExportFormat  = modal.ExportFormat
	ExportRequest = modal.ExportRequest
	ExportResult  = modal.ExportResult
	ExportError   = modal.ExportError
)

// The backgrounds of a terminal.
const (
	AskBackground   = kit.AskBackground
	DarkBackground  = kit.DarkBackground
	LightBackground = kit.LightBackground

	NoMultiplexer = kit.NoMultiplexer
	Tmux          = kit.Tmux
	Screen        = kit.Screen
)
