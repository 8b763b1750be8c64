package tui

import (
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// A log of which only the newest rows were asked for is never shown as the whole.
func TestTheNewestRowsAreNotTheWholeLog(t *testing.T) {
	log := kittest.MixedLog(t)
	log.Log.UpdateSource(0, func(s *model.SourceState) { s.Newest = true })
	d := newDriver(t, Options{Log: log}, 80, 24)
	d.mustShow("newest 5 loaded")
	d.press("/")
	d.write("action=NO_SUCH_ACTION")
	d.press("enter")
	d.mustShow("Nothing matches among the 5 rows that are loaded", "Q asks the database for matching rows", "newest 5 loaded")
}
