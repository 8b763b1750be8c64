package demo

import (
	"slices"
	"strings"
	"time"
)

// liveCalm is how long a live log shows ordinary work before the break-in of the story happens once more.
const liveCalm = time.Minute

// liveLog invents what happens from now on: ordinary work and, once, the night of the story.
type liveLog struct {
	work    *Generator
	night   *Generator
	actions map[string]*action
	ids     *strings.Replacer
	calm    int             // how many events of ordinary work are left before the break-in
	left    []incidentEvent // of the break-in
	late    alert           // the rule match of the event before, which is still to come
	turn    bool            // the next event is one of the break-in
}

// newLiveLog returns what comes after the log that work has made; calm is the number of events before the break-in.
func newLiveLog(work *Generator, calm int) *liveLog {
	g := New(Options{Seed: work.opt.Seed + 1, calm: true}) // with other identifiers than the story has
	return &liveLog{
		work: work, night: g, actions: storyActions(), ids: storyIDs(g.cast), calm: calm,
		left: slices.Concat(breakIn(g.cast), blinding(g.cast), copying(g.cast)),
	}
}

// event appends the line of what happens at a time to dst. Once the calm is over, each second event is one of the break-in.
func (l *liveLog) event(at time.Time, dst []byte) []byte {
	l.calm--
	if l.turn = !l.turn && l.calm < 0; l.turn {
		switch {
		case l.late != (alert{}):
			l.night.rec.alert, l.late = l.late, alert{}
			return l.night.rec.appendLine(dst)
		case len(l.left) > 0:
			next := l.left[0]
			l.left, l.late = l.left[1:], next.alert
			l.night.play(next, at.UTC(), l.actions, l.ids)
			return l.night.rec.appendLine(dst)
		}
	}
	return l.work.Event(at, dst)
}
