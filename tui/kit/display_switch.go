package kit

import (
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/tui/termsafe"
)

// TimeWay is how the list tells times. Everything else tells them by the clock, or from now.
type TimeWay uint8

const (
	ByClock   TimeWay = iota
	SinceRow          // since the row before
	SinceMark         // since the event that was marked last
	FromNow
	numTimeWays
)

// FromNow reports whether times are told from now.
func (disp *Display) FromNow() bool { return disp.Times == FromNow }

// SwitchTimes tells times in the next way, and returns which that is. Without a mark none is told since it.
func (disp *Display) SwitchTimes(marked bool) termsafe.Safe {
	disp.Times = (disp.Times + 1) % numTimeWays
	if disp.Times == SinceMark && !marked {
		disp.Times++
	}
	disp.Version++
	switch disp.Times {
	case SinceRow:
		return termsafe.Const("times since the row before")
	case SinceMark:
		return termsafe.Const("times since the event that was marked last")
	case FromNow:
		return termsafe.Const("times before now")
	}
	return termsafe.Const("clock times")
}

// SwitchZone shows times in the other zone. snap is the log, whose times may need another width there.
func (disp *Display) SwitchZone(snap *model.Snapshot) {
	disp.Zone, disp.Other = disp.Other, disp.Zone
	disp.twice = disp.showsTwice(snap)
	disp.Version++
}

// Fit makes room for what the times of a log need to be told apart.
func (disp *Display) Fit(snap *model.Snapshot) {
	disp.Year, disp.twice = disp.showsYear(snap), disp.showsTwice(snap)
}

// showsTwice reports whether the clock of the zone shows times of the log twice.
func (disp *Display) showsTwice(snap *model.Snapshot) bool {
	earliest, latest, ok := snap.TimeBounds()
	return ok && clock.TwiceWithin(earliest, latest, disp.Zone)
}

// showsYear reports whether times must show the year, because the log has events of another year than the current one.
func (disp *Display) showsYear(snap *model.Snapshot) bool {
	year := disp.Now().In(disp.Zone).Year()
	for i := range snap.Segments() {
		lo, hi := snap.Segment(i).Bounds()
		if time.Unix(0, lo).In(disp.Zone).Year() != year || time.Unix(0, hi).In(disp.Zone).Year() != year {
			return true
		}
	}
	return false
}
