package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/fault"
)

// room is a kind of work that is done outside Update. In each room there is at most one job.
type room uint8

const (
	waitRoom      room = iota // waiting for the log to change
	selectRoom                // selecting rows
	rowsRoom                  // reading the raw lines of visible rows
	detailRoom                // reading the event of the detail
	findRoom                  // looking for the next row of a kind
	hitsRoom                  // selecting the rows that the text to find stands in
	sortRoom                  // sorting the rows
	facetsRoom                // counting the values for the facets
	histogramRoom             // counting the events for the timeline
	completeRoom              // looking for what may complete the filter
	problemsRoom              // listing problems
	exportRoom                // writing a file
	copyRoom                  // reading what is to be copied
	viewsRoom                 // loading or saving views
	startRoom                 // listing or opening sources
	numRooms
)

// job numbers the work in a room. An answer carries the job it answers.
type job struct {
	room   room
	number int
}

func (j job) answers() job { return j }

// answer is a message that ends a job.
type answer interface{ answers() job }

// jobs keeps the rooms. It belongs to the goroutine of Update.
type jobs struct {
	ctx   context.Context // of the App
	rooms [numRooms]struct {
		number int
		cancel context.CancelFunc // nil while the room is empty
	}
}

// start begins a job and cancels the one that is in the room.
func (j *jobs) start(r room) (context.Context, job) {
	j.stop(r)
	ctx, cancel := context.WithCancel(j.ctx)
	j.rooms[r].cancel = cancel
	return ctx, job{r, j.rooms[r].number}
}

// stop cancels what is in the room; its answer will be stale.
func (j *jobs) stop(r room) {
	at := &j.rooms[r]
	at.number++
	if at.cancel != nil {
		at.cancel()
		at.cancel = nil
	}
}

// busy reports whether there is a job in the room.
func (j *jobs) busy(r room) bool { return j.rooms[r].cancel != nil }

// finish empties the room that a answers to. It reports false for a stale answer, which must be dropped.
func (j *jobs) finish(a answer) bool {
	done := a.answers()
	at := &j.rooms[done.room]
	if at.number != done.number || at.cancel == nil {
		return false
	}
	at.cancel()
	at.cancel = nil
	return true
}

// logGrew says that the main log has news.
type logGrew struct {
	job
	snap model.Snapshot
}

// logEnded says that nobody waits for the log any more.
type logEnded struct{ job }

// selected brings the rows to show. Without err, found is the row that was sought, if there is one.
type selected struct {
	job
	sel   *model.Selection
	err   error
	found model.Row
	ok    bool
}

// rowsRead brings what the list shows of raw lines.
type rowsRead struct {
	job
	facts []rowFacts
}

// documentRead brings the event of the detail.
type documentRead struct {
	job
	doc *document
}

// rowFound brings the place of the next row of a kind.
type rowFound struct {
	job
	kind  kindOfRow
	step  int // the direction it was looked for in
	place int
	ok    bool
}

// hitsSelected brings the rows in which the text to find stands.
type hitsSelected struct {
	job
	base *model.Selection // what they were looked for in
	sel  *model.Selection
	err  error
}

// sorted brings the rows in the order that was asked for.
type sorted struct {
	job
	sel   *model.Selection
	by    sorting
	order *rowOrder
	err   error
}

// frameDue says that the next frame may be built.
type frameDue struct{}

// crashed says that a command panicked.
type crashed struct{ fault *fault.Error }

// safely makes a command of work whose panic ends the program in order.
func safely(work func() tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if e := fault.Of(recover()); e != nil {
				msg = crashed{e}
			}
		}()
		return work()
	}
}
