package tui

import (
	"time"

	"pawprint/model"
	"pawprint/model/query"
)

// cursorTime returns the time of the event under the cursor, zero if there is none.
func (a *App) cursorTime() (t time.Time) {
	if row, ok := a.list.row(); ok {
		if snap := a.list.sel.Snapshot(); snap.Flags(row)&model.FlagNoTime == 0 {
			t = time.Unix(0, snap.Nanos(row))
		}
	}
	return t
}

// timeOfLog returns the time of the last event, zero before the log is loaded, and that of the event under the cursor, while a filter is
// typed as it was before: the rows, and the cursor with them, change with every letter.
func (a *App) timeOfLog() (end, day time.Time) {
	if day = a.bar.day; !a.bar.typing {
		day = a.cursorTime()
	}
	if _, latest, ok := a.feed.snap.TimeBounds(); ok && a.feed.settled() {
		end = time.Unix(0, latest)
	}
	return end, day
}

// dateFilter replaces the times of the filter that depend on the cursor or on the end of the log by full dates, as far as they are known.
func (a *App) dateFilter() {
	if a.feed.off != "" {
		return
	}
	e := a.feed.typed
	if text := query.Dated(e, a.env()).String(); text != e.String() {
		a.bar.editor.set(text)
		a.filter(a.feed.filterText.withText(text))
	}
}
