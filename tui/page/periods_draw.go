package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/compare"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Draw implements kit.Modal.
func (p *Periods) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	text := kit.TableText{Empty: p.nothing(), Lead: p.lead(r.W), Foot: p.caveats(r.W)}
	n, l := 0, p.layout(r.W)
	if p.current() {
		n = len(p.shown.changes)
		text.Note = p.placeWords()
	}
	if n > 0 {
		text.Names = p.columnNames(&l)
		text.Foot = append(p.aboutRow(&p.shown.changes[max(0, min(p.At, n-1))], r.W), text.Foot...)
	}
	p.Table.Draw(f, r, n, text, func(line *paint.Line, i int, g kit.Ground) { p.drawRow(line, &l, &p.shown.changes[i], g) })
	return nil
}

// current reports whether the shown counts are for the periods and the field that were asked for last, even if they are from an earlier
// moment of the log.
func (p *Periods) current() bool {
	s := &p.shown
	return s.rows != nil && s.time == p.asked.time && s.field == p.field && s.filter == p.asked.filter
}

// nothing says why no values are shown.
func (p *Periods) nothing() termsafe.Safe {
	switch {
	case p.err != nil:
		return p.Display.Said(p.err)
	case len(p.choices) == 0 && p.loaded:
		return termsafe.Const("No event of the log has a time, so there are no periods")
	case len(p.choices) == 0:
		return p.Display.Own("the log is being read …")
	case !p.current():
		return p.progressWords()
	case p.search != "":
		return termsafe.Const("No value contains this: esc shows all again")
	}
	return p.Display.Keyed("Neither period has events: {} {} moves them, {} chooses two others", kit.CmdShiftUp, kit.CmdShiftDown, kit.CmdToggle)
}

// progressWords says how far the running job is.
func (p *Periods) progressWords() termsafe.Safe {
	if !p.key.ReadsLines() || p.lines == nil || p.lines.Load() == 0 {
		return p.Display.Own("counting …")
	}
	return termsafe.Concat(p.Display.Own("counting … "), termsafe.Int(p.read.Load()), termsafe.Const(" of "),
		termsafe.Count(p.lines.Load(), "line", "lines"), termsafe.Const(" read; esc stops"))
}

// placeWords returns the place of the cursor and the number of values.
func (p *Periods) placeWords() termsafe.Safe {
	n, all := p.shown.found, termsafe.Count(int64(len(p.pairs.changes)), "value", "values")
	words := []termsafe.Safe{termsafe.Int(int64(min(p.At+1, n))), termsafe.Const(" of ")}
	if p.shown.search != "" {
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(" found in "))
	}
	words = append(words, all)
	if p.part {
		words = append(words, kit.BlankCell, kit.OverLoaded(p.shown.rows.Snapshot().Rows())[0])
	}
	return termsafe.Concat(words...)
}

// lead returns the lines below the title: which periods they are, and the fields.
func (p *Periods) lead(w int) []*paint.Line {
	if len(p.choices) == 0 {
		return nil
	}
	now, narrowing := p.periods(), p.narrowing()
	lines := []*paint.Line{p.Say(kit.Muted, w, p.choiceWords(w)), p.periodLine(termsafe.Const("before"), now.Before, 0, w), p.periodLine(termsafe.Const("after "), now.After, 1, w)}
	if !narrowing.Empty() {
		lines = append(lines, p.Say(kit.Partial, w, narrowing))
	}
	return append(lines, p.tabs(w))
}

// choiceWords says which periods were chosen, how far they were moved, and the zone. Where that is too long, only the second one is named.
func (p *Periods) choiceWords(w int) termsafe.Safe {
	c := p.choices[p.chosen]
	tail := termsafe.Concat(termsafe.Const(", "), p.Display.ZoneName())
	if p.shift != 0 {
		moved := p.Display.Own(amount.Length(time.Duration(max(p.shift, -p.shift)) * compare.Length(c.After)))
		way := termsafe.Const(" later")
		if p.shift < 0 {
			way = termsafe.Const(" earlier")
		}
		tail = termsafe.Concat(termsafe.Const(", moved "), moved, way, tail)
	}
	words := termsafe.Concat(c.words, c.first, tail)
	if p.Display.Widther.Width(words) > w-3 {
		words = termsafe.Concat(c.words, tail)
	}
	return words
}

