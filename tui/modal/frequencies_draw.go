package modal

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

func (v *Frequencies) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	n := len(v.values.counts)
	text := tableText{note: v.place(), empty: v.empty(), foot: v.doubts(r.W)}
	l := v.layout(r.W)
	if n > 0 {
		text.names = v.names(&l)
		text.foot = append(v.about(&v.values.counts[max(0, min(v.at, n-1))], r.W), text.foot...)
	}
	v.table.draw(f, r, n, text, func(line *paint.Line, i int, g kit.Ground) { v.row(line, &l, &v.values.counts[i], g) })
	return nil
}

// place returns the place of the cursor and the number of values.
func (v *Frequencies) place() termsafe.Safe {
	if v.counted.sel == nil {
		return termsafe.Safe{}
	}
	n, different := len(v.values.counts), v.counted.len
	if v.counted.absent {
		different--
	}
	words := []termsafe.Safe{termsafe.Int(int64(min(v.at+1, n))), termsafe.Const(" of ")}
	switch values := termsafe.Count(int64(different), "value", "values"); {
	case v.values.order.search != "":
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(" found in "), values)
	case n == different:
		words = append(words, values)
	case v.counted.absent:
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(": "), values, termsafe.Const(" and none"))
	default:
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(", "), values)
	}
	return termsafe.Concat(words...)
}

func (v *Frequencies) empty() termsafe.Safe {
	switch {
	case v.err != nil:
		return v.display.Said(v.err)
	case v.counted.sel == nil:
		return v.progress()
	case v.order.search != "":
		return termsafe.Const("No value contains this: esc shows all again")
	}
	return termsafe.Const("The list has no events")
}

// progress returns how far the running job is.
func (v *Frequencies) progress() termsafe.Safe {
	if !v.key.ReadsLines() || v.requested == nil {
		return v.display.Own("counting …")
	}
	return termsafe.Concat(v.display.Own("counting … "), termsafe.Int(v.read.Load()), termsafe.Const(" of "),
		termsafe.Count(int64(v.requested.Len()), "line", "lines"), termsafe.Const(" read; esc stops"))
}

// doubts returns why the counts are not those of all the events of the list, if they are not.
func (v *Frequencies) doubts(w int) []*paint.Line {
	if v.counted.sel == nil {
		return nil
	}
	var out []*paint.Line
	add := func(words ...termsafe.Safe) { out = append(out, v.say(kit.Partial, w, words...)) }
	if v.err != nil {
		add(termsafe.Const("these are the counts from before: "), v.display.Said(v.err))
	}
	if n := v.counted.unread; n > 0 {
		add(termsafe.Count(int64(n), "line", "lines"), termsafe.Const(" could not be read and count as none"))
	}
	if n := len(v.counted.top); n < v.counted.len {
		add(termsafe.Const("only the "), termsafe.Int(int64(n)), termsafe.Const(" most frequent of "), termsafe.Int(int64(v.counted.len)), termsafe.Const(" values are listed and searched"))
	}
	switch {
	case v.counting.Busy():
		add(v.progress())
	case !v.loaded:
		add(termsafe.Const("the log is still being read: the counts grow"))
	}
	return out
}

// about returns the foot about a value.
func (v *Frequencies) about(c *count.Count, w int) []*paint.Line {
	disp := v.display
	words := []termsafe.Safe{termsafe.Int(int64(c.Events)), termsafe.Const(" of "), termsafe.Count(int64(v.counted.events), "event", "events")}
	if c.Failed > 0 {
		words = append(words, termsafe.Const(", "), termsafe.Int(int64(c.Failed)), termsafe.Const(" failed"))
	}
	if c.Timed {
		words = append(words, termsafe.Const(", first "), disp.Time(c.First, false), termsafe.Const(", last "), disp.Time(c.Last, false))
	} else {
		words = append(words, termsafe.Const(", no time known"))
	}
	return []*paint.Line{v.rule(w), v.say(kit.Plain, w, v.text(c, w)), v.say(kit.Muted, w, words...)}
}

// text returns a value in at most n cells. Absent and empty values look different from any text.
func (v *Frequencies) text(c *count.Count, n int) termsafe.Safe {
	switch of := &c.Values[0]; {
	case of.Absent:
		return termsafe.Concat(v.display.Glyphs.Absent, termsafe.Const(" none"))
	case of.Text.Empty():
		return termsafe.Const(`""`)
	default:
		return termsafe.Clean(v.display.Masks(v.name, of.Text.Raw()), v.display.CleanOptions(n))
	}
}

// The widths of the columns of frequencies, in cells.
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

// frequencyLayout is the widths of the columns; 0 for one that is not shown.
type frequencyLayout struct {
	width, value, bar, count, failed, time int
	seconds                                bool
}

