package demo

import (
	"math/bits"
	"time"
)

// The kinds of actors, in the order of the weights below.
const (
	byPeople = iota
	byCI
	byTerraform
	byPlaybooks
	byMetrics
	bySCIM
	bySystem
	actorKinds
)

// officeHours says how busy people are in each hour (UTC) of a working day: offices in two time zones, and a few owls.
var officeHours = [24]int{1, 0, 0, 0, 0, 2, 8, 28, 60, 80, 84, 76, 60, 72, 88, 92, 88, 72, 48, 28, 14, 8, 4, 2}

// machineHours says how busy each kind of machine is in any hour; people are counted by officeHours.
var machineHours = [actorKinds]int{byCI: 13, byTerraform: 3, byPlaybooks: 4, byMetrics: 2, bySCIM: 4, bySystem: 4}

// busy returns the weight of each kind of actor in the hour of t, and their sum. Weekends are quiet, machines never are.
func busy(t time.Time) (weights [actorKinds]int, sum int) {
	weights = machineHours
	weights[byPeople] = officeHours[t.Hour()]
	if day := t.Weekday(); day == time.Saturday || day == time.Sunday {
		weights[byPeople] /= 14
		weights[byCI] -= 5
	}
	for _, w := range weights {
		sum += w
	}
	return weights, sum
}

// pace spreads a number of events over a span of time by how busy each hour is. It holds one hour at a time.
type pace struct {
	end        time.Time
	events     uint64
	total, cum uint64 // weight of the whole span, and up to the end of this hour
	made       uint64 // events up to the end of this hour

	hour  time.Time // start of this hour
	width time.Duration
	count int // events in this hour
	index int // the next of them
}

// newPace prepares the times of the given number of events between start and end.
func newPace(start, end time.Time, events int) pace {
	p := pace{end: end, events: uint64(max(events, 0)), hour: start}
	for t := start; t.Before(end); {
		width := hourWidth(t, end)
		p.total += weigh(t, width)
		t = t.Add(width)
	}
	return p
}

// hourWidth returns the time from t to the end of its hour, or to end if that comes first.
func hourWidth(t, end time.Time) time.Duration {
	return min(t.Truncate(time.Hour).Add(time.Hour).Sub(t), end.Sub(t))
}

// weigh returns the weight of a part of an hour. It counts in whole numbers: floating point would not give the same
// bytes on every machine.
func weigh(t time.Time, width time.Duration) uint64 {
	_, sum := busy(t)
	return uint64(sum)*uint64(width/time.Microsecond) + 1
}

// next returns the time of the next event. After the last one it returns the end of the span.
func (p *pace) next(g *Generator) time.Time {
	for p.index >= p.count {
		if !p.advance() {
			return p.hour
		}
	}
	step := p.width / time.Duration(p.count)
	at := p.hour.Add(step * time.Duration(p.index))
	if step > 0 {
		at = at.Add(time.Duration(g.below(int(step))))
	}
	p.index++
	return at
}

// advance goes on to the next hour and reports whether there is one.
func (p *pace) advance() bool {
	p.hour = p.hour.Add(p.width)
	if !p.hour.Before(p.end) {
		p.width = 0
		return false
	}
	p.width = hourWidth(p.hour, p.end)
	p.cum += weigh(p.hour, p.width)
	hi, lo := bits.Mul64(p.events, p.cum)
	due, _ := bits.Div64(hi, lo, p.total)
	p.count, p.index, p.made = int(due-p.made), 0, due
	return true
}