// periodLine says what a period is and how many events it has.
func (p *Periods) periodLine(name termsafe.Safe, s clock.Span, side, w int) *paint.Line {
	disp, l := p.Display, p.Display.Line()
	exact := compare.Length(s) < 24*time.Hour
	l.Fill(disp.Style(kit.Plain), min(2, w))
	add := func(r kit.Role, part termsafe.Safe, needed bool) {
		free := max(0, w-l.Width()-1)
		if needed || disp.Widther.Width(part) <= free {
			l.Add(disp.Style(r), disp.Widther.Truncate(part, free))
		}
	}
	add(kit.Accent, name, true)
	add(kit.Plain, termsafe.Concat(gap, edgeOf(disp, s.From, exact), disp.Own(" … "), edgeOf(disp, s.To, exact)), true)
	if n := &p.pairs.sides[side]; p.pairs.rows != nil && p.pairs.time == p.asked.time && p.pairs.filter == p.asked.filter {
		add(kit.Strong, termsafe.Concat(gap, termsafe.Count(int64(n.events), "event", "events")), true)
		if n.failed > 0 {
			add(kit.Strong, termsafe.Concat(termsafe.Const(", "), termsafe.Int(int64(n.failed)), termsafe.Const(" failed")), false)
		}
	}
	add(kit.Muted, termsafe.Concat(gap, disp.Own(amount.Length(compare.Length(s)))), false)
	return l
}

// gap stands between the parts of a line.
var gap = termsafe.Repeat(" ", kit.Gap)

// edgeOf formats an end of a period, to the second if exact.
func edgeOf(disp *kit.Display, t time.Time, exact bool) termsafe.Safe {
	t = t.In(disp.Zone)
	if exact {
		return termsafe.Concat(termsafe.Time(t, "2006-01-02 15:04:05"), disp.Offset(t))
	}
	return termsafe.Concat(termsafe.Time(t, "2006-01-02 15:04"), disp.Offset(t))
}

// narrowing says whether the filter narrows both periods; empty without a filter.
func (p *Periods) narrowing() termsafe.Safe {
	for i := range p.filter.Chips {
		if !p.filter.Chips[i].Off {
			words := termsafe.Const("the filter narrows both: ")
			if p.timeless {
				words = termsafe.Const("the filter narrows both, except for its time: ")
			}
			return termsafe.Concat(words, p.Display.Quoted(p.filter.Expr.String()))
		}
	}
	return termsafe.Safe{}
}

// tabs names the fields, and how many values of the current one changed in which way.
func (p *Periods) tabs(w int) *paint.Line {
	disp, l := p.Display, p.Display.Line()
	l.Fill(disp.Style(kit.Plain), min(1, w))
	for i := range periodFields {
		name, role := termsafe.Concat(kit.BlankCell, periodFields[i].shown, kit.BlankCell), kit.Muted
		if i == p.field {
			name, role = termsafe.Concat(termsafe.Const("["), periodFields[i].shown, termsafe.Const("]")), kit.Accent
		}
		l.Add(disp.Style(role), disp.Widther.Truncate(name, max(0, w-l.Width())))
	}
	if !p.current() {
		return l
	}
	part := func(n int, word termsafe.Safe) termsafe.Safe {
		return termsafe.Concat(termsafe.Int(int64(n)), kit.BlankCell, word)
	}
	sum := p.pairs.sum
	parts := []termsafe.Safe{part(sum.New, termsafe.Const("new")), part(sum.Gone, termsafe.Const("gone")), part(sum.More, termsafe.Const("more")),
		part(sum.Fewer, termsafe.Const("fewer"))}
	for free := w - l.Width() - 1; len(parts) > 0; parts = parts[:len(parts)-2] {
		if words := termsafe.Join(termsafe.Const("  "), parts...); disp.Widther.Width(words)+kit.Gap <= free {
			l.AddWidth(disp.Style(kit.Muted), words, free, paint.Right)
			break
		}
	}
	return l
}

