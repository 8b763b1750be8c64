package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Draw implements kit.Modal.
func (p *Profile) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	if r.Empty() {
		return nil
	}
	if p.height != r.H-1 {
		p.height = r.H - 1
		p.rebuild()
	}
	note := p.scopeWords()
	p.Title = p.about.title(p.Display, r.W-p.Display.Widther.Width(note)-10)
	f.Put(r.X, r.Y, r.W, p.Head(note, r.W))
	p.top = max(0, min(p.top, p.at, len(p.shown)-p.height))
	p.top = max(p.top, p.at-p.height+1)
	columns := p.columns(r.W)
	for y := range p.height {
		l := p.Display.Line()
		if i := p.top + y; i < len(p.shown) {
			p.draw(l, i, columns)
			if i == p.at && p.shown[i].chosen() {
				f.Select(r.X, r.Y+1+y)
			}
		}
		f.Put(r.X, r.Y+1+y, r.W, l)
	}
	return nil
}

// scopeWords say which events are counted.
func (p *Profile) scopeWords() termsafe.Safe {
	switch {
	case p.whole && p.part > 0:
		return kit.OverLoaded(p.part)[0]
	case p.whole:
		return termsafe.Const("in the whole log")
	case p.part > 0:
		return termsafe.Concat(termsafe.Const("within the filter, "), kit.OverLoaded(p.part)[0])
	}
	return termsafe.Const("within the filter")
}

// columns returns the columns of the sections.
func (p *Profile) columns(w int) *valueColumns {
	l := &valueColumns{display: p.Display, events: p.counted.total.Events, failed: p.counted.total.Failed, most: p.counted.total.Events, short: true}
	l.fit(w)
	return l
}

// draw draws line i.
func (p *Profile) draw(line *paint.Line, i int, columns *valueColumns) {
	disp, l, g, sign := p.Display, &p.shown[i], kit.OnScreen, kit.BlankCell
	if i == p.at && l.chosen() {
		g, sign = kit.OnCursor, disp.Glyphs.Cursor
	}
	if l.kind == headLine {
		p.drawHead(line, i, columns.width)
		return
	}
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	line.AddWidth(style(kit.Bar), sign, min(2, columns.width), paint.Left)
	rest := max(0, columns.width-line.Width())
	say := func(r kit.Role, words termsafe.Safe) {
		line.AddWidth(style(r), disp.Widther.Truncate(words, rest), rest, paint.Left)
	}
	switch l.kind {
	case titleLine:
		p.drawTitle(line, l, columns)
	case valueLine:
		p.drawValue(line, l, columns, g)
	case newsLine:
		texts := valueCells{l.finding.words(disp, &p.about, rest)}
		texts[5] = columns.timeOf(l.finding.nanos)
		columns.cells(line, style, texts)
	case messageLine:
		line.Fill(style(kit.Plain), min(kit.Gap, rest))
		rest = max(0, rest-kit.Gap)
		say(kit.FailedText, valueText(disp, l.value.Name, p.messageOf(l), rest))
	case moreLine:
		say(kit.Muted, p.moreWords(l))
	case noteLine:
		say(kit.Muted, p.noteWords(l.section))
	}
	line.Fill(style(kit.Plain), max(0, columns.width-line.Width()))
}

// drawTitle draws the name of a section with the names of the columns.
func (p *Profile) drawTitle(line *paint.Line, l *pageLine, columns *valueColumns) {
	disp := p.Display
	style := func(r kit.Role) paint.Style {
		if r == kit.Plain {
			return disp.Style(kit.Accent)
		}
		return disp.Style(kit.Muted)
	}
	texts := valueCells{termsafe.Const("New in this log")}
	if p.news.background.Baseline != nil {
		texts[0] = termsafe.Const("New since the baseline")
	}
	if l.section != newsSection {
		texts[0] = disp.Own(sectionSpecs[l.section].title)
		if c, known := p.sectionOf(l.section); known {
			texts[0] = termsafe.Concat(texts[0], termsafe.Const("  "), termsafe.Int(int64(c.len)))
		}
		texts[2], texts[4] = termsafe.Const("Count"), termsafe.Const("Failed")
		texts[3] = termsafe.Const("Share")
		texts[6] = termsafe.Const("Last")
	}
	texts[5] = termsafe.Const("First")
	columns.cells(line, style, texts)
}

