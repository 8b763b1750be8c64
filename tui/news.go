package tui

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// news is what happened to the log while it is followed, which the status line says until a key is pressed there.
type news struct {
	display *kit.Display
	file    termsafe.Safe // the followed file to which something happened last
	restart model.Restart // what that was
	others  int64         // what happened to files before that
	late    []model.Row   // the events that arrived late so far: they are listed above what was on the screen
	told    int           // how many of them were said

	lateShown int // how many of them there were when the user last went to one
	at        int // which of them that was
}

// newsNameCells is the maximum width of a file's name: the news fit into 80 cells.
const newsNameCells = 27

// compare notes what happened to followed files between two snapshots.
func (n *news) compare(before, now []model.SourceState) {
	for i := range now {
		s := &now[i]
		if s.Restart.Why == model.NoRestart || i < len(before) && before[i].Restart == s.Restart {
			continue
		}
		if n.restart.Why != model.NoRestart {
			n.others++
		}
		n.file, n.restart = n.nameOf(s), s.Restart
	}
}

// nameOf returns the name of a source's file, without its folders and without the number of the source.
func (n *news) nameOf(s *model.SourceState) termsafe.Safe {
	name := s.Place
	if name.Empty() {
		name = s.Name
	}
	base := kit.BaseName(n.display.Masks("source", name.Raw()))
	return n.display.Widther.Truncate(termsafe.Clean(base, n.display.CleanOptions(newsNameCells)), newsNameCells)
}

// came notes events that arrived late.
func (n *news) came(late []model.Row) { n.late = append(n.late, late...) }

// nextLate goes to the first late event that the user does not know of, or to the one after that gone to last.
func (n *news) nextLate() kit.Wish {
	switch {
	case len(n.late) == 0:
		return kit.Wish{Toast: termsafe.Const("no event arrived late: none is older than what was on the screen")}
	case n.lateShown < len(n.late):
		n.at = n.lateShown
	default:
		n.at = (n.at + 1) % len(n.late)
	}
	n.lateShown, n.told = len(n.late), len(n.late)
	row := n.late[n.at]
	which := termsafe.Concat(termsafe.Const("late event "), termsafe.Int(int64(n.at+1)), termsafe.Const(" of "), termsafe.Int(int64(len(n.late))))
	return kit.Wish{Show: &row, Toast: termsafe.Concat(which, termsafe.Const(": "), n.display.KeyNamed(lateCommand), termsafe.Const(" goes to the next"))}
}

// words returns the news, empty for none.
func (n *news) words() termsafe.Safe {
	what := n.display.Restarted(n.restart, false)
	switch {
	case what.Empty() && n.told < len(n.late):
		events := termsafe.Count(int64(len(n.late)-n.told), "event", "events")
		return termsafe.Concat(events, termsafe.Const(" arrived late, above the screen: "), n.display.KeyNamed(lateCommand), termsafe.Const(" goes there"))
	case what.Empty():
		return what
	case n.others > 0:
		return termsafe.Concat(n.file, termsafe.Const(" was "), what, n.display.Keyed("; {} shows ", kit.CmdSources), termsafe.Count(n.others, "more change", "more changes"))
	}
	return termsafe.Concat(n.file, termsafe.Const(" was "), what, n.display.ReadOn(n.restart))
}

// read drops what the user has seen.
func (n *news) read() {
	if n.restart.Why == model.NoRestart {
		n.told = len(n.late)
	}
	n.file, n.restart, n.others = termsafe.Safe{}, model.Restart{}, 0
}
