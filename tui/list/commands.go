package list

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// listCommands has the commands of the list besides moves. All but the first belong to the list whichever pane has the focus.
var listCommands = map[kit.Command]func(l *List, c kit.Command, s *kit.Scene) kit.Wish{
	kit.CmdEnter:           func(*List, kit.Command, *kit.Scene) kit.Wish { return kit.Wish{Open: true} },
	kit.CmdNextFailure:     (*List).nextFailure,
	kit.CmdPreviousFailure: (*List).nextFailure,
	kit.CmdFind:            (*List).promptFind,
	kit.CmdNextHit:         (*List).nextHit,
	kit.CmdPreviousHit:     (*List).nextHit,
	kit.CmdGoToTime:        (*List).promptTime,
	kit.CmdMinuteBack:      (*List).leap,
	kit.CmdMinuteForward:   (*List).leap,
	kit.CmdHourBack:        (*List).leap,
	kit.CmdHourForward:     (*List).leap,
	kit.CmdDayBack:         (*List).leap,
	kit.CmdDayForward:      (*List).leap,
	kit.CmdByActor:         (*List).relate,
	kit.CmdByAddress:       (*List).relate,
	kit.CmdByTarget:        (*List).relate,
	kit.CmdByToken:         (*List).relate,
	kit.CmdAround:          (*List).relate,
	kit.CmdMark:            (*List).toggleMark,
	kit.CmdNote:            (*List).promptNote,
	kit.CmdNextMark:        (*List).nextMark,
	kit.CmdPreviousMark:    (*List).nextMark,
	kit.CmdVerdict:         (*List).nextVerdict,
	kit.CmdSort:            (*List).sortByColumn,
	kit.CmdColumns:         (*List).chooseColumns,
	kit.CmdErrorLines:      (*List).nextErrorLines,
	kit.CmdWrap:            (*List).toggleWrap,
	kit.CmdFollow:          (*List).toggleFollowing,
}

// Command runs a command of the list, or a move. A move stops the search for a row, which would move the cursor again.
func (l *List) Command(c kit.Command, s *kit.Scene) (kit.Wish, bool) {
	if do := listCommands[c]; do != nil {
		return do(l, c, s), true
	}
	if s.Preview && (c == kit.CmdTop || isUp(c) && l.atTop()) {
		return kit.Wish{Whole: true, After: c}, true
	}
	known := l.Move(c)
	if known {
		l.search.stop()
	}
	return kit.Wish{}, known
}

func isUp(c kit.Command) bool { return c == kit.CmdUp || c == kit.CmdHalfUp || c == kit.CmdPageUp }

// Move runs a command that moves to another row or column; it returns false for other commands.
func (l *List) Move(c kit.Command) bool {
	switch c {
	case kit.CmdLeft:
		l.Columns.step(-1)
	case kit.CmdRight:
		l.Columns.step(1)
	case kit.CmdHalfUp, kit.CmdHalfDown, kit.CmdPageUp, kit.CmdPageDown:
		l.page(c)
	default:
		if !l.viewport.move(c) {
			return false
		}
	}
	l.reveal()
	return true
}

// toggleFollowing switches following on or off. The preview does not follow.
func (l *List) toggleFollowing(kit.Command, *kit.Scene) kit.Wish {
	l.toggleFollow()
	return kit.Wish{Whole: true}
}

// chooseColumns opens the chooser at the column under the cursor.
func (l *List) chooseColumns(kit.Command, *kit.Scene) kit.Wish {
	return kit.Wish{Modal: &chooser{display: l.display, list: l, at: max(0, l.Columns.at-firstFree)}}
}

// nextErrorLines shows errors below other rows.
func (l *List) nextErrorLines(kit.Command, *kit.Scene) kit.Wish {
	l.errors = (l.errors + 1) % numErrorLines
	return kit.Wish{Toast: [...]termsafe.Safe{
		termsafe.Const("errors below the row under the cursor"), termsafe.Const("errors below all rows"), termsafe.Const("no errors below rows"),
	}[l.errors]}
}