// drawValue draws a value with its counts. Of a failure it is the action, as the message has a line of its own.
func (p *Profile) drawValue(line *paint.Line, l *pageLine, columns *valueColumns, g kit.Ground) {
	c := l.count
	if l.action.Name == "" {
		columns.row(line, l.value.Name, &c, g)
		return
	}
	columns.row(line, l.action.Name, &c, g)
}

// messageOf returns the message of a failure, or its form if there are several.
func (p *Profile) messageOf(l *pageLine) *count.Value {
	if members := p.lines.members[l.value.Text.Raw()]; len(members) == 1 && !l.value.Absent {
		return &count.Value{Text: members[0]}
	}
	return &l.count.Values[1]
}

// moreWords say what a section does not show.
func (p *Profile) moreWords(l *pageLine) termsafe.Safe {
	disp, n := p.Display, &p.news
	if l.section != newsSection {
		return termsafe.Concat(disp.Own("… "), termsafe.Int(int64(l.more)), termsafe.Const(" more: enter shows all"))
	}
	var words []termsafe.Safe
	if l.more > 0 {
		words = append(words, termsafe.Concat(disp.Own("… "), termsafe.Int(int64(l.more)), termsafe.Const(" more")))
	}
	switch days := termsafe.Concat(termsafe.Const("the log's first "), termsafe.Int(model.NewDays), termsafe.Const(" days")); {
	case n.settled == 0 && n.warmUp > 0:
		words = append(words, termsafe.Concat(termsafe.Const("all in "), days, termsafe.Const(", when nearly everything is new")))
	case n.warmUp == l.more && l.more > 0:
		words = append(words, termsafe.Concat(termsafe.Const("in "), days, termsafe.Const(", when nearly everything is new")))
	case n.warmUp > 0:
		words = append(words, termsafe.Concat(termsafe.Int(int64(n.warmUp)), termsafe.Const(" in "), days))
	}
	if n.background.Cut != 0 && n.background.Baseline == nil {
		words = append(words, termsafe.Concat(termsafe.Const("events before "), disp.Time(n.background.Cut, false), termsafe.Const(" were not read")))
	}
	return termsafe.Join(termsafe.Const(", "), words...)
}

// noteWords say why a section has no values.
func (p *Profile) noteWords(section int) termsafe.Safe {
	disp := p.Display
	if section == newsSection {
		switch {
		case !p.loaded:
			return termsafe.Const("known when the whole log is read")
		case p.news.sel == nil:
			return disp.Own("looking for what is new …")
		}
		return termsafe.Const("nothing: all its addresses and actions were seen before")
	}
	if _, known := p.sectionOf(section); known {
		return termsafe.Const("none")
	}
	if p.linesRead == nil || p.counted.sel == nil {
		return disp.Own("counting …")
	}
	return termsafe.Concat(disp.Own("counting … "), termsafe.Int(p.linesRead.Load()), termsafe.Const(" lines read"))
}

// The head has the facts at the left and the days and hours at the right, where there is room for both.
const (
	leastFacts = 40
	wideHour   = 2 // cells for an hour on a wide screen
)

// drawHead draws line i of the head.
func (p *Profile) drawHead(line *paint.Line, i, w int) {
	disp, cells := p.Display, 1
	if w-hoursWidth(wideHour)-2*kit.Gap >= 2*leastFacts {
		cells = wideHour
	}
	strip := hoursWidth(cells) + kit.Gap
	if w-strip < leastFacts {
		strip = 0
	}
	line.Fill(disp.Style(kit.Plain), min(2, w))
	room := max(0, w-strip-line.Width()-kit.Gap)
	role, words := p.fact(i)
	line.AddWidth(disp.Style(role), disp.Widther.Truncate(words, room), room, paint.Left)
	line.Fill(disp.Style(kit.Plain), max(0, w-strip-line.Width()))
	if strip > 0 {
		p.counted.hours.draw(disp, line, i, cells)
	}
	line.Fill(disp.Style(kit.Plain), max(0, w-line.Width()))
}

