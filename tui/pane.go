package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// pane shows the selected rows in its own way: the list, the detail, the timeline and the facets. It does not know the App or
// other panes: a scene says what to show, and a wish says what the pane wants the App to do. Work that takes longer than a
// fraction of a millisecond runs as a job in a slot of the pane.
//
// To add a side pane:
//  1. its file: a struct with a *display, and the methods below;
//  2. in layout.go: its paneID, and its place in sidePanes; its height in topLines if it stands at the top;
//  3. its line in newPanes (panes.go);
//  4. its command in keys.go, with the key that shows it, and the row of that command in commands.go.
type pane interface {
	// take takes the answer to a job in one of the pane's slots.
	taker
	// setSize sets the size in cells; both are 0 while the pane is not on the screen. It is called before draw.
	setSize(w, h int)
	// work starts the jobs that the pane needs to show the scene. It returns nil if nothing is missing or the job is running
	// (slot.busy). It is called after every message while the pane is on the screen, so it must be cheap if nothing is
	// missing: compare s.sel with the selection of the last answer, and extend that answer if s.sel extends it.
	work(ctx context.Context, s *scene) tea.Cmd
	// command runs a key command while the pane has the focus: moves and commands of its own. It returns false for commands
	// that it does not know.
	command(c command, s *scene) (wish, bool)
	// click handles a press of the left button on a cell of the pane, drag a move of the mouse to one with the button down.
	click(x, y int) wish
	drag(x, y int) wish
	// wheel scrolls by n lines, up if negative.
	wheel(n int, s *scene) wish
	// focused returns the value under the pane's cursor, which + and - filter by; ok is false if there is none.
	focused() (v value, ok bool)
	// draw draws into r, which has the size given to setSize. Its cost must not depend on the number of rows.
	draw(f *paint.Frame, r rect, focused bool)
}

// reader is a pane that a frame waits for, by one frame interval at most, while it reads what it is about to show.
type reader interface {
	// reads counts the reads that were begun for the screen, so that a new one can be told.
	reads() int
	// waits reports whether what the pane would draw is still being read.
	waits(s *scene) bool
}

// scene is what all panes show. It is rebuilt for each message; panes may keep sel and nothing else of it.
type scene struct {
	sel      *model.Selection // the rows of the list; nil before the first selection
	log      *model.Snapshot  // all rows, whatever the filter; only during the call
	filter   filter           // the filter that selected sel
	current  filter           // the current filter, whose rows may still be being selected
	newest   *model.Selection // the newest rows of the current filter, which the list may still be sorting; nil before they are selected
	complete bool             // every source has been read to its end once
	preview  bool             // sel is of the preview, which knows nothing of what was before
	env      query.Env        // the current one
	cursor   model.Row        // the event under the cursor …
	ok       bool             // … if there is one
	mark     model.Row        // the event that was marked last …
	hasMark  bool             // … if it is still marked
	key      string           // the key that was pressed last in the panes
	from, to int64            // the times of the first and last row in the window, in Unix nanoseconds, from <= to; 0 without rows
}

// value is what + and - filter by: a name of the query language and its value. If the attribute is missing, absent is set
// and text is empty.
type value struct {
	name   string
	text   model.Text
	absent bool
}

// expr returns the filter for the rows that have the value.
func (v value) expr() query.Expr {
	if v.absent {
		return query.Not(query.Has(v.name))
	}
	return query.Is(v.name, v.text.Raw())
}

// wish is what a pane wants the App to do. The zero value does nothing; several fields may be set at once.
type wish struct {
	with      query.Expr    // add this condition to the filter; nil for none
	only      query.Expr    // filter by this alone, without the switches; nil for none
	filter    *string       // replace the text of the filter by this
	change    *filterText   // filter by this; nil for none
	typed     *string       // apply this text of the filter, which the user is still typing; nil for none
	typing    typing        // typing of the filter begins or ends
	view      *SavedView    // show this view; nil for none
	time      *int64        // move the cursor to the first row at or after this time, in Unix nanoseconds
	row       *model.Row    // move the cursor to this row, or to where it would stand
	show      *model.Row    // move the cursor to this row of the log, without the filter if that hides it
	order     *sorting      // show the rows in this order, which u takes back; nil for none
	marked    bool          // the marks have changed
	toast     termsafe.Safe // show this message until the next key; empty for none
	do        command       // run this command; noCommand for none
	modal     modal         // open this over the panes
	orElse    termsafe.Safe // show this message in place of modal if another one is open; empty opens modal in any case
	close     modal         // close this, if it is open; nil for none
	cmd       tea.Cmd       // run this; nil for none
	open      bool          // open the detail, and give it the focus if it was open or covers the list
	focus     paneID        // give this pane the focus; noPane for none
	whole     bool          // show the whole log in place of its preview
	move      command       // run this move of the list; noCommand for none
	after     command       // run this move of the list once the whole log is shown; noCommand for none
	timeAfter *int64        // move the cursor to this time once the whole log is shown; nil for none
	ask       *ask          // ask for a line of text; nil for none
}

// typing is what becomes of the filter while the user types it. All that was typed is one step for u.
type typing uint8

const (
	noTyping typing = iota
	typingBegins
	typingKept    // it ends, and the filter stays
	typingGivenUp // it ends, and the filter from before comes back
)

// ask is a question for a line of text, which the App shows in the status line.
type ask struct {
	label termsafe.Safe                   // before the text
	help  termsafe.Safe                   // after the text, if it fits
	text  string                          // the text to begin with
	live  func(text string) (wish, error) // called after each change; may be nil
	done  func(text string) (wish, error) // called on enter; an error keeps the prompt open
	given func()                          // called on esc; may be nil
	state func() termsafe.Safe            // text at the right; may be nil
}

// modal is drawn over the panes or in the status line. The topmost modal takes all keys.
type modal interface {
	// scope returns the scope of its keys: inHelp if it is only read, inPrompt if the user types into it.
	scope() scope
	// press handles a key; done closes the modal. text is what the key types, if anything; c is noCommand if the key has no
	// command in the scope.
	press(c command, text string) (a wish, done bool)
	// draw draws into r, the screen between the filter and the status line, or into bottom, the status line. It returns the
	// cursor of the terminal, nil for none.
	draw(f *paint.Frame, r, bottom rect) *tea.Cursor
}

// worker is a modal that works, see pane.work.
type worker interface {
	work(ctx context.Context, s *scene) tea.Cmd
}

// completer offers completions at the cursor while a filter is typed. The filter bar has at most one.
type completer interface {
	worker
	// edited sets the text and the byte offset of its cursor. It discards the offers for the text before.
	edited(text string, at int)
	// press handles a key: cmdComplete takes the chosen offer or chooses the next one, cmdDown and cmdUp choose, cmdKeep
	// takes the chosen one. If changed, text and at are the new text and its cursor. If not taken, the filter bar handles
	// the key.
	press(c command) (text string, at int, changed, taken bool)
	// draw draws the offers over r, below the cursor at the cell x, y.
	draw(f *paint.Frame, r rect, x, y int)
	// close discards the offers when typing ends.
	close()
}
