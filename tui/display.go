package tui

import (
	"strings"
	"time"

	"pawprint/model/clock"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// display is how text is drawn in all panes: colours, glyphs, widths, times and masking.
type display struct {
	theme    theme
	glyphs   *glyphs
	widther  termsafe.Widther
	zone     *time.Location
	other    *time.Location // the zone that the zone key switches to
	relative bool           // show times relative to now
	year     bool           // show the year in times
	twice    bool           // the log has times that the clock of the zone shows twice: there is room for their offset
	now      func() time.Time
	redact   masking
	version  int // grows with every change; what was drawn with an older version is out of date
}

// cleanOptions returns the options for cleaning untrusted text into at most n cells.
func (disp *display) cleanOptions(n int) termsafe.Options {
	return termsafe.Options{ASCII: disp.widther.ASCII, MaxCells: max(n, 1)}
}

// own cleans text of our own; an ellipsis in it has an ASCII form.
func (disp *display) own(s string) termsafe.Safe {
	if disp.widther.ASCII {
		s = strings.ReplaceAll(s, "…", "...")
	}
	return termsafe.Clean(s, termsafe.Options{ASCII: disp.widther.ASCII, Drawing: true})
}

// quoted cleans, masks and shortens text that may quote the log, for one of our messages.
func (disp *display) quoted(s string) termsafe.Safe {
	return disp.widther.Truncate(termsafe.Clean(disp.masks("", s), disp.cleanOptions(quotedCells)), quotedCells)
}

// quotedCells is the maximum width of a quotation.
const quotedCells = 80

func (disp *display) line() *paint.Line { return paint.NewLine(disp.widther) }

func (disp *display) style(r role) paint.Style { return disp.theme.style(r, onScreen) }

// The layouts of times, from the most to the least precise.
const (
	fullTime  = "2006-01-02 15:04:05.000"
	longTime  = "01-02 15:04:05.000"
	shortTime = "01-02 15:04:05"
	yearTime  = "2006-01-02 15:04:05"
)

// offsetTime is the layout of the offset that follows a time which the clock of the zone shows twice.
const offsetTime = "-07:00"

// timeLayout returns the layout of the time column.
func (disp *display) timeLayout(precise bool) string {
	switch {
	case disp.year && precise:
		return fullTime
	case disp.year:
		return yearTime
	case precise:
		return longTime
	}
	return shortTime
}

// timeWidth returns the width of the time column.
func (disp *display) timeWidth(precise bool) int {
	switch {
	case disp.relative:
		return 13
	case disp.twice:
		return len(disp.timeLayout(precise)) + len(offsetTime)
	}
	return len(disp.timeLayout(precise))
}

// offset returns the offset of a time from UTC if the clock of the zone shows the time twice, else nothing.
func (disp *display) offset(t time.Time) termsafe.Safe {
	if !clock.Twice(t) {
		return termsafe.Safe{}
	}
	return termsafe.Time(t, offsetTime)
}

// time formats a time for the time column.
func (disp *display) time(nanos int64, precise bool) termsafe.Safe {
	t := time.Unix(0, nanos).In(disp.zone)
	at := termsafe.Time(t, shortTime)
	switch {
	case disp.relative:
		return disp.ago(t)
	case disp.year && precise:
		at = termsafe.Time(t, fullTime)
	case disp.year:
		at = termsafe.Time(t, yearTime)
	case precise:
		at = termsafe.Time(t, longTime)
	}
	if disp.twice {
		at = termsafe.Concat(at, disp.offset(t))
	}
	return at
}

// exactTime formats a time with its zone.
func (disp *display) exactTime(t time.Time) termsafe.Safe {
	return termsafe.Concat(termsafe.Time(t.In(disp.zone), fullTime), termsafe.Const(" "), disp.zoneNameAt(t))
}

// agoUnits are the units of relative times, largest first.
var agoUnits = []struct {
	unit time.Duration
	name termsafe.Safe
}{
	{365 * 24 * time.Hour, termsafe.Const("y")},
	{24 * time.Hour, termsafe.Const("d")},
	{time.Hour, termsafe.Const("h")},
	{time.Minute, termsafe.Const("m")},
	{time.Second, termsafe.Const("s")},
}

// ago formats how long ago t was, in its two largest units: "3d 4h ago".
func (disp *display) ago(t time.Time) termsafe.Safe {
	d := disp.now().Sub(t)
	ahead := d < 0
	d = d.Abs()
	var parts []termsafe.Safe
	for _, s := range agoUnits {
		n := d / s.unit
		if n == 0 && len(parts) == 0 {
			continue
		}
		if n > 0 {
			parts = append(parts, termsafe.Concat(termsafe.Int(int64(n)), s.name))
		}
		d %= s.unit
		if len(parts) == 2 || n == 0 {
			break
		}
	}
	if len(parts) == 0 {
		return termsafe.Const("now")
	}
	text := termsafe.Join(termsafe.Const(" "), parts...)
	if ahead {
		return termsafe.Concat(termsafe.Const("in "), text)
	}
	return termsafe.Concat(text, termsafe.Const(" ago"))
}

// zoneName returns the name of the shown zone, as it is now.
func (disp *display) zoneName() termsafe.Safe { return disp.zoneNameAt(disp.now()) }

// zoneNameAt returns the name of the shown zone at a time, with its offset if the clock shows that time twice.
func (disp *display) zoneNameAt(t time.Time) termsafe.Safe {
	if disp.zone == time.UTC {
		return termsafe.Const("UTC")
	}
	t = t.In(disp.zone)
	name, _ := t.Zone()
	words := termsafe.Clean(name, disp.cleanOptions(16))
	if !clock.Twice(t) {
		return words
	}
	return termsafe.Concat(words, blankCell, termsafe.Time(t, offsetTime))
}