// caveats returns why the counts may not be what they seem.
func (p *Periods) caveats(w int) []*paint.Line {
	if len(p.choices) == 0 {
		return nil
	}
	var out []*paint.Line
	add := func(words ...termsafe.Safe) { out = append(out, p.Say(kit.Partial, w, words...)) }
	now := p.periods()
	when := func(t time.Time) string { return edgeOf(p.Display, t, false).String() }
	for _, words := range []string{now.Unequal(), now.Overlap(), compare.Beyond("before", now.Before, p.log, when), compare.Beyond("after", now.After, p.log, when)} {
		if words != "" {
			add(p.Display.Own(words))
		}
	}
	if p.current() {
		p.doubt(add)
	}
	switch {
	case p.counting.Busy() && p.current():
		add(p.progressWords())
	case !p.loaded:
		add(termsafe.Const("the log is still being read: the counts grow"))
	}
	return out
}

// doubt adds what the shown counts lack.
func (p *Periods) doubt(add func(words ...termsafe.Safe)) {
	if p.err != nil {
		add(termsafe.Const("these counts are out of date: "), p.Display.Said(p.err))
	}
	if n := p.pairs.sides[0].unread + p.pairs.sides[1].unread; n > 0 {
		add(termsafe.Count(int64(n), "line", "lines"), termsafe.Const(" could not be read and count under none"))
	}
	if n, _ := p.base.unread.Rows(); n > 0 {
		add(termsafe.Count(n, "row", "rows"), termsafe.Const(" could not be searched by the filter"))
	}
	if n := p.pairs.untimed; n > 0 {
		add(termsafe.Count(int64(n), "event has", "events have"), termsafe.Const(" no time and are in neither period"))
	}
	if n := len(p.shown.changes); n < p.shown.found {
		add(termsafe.Const("only the first "), termsafe.Int(int64(n)), termsafe.Const(" values in this order are listed"))
	}
}

// The widths of the columns, in cells.
const (
	leastNumber   = 7
	changeWord    = 4 // gone
	leastDiverged = 9
	mostDiverged  = 31
	failedWidth   = 13 // "1,234 > 1,234"
)

// periodLayout has the widths of the columns; 0 is one of a column that is not shown.
type periodLayout struct{ width, value, before, after, change, bar, word, failed int }

// layout fits the columns into w cells. The failures go first, then the bar.
func (p *Periods) layout(w int) periodLayout {
	number := func(n int) int {
		return max(leastNumber, p.Display.Widther.Width(termsafe.Int(int64(n))))
	}
	l := periodLayout{width: w, before: number(p.pairs.sides[0].events), after: number(p.pairs.sides[1].events), word: changeWord, failed: failedWidth}
	l.change = max(l.before, l.after) + 1
	rest := func() int {
		n := w - 2 - kit.Gap - l.before - 1 - l.after - 1 - l.change - kit.Gap - l.word - 1
		if l.failed > 0 {
			n -= kit.Gap + l.failed
		}
		return n
	}
	if rest() < easyValue+leastDiverged {
		l.failed = 0
	}
	l.bar = min(mostDiverged, max(leastDiverged, rest()/4)) | 1 // an axis in the middle
	if l.value = rest() - l.bar - 1; l.value < leastValue {
		l.value, l.bar = max(1, rest()), 0
	}
	l.value = min(l.value, max(leastValue, p.shown.longest))
	return l
}

// changeCells are the texts of a line: value, before, after, change, word and failures.
type changeCells [6]termsafe.Safe

// cells draws the columns of a line; bar draws the bar.
func (p *Periods) cells(line *paint.Line, l *periodLayout, style func(kit.Role) paint.Style, texts changeCells, bar func()) {
	add := func(r kit.Role, i, width, gap int, align paint.Align) {
		if width == 0 {
			return
		}
		line.Fill(style(kit.Plain), max(0, min(gap, l.width-line.Width())))
		width = max(0, min(width, l.width-line.Width()))
		line.AddWidth(style(r), p.Display.Widther.Truncate(texts[i], width), width, align)
	}
	add(kit.Plain, 0, l.value, 0, paint.Left)
	add(kit.Muted, 1, l.before, kit.Gap, paint.Right)
	add(kit.Plain, 2, l.after, 1, paint.Right)
	add(kit.Strong, 3, l.change, 1, paint.Right)
	if l.bar > 0 && l.width-line.Width() > l.bar {
		line.Fill(style(kit.Plain), 1)
		bar()
	}
	add(kit.Accent, 4, l.word, kit.Gap, paint.Left)
	add(kit.FailedText, 5, l.failed, kit.Gap, paint.Left)
}

