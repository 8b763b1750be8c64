package tui

import (
	"strings"
	"time"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// display is how text is drawn in all panes: colours, glyphs, widths, times and masking.
type display struct {
	theme    theme
	glyphs   *glyphs
	widther  termsafe.Widther
	zone     *time.Location
	relative bool // show times relative to now
	year     bool // show the year in times
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

// timeWidth returns the width of the time column.
func (disp *display) timeWidth(precise bool) int {
	switch {
	case disp.relative:
		return 13
	case disp.year && precise:
		return len(fullTime)
	case disp.year:
		return len(yearTime)
	case precise:
		return len(longTime)
	}
	return len(shortTime)
}

// time formats a time for the time column.
func (disp *display) time(nanos int64, precise bool) termsafe.Safe {
	t := time.Unix(0, nanos).In(disp.zone)
	switch {
	case disp.relative:
		return disp.ago(t)
	case disp.year && precise:
		return termsafe.Time(t, fullTime)
	case disp.year:
		return termsafe.Time(t, yearTime)
	case precise:
		return termsafe.Time(t, longTime)
	}
	return termsafe.Time(t, shortTime)
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

// zoneName returns the name of the shown zone.
func (disp *display) zoneName() termsafe.Safe {
	if disp.zone == time.UTC {
		return termsafe.Const("UTC")
	}
	name, _ := disp.now().In(disp.zone).Zone()
	return termsafe.Clean(name, disp.cleanOptions(16))
}
