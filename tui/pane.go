package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// sidePane is a part of the screen that shows the rows in its own way: a timeline, facets. It knows nothing of the App and of
// other panes. What it shows it is told by scene, what it wants done it says with an ask, and what takes longer than a
// fraction of a millisecond it does in a command of its own room.
//
// A new pane takes these steps:
//  1. its file: a struct with a *look, which New sets, and the methods below;
//  2. its room in messages.go (facetsRoom, histogramRoom …): at most one job at a time; its answers embed job;
//  3. its pane and its rectangle in layout.go;
//  4. its keys in keys.go, in a scope of its own if they are not inPanes;
//  5. its line in newPanes (panes.go).
type sidePane interface {
	// setSize says how many cells the pane has; both are 0 while it is not on the screen. It is called before draw.
	setSize(w, h int)
	// work starts what the pane lacks to show the scene, and gives nil if that is nothing or is being done (ask
	// jobs.busy). It is called after every message while the pane is on the screen, and must be cheap if nothing is
	// missing: compare s.sel with the selection of the last answer, and extend that answer if s.sel extends it.
	work(j *jobs, s *scene) tea.Cmd
	// take takes the answer to a job in the pane's room. Each pane is given every answer that the App does not know.
	take(msg tea.Msg)
	// command does what a key asks for while the pane has the focus: moving and the commands of its own. It reports false
	// for what means nothing to it.
	command(c command) (ask, bool)
	// click is a press of the left button on a cell of the pane, drag that the mouse moved there with the button down.
	click(x, y int) ask
	drag(x, y int) ask
	// wheel scrolls by n lines, up if negative.
	wheel(n int)
	// focused is the value under the pane's cursor, which + and - filter by; ok is false if there is none.
	focused() (v value, ok bool)
	// draw draws into r, which has the size set before. It must not look at all rows.
	draw(f *paint.Frame, r rect, focused bool)
}

// scene is what all panes show. It is made anew for each message; nothing in it is to be kept but sel.
type scene struct {
	sel      *model.Selection // the rows of the list; nil before the first selection
	filter   filterText       // what sel was selected by
	complete bool             // no source is still being read for the first time
	env      query.Env        // of now
	cursor   model.Row        // the event under the cursor …
	ok       bool             // … if there is one
	from, to int64            // the times of the first and last row in the window, in Unix nanoseconds, from <= to; 0 without rows
}

// value is what + and - filter by: a name as the query language knows it, and what stands there. Without a text, of an
// absent attribute, absent is set.
type value struct {
	name   string
	text   model.Text
	absent bool
}

// expr is the filter for the rows that have the value.
func (v value) expr() query.Expr {
	if v.absent {
		return query.Not(query.Has(v.name))
	}
	return query.Is(v.name, v.text.Raw())
}

// ask is what a pane wants the App to do. Its zero value is nothing; several wishes at once are fine.
type ask struct {
	with   query.Expr    // narrow the filter by this too; nil for nothing
	filter *string       // put this in place of the text of the filter
	time   *int64        // move the cursor to the first row at or after this time, in Unix nanoseconds
	row    *model.Row    // move the cursor to this row, or to where it would stand
	toast  termsafe.Safe // say this until the next key; empty for nothing
	do     command       // do what a key does; noCommand for nothing
	modal  modal         // open this over the panes
	cmd    tea.Cmd       // run this; nil for nothing
	leave  bool          // give the focus back to the list
}

// modal lies over the panes, or in the status line, and takes all keys. The topmost of the stack is drawn.
type modal interface {
	// scope says whose keys it takes: inHelp for what is read, inPrompt for what is typed.
	scope() scope
	// press does what a key asks for, and reports whether the modal is done. text is what the key types, if anything; c
	// is noCommand if the key means nothing in the scope.
	press(c command, text string) (a ask, done bool)
	// draw draws into r, the screen between the filter and the status line, or into bottom, the status line; it gives
	// the cursor of the terminal, nil for none.
	draw(f *paint.Frame, r, bottom rect) *tea.Cursor
}

// worker is a modal that needs work done, by the rules of sidePane.
type worker interface {
	work(j *jobs, s *scene) tea.Cmd
	take(msg tea.Msg)
}

// completer offers what may stand in the filter at the cursor while it is typed. It is a worker too, by the rules of
// sidePane; the filter bar has at most one.
type completer interface {
	worker
	// edited says what the text is now and where its cursor stands; the offers for another text are out of date.
	edited(text string, at int)
	// press does what a key asks for: cmdComplete takes the offer that is chosen, or chooses the next one, cmdDown and cmdUp
	// choose, cmdKeep takes what was chosen. It gives the new text and its cursor if the text changed; taken is false if the key means nothing now, and then
	// it means what it means without offers.
	press(c command) (text string, at int, changed, taken bool)
	// draw draws the offers below the cell x, y of the cursor, over what is in r.
	draw(f *paint.Frame, r rect, x, y int)
	// close forgets the offers: typing ended.
	close()
}

// obey does what a pane asked for.
func (a *App) obey(s ask) tea.Cmd {
	var cmds []tea.Cmd
	if s.leave {
		a.focus(listPane)
	}
	if s.with != nil {
		a.narrow(s.with)
	}
	if s.filter != nil {
		a.changeText(*s.filter)
	}
	if s.time != nil {
		a.goToTime(*s.time)
	}
	if s.row != nil {
		a.goToRow(*s.row)
	}
	if s.modal != nil {
		a.modals = append(a.modals, s.modal)
	}
	if s.do != noCommand {
		cmds = append(cmds, a.command(s.do, a.scope()))
	}
	if !s.toast.Empty() {
		a.status.toast = s.toast
	}
	return tea.Batch(append(cmds, s.cmd)...)
}
