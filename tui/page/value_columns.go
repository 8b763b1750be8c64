package page

import (
	"time"

	"pawprint/model/amount"
	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// valueText returns a value of a field in at most n cells. Absent and empty values look different from any text.
func valueText(disp *kit.Display, name string, of *count.Value, n int) termsafe.Safe {
	switch {
	case of.Absent:
		return termsafe.Concat(disp.Glyphs.Absent, termsafe.Const(" none"))
	case of.Text.Empty():
		return termsafe.Const(`""`)
	default:
		return termsafe.Clean(disp.Masks(name, of.Text.Raw()), disp.CleanOptions(n))
	}
}

// The widths of the columns of values, in cells.
const (
	leastValue   = 16
	easyValue    = 48 // width that a value keeps before times show seconds
	leastCount   = 6  // "count" and the sign of the order
	leastFailed  = 7
	shareWidth   = 5 // "12.3%"
	leastBar     = 6
	mostBar      = 40
	secondsWidth = 3 // ":05"
)

// valueColumns are the columns of values with their counts. fit sets the widths; 0 is one of a column that is not shown.
type valueColumns struct {
	display        *kit.Display
	events, failed int  // of all values, which decide how wide the numbers are
	most           int  // the count of the most frequent value, whose bar is the longest
	short          bool // without bars and shares where values need the room

	width, value, bar, count, share, failures, time int
	seconds                                         bool // times show them
}

// fit fits the columns into w cells. The bar goes first, then the times.
func (l *valueColumns) fit(w int) {
	disp := l.display
	l.width, l.time, l.seconds, l.share = w, disp.TimeWidth(false), true, shareWidth
	l.count = max(leastCount, disp.Widther.Width(termsafe.Int(int64(l.events))))
	l.failures = max(leastFailed, disp.Widther.Width(termsafe.Int(int64(l.failed))))
	rest := func() int {
		n := w - 2 - 2 - l.count - 1 - l.failures - 1
		if l.share > 0 {
			n -= l.share + 1
		}
		if l.time > 0 {
			n -= 2 * (kit.Gap + l.time)
		}
		return n
	}
	if rest() < easyValue+leastBar && !disp.FromNow() {
		l.time, l.seconds = l.time-secondsWidth, false
	}
	if l.short && rest() < easyValue+leastBar {
		l.share = 0
	}
	if rest() < leastValue {
		l.time = 0
	}
	l.bar = min(mostBar, max(leastBar, rest()/4))
	if l.value = rest() - l.bar - 1; l.value < leastValue || l.share == 0 {
		l.value, l.bar = max(1, rest()), 0
	}
}

// valueCells are the texts of a line: value, bar, count, share, failed, first and last.
type valueCells [7]termsafe.Safe

// cells draws the columns of a line.
func (l *valueColumns) cells(line *paint.Line, style func(kit.Role) paint.Style, texts valueCells) {
	add := func(r kit.Role, i, width, gap int, align paint.Align) {
		if width == 0 {
			return
		}
		line.Fill(style(kit.Plain), max(0, min(gap, l.width-line.Width())))
		width = max(0, min(width, l.width-line.Width()))
		line.AddWidth(style(r), l.display.Widther.Truncate(texts[i], width), width, align)
	}
	add(kit.Plain, 0, l.value, 0, paint.Left)
	add(kit.Muted, 1, l.bar, 1, paint.Left)
	add(kit.Strong, 2, l.count, 1, paint.Right)
	add(kit.Muted, 3, l.share, 1, paint.Right)
	add(kit.FailedText, 4, l.failures, 1, paint.Right)
	add(kit.Muted, 5, l.time, kit.Gap, paint.Left)
	add(kit.Muted, 6, l.time, kit.Gap, paint.Left)
}

// row draws a value of a field.
func (l *valueColumns) row(line *paint.Line, name string, c *count.Count, g kit.Ground) {
	l.rowOf(line, valueText(l.display, name, &c.Values[0], l.value), c, g)
}

// rowOf draws a value as a text.
func (l *valueColumns) rowOf(line *paint.Line, value termsafe.Safe, c *count.Count, g kit.Ground) {
	disp := l.display
	texts := valueCells{value, l.barOf(c), termsafe.Int(int64(c.Events)), disp.Own(amount.Share(c.Events, l.events))}
	if c.Failed > 0 {
		texts[4] = termsafe.Concat(disp.Glyphs.Failed, termsafe.Int(int64(c.Failed)))
	}
	if c.Timed {
		texts[5], texts[6] = l.timeOf(c.First), l.timeOf(c.Last)
	}
	l.cells(line, func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }, texts)
}

// timeOf returns a time as precisely as its column shows it.
func (l *valueColumns) timeOf(nanos int64) termsafe.Safe {
	disp := l.display
	if l.seconds {
		return disp.Time(nanos, false)
	}
	t := time.Unix(0, nanos).In(disp.Zone)
	if disp.Year {
		return termsafe.Concat(termsafe.Time(t, "2006-01-02 15:04"), disp.Offset(t))
	}
	return termsafe.Concat(termsafe.Time(t, "01-02 15:04"), disp.Offset(t))
}

// barOf returns a bar that compares a value with the most frequent one; at least one cell.
func (l *valueColumns) barOf(c *count.Count) termsafe.Safe {
	most := max(1, l.most)
	parts := make([]termsafe.Safe, min(l.bar, (c.Events*l.bar+most-1)/most))
	for i := range parts {
		parts[i] = l.display.Glyphs.Full
	}
	return termsafe.Concat(parts...)
}
