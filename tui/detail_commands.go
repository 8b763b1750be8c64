package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// command runs a command in the detail.
func (d *detail) command(c command, s *scene) (wish, bool) {
	switch c {
	case cmdParams, cmdChanges, cmdCompare:
		return d.inspect(c, s), true
	case cmdFind:
		return d.promptFind(), true
	case cmdNextHit:
		return wish{}, d.nextPlace(1)
	case cmdPreviousHit:
		return wish{}, d.nextPlace(-1)
	case cmdBack:
		return wish{}, d.back()
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

// inspect opens a page about the event under the cursor.
func (d *detail) inspect(c command, s *scene) wish {
	if !s.ok {
		return wish{}
	}
	switch {
	case c == cmdCompare && (!s.hasMark || s.mark == s.cursor):
		return wish{toast: termsafe.Const("mark the event to compare with by m, then go to the other one")}
	case c == cmdParams:
		d.browseParams()
	case c == cmdChanges:
		d.showChanges()
	default:
		d.compare(byTime(s.sel.Snapshot(), s.cursor, s.mark))
	}
	return wish{open: true, focus: detailPane}
}

// byTime sorts two rows by time.
func byTime(snap *model.Snapshot, x, y model.Row) (earlier, later model.Row) {
	if snap.Nanos(y) < snap.Nanos(x) {
		return y, x
	}
	return x, y
}

// promptFind asks for a text to find in the detail.
func (d *detail) promptFind() wish {
	return wish{ask: &ask{label: termsafe.Const("find in the detail "),
		done: func(text string) (wish, error) {
			d.lookFor(text)
			return wish{}, nil
		}}}
}
