package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// inspect opens a page about the event under the cursor.
func (a *App) inspect(c command) {
	row, ok := a.list.row()
	if !ok {
		return
	}
	other := a.marks.last
	switch {
	case c == cmdCompare && (!a.marks.has(other) || other == row):
		a.status.toast = termsafe.Const("mark the event to compare with by m, then go to the other one")
		return
	case c == cmdParams:
		a.detail.browseParams()
	case c == cmdChanges:
		a.detail.showChanges()
	default:
		a.detail.compare(a.byTime(row, other))
	}
	a.shown.detail = true
	a.focus(detailPane)
}

// byTime sorts two rows by time.
func (a *App) byTime(x, y model.Row) (earlier, later model.Row) {
	snap := a.list.sel.Snapshot()
	if snap.Nanos(y) < snap.Nanos(x) {
		return y, x
	}
	return x, y
}

// detailKey runs a command in the detail; key is the name of the pressed key.
func (a *App) detailKey(c command, key string) {
	d := &a.detail
	switch c {
	case cmdSection:
		if len(key) == 1 {
			d.jump(int(key[0] - '0'))
		}
	case cmdNextSection:
		d.nextSection(1)
	case cmdPreviousSection:
		d.nextSection(-1)
	case cmdShowAlike:
		d.toggleAll()
	default:
		d.move(c)
	}
}

// promptDetailFind opens the prompt for a text to find in the detail.
func (a *App) promptDetailFind() {
	a.modals = append(a.modals, &prompt{display: &a.display, label: termsafe.Const("find in the detail "),
		done: func(text string) (wish, error) {
			a.detail.lookFor(text)
			return wish{}, nil
		}})
}
