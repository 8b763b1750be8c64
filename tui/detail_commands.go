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
	a.obey(wish{open: true, focus: detailPane})
}

// byTime sorts two rows by time.
func (a *App) byTime(x, y model.Row) (earlier, later model.Row) {
	snap := a.list.sel.Snapshot()
	if snap.Nanos(y) < snap.Nanos(x) {
		return y, x
	}
	return x, y
}

// command runs a command in the detail.
func (d *detail) command(c command, s *scene) (wish, bool) {
	switch c {
	case cmdSection:
		if len(s.key) == 1 {
			d.jump(int(s.key[0] - '0'))
		}
	case cmdNextSection:
		d.nextSection(1)
	case cmdPreviousSection:
		d.nextSection(-1)
	case cmdShowAlike:
		d.toggleAll()
	default:
		return wish{}, d.move(c)
	}
	return wish{}, true
}

// promptFind asks for a text to find in the detail.
func (d *detail) promptFind() wish {
	return wish{ask: &ask{label: termsafe.Const("find in the detail "),
		done: func(text string) (wish, error) {
			d.lookFor(text)
			return wish{}, nil
		}}}
}
