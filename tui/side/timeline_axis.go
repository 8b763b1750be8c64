package side

import (
	"time"

	"pawprint/model/clock"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// tick is a mark of the axis with its label, at a column of the chart.
type tick struct {
	x     int
	label termsafe.Safe
}

// tickDistance is a distance between ticks: a step, or a number of months.
type tickDistance struct {
	length time.Duration // roughly, for months
	months int
}

const day = 24 * time.Hour

// tickDistances are those that the axis chooses from.
var tickDistances = [...]tickDistance{
	{time.Second, 0}, {5 * time.Second, 0}, {10 * time.Second, 0}, {30 * time.Second, 0},
	{time.Minute, 0}, {5 * time.Minute, 0}, {10 * time.Minute, 0}, {30 * time.Minute, 0},
	{time.Hour, 0}, {2 * time.Hour, 0}, {3 * time.Hour, 0}, {6 * time.Hour, 0}, {12 * time.Hour, 0},
	{day, 0}, {2 * day, 0}, {7 * day, 0}, {14 * day, 0}, {30 * day, 1}, {90 * day, 3}, {180 * day, 6},
	{365 * day, 12}, {2 * 365 * day, 24}, {5 * 365 * day, 60}, {10 * 365 * day, 120}, {20 * 365 * day, 240}, {50 * 365 * day, 600}, {100 * 365 * day, 1200},
}

// after returns the first tick at or after a time.
func (d tickDistance) after(t time.Time) time.Time {
	if d.months == 0 {
		start, end := clock.Step{Length: d.length, Zone: t.Location()}.Bounds(t.UnixNano())
		if start == t.UnixNano() {
			return t
		}
		return time.Unix(0, end).In(t.Location())
	}
	y, m, _ := t.Date()
	n := (y*12 + int(m) - 1) / d.months * d.months
	for {
		if at := clock.At(n/12, time.Month(n%12+1), 1, 0, t.Location()); !at.Before(t) {
			return at
		}
		n += d.months
	}
}

// label returns the label of a tick: its date or, within a day, its time.
func (d tickDistance) label(t time.Time, withYear bool) termsafe.Safe {
	form := termsafe.Time(t, "|01-02")
	switch midnight := t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0; {
	case d.months >= 12:
		form = termsafe.Time(t, "|2006")
	case d.months > 0:
		form = termsafe.Time(t, "|2006-01")
	case d.length >= day && withYear:
		form = termsafe.Time(t, "|2006-01-02")
	case d.length >= day || midnight:
	case d.length < time.Minute:
		form = termsafe.Time(t, "|15:04:05")
	default:
		form = termsafe.Time(t, "|15:04")
	}
	return form
}

// ticks returns the ticks of the axis, from the left: as many as there is room for. Each stands at the bar in whose time it is.
func (t *Timeline) ticks() []tick {
	if t.len() == 0 {
		return nil
	}
	step, first, last := t.counted.Step().Length, t.counted.Bucket(0), t.counted.Bucket(t.len()-1)
	from, to := time.Unix(0, first.Start).In(t.display.Zone), time.Unix(0, last.End-1).In(t.display.Zone)
	withYear := t.display.Year || from.Year() != to.Year()
	cells, buckets := t.scale()
	for _, d := range tickDistances {
		room := float64(d.length) / float64(step) * float64(cells) / float64(buckets)
		if d.length < step || d.length < day && d.length%step != 0 || int(room) < d.label(from, withYear).Len() {
			continue
		}
		return t.ticksAt(d, from, to, withYear)
	}
	return nil
}

func (t *Timeline) ticksAt(d tickDistance, from, to time.Time, withYear bool) []tick {
	var out []tick
	cells, buckets := t.scale()
	free := 0
	for at, last := d.after(from), from.Add(-1); at.After(last) && !at.After(to); at, last = d.after(at.Add(1)), at {
		k := tick{t.bucketOf(at.UnixNano()) / buckets * cells, d.label(at, withYear)}
		if k.x >= free && k.x+k.label.Len() <= t.chart().W {
			out = append(out, k)
			free = k.x + k.label.Len()
		}
	}
	return out
}

// axis draws the ticks on a line of their own.
func (t *Timeline) axis(l *paint.Line, ticks []tick) {
	for _, k := range ticks {
		l.Fill(t.display.Style(kit.Plain), chartMargin+k.x-l.Width())
		l.Add(t.display.Style(kit.Muted), k.label)
	}
}
