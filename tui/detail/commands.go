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
		return d.nextHit(1)
	case kit.CmdPreviousHit:
		return d.nextHit(-1)
	case kit.CmdBack:
		return kit.Wish{}, d.back()
	case kit.CmdSection:
		if len(s.Key) == 1 {
			if !d.jump(int(s.Key[0] - '0')) {
				return kit.Wish{Toast: termsafe.Const("there is no section with this number")}, true
			}
		}
	case kit.CmdNextSection:
		if !d.nextSection(1) {
			return kit.Wish{Toast: termsafe.Const("this is the last section")}, true
		}
	case kit.CmdPreviousSection:
		if !d.nextSection(-1) {
			return kit.Wish{Toast: termsafe.Const("this is the first section")}, true
		}
	case kit.CmdShowAlike:
		return d.showUnchanged(), true
	default:
		return kit.Wish{}, d.move(c)
	}
	return kit.Wish{}, true
}

// nextHit goes to the next match of the search, or to the next change of a comparison; with -1 to the previous one. It returns false
// if neither is shown.
func (d *Detail) nextHit(step int) (kit.Wish, bool) {
	_, compares := d.page.(*comparison)
	switch {
	case d.nextPlace(step):
	case !compares:
		return kit.Wish{}, false
	case !d.nextStop(step):
		return kit.Wish{Toast: termsafe.Const("there are no changes to go to")}, true
	}
	return kit.Wish{}, true
}

// showUnchanged shows or hides the unchanged fields of a comparison.
func (d *Detail) showUnchanged() kit.Wish {
	_, compares := d.page.(*comparison)
	switch {
	case d.toggleUnchanged():
		return kit.Wish{}
	case compares:
		return kit.Wish{Toast: termsafe.Const("there are no unchanged fields")}
	}
	return kit.Wish{Toast: d.display.Keyed("{} shows unchanged fields in a comparison: {} or {} opens one", kit.CmdShowAlike, kit.CmdChanges, kit.CmdCompare)}
}

// inspect opens a page about the event under the cursor.
func (d *Detail) inspect(c kit.Command, s *kit.Scene) kit.Wish {
	if !s.Ok {
		return kit.Wish{}
	}
	action, _ := s.Sel.Snapshot().Value(s.Cursor, model.ColAction)
	switch {
	case c == kit.CmdCompare && (!s.HasMark || s.Mark == s.Cursor):
		return kit.Wish{Toast: d.display.Keyed("mark one event with {}, move to the other, press {}", kit.CmdMark, kit.CmdCompare)}
	case c == kit.CmdChanges && model.ClassOf(action.Raw()) == model.ReadClass:
		return kit.Wish{Toast: termsafe.Concat(d.display.Quoted(action.Raw()), termsafe.Const(" only reads: nothing was changed"))}
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
