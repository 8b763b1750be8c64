package page

import (
	"strconv"
	"time"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

const (
	weekDays = 7
	dayHours = 24
)

// hours counts events by the day of the week, from Monday on, and the hour of the day.
type hours [weekDays][dayHours]int

// hoursOf counts the events of a selection that have a time, by the clock of a zone.
func hoursOf(sel *model.Selection, zone *time.Location) (out hours) {
	var from, until int64 // of the hour of the event before: most are in the same one
	var at *int
	snap := sel.Snapshot()
	for k := range snap.Segments() {
		seg := snap.Segment(k)
		rows, flags, times := sel.Marked(k), seg.Flags(), seg.Times()
		for i := rows.Next(0); i >= 0 && i < len(flags); i = rows.Next(i + 1) {
			if flags[i]&(model.FlagReject|model.FlagNoTime) != 0 {
				continue
			}
			nanos := times.At(i)
			if at == nil || nanos < from || nanos >= until {
				t := time.Unix(0, nanos).In(zone)
				// A quarter of an hour: zones change their offset at no other time.
				from = nanos - int64(t.Minute()%15)*int64(time.Minute) - int64(t.Second())*int64(time.Second) - int64(t.Nanosecond())
				until = from + int64(15*time.Minute)
				at = &out[(int(t.Weekday())+weekDays-1)%weekDays][t.Hour()]
			}
			*at++
		}
	}
	return out
}

// busiest returns the hour with the most events.
func (h *hours) busiest() (day, hour, events int) {
	for d := range h {
		for i, n := range h[d] {
			if n > events {
				day, hour, events = d, i, n
			}
		}
	}
	return day, hour, events
}

// The levels of the strip, from no event to the most.
var (
	richHeat  = []termsafe.Safe{termsafe.Const("·"), termsafe.Const("▁"), termsafe.Const("▃"), termsafe.Const("▅"), termsafe.Const("▇"), termsafe.Const("█")}
	asciiHeat = []termsafe.Safe{termsafe.Const("."), termsafe.Const("-"), termsafe.Const("+"), termsafe.Const("*"), termsafe.Const("%"), termsafe.Const("#")}
)

// dayNames are as wide as dayWidth says.
var dayNames = [weekDays]termsafe.Safe{termsafe.Const("Mon"), termsafe.Const("Tue"), termsafe.Const("Wed"), termsafe.Const("Thu"), termsafe.Const("Fri"), termsafe.Const("Sat"), termsafe.Const("Sun")}

const (
	dayWidth   = 4
	hoursLines = weekDays + 1
	tickEvery  = 6 // hours
)

// hoursWidth returns the width of the strip with so many cells for an hour.
func hoursWidth(cells int) int { return dayWidth + dayHours*cells }

// draw adds line y of the strip, from 0 to hoursLines-1, to a line: the hours of the day, or a day.
func (h *hours) draw(disp *kit.Display, line *paint.Line, y, cells int) {
	muted := disp.Style(kit.Muted)
	if y == 0 {
		line.Fill(muted, dayWidth)
		for hour := 0; hour < dayHours; hour += tickEvery {
			line.AddWidth(muted, disp.Own(strconv.Itoa(hour)), tickEvery*cells, paint.Left)
		}
		return
	}
	_, _, most := h.busiest()
	levels := richHeat
	if disp.Widther.ASCII {
		levels = asciiHeat
	}
	line.AddWidth(muted, dayNames[y-1], dayWidth, paint.Left)
	for _, n := range h[y-1] {
		role, level := kit.Accent, 0
		if n > 0 {
			level = max(1, (n*(len(levels)-1)+most-1)/most)
		} else {
			role = kit.Muted
		}
		for range cells {
			line.Add(disp.Style(role), levels[level])
		}
	}
}
