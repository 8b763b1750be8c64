package tui

import (
	"strings"
	"time"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// look is how things are shown, for all panes alike.
type look struct {
	theme    theme
	glyphs   *glyphs
	widther  termsafe.Widther
	zone     *time.Location
	relative bool // times as distances from now
	year     bool // times show the year
	now      func() time.Time
	redact   masking // of what is shown
	version  int     // goes up with every change: what was drawn before is out of date
}

// cell is how untrusted text is cleaned that takes at most n cells.
func (k *look) cell(n int) termsafe.Options {
	return termsafe.Options{ASCII: k.widther.ASCII, MaxCells: max(n, 1)}
}

// own cleans our own words; an ellipsis in them has an ASCII form.
func (k *look) own(s string) termsafe.Safe {
	if k.widther.ASCII {
		s = strings.ReplaceAll(s, "…", "...")
	}
	return termsafe.Clean(s, termsafe.Options{ASCII: k.widther.ASCII, Drawing: true})
}

// quoted cleans a short text that may quote the log, for a message of ours.
func (k *look) quoted(s string) termsafe.Safe {
	return k.widther.Truncate(termsafe.Clean(k.masks("", s), k.cell(quotedCells)), quotedCells)
}

// quotedCells is the most that a quotation takes.
const quotedCells = 80

func (k *look) line() *paint.Line { return paint.NewLine(k.widther) }

func (k *look) style(r role) paint.Style { return k.theme.style(r, onScreen) }

// The layouts of times, from the most to the least precise.
const (
	fullTime  = "2006-01-02 15:04:05.000"
	longTime  = "01-02 15:04:05.000"
	shortTime = "01-02 15:04:05"
	yearTime  = "2006-01-02 15:04:05"
)

// timeWidth is the width of the column of times.
func (k *look) timeWidth(precise bool) int {
	switch {
	case k.relative:
		return 13
	case k.year && precise:
		return len(fullTime)
	case k.year:
		return len(yearTime)
	case precise:
		return len(longTime)
	}
	return len(shortTime)
}

// time writes a time for the column of times.
func (k *look) time(nanos int64, precise bool) termsafe.Safe {
	t := time.Unix(0, nanos).In(k.zone)
	switch {
	case k.relative:
		return k.ago(t)
	case k.year && precise:
		return termsafe.Time(t, fullTime)
	case k.year:
		return termsafe.Time(t, yearTime)
	case precise:
		return termsafe.Time(t, longTime)
	}
	return termsafe.Time(t, shortTime)
}

// spans are the units of relative times, in order.
var spans = []struct {
	unit time.Duration
	name termsafe.Safe
}{
	{365 * 24 * time.Hour, termsafe.Const("y")},
	{24 * time.Hour, termsafe.Const("d")},
	{time.Hour, termsafe.Const("h")},
	{time.Minute, termsafe.Const("m")},
	{time.Second, termsafe.Const("s")},
}

// ago writes how long ago t was, in the two largest units: "3d 4h ago".
func (k *look) ago(t time.Time) termsafe.Safe {
	d := k.now().Sub(t)
	ahead := d < 0
	d = d.Abs()
	var parts []termsafe.Safe
	for _, s := range spans {
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

// zoneName is what to call the zone that is shown.
func (k *look) zoneName() termsafe.Safe {
	if k.zone == time.UTC {
		return termsafe.Const("UTC")
	}
	name, _ := k.now().In(k.zone).Zone()
	return termsafe.Clean(name, k.cell(16))
}
