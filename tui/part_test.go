package tui

import (
	"context"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// Figures of the rows that are loaded say so, as long as a database has others.
func TestFiguresOfAPartSayThatTheyAre(t *testing.T) {
	_, log := newInvented(t)
	for keys, want := range map[string]string{"b": "over the 5 loaded ", "v": "1 event           over the 5 loaded  peak 1 in 10 s", "#": "1 of 1 value over the 5 loaded",
		"O": " over the 5 loaded ", ".": "value over the 5 loaded"} {
		d := newDriver(t, Options{Log: log}, 80, 24)
		d.mustNotShow("over the")
		d.press(keys)
		d.mustShow(want)
		checkShape(t, d, 80, 24)
	}
	d := newDriver(t, Options{Log: log}, 120, 40)
	d.mustShow("over the 5 loaded   │", "              over the 5 loaded")
	log.UpdateSource(0, func(s *model.SourceState) { s.Newest = false })
	newDriver(t, Options{Log: log}, 120, 40).mustNotShow("over the")
}

func TestConditionsAndAdviceSayOfWhichRowsTheyCount(t *testing.T) {
	a, log := newInvented(t)
	a.answer = func(context.Context, int) (Asked, bool, error) { return Asked{}, true, nil }
	d := newDriver(t, Options{Log: log, Asker: a}, 160, 24)
	d.press("/")
	d.write("is:first-seen -action=LIST_ALERTS")
	d.press("enter")
	d.mustShow("hides 4 over the 5 loaded", "hides 0 loaded", "1 match over the 5 loaded")
	d.press("/")
	d.write("action=NO_SUCH_ACTION")
	d.press("enter")
	d.mustShow("Nothing matches among the 5 rows", "action=NO_SUCH_ACTION matches nothing among the 5 rows loaded", "match over the 5 loaded")
	d.press("Q")
	d.mustShow("the database has no more rows for this filter")
	d.mustNotShow("over the 5")
	d.press("u")
	d.mustShow("over the 5 loaded")
}

// What was loaded whole is whole for every narrower filter, and for no wider one.
func TestFiguresOfAllRowsSayNothing(t *testing.T) {
	a, log := newInvented(t)
	log.UpdateSource(0, func(s *model.SourceState) { s.Newest = false })
	d := newDriver(t, Options{Log: log, Asker: a, Query: "action=LIST_RULES"}, 120, 40)
	d.mustNotShow("over the")
	d.press("/")
	d.write("is:failed")
	d.press("enter")
	d.mustNotShow("over the")
	d.press("x x")
	d.mustShow("over the 5 loaded")
	d = newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	d.mustNotShow("over the")
}
