package tui

import (
	"time"

	"pawprint/model/query"
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
	Alert      query.Expr     // call for events that match and arrive after the log was read; nil for none
	Call       CallWay        // how the terminal shows that
	Zone       *time.Location // of the times shown; nil is UTC
	ASCII      bool           // draw with ASCII only
	Theme      ThemeID        // the colours to start with; the zero value is for the background
	Background Background
	Through    Multiplexer       // what stands between the interface and the terminal; the zero value is nothing
	Untitled   bool              // the terminal's title cannot be set
	Redact     bool              // start with secrets masked
	NoMouse    bool              // start with the mouse left to the terminal
	Columns    []string          // of the list after the time and the result, where no view brings others; empty for the usual ones
	CI         *query.Automation // what is:ci stands for; nil for the usual
	Office     query.Office      // for is:offhours
	Changed    Changed           // what of these a configuration has changed, and the baseline, in words
	Keys       kit.Remap         // the keys that the user chose, which CheckKeys finds no fault with
	Suspend    func()            // suspends the program and returns at once; nil leaves it to Bubble Tea
	Asker      Asker             // asks the databases among the sources for more rows; nil if there are none
	Stop       func()            // stops loading the sources and returns at once; nil if loading cannot be stopped
	Start      Starter           // lets the user choose a source; nil if Log already has some
	Views      Views             // stores the views that s saves and V lists; nil stores none
	Sessions   Sessions          // keeps where the user is, and the filters; nil keeps nothing
	Resume     bool              // begin where the last session ended; the filters of the other options take precedence
	Fresh      bool              // do not offer to resume
	Known      []SavedView       // what Views has, if it was read already
	View       *SavedView        // show this view at first, with the other filters; nil for none
	Marks      MarkStore         // keeps the marks that m sets; nil keeps them until the end
	Questions  <-chan Question   // questions from the sources for the user; nil for none
	Sets       Sets              // reads the files of values that a filter names; nil reads none
	Exports    []ExportFormat    // the formats that o offers; empty turns exports off
	Reports    []ExportFormat    // the kinds of reports that X offers; empty turns reports off
	Pipe       Pipe              // runs a command on rows; the zero value turns that off
	Memory     modal.Memory      // memory that the loaded log takes; nil if unknown
	Program    snippet.Program   // how copied commands call the program
	Stands     modal.Stands      // checks that a row can still be read from its source; nil skips the check
	Version    string            // of the program, for the help
	Now        func() time.Time  // nil is time.Now
	Tour       bool              // start with the tour, which tells about the demonstration log
	Painted    func()            // called once, after the first frame with events was written; may be nil
}

// NewLibrary returns the library of saved views, for queries outside of the interface.
func NewLibrary(saved []SavedView) *query.Library { return kit.NewLibrary(saved) }

// ParseShared reads a view as people share it: one line that Line of the view has written.
func ParseShared(line string) (SavedView, error) { return kit.ParseShared(line) }

// complete fills in the defaults.
func (o *Options) complete() {
	if o.Zone == nil || o.Zone.String() == "UTC" {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// These types are parts of Options. Each is defined in the package that uses it.
type (
	Background    = kit.Background
	Changed       = kit.Changed
	ThemeID       = kit.ThemeID
	Multiplexer   = kit.Multiplexer
	Alarm         = kit.Alarm
	CallWay       = kit.CallWay
	SavedView     = kit.SavedView
	SavedColumn   = kit.SavedColumn
	Views         = kit.Views
	Session       = kit.Session
	SessionRow    = kit.SessionRow
	Sessions      = kit.Sessions
	MarkStore     = kit.MarkStore
	Starter       = modal.Starter
	Asker         = kit.Asker
	Asking        = kit.Asking
	Asked         = kit.Asked
	CountedBy     = kit.CountedBy
	Everything    = kit.Everything
	Folder        = modal.Folder
	FolderEntry   = modal.FolderEntry
	Question      = modal.Question
	ExportFormat  = modal.ExportFormat
	ExportRequest = modal.ExportRequest
	ExportResult  = modal.ExportResult
	ExportError   = modal.ExportError
	Pipe          = modal.Pipe
	PipeExit      = modal.PipeExit
)

// FindTheme returns the theme with a name, in any case; the empty name is the default. The error lists the names.
func FindTheme(name string) (ThemeID, error) { return kit.FindTheme(name) }

// Themes returns all themes, in the order in which they are offered.
func Themes() []ThemeID { return kit.Themes() }

// Values of the types of Options.
const (
	AskBackground   = kit.AskBackground
	DarkBackground  = kit.DarkBackground
	LightBackground = kit.LightBackground

	AskLightBackground = kit.AskLightBackground

	AutoTheme = kit.AutoTheme

	MissingRows = kit.MissingRows
	OlderRows   = kit.OlderRows
	NewerRows   = kit.NewerRows

	ByOSC9   = kit.ByOSC9
	ByOSC777 = kit.ByOSC777
	ByBell   = kit.ByBell

	NoMultiplexer = kit.NoMultiplexer
	Tmux          = kit.Tmux
	Screen        = kit.Screen
)
