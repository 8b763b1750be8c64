package kit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Pane shows the selected rows in its own way: the list, the detail, the timeline and the facets. It does not know the App or
// other panes: a scene says what to show, and a wish says what the pane wants the App to do. Work that takes longer than a
// fraction of a millisecond runs as a job in a slot of the pane. All methods are called by the goroutine of Update.
//
// To add a side pane: its file in package side, a struct with a *kit.Display and the methods below, and its row in the table of
// tui/side_panes.go, which names the key that shows it, its constructor and its height at the top.
type Pane interface {
	// Take, of Taker, takes the answer to a job in one of the pane's slots.
	Taker
	// SetSize sets the size in cells; both are 0 while the pane is not on the screen. It is called before Draw.
	SetSize(w, h int)
	// Work starts the jobs that the pane needs to show the scene. It returns nil if nothing is missing or the job is running
	// (Slot.Busy). It is called after every message while the pane is on the screen, so it must be cheap if nothing is
	// missing: compare s.Sel with the selection of the last answer, and extend that answer if s.Sel extends it.
	Work(ctx context.Context, s *Scene) tea.Cmd
	// Command runs a key command while the pane has the focus: moves and commands of its own. It returns false for commands
	// that it does not know.
	Command(c Command, s *Scene) (Wish, bool)
	// Click handles a press of the left button on a cell of the pane, counted from its upper left.
	Click(x, y int) Wish
	// Drag handles a move of the mouse to a cell while the left button is down.
	Drag(x, y int) Wish
	// Wheel scrolls by n lines, up if negative.
	Wheel(n int, s *Scene) Wish
	// Focused returns the value under the pane's cursor, which + and - filter by; ok is false if there is none.
	Focused() (v Value, ok bool)
	// Draw draws into r, which has the size given to SetSize. Its cost must not depend on the number of rows.
	Draw(f *paint.Frame, r Rect, focused bool)
}

// Reader is a pane that a frame waits for, by one frame interval at most, while it reads what it is about to show.
type Reader interface {
	// Reads counts the reads that were begun for the screen, so that callers notice a new one.
	Reads() int
	// Waits reports whether what the pane would draw is still being read.
	Waits(s *Scene) bool
}

// Scene is what all panes show. It is rebuilt for each message; panes may keep Sel and nothing else of it.
type Scene struct {
	Sel      *model.Selection  // the rows of the list; nil before the first selection
	Log      *model.Snapshot   // all rows, whatever the filter; only during the call
	Filter   Filter            // the filter that selected Sel
	Current  Filter            // the current filter, whose rows may still be being selected
	Newest   *model.Selection  // the newest rows of the current filter, which the list may still be sorting; nil before they are selected
	Complete bool              // every source has been read to its end once
	Preview  bool              // Sel is of the preview, which knows nothing of what was before
	Part     bool              // a database may have more rows of the current filter than those that are loaded …
	PartLog  bool              // … and more rows of any filter
	All      *Everything       // what was counted of all rows that the filter of Sel finds, loaded or not; nil if that is not known
	Env      query.Env         // the current one
	Library  *query.Library    // of the views of the user's own
	Cursor   model.Row         // the event under the cursor …
	Ok       bool              // … if there is one
	Mark     model.Row         // the event that was marked last …
	HasMark  bool              // … if it is still marked
	Marked   Marked            // which rows the user marked
	Said     func() marks.Said // what the user said about events; called in Update only, nil for nothing
	Own      *marks.Mark       // the mark on the event under the cursor, nil for none; a change makes another one
	Copy     *marks.Mark       // the mark on another copy of the event under the cursor, which is not marked itself; nil for none
	Key      string            // the key that was pressed last in the panes
	From, To int64             // the times of the first and last row in the window, in Unix nanoseconds, From <= To; 0 without rows
}

// Value is what + and - filter by: an attribute of an event and its value.
type Value struct {
	Name   string     // in the query language
	Text   model.Text // as in the log: neither cleaned nor masked
	Absent bool       // the event does not have the attribute; Text is empty
}

// Expr returns the filter for the rows that have the value.
func (v Value) Expr() query.Expr {
	if v.Absent {
		return query.Not(query.Has(v.Name))
	}
	return query.Is(v.Name, v.Text.Raw())
}