// fact returns fact i about the topic.
func (p *Profile) fact(i int) (kit.Role, termsafe.Safe) {
	facts := p.facts()
	if i >= len(facts) {
		return kit.Plain, termsafe.Safe{}
	}
	return facts[i].role, facts[i].words
}

// fact is a line about the topic.
type fact struct {
	role  kit.Role
	words termsafe.Safe
}

// facts say who the topic is, how often and when it was seen, and what is not known yet.
func (p *Profile) facts() (out []fact) {
	disp, total := p.Display, &p.counted.total
	add := func(r kit.Role, words ...termsafe.Safe) { out = append(out, fact{r, termsafe.Concat(words...)}) }
	if p.about.kind == anActor {
		for i, word := range []termsafe.Safe{termsafe.Const("name   "), termsafe.Const("email  "), termsafe.Const("id     ")} {
			p.identity(&p.counted.names[i], word, add)
		}
	}
	switch {
	case p.counted.sel == nil:
		add(kit.Muted, p.progress())
	case total.Events == 0:
		add(kit.Muted, p.nothing())
	default:
		words := []termsafe.Safe{termsafe.Count(int64(total.Events), "event", "events")}
		if total.Failed > 0 {
			words = append(words, termsafe.Const(", "), termsafe.Int(int64(total.Failed)), termsafe.Const(" failed"))
		}
		add(kit.Strong, words...)
	}
	if total.Timed {
		add(kit.Plain, termsafe.Const("first  "), disp.ExactTime(time.Unix(0, total.First)))
		add(kit.Plain, termsafe.Const("last   "), disp.ExactTime(time.Unix(0, total.Last)))
		day, hour, n := p.counted.hours.busiest()
		add(kit.Muted, termsafe.Const("most   "), dayNames[day], termsafe.Const(" "), clockHour(hour), termsafe.Const(" "), disp.ZoneNameAt(time.Unix(0, total.Last)),
			termsafe.Const(": "), termsafe.Count(int64(n), "event", "events"))
	}
	if words := p.doubt(); !words.Empty() {
		add(kit.Partial, words)
	}
	return out
}

// identity adds a part of an actor's identity.
func (p *Profile) identity(c *sectionCounts, word termsafe.Safe, add func(kit.Role, ...termsafe.Safe)) {
	var first *termsafe.Safe
	others := 0
	for i := range c.top {
		switch of := &c.top[i].Values[0]; {
		case of.Absent || of.Text.Empty():
		case first == nil:
			text := termsafe.Clean(p.Display.Masks("", of.Text.Raw()), p.Display.CleanOptions(kit.QuotedCells))
			first = &text
		default:
			others++
		}
	}
	others += c.len - len(c.top)
	switch {
	case first == nil:
	case others > 0:
		add(kit.Suspicious, word, *first, termsafe.Const(" and "), termsafe.Int(int64(others)), termsafe.Const(" more"))
	default:
		add(kit.Plain, word, *first)
	}
}

// clockHour names an hour of the day.
func clockHour(hour int) termsafe.Safe {
	return termsafe.Time(time.Date(2000, 1, 1, hour, 0, 0, 0, time.UTC), "15:04")
}

// progress returns how far the search for the events is.
func (p *Profile) progress() termsafe.Safe {
	if p.seen == nil {
		return p.Display.Own("counting …")
	}
	return termsafe.Concat(p.Display.Own("counting … "), termsafe.Int(p.seen.Load()), termsafe.Const(" rows searched"))
}

// nothing says that there are no events.
func (p *Profile) nothing() termsafe.Safe {
	if p.whole {
		return termsafe.Const("no events in the log")
	}
	return p.Display.Keyed("no events within the filter: {} counts the whole log", kit.CmdInContext)
}

// doubt returns why the counts are not those of all events, empty if they are.
func (p *Profile) doubt() termsafe.Safe {
	unread, _ := p.unread.Rows()
	for _, c := range p.lines.sections {
		unread = max(unread, int64(c.unread))
	}
	switch {
	case p.err != nil:
		return p.Display.Said(p.err)
	case unread > 0:
		return termsafe.Concat(termsafe.Count(unread, "line", "lines"), termsafe.Const(" could not be read"))
	case !p.loaded:
		return termsafe.Const("the log is still being read: the counts grow")
	}
	return termsafe.Safe{}
}
