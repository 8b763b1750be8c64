package detail

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Command runs a command in the detail.
func (d *Detail) Command(c kit.Command, s *kit.Scene) (kit.Wish, bool) {
	switch c {
	case kit.CmdParams, kit.CmdChanges, kit.CmdCompare:
		return d.inspect(c, s), true
	case kit.CmdFind:
		return d.promptFind(), true
	case kit.CmdNextHit:
		return kit.Wish{}, d.nextPlace(1)
	case kit.CmdPreviousHit:
		return kit.Wish{}, d.nextPlace(-1)
	case kit.CmdBack:
		return kit.Wish{}, d.back()
	case kit.CmdSection:
		if len(s.Key) == 1 {
			d.jump(int(s.Key[0] - '0'))
		}
	case kit.CmdNextSection:
		d.nextSection(1)
	case kit.CmdPreviousSection:
		d.nextSection(-1)
	case kit.CmdShowAlike:
		d.toggleAll()
	default:
		return kit.Wish{}, d.move(c)
	}
	return kit.Wish{}, true
}

// inspect opens a page about the event under the cursor.
func (d *Detail) inspect(c kit.Command, s *kit.Scene) kit.Wish {
	if !s.Ok {
		return kit.Wish{}
	}
	switch {
	case c == kit.CmdCompare && (!s.HasMark || s.Mark == s.Cursor):
		return kit.Wish{Toast: termsafe.Const("mark the event to compare with by m, then go to the other one")}
	case c == kit.CmdParams:
		d.browseParams()
	case c == kit.CmdChanges:
		d.showChanges()
	default:
		d.compare(byTime(s.Sel.Snapshot(), s.Cursor, s.Mark))
	}
	return kit.Wish{Open: true, Focus: kit.DetailPane}
}

// byTime sorts two rows by time.
func byTime(snap *model.Snapshot, x, y model.Row) (earlier, later model.Row) {
	if snap.Nanos(y) < snap.Nanos(x) {
		return y, x
	}
	return x, y
}

// promptFind asks for a text to find in the detail.
func (d *Detail) promptFind() kit.Wish {
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("find in the detail "),
		Done: func(text string) (kit.Wish, error) {
			d.lookFor(text)
			return kit.Wish{}, nil
		}}}
}