// Wish is what a pane wants the App to do. The zero value does nothing; several fields may be set at once.
type Wish struct {
	With      query.Expr    // add this condition to the filter; nil for none
	Only      query.Expr    // filter by this alone, without the switches; nil for none
	Filter    *string       // replace the text of the filter by this
	Change    *FilterText   // filter by this; nil for none
	Typed     *string       // apply this text of the filter, which the user is still typing; nil for none
	Typing    Typing        // typing of the filter begins or ends
	View      *SavedView    // show this view; nil for none
	Time      *int64        // move the cursor to the first row at or after this time, in Unix nanoseconds
	Row       *model.Row    // move the cursor to this row, or to where it would stand
	Show      *model.Row    // move the cursor to this row of the log, without the filter if that hides it
	Order     *Sorting      // show the rows in this order, which u takes back; nil for none
	Marked    bool          // the marks have changed
	Toast     termsafe.Safe // show this message until the next key; empty for none
	Do        Command       // run this command; NoCommand for none
	Modal     Modal         // open this over the panes
	Pressed   []tea.Msg     // the keys and pastes that Modal is to take, once it is open
	OrElse    termsafe.Safe // show this message in place of Modal if another one is open; empty opens Modal in any case
	Close     Modal         // close this, if it is open; nil for none
	Leave     bool          // close all modals
	Cmd       tea.Cmd       // run this; nil for none
	Open      bool          // open the detail, and give it the focus if it was open or covers the list
	Focus     PaneID        // give this pane the focus; NoPane for none
	Whole     bool          // show the whole log in place of its preview
	Move      Command       // run this move of the list; NoCommand for none
	After     Command       // run this move of the list once the whole log is shown; NoCommand for none
	TimeAfter *int64        // move the cursor to this time once the whole log is shown; nil for none
	Count     string        // show how often each value of this field occurs; empty for none
	Export    *ExportTable  // write this into a file that the user names; nil for none
	Copy      termsafe.Safe // copy this row; empty for none
	Compared  *Comparison   // copy the command that counts this; nil for none
	Ask       *Ask          // ask for a line of text; nil for none
}

// Typing is what becomes of the filter while the user types it. All that was typed is one step for u.
type Typing uint8

// The steps of typing.
const (
	NoTyping Typing = iota // typing goes on, or does not
	TypingBegins
	TypingKept    // typing ends, and the filter stays
	TypingGivenUp // typing ends, and the previous filter is restored
)

// Ask is a question for a line of text, which the App shows in the status line.
type Ask struct {
	Label termsafe.Safe                   // before the text
	Help  termsafe.Safe                   // after the text, if it fits
	Text  string                          // the text to begin with
	Live  func(text string) (Wish, error) // called after each change; may be nil
	Done  func(text string) (Wish, error) // called on enter; an error keeps the prompt open
	Given func()                          // called on esc; may be nil
	State func() termsafe.Safe            // text at the right; may be nil
}

// Modal is drawn over the panes or in the status line. The topmost modal takes all keys. All methods are called by the goroutine of
// Update.
//
// To add a modal: its file in package modal, or page if it is a page about many events, with the methods below, and its line in openers (tui/commands.go) with the key that opens
// it; without a key, a wish that opens it.
type Modal interface {
	// Scope returns the scope of its keys: InHelp if it is only read, InPrompt if the user types into it.
	Scope() Scope
	// Press handles a key; done says that the modal is to be closed. text is what the key types, if anything; c is NoCommand if the key has no
	// command in the scope.
	Press(c Command, text string) (a Wish, done bool)
	// Draw draws into r, the screen between the filter and the status line, or into bottom, the status line. It returns the
	// cursor of the terminal, nil for none.
	Draw(f *paint.Frame, r, bottom Rect) *tea.Cursor
}

// Stopper is a modal whose jobs are to end when it is closed from outside.
type Stopper interface {
	// Stop ends the jobs: nobody looks at their answers any more.
	Stop()
}

// Keeper is a modal that waits for what another one shows, and keeps what is typed until that is open: a user types on, and no key may
// be lost or do something else. Wish.Pressed gives them back.
type Keeper interface {
	// Keep takes a key or a paste.
	Keep(msg tea.Msg)
}

// Worker is a modal that starts jobs.
type Worker interface {
	// Work is that of Pane, called after every message while the modal is open.
	Work(ctx context.Context, s *Scene) tea.Cmd
}

// Completer offers completions at the cursor while a filter is typed. The filter bar has at most one.
type Completer interface {
	Worker
	Hinting
	// Edited sets the text and the byte offset of its cursor. It discards the offers for the text before.
	Edited(text string, at int)
	// Press handles a key: CmdComplete takes the chosen offer or the first one, CmdDown and CmdUp choose, CmdKeep takes the
	// chosen one: without a choice, enter is about what is written. If changed, text and at are the new text and its cursor. If not taken, the filter bar handles
	// the key.
	Press(c Command) (text string, at int, changed, taken bool)
	// Draw draws the offers over r, below the cursor at the cell x, y.
	Draw(f *paint.Frame, r Rect, x, y int)
	// Close discards the offers when typing ends.
	Close()
}