// layout fits the columns into w cells. The bar goes first, then the times, which the foot has, too.
func (v *Frequencies) layout(w int) frequencyLayout {
	disp := v.display
	l := frequencyLayout{width: w, time: disp.TimeWidth(false), seconds: true,
		count: max(leastCount, disp.Widther.Width(termsafe.Int(int64(v.counted.events)))), failed: max(leastFailed, disp.Widther.Width(termsafe.Int(int64(v.counted.failed))))}
	rest := func() int {
		n := w - 2 - 2 - l.count - 1 - shareWidth - 1 - l.failed - 1
		if l.time > 0 {
			n -= 2 * (kit.Gap + l.time)
		}
		return n
	}
	if rest() < easyValue+leastBar && !disp.Relative {
		l.time, l.seconds = l.time-secondsWidth, false
	}
	if rest() < leastValue {
		l.time = 0
	}
	l.bar = min(mostBar, max(leastBar, rest()/4))
	if l.value = rest() - l.bar - 1; l.value < leastValue {
		l.value, l.bar = max(1, rest()), 0
	}
	return l
}

// names returns the headings of the columns, with a sign at the one that the values are sorted by.
func (v *Frequencies) names(l *frequencyLayout) *paint.Line {
	disp, line := v.display, v.display.Line()
	style := disp.Style(kit.Muted)
	line.Fill(style, min(2, l.width))
	sign := disp.Glyphs.Down
	if v.order.rising() {
		sign = disp.Glyphs.Up
	}
	name := func(c valueColumn, text termsafe.Safe) termsafe.Safe {
		if c != v.order.by {
			return text
		}
		return termsafe.Concat(text, sign)
	}
	v.cells(line, l, func(kit.Role) paint.Style { return style }, frequencyCells{name(byValue, termsafe.Const("Value")), termsafe.Safe{}, name(byCount, termsafe.Const("Count")),
		termsafe.Const("Share"), name(byFailed, termsafe.Const("Failed")), name(byFirst, termsafe.Const("First")), name(byLast, termsafe.Const("Last"))})
	return line
}

// frequencyCells are the texts of a line: value, bar, count, share, failed, first and last.
type frequencyCells [7]termsafe.Safe

// cells draws the columns of a line.
func (v *Frequencies) cells(line *paint.Line, l *frequencyLayout, style func(kit.Role) paint.Style, texts frequencyCells) {
	add := func(r kit.Role, i, width, gap int, align paint.Align) {
		if width == 0 {
			return
		}
		line.Fill(style(kit.Plain), max(0, min(gap, l.width-line.Width())))
		width = max(0, min(width, l.width-line.Width()))
		line.AddWidth(style(r), v.display.Widther.Truncate(texts[i], width), width, align)
	}
	add(kit.Plain, 0, l.value, 0, paint.Left)
	add(kit.Muted, 1, l.bar, 1, paint.Left)
	add(kit.Strong, 2, l.count, 1, paint.Right)
	add(kit.Muted, 3, shareWidth, 1, paint.Right)
	add(kit.FailedText, 4, l.failed, 1, paint.Right)
	add(kit.Muted, 5, l.time, kit.Gap, paint.Left)
	add(kit.Muted, 6, l.time, kit.Gap, paint.Left)
}

// row draws a value.
func (v *Frequencies) row(line *paint.Line, l *frequencyLayout, c *count.Count, g kit.Ground) {
	texts := frequencyCells{v.text(c, l.value), v.barOf(c, l.bar), termsafe.Int(int64(c.Events)), v.display.Own(shareOf(c.Events, v.counted.events))}
	if c.Failed > 0 {
		texts[4] = termsafe.Concat(v.display.Glyphs.Failed, termsafe.Int(int64(c.Failed)))
	}
	if c.Timed {
		texts[5], texts[6] = v.timeOf(c.First, l), v.timeOf(c.Last, l)
	}
	v.cells(line, l, func(r kit.Role) paint.Style { return v.display.Theme.Style(r, g) }, texts)
}

// timeOf returns a time as precisely as its column shows it.
func (v *Frequencies) timeOf(nanos int64, l *frequencyLayout) termsafe.Safe {
	disp := v.display
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
func (v *Frequencies) barOf(c *count.Count, cells int) termsafe.Safe {
	most := 1
	if len(v.counted.top) > 0 {
		most = max(1, v.counted.top[0].Events)
	}
	parts := make([]termsafe.Safe, min(cells, (c.Events*cells+most-1)/most))
	for i := range parts {
		parts[i] = v.display.Glyphs.Full
	}
	return termsafe.Concat(parts...)
}

// shareOf returns a share in percent. It is 100 only for all, and never 0 for some.
func shareOf(n, all int) string {
	if n >= all {
		return "100%"
	}
	tenths := (n*1000 + all/2) / all
	switch {
	case tenths == 0:
		return "<0.1%"
	case tenths >= 1000:
		return "99.9%"
	}
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}
