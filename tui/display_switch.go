package tui

import (
	"time"

	"pawprint/model"
	"pawprint/model/clock"
)

// switchRelative shows times relative to now, or as they are.
func (disp *display) switchRelative() {
	disp.relative = !disp.relative
	disp.version++
}

// switchZone shows times in the other zone.
func (disp *display) switchZone(snap *model.Snapshot) {
	disp.zone, disp.other = disp.other, disp.zone
	disp.twice = disp.showsTwice(snap)
	disp.version++
}

// fit makes room for what the times of a log need to be told apart.
func (disp *display) fit(snap *model.Snapshot) {
	disp.year, disp.twice = disp.showsYear(snap), disp.showsTwice(snap)
}

// showsTwice reports whether the clock of the zone shows times of the log twice.
func (disp *display) showsTwice(snap *model.Snapshot) bool {
	earliest, latest, ok := snap.TimeBounds()
	return ok && clock.TwiceWithin(earliest, latest, disp.zone)
}

// showsYear reports whether times must show the year, because the log has events of another year than the current one.
func (disp *display) showsYear(snap *model.Snapshot) bool {
	year := disp.now().In(disp.zone).Year()
	for i := range snap.Segments() {
		lo, hi := snap.Segment(i).Bounds()
		if time.Unix(0, lo).In(disp.zone).Year() != year || time.Unix(0, hi).In(disp.zone).Year() != year {
			return true
		}
	}
	return false
}
