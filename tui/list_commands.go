package tui

import "pawprint/tui/termsafe"

// listCommands has the commands of the list besides moves. All but the first belong to the list whichever pane has the focus.
var listCommands = map[command]func(l *list, c command, s *scene) wish{
	cmdEnter:           func(*list, command, *scene) wish { return wish{open: true} },
	cmdNextFailure:     (*list).nextFailure,
	cmdPreviousFailure: (*list).nextFailure,
	cmdFind:            (*list).promptFind,
	cmdNextHit:         (*list).nextHit,
	cmdPreviousHit:     (*list).nextHit,
	cmdGoToTime:        (*list).promptTime,
	cmdHourBack:        (*list).leap,
	cmdHourForward:     (*list).leap,
	cmdDayBack:         (*list).leap,
	cmdDayForward:      (*list).leap,
	cmdByActor:         (*list).relate,
	cmdByAddress:       (*list).relate,
	cmdByTarget:        (*list).relate,
	cmdByToken:         (*list).relate,
	cmdAround:          (*list).relate,
	cmdMark:            (*list).toggleMark,
	cmdNote:            (*list).promptNote,
	cmdNextMark:        (*list).nextMark,
	cmdSort:            (*list).sortByColumn,
	cmdColumns:         (*list).chooseColumns,
	cmdErrorLines:      (*list).nextErrorLines,
	cmdFollow:          (*list).toggleFollowing,
}

// command runs a command of the list, or a move. A move stops the search for a row, which would move the cursor again.
func (l *list) command(c command, s *scene) (wish, bool) {
	if do := listCommands[c]; do != nil {
		return do(l, c, s), true
	}
	if s.preview && (c == cmdTop || isUp(c) && l.atTop()) {
		return wish{whole: true, after: c}, true
	}
	known := l.move(c)
	if known {
		l.search.stop()
	}
	return wish{}, known
}

func isUp(c command) bool { return c == cmdUp || c == cmdHalfUp || c == cmdPageUp }

// move runs a command that moves to another row or column; it returns false for other commands.
func (l *list) move(c command) bool {
	switch c {
	case cmdLeft:
		l.columns.step(-1)
	case cmdRight:
		l.columns.step(1)
	default:
		return l.viewport.move(c)
	}
	l.reveal()
	return true
}

// toggleFollowing switches following on or off. The preview does not follow.
func (l *list) toggleFollowing(command, *scene) wish {
	l.toggleFollow()
	return wish{whole: true}
}

// chooseColumns opens the chooser at the column under the cursor.
func (l *list) chooseColumns(command, *scene) wish {
	return wish{modal: &chooser{display: l.display, list: l, at: max(0, l.columns.at-firstFree)}}
}

// nextErrorLines shows errors below other rows.
func (l *list) nextErrorLines(command, *scene) wish {
	l.errors = (l.errors + 1) % numErrorLines
	return wish{toast: [...]termsafe.Safe{
		termsafe.Const("errors below the row under the cursor"), termsafe.Const("errors below all rows"), termsafe.Const("no errors below rows"),
	}[l.errors]}
}
