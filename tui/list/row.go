package list

import (
	"time"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// judge returns the verdict on an event, and the marks for what the verdict does not show.
func judge(disp *kit.Display, e *model.Event) (v kit.Verdict, marks [marksWidth]bool) {
	g := disp.Glyphs
	isInvalid, isSuspicious := e.Invalid(), e.Flags&model.FlagSuspicious != 0
	switch {
	case e.Reject():
		return kit.Verdict{Glyph: g.Reject, Word: kit.WordReject, Role: kit.Reject}, [marksWidth]bool{false, isSuspicious}
	case e.Result == model.Failed:
		v = kit.Verdict{Glyph: g.Failed, Word: kit.WordFailed, Role: kit.Failed}
	case e.Result == model.PartiallyFailed:
		v = kit.Verdict{Glyph: g.Partial, Word: kit.WordPartial, Role: kit.Partial}
	case isInvalid:
		return kit.Verdict{Glyph: g.Invalid, Word: kit.WordInvalid, Role: kit.Invalid}, [marksWidth]bool{false, isSuspicious}
	case isSuspicious:
		return kit.Verdict{Glyph: g.Suspicious, Word: kit.WordSuspicious, Role: kit.Suspicious}, marks
	case e.Result == model.Succeeded:
		return kit.Verdict{Glyph: g.Ok, Word: kit.WordOK, Role: kit.Muted}, marks
	default:
		return kit.Verdict{Glyph: g.Absent, Word: kit.WordUnknown, Role: kit.Muted}, marks
	}
	return v, [marksWidth]bool{isInvalid, isSuspicious}
}

// rowPainter draws the rows of one frame.
type rowPainter struct {
	display *kit.Display
	list    *List
	snap    *model.Snapshot
	rowLayout
	copies *model.Copies // nil if they are not known
	at     int           // the index of the column under the cursor; -1 for none
	width  int
	line   *paint.Line
}

func newRowPainter(l *List, width int, focused bool) *rowPainter {
	p := &rowPainter{display: l.display, list: l, snap: l.Sel.Snapshot(), width: width, line: l.display.Line(), rowLayout: l.layout(), at: -1}
	if focused {
		p.at = l.Columns.at
	}
	p.copies = p.snap.KnownCopies()
	return p
}

// ground returns the background of a cell. In the row under the cursor, the cell under the column cursor is highlighted.
func (p *rowPainter) ground(number int, g kit.Ground) kit.Ground {
	if g == kit.OnCursor && number == p.at {
		return kit.OnCell
	}
	return g
}

// drawAll draws the visible rows.
func (p *rowPainter) drawAll(f *paint.Frame, r kit.Rect, focused bool) {
	l := p.list
	w := window{l, p.rowLayout}
	for y, s := range w.lines() {
		if y == 0 {
			l.top = s.place
		}
		if y >= r.H {
			return
		}
		if s.rule {
			f.Put(r.X, r.Y+y, r.W, p.drawRule(w.day(s.place)))
			continue
		}
		if !s.error.Empty() {
			e := p.snap.Event(l.at(s.place))
			f.Put(r.X, r.Y+y, r.W, p.drawError(s, kit.MessageRole(&e)))
			continue
		}
		g := kit.OnScreen
		if focused && s.place == l.cursor {
			g = kit.OnCursor
			if s.part == 0 {
				f.Select(r.X, r.Y+y)
			}
		}
		if s.part > 0 {
			f.Put(r.X, r.Y+y, r.W, p.drawPart(s, g))
			continue
		}
		f.Put(r.X, r.Y+y, r.W, p.draw(s.place, g))
	}
}

// draw returns the line of the row at a place. It is valid until the next call.
func (p *rowPainter) draw(place int, g kit.Ground) *paint.Line {
	r := p.list.at(place)
	e := p.snap.Event(r)
	p.line.Reset()
	p.begin(&e, place, g)
	if e.Reject() {
		p.reject(&e, g)
		return p.line
	}
	facts := p.list.facts.get(r)
	if facts == nil {
		facts = &rowFacts{}
	}
	for i, c := range p.columns {
		if i > 0 {
			p.line.Fill(p.display.Theme.Style(kit.Plain, g), kit.Gap)
		}
		p.cell(c, &e, facts, p.ground(c.number, g))
	}
	p.line.Fill(p.display.Theme.Style(kit.Plain, g), p.width-p.line.Width())
	return p.line
}

// begin draws the left part that all rows have.
func (p *rowPainter) begin(e *model.Event, place int, g kit.Ground) {
	disp, style := p.display, func(r kit.Role) paint.Style { return p.display.Theme.Style(r, g) }
	p.gutter(e.Row, place, g)
	timeRole, at := kit.Plain, p.clock(e.Nanos, place)
	if e.Flags&model.FlagNoTime != 0 { // not the neighbour's time, by which it is sorted
		timeRole, at = kit.Muted, termsafe.Const("no time")
	}
	p.line.AddWidth(disp.Theme.Style(timeRole, p.ground(timeAt, g)), at, p.time, paint.Left)
	p.line.Fill(style(kit.Plain), kit.Gap)
	v, marks := judge(disp, e)
	result := p.ground(resultAt, g)
	p.line.AddWidth(disp.Theme.Style(v.Role, result), v.Glyph, signWidth, paint.Left)
	if p.word {
		p.line.AddWidth(disp.Theme.Style(v.Role, result), v.Word, p.result-signWidth, paint.Left)
	}
	p.marks(e.Row, place, marks, g)
}

// clock returns the time of a row, without the date if a rule above has that, or the time since another event.
func (p *rowPainter) clock(nanos int64, place int) termsafe.Safe {
	if p.ruled {
		return p.display.Clock(nanos)
	}
	if p.list.since() {
		from, ok := p.list.origin(place)
		if !ok {
			return p.display.Clock(nanos)
		}
		return kit.Since(time.Duration(nanos - from))
	}
	return p.display.Time(nanos, p.precise)
}

// marks draws the signs between the result and the columns: first what is wrong with the event besides, then that it is there again.
func (p *rowPainter) marks(r model.Row, place int, marks [marksWidth]bool, g kit.Ground) {
	disp, style := p.display, p.display.Theme.Style(kit.Plain, g)
	again := p.again(r, place)
	if marks == [marksWidth]bool{} && !again.Empty() {
		p.line.Fill(style, 1)
		p.line.AddWidth(disp.Theme.Style(kit.Muted, g), again, marksWidth, paint.Left)
		p.line.Fill(style, 1)
		return
	}
	p.mark(!again.Empty(), disp.Glyphs.Again, kit.Muted, g)
	p.mark(marks[0], disp.Glyphs.Invalid, kit.Invalid, g)
	p.mark(marks[1], disp.Glyphs.Suspicious, kit.Suspicious, g)
	p.line.Fill(style, 1)
}

// gutter draws the cursor, the sign of a mark or a hit, and the sign of a jump in time.
func (p *rowPainter) gutter(r model.Row, place int, g kit.Ground) {
	disp := p.display
	p.mark(place == p.list.cursor, disp.Glyphs.Cursor, kit.Bar, g)
	switch {
	case p.list.Marks.has(r):
		p.mark(true, disp.Glyphs.Marked, kit.Hit, g)
	default:
		p.mark(p.list.finder.has(r), disp.Glyphs.Found, kit.Hit, g)
	}
	sign, is := p.timeJump(r, place)
	p.mark(is, sign, kit.Muted, g)
}

// gapFrom is the shortest time without events that the gutter shows.
const gapFrom = time.Hour

// timeJump returns the sign for a gap in time, or a step back, between a row and the one above it.
func (p *rowPainter) timeJump(r model.Row, place int) (sign termsafe.Safe, is bool) {
	by := p.list.By
	if place == 0 || by.Column != "" {
		return sign, false
	}
	step := time.Duration(p.snap.Nanos(r) - p.snap.Nanos(p.list.at(place-1)))
	switch {
	case by.Appended && step < 0:
		return p.display.Glyphs.Back, true
	case step.Abs() > gapFrom:
		return p.display.Glyphs.Gap, true
	}
	return sign, false
}

// mark draws a sign of one cell, or an empty cell. An empty cell keeps the style before: over a slow connection each change of
// style takes longer than the cell.
func (p *rowPainter) mark(is bool, glyph termsafe.Safe, r kit.Role, g kit.Ground) {
	if !is {
		p.line.Fill(p.display.Theme.Style(kit.Plain, g), 1)
		return
	}
	p.line.AddWidth(p.display.Theme.Style(r, g), glyph, 1, paint.Left)
}

// add draws a text in exactly cells cells, with its matches highlighted.
func (p *rowPainter) add(style paint.Style, g kit.Ground, text termsafe.Safe, cells int) {
	if spans := p.list.finder.spans(text); len(spans) > 0 {
		p.line.AddHits(style, p.display.Theme.Style(kit.Found, g), text, spans, cells)
		return
	}
	p.line.AddWidth(style, text, cells, paint.Left)
}

// cell draws one column of an event.
func (p *rowPainter) cell(c column, e *model.Event, f *rowFacts, g kit.Ground) {
	disp, style := p.display, func(r kit.Role) paint.Style { return p.display.Theme.Style(r, g) }
	switch c.kind {
	case actionColumn:
		p.text(e.Action, c.width, style(actionRole(e)), g)
	case actorColumn:
		p.actor(e, c.width, g)
	case ipColumn:
		p.add(style(kit.Muted), g, termsafe.Clean(disp.Masks("sourceIP", e.IP.Raw()), disp.CleanOptions(c.width)), c.width)
	case seenColumn:
		seen, role := p.snap.KnownFirsts().Seen(e), kit.Plain
		if seen == model.SeenBefore {
			role = kit.Muted
		}
		p.add(style(role), g, seenWords(seen), c.width)
	default:
		p.textCell(&c, e, f, 0, g)
	}
}

// problem describes the first problem of an invalid event.
func (l *List) problem(r model.Row) termsafe.Safe {
	for _, problem := range l.Sel.Snapshot().Problems(r) {
		if problem.Severity() != model.Error {
			continue
		}
		if field := problem.Field.String(); field != "" {
			return l.display.Own(field + ": " + problem.Message())
		}
		return l.display.Own(problem.Message())
	}
	return termsafe.Safe{}
}

// actionRole dims reads, as they are the bulk of every log.
func actionRole(e *model.Event) kit.Role {
	if e.Class() == model.ReadClass && !e.Result.Bad() {
		return kit.Muted
	}
	return kit.Plain
}

// text draws a value, or a sign for a missing one.
func (p *rowPainter) text(t model.Text, width int, style paint.Style, g kit.Ground) {
	if t.Empty() {
		p.line.AddWidth(p.display.Theme.Style(kit.Muted, g), p.display.Glyphs.Absent, width, paint.Left)
		return
	}
	p.add(style, g, termsafe.Clean(p.display.Masks("", t.Raw()), p.display.CleanOptions(width)), width)
}

// tokenType is the type of an actor that is an API token (the schema, actor.type).
const tokenType = "TOKEN"

// actor draws the actor, with a sign after API tokens.
func (p *rowPainter) actor(e *model.Event, width int, g kit.Ground) {
	label, disp := e.Actor.Label(), p.display
	if label.Empty() || e.Actor.Type.Raw() != tokenType || width < 4 {
		p.text(label, width, disp.Theme.Style(kit.Plain, g), g)
		return
	}
	name := disp.Widther.Truncate(termsafe.Clean(disp.Masks("", label.Raw()), disp.CleanOptions(width-2)), width-2)
	p.add(disp.Theme.Style(kit.Plain, g), g, name, disp.Widther.Width(name))
	p.line.Fill(disp.Theme.Style(kit.Plain, g), 1)
	p.line.AddWidth(disp.Theme.Style(kit.Muted, g), disp.Glyphs.Token, width-1-disp.Widther.Width(name), paint.Left)
}