// columnNames returns the headings of the columns, with a sign at the one that the values are sorted by.
func (p *Periods) columnNames(l *periodLayout) *paint.Line {
	disp, line := p.Display, p.Display.Line()
	style := disp.Style(kit.Muted)
	line.Fill(style, min(2, l.width))
	name := func(text termsafe.Safe, by ...compare.By) termsafe.Safe {
		for _, b := range by {
			if b == p.order.By {
				return termsafe.Concat(text, disp.Glyphs.Down)
			}
		}
		return text
	}
	p.cells(line, l, func(kit.Role) paint.Style { return style }, changeCells{name(termsafe.Const("Value"), compare.ByValue), name(termsafe.Const("Before"), compare.ByBefore),
		name(termsafe.Const("After"), compare.ByAfter), name(termsafe.Const("Change"), compare.ByDifference), name(termsafe.Const("New"), compare.ByNews),
		name(termsafe.Const("Failed"), compare.ByFailed)}, func() { line.Fill(style, l.bar) })
	return line
}

// drawRow draws a change.
func (p *Periods) drawRow(line *paint.Line, l *periodLayout, c *compare.Change, g kit.Ground) {
	disp := p.Display
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	texts := changeCells{p.valueText(c, l.value), termsafe.Int(int64(c.Before.Events)), termsafe.Int(int64(c.After.Events)), signed(c.Difference())}
	switch {
	case c.New():
		texts[4] = termsafe.Const("new")
	case c.Gone():
		texts[4] = termsafe.Const("gone")
	}
	if c.Before.Failed+c.After.Failed > 0 {
		texts[5] = p.failures(c)
	}
	p.cells(line, l, style, texts, func() { p.drawBar(line, l.bar, c.Difference(), style) })
}

// signed formats a difference with its sign.
func signed(n int) termsafe.Safe {
	if n > 0 {
		return termsafe.Concat(termsafe.Const("+"), termsafe.Int(int64(n)))
	}
	return termsafe.Int(int64(n))
}

// failures formats the failed events of both periods.
func (p *Periods) failures(c *compare.Change) termsafe.Safe {
	arrow := termsafe.Const(" → ")
	if p.Display.Widther.ASCII {
		arrow = termsafe.Const(" > ")
	}
	return termsafe.Concat(termsafe.Int(int64(c.Before.Failed)), arrow, termsafe.Int(int64(c.After.Failed)))
}

// drawBar draws a difference: to the right of an axis if it grew, to the left if it fell, at least one cell.
func (p *Periods) drawBar(line *paint.Line, cells, n int, style func(kit.Role) paint.Style) {
	half, most := cells/2, max(1, p.shown.most)
	full := (max(n, -n)*half + most - 1) / most
	part := func(r kit.Role, n int) {
		for range n {
			line.Add(style(r), p.Display.Glyphs.Full)
		}
	}
	left, right := 0, full
	if n < 0 {
		left, right = full, 0
	}
	line.Fill(style(kit.Plain), half-left)
	part(kit.Muted, left)
	line.Add(style(kit.Frame), p.Display.Glyphs.Wall)
	part(kit.Accent, right)
	line.Fill(style(kit.Plain), half-right)
}

// aboutRow returns the foot about a change.
func (p *Periods) aboutRow(c *compare.Change, w int) []*paint.Line {
	part := func(name termsafe.Safe, n compare.Number, all int) termsafe.Safe {
		words := termsafe.Concat(name, termsafe.Int(int64(n.Events)))
		if all > 0 {
			words = termsafe.Concat(words, termsafe.Const(" ("), p.Display.Own(amount.Share(n.Events, all)), termsafe.Const(")"))
		}
		return words
	}
	words := []termsafe.Safe{part(termsafe.Const("before "), c.Before, p.pairs.sides[0].events), part(termsafe.Const(", after "), c.After, p.pairs.sides[1].events)}
	if c.Before.Failed+c.After.Failed > 0 {
		words = append(words, termsafe.Const(", failed "), p.failures(c))
	}
	return []*paint.Line{p.Rule(w), p.Say(kit.Plain, w, p.valueText(c, w)), p.Say(kit.Muted, w, words...)}
}

// valueText returns the value of a change in at most n cells.
func (p *Periods) valueText(c *compare.Change, n int) termsafe.Safe {
	return valueText(p.Display, periodFields[p.shown.field].name, &c.Values[0], n)
}
