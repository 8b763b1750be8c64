package kit

import (
	"strings"
	"time"

	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Display is how text is drawn in all panes: colours, glyphs, widths, times and masking. The App owns it, and only the goroutine
// of Update may use it; a job gets the values that it needs.
type Display struct {
	Theme   Theme            // the styles
	Glyphs  *Glyphs          // RichGlyphs or ASCIIGlyphs
	Widther termsafe.Widther // measures text as the terminal does
	Zone    *time.Location   // the zone in which times are shown
	Other   *time.Location   // the zone that the zone key switches to
	Times   TimeWay          // how times are told
	Year    bool             // show the year in times
	twice   bool             // the log has times that the clock of the zone shows twice: there is room for their offset
	Now     func() time.Time // the present; never nil
	Keys    *Keymap          // the keys that messages name; nil for the usual ones
	Redact  Masking          // whether secrets are masked
	Columns int              // width of the screen: a pane as wide as it has nothing beside it
	Changed Changed          // what a configuration changes in what is counted
	Version int              // grows with every change; what was drawn with an older version is out of date
}

// CleanOptions returns the options for cleaning untrusted text into at most n cells.
func (disp *Display) CleanOptions(n int) termsafe.Options {
	return termsafe.Options{ASCII: disp.Widther.ASCII, MaxCells: max(n, 1)}
}

// Own cleans text of our own; an ellipsis in it has an ASCII form.
func (disp *Display) Own(s string) termsafe.Safe {
	if disp.Widther.ASCII {
		s = strings.ReplaceAll(s, "…", "...")
	}
	return termsafe.Clean(s, termsafe.Options{ASCII: disp.Widther.ASCII, Drawing: true})
}

// Quoted cleans, masks and shortens text that may quote the log, for one of our messages.
func (disp *Display) Quoted(s string) termsafe.Safe {
	return disp.Widther.Truncate(termsafe.Clean(disp.Masks("", s), disp.CleanOptions(QuotedCells)), QuotedCells)
}

// QuotedCells is the maximum width of a quotation.
const QuotedCells = 80

// Line returns a new empty line.
func (disp *Display) Line() *paint.Line { return paint.NewLine(disp.Widther) }

// Lit returns a line that was drawn for the screen as the band under the cursor, at least w cells wide.
func (disp *Display) Lit(line *paint.Line, w int) *paint.Line {
	l := disp.Line()
	l.AddRestyled(line, disp.Theme.lit)
	l.Fill(disp.Theme.Style(Plain, OnCursor), w-l.Width())
	return l
}

// Style returns the style of a role on the background of the screen.
func (disp *Display) Style(r Role) paint.Style { return disp.Theme.Style(r, OnScreen) }

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
func (disp *Display) timeLayout(precise bool) string {
	switch {
	case disp.Year && precise:
		return fullTime
	case disp.Year:
		return yearTime
	case precise:
		return longTime
	}
	return shortTime
}

// TimeWidth returns the width of the time column, in cells. precise asks for milliseconds; times from now have none.
func (disp *Display) TimeWidth(precise bool) int {
	switch {
	case disp.FromNow():
		return 13
	case disp.twice:
		return len(disp.timeLayout(precise)) + len(offsetTime)
	}
	return len(disp.timeLayout(precise))
}

// Offset returns the offset of a time from UTC if the clock of the zone shows the time twice, else nothing.
func (disp *Display) Offset(t time.Time) termsafe.Safe {
	if !clock.Twice(t) {
		return termsafe.Safe{}
	}
	return termsafe.Time(t, offsetTime)
}

// Time formats a time, in Unix nanoseconds, for the time column. It is at most TimeWidth(precise) cells wide.
func (disp *Display) Time(nanos int64, precise bool) termsafe.Safe {
	t := time.Unix(0, nanos).In(disp.Zone)
	at := termsafe.Time(t, shortTime)
	switch {
	case disp.FromNow():
		return disp.Ago(t)
	case disp.Year && precise:
		at = termsafe.Time(t, fullTime)
	case disp.Year:
		at = termsafe.Time(t, yearTime)
	case precise:
		at = termsafe.Time(t, longTime)
	}
	if disp.twice {
		at = termsafe.Concat(at, disp.Offset(t))
	}
	return at
}

// The layout of a time without its date.
const clockTime = "15:04:05"

// Clock formats a time, in Unix nanoseconds, without its date. It is at most ClockWidth cells wide.
func (disp *Display) Clock(nanos int64) termsafe.Safe {
	t := time.Unix(0, nanos).In(disp.Zone)
	if !disp.twice {
		return termsafe.Time(t, clockTime)
	}
	return termsafe.Concat(termsafe.Time(t, clockTime), disp.Offset(t))
}

// ClockWidth returns the width of times without their dates.
func (disp *Display) ClockWidth() int {
	if disp.twice {
		return len(clockTime) + len(offsetTime)
	}
	return len(clockTime)
}

// ExactTime formats a time to the millisecond, in the zone that is shown and with its name.
func (disp *Display) ExactTime(t time.Time) termsafe.Safe {
	return termsafe.Concat(termsafe.Time(t.In(disp.Zone), fullTime), termsafe.Const(" "), disp.ZoneNameAt(t))
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

// Ago formats how long ago t was, in its two largest units: "3d 4h ago", "in 2m", "now".
func (disp *Display) Ago(t time.Time) termsafe.Safe {
	d := disp.Now().Sub(t)
	ahead := d < 0
	parts := twoUnits(d.Abs())
	if len(parts) == 0 {
		return termsafe.Const("now")
	}
	text := termsafe.Join(termsafe.Const(" "), parts...)
	if ahead {
		return termsafe.Concat(termsafe.Const("in "), text)
	}
	return termsafe.Concat(text, termsafe.Const(" ago"))
}

// twoUnits returns a length of time in its two largest units, none for less than a second.
func twoUnits(d time.Duration) (parts []termsafe.Safe) {
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
	return parts
}

// SinceWidth is the width of a length of time, in cells.
const SinceWidth = 12

// Length says how long a time is: "9 hours 30 minutes".
func Length(d time.Duration) termsafe.Safe {
	return termsafe.Clean(amount.Length(d), termsafe.Options{})
}

// Since formats the length of time between two events with its sign: "+4.812s", "-3m 20s", "+2d 1h".
func Since(d time.Duration) termsafe.Safe {
	sign := termsafe.Const("+")
	if d < 0 {
		sign = termsafe.Const("-")
	}
	d = d.Abs()
	if d < time.Minute { // rows of one action lie milliseconds apart
		return termsafe.Concat(sign, termsafe.Decimal(d.Seconds(), 3), termsafe.Const("s"))
	}
	return termsafe.Concat(sign, termsafe.Join(termsafe.Const(" "), twoUnits(d)...))
}

// ZoneName returns the name of the shown zone, as it is now.
func (disp *Display) ZoneName() termsafe.Safe { return disp.ZoneNameAt(disp.Now()) }

// ZoneNameAt returns the name of the shown zone at a time, with its offset if the clock shows that time twice.
func (disp *Display) ZoneNameAt(t time.Time) termsafe.Safe {
	if disp.Zone == time.UTC {
		return termsafe.Const("UTC")
	}
	t = t.In(disp.Zone)
	name, _ := t.Zone()
	words := termsafe.Clean(name, disp.CleanOptions(16))
	if !clock.Twice(t) {
		return words
	}
	return termsafe.Concat(words, BlankCell, termsafe.Time(t, offsetTime))
}
