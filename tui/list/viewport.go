package list

import (
	"sort"
	"time"

	"pawprint/model"
	"pawprint/tui/kit"
)

// FollowState says whether the list stays at its end as rows are added.
type FollowState uint8

// The states of following.
const (
	notFollowing FollowState = iota
	Following                // the cursor is at the end
	FollowPaused             // by moving away from the end
)

// PauseReason says what paused following.
type PauseReason uint8

// What pauses following: a move away from the end, or a jump to a row of a kind.
const (
	PausedByMove PauseReason = iota
	PausedAtTime
	PausedAtMark
	PausedAtHit
	PausedAtFailure
	PausedAtEvent
)

// viewport is the window on the rows of the list, with the cursor. Rows come to the end of the list without moving either.
type viewport struct {
	orderedRows
	By     kit.Sorting // the order that the rows are in
	height int         // rows
	top    int         // place of the first visible row
	cursor int
	anchor model.Row // the row that the user moved to; the cursor returns to it whenever it is selected
	held   bool      // anchor is set; if not, the cursor stays at the end
	Follow FollowState
	paused PauseReason
	seen   int // rows of the selection when following was paused
	shown  int // how often other rows were shown
}

// placeOf returns the place of a row. If the row is not listed, it is the place where it would be, or, if the rows are not in
// the order of time, that of the cursor.
func (v *viewport) placeOf(r model.Row) int {
	if v.order == nil {
		return v.Sel.Place(r)
	}
	if place, ok := v.order.place(r); ok {
		return place
	}
	return v.cursor
}

// contextRows is the number of rows that stay visible around the cursor when keys move it.
const contextRows = 3

// Row returns the row under the cursor; ok is false if there is none.
func (v *viewport) Row() (r model.Row, ok bool) {
	if v.cursor >= v.Len() {
		return 0, false
	}
	return v.at(v.cursor), true
}

// CursorTime returns the time of the event under the cursor, zero if there is none.
func (v *viewport) CursorTime() (t time.Time) {
	if row, ok := v.Row(); ok {
		if snap := v.Sel.Snapshot(); snap.Flags(row)&model.FlagNoTime == 0 {
			t = time.Unix(0, snap.Nanos(row))
		}
	}
	return t
}

// Anchored returns the row to which the cursor returns; ok is false if it stays at the end.
func (v *viewport) Anchored() (r model.Row, ok bool) { return v.anchor, v.held }

// StartAt makes a row the anchor if there is none yet.
func (v *viewport) StartAt(r model.Row) {
	if !v.held {
		v.anchor, v.held = r, true
	}
}

// Hold makes a row the anchor, to which the cursor returns with the next selection.
func (v *viewport) Hold(r model.Row) {
	v.anchor, v.held = r, true
	if v.Follow == Following {
		v.Follow, v.seen = FollowPaused, v.Len()
	}
	v.paused = PausedAtEvent
}

// ShowRows shows another selection of the same log, or the same one in another order. extends says that rows were only added.
// The cursor keeps its event and its line on the screen.
func (v *viewport) ShowRows(sel *model.Selection, order *rowOrder, by kit.Sorting, extends bool) {
	line := v.cursor - v.top
	v.Sel, v.order, v.By = sel, order, by
	switch {
	case v.Follow == Following || !v.held:
		v.cursor = v.Len() - 1
		if v.held && v.cursor >= 0 {
			v.anchor = v.at(v.cursor)
		}
	default:
		v.cursor = v.placeOf(v.anchor)
	}
	if !extends {
		v.seen = v.Len()
		v.shown++
	}
	v.top = v.cursor - line
	v.settle()
}

// settle moves the cursor and the window into the selection, and the cursor into the window.
func (v *viewport) settle() {
	n := v.Len()
	v.cursor = max(0, min(v.cursor, n-1))
	v.top = min(v.top, v.cursor)
	v.top = max(0, v.top, v.cursor-v.height+1)
}

// reveal scrolls until contextRows rows around the cursor are visible too.
func (v *viewport) reveal() {
	margin := min(contextRows, (v.height-1)/2)
	v.top = min(v.top, v.cursor-margin)
	v.top = max(v.top, v.cursor+margin-v.height+1)
	v.settle()
}

// moveTo moves the cursor to a place and makes its row the anchor.
func (v *viewport) moveTo(place int) {
	v.cursor = place
	v.settle()
	row, ok := v.Row()
	if !ok {
		return
	}
	v.anchor, v.held, v.paused = row, true, PausedByMove
	switch atEnd := v.cursor == v.Len()-1; {
	case v.Follow == FollowPaused && atEnd:
		v.Follow = Following
	case v.Follow == Following && !atEnd:
		v.Follow, v.seen = FollowPaused, v.Len()
	}
}

// toEnd goes to the newest row and stays there if the list follows.
func (v *viewport) toEnd() {
	v.moveTo(v.Len() - 1)
	if v.Follow == FollowPaused {
		v.Follow = Following
	}
}

// toggleFollow switches following on, from wherever the cursor is, or off.
func (v *viewport) toggleFollow() {
	if v.Follow == Following {
		v.Follow = notFollowing
		return
	}
	v.Follow = Following
	v.toEnd()
}

// fresh returns the number of rows added since following was paused.
func (v *viewport) fresh() int {
	if v.Follow != FollowPaused {
		return 0
	}
	return max(0, v.Len()-v.seen)
}

// atTop reports whether a step up would leave the selection.
func (v *viewport) atTop() bool { return v.cursor == 0 }

// Above returns how many of some rows, which are in the order of events, are listed above the window; 0 if the list has another order.
func (v *viewport) Above(rows []model.Row) int {
	if v.top >= v.Len() || !v.By.ByTime() { // no row is on the screen
		return 0
	}
	snap, top := v.Sel.Snapshot(), v.at(v.top)
	return sort.Search(len(rows), func(i int) bool { return !snap.Before(rows[i], top) })
}

// visible returns the range of places, from inclusive, to exclusive, in which the rows on the screen lie. If other lines stand between the
// rows, not all of the range is on the screen.
func (v *viewport) visible() (from, to int) {
	from = max(0, min(v.top, v.Len()-v.height))
	return from, min(from+v.height, v.Len())
}

// span returns the times of the first and the last row in the window, the earlier one first, in Unix nanoseconds; both are 0 without rows.
func (v *viewport) span() (from, to int64) {
	first, end := v.visible()
	if first >= end {
		return 0, 0
	}
	snap := v.Sel.Snapshot()
	x, y := snap.Nanos(v.at(first)), snap.Nanos(v.at(end-1))
	return min(x, y), max(x, y)
}

// show moves the cursor to a place, with some rows around it. why is the reason to give if this pauses following.
func (v *viewport) show(place int, why PauseReason) {
	v.moveTo(place)
	v.reveal()
	v.paused = why
}

// GoTo moves the cursor to a row, or to where it would be.
func (v *viewport) GoTo(r model.Row) {
	if v.Len() > 0 {
		v.show(min(v.placeOf(r), v.Len()-1), PausedAtEvent)
	}
}

// move runs a command that moves the cursor to another row; it returns false for other commands.
func (v *viewport) move(c kit.Command) bool {
	switch c {
	case kit.CmdUp:
		v.moveTo(max(0, v.cursor-1))
	case kit.CmdDown:
		v.moveTo(v.cursor + 1)
	case kit.CmdTop:
		v.moveTo(0)
	case kit.CmdBottom:
		v.toEnd()
	default:
		return false
	}
	v.reveal()
	return true
}
