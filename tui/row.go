package tui

import (
	"time"

	"pawprint/model"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// judge returns the verdict on an event, and the marks for what the verdict does not show.
func judge(disp *display, e *model.Event) (v verdict, marks [marksWidth]bool) {
	g := disp.glyphs
	isInvalid, isSuspicious := e.Invalid(), e.Flags&model.FlagSuspicious != 0
	switch {
	case e.Reject():
		return verdict{g.reject, wordReject, reject}, [marksWidth]bool{false, isSuspicious}
	case e.Result == model.Failed:
		v = verdict{g.failed, wordFailed, failed}
	case e.Result == model.PartiallyFailed:
		v = verdict{g.partial, wordPartial, partial}
	case isInvalid:
		return verdict{g.invalid, wordInvalid, invalid}, [marksWidth]bool{false, isSuspicious}
	case isSuspicious:
		return verdict{g.suspicious, wordSuspicious, suspicious}, marks
	case e.Result == model.Succeeded:
		return verdict{g.ok, wordOK, muted}, marks
	default:
		return verdict{g.absent, wordUnknown, muted}, marks
	}
	return v, [marksWidth]bool{isInvalid, isSuspicious}
}

// rowPainter draws the rows of one frame.
type rowPainter struct {
	display *display
	list    *list
	snap    *model.Snapshot
	columns []column
	at      int // the index of the column under the cursor; -1 for none
	width   int
	line    *paint.Line
}

func newRowPainter(l *list, width int, focused bool) *rowPainter {
	p := &rowPainter{display: l.display, list: l, snap: l.sel.Snapshot(), width: width, line: l.display.line(),
		columns: l.columns.place(columnsAt(l.display, width), width), at: -1}
	if focused {
		p.at = l.columns.at
	}
	return p
}

// ground returns the background of a cell. In the row under the cursor, the cell under the column cursor is highlighted.
func (p *rowPainter) ground(number int, g ground) ground {
	if g == onCursor && number == p.at {
		return onCell
	}
	return g
}

// drawAll draws the visible rows.
func (p *rowPainter) drawAll(f *paint.Frame, r rect, focused bool) {
	l := p.list
	for y, s := range l.screenLines() {
		if y >= r.h {
			return
		}
		if !s.error.Empty() {
			e := p.snap.Event(l.at(s.place))
			f.Put(r.x, r.y+y, r.w, p.drawError(s, messageRole(&e)))
			continue
		}
		g := onScreen
		if s.place == l.cursor {
			g = onRest
			if focused {
				g = onCursor
			}
		}
		f.Put(r.x, r.y+y, r.w, p.draw(s.place, g))
	}
}

// draw returns the line of the row at a place. It is valid until the next call.
func (p *rowPainter) draw(place int, g ground) *paint.Line {
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
			p.line.Fill(p.display.theme.style(plain, g), gap)
		}
		p.cell(c, &e, facts, p.ground(c.number, g))
	}
	p.line.Fill(p.display.theme.style(plain, g), p.width-p.line.Width())
	return p.line
}

// begin draws the left part that all rows have.
func (p *rowPainter) begin(e *model.Event, place int, g ground) {
	disp, style := p.display, func(r role) paint.Style { return p.display.theme.style(r, g) }
	p.gutter(e.Row, place, g)
	precise := p.width >= preciseFrom
	timeRole, at := plain, disp.time(e.Nanos, precise)
	if e.Flags&model.FlagNoTime != 0 { // not the time of its neighbour, by which it stands here
		timeRole, at = muted, termsafe.Const("no time")
	}
	p.line.AddWidth(disp.theme.style(timeRole, p.ground(timeAt, g)), at, disp.timeWidth(precise), paint.Left)
	p.line.Fill(style(plain), gap)
	v, marks := judge(disp, e)
	result := p.ground(resultAt, g)
	p.line.AddWidth(disp.theme.style(v.role, result), v.glyph, 2, paint.Left)
	p.line.AddWidth(disp.theme.style(v.role, result), v.word, resultWidth-2, paint.Left)
	p.line.Fill(style(plain), 1)
	p.mark(marks[0], disp.glyphs.invalid, invalid, g)
	p.mark(marks[1], disp.glyphs.suspicious, suspicious, g)
	p.line.Fill(style(plain), 1)
}

// gutter draws the cursor, the sign of a mark or a hit, and the sign of a jump in time.
func (p *rowPainter) gutter(r model.Row, place int, g ground) {
	disp := p.display
	p.mark(g != onScreen, disp.glyphs.cursor, bar, g)
	switch {
	case p.list.marks.has(r):
		p.mark(true, disp.glyphs.marked, hit, g)
	default:
		p.mark(p.list.finder.has(r), disp.glyphs.found, hit, g)
	}
	sign, is := p.timeJump(r, place)
	p.mark(is, sign, muted, g)
}

// gapFrom is the shortest time without events that the gutter shows.
const gapFrom = time.Hour

// timeJump returns the sign for a gap in time, or a step back, between a row and the one above it.
func (p *rowPainter) timeJump(r model.Row, place int) (sign termsafe.Safe, is bool) {
	by := p.list.by
	if place == 0 || by.column != "" {
		return sign, false
	}
	step := time.Duration(p.snap.Nanos(r) - p.snap.Nanos(p.list.at(place-1)))
	switch {
	case by.appended && step < 0:
		return p.display.glyphs.back, true
	case step.Abs() > gapFrom:
		return p.display.glyphs.gap, true
	}
	return sign, false
}

// mark draws a sign of one cell, or an empty cell. An empty cell keeps the style before: over a slow connection each change of
// style takes longer than the cell.
func (p *rowPainter) mark(is bool, glyph termsafe.Safe, r role, g ground) {
	if !is {
		p.line.Fill(p.display.theme.style(plain, g), 1)
		return
	}
	p.line.AddWidth(p.display.theme.style(r, g), glyph, 1, paint.Left)
}

// reject draws, instead of the columns, why the line is not an event, where it is, and its start.
func (p *rowPainter) reject(e *model.Event, g ground) {
	disp := p.display
	reason := termsafe.Const("no event")
	if problems := p.snap.Problems(e.Row); len(problems) > 0 {
		reason = disp.own(problems[0].Message())
	}
	p.upTo(reason, disp.theme.style(rejectText, g))
	p.line.Fill(disp.theme.style(plain, g), min(gap, max(0, p.width-p.line.Width())))
	p.upTo(termsafe.Concat(termsafe.Const("line "), lineNumber(e.Origin)), disp.theme.style(muted, g))
	p.line.Fill(disp.theme.style(plain, g), min(gap, max(0, p.width-p.line.Width())))
	line := termsafe.Safe{}
	if f := p.list.facts.get(e.Row); f != nil {
		line = f.message.show
	}
	p.add(disp.theme.style(plain, g), g, line, max(0, p.width-p.line.Width()))
}

// add draws a text in exactly cells cells, with its matches highlighted.
func (p *rowPainter) add(style paint.Style, g ground, text termsafe.Safe, cells int) {
	if spans := p.list.finder.spans(text); len(spans) > 0 {
		p.line.AddHits(style, p.display.theme.style(found, g), text, spans, cells)
		return
	}
	p.line.AddWidth(style, text, cells, paint.Left)
}

// upTo draws a text as far as it fits into the row.
func (p *rowPainter) upTo(text termsafe.Safe, style paint.Style) {
	left := max(0, p.width-p.line.Width())
	p.line.AddWidth(style, text, min(p.display.widther.Width(text), left), paint.Left)
}

// cell draws one column of an event.
func (p *rowPainter) cell(c column, e *model.Event, f *rowFacts, g ground) {
	disp, style := p.display, func(r role) paint.Style { return p.display.theme.style(r, g) }
	switch c.kind {
	case actionColumn:
		p.text(e.Action, c.width, style(actionRole(e)), g)
	case actorColumn:
		p.actor(e, c.width, g)
	case targetColumn:
		p.add(style(plain), g, f.target.show, c.width)
	case ipColumn:
		p.add(style(muted), g, termsafe.Clean(disp.masks("sourceIP", e.IP.Raw()), disp.cleanOptions(c.width)), c.width)
	case messageColumn:
		message := f.message.show
		if message.Empty() && e.Invalid() {
			if message = f.problem; message.Empty() {
				message = p.problem(e.Row)
			}
		}
		if f.more > 0 {
			message = termsafe.Concat(termsafe.Const("("), termsafe.Int(int64(f.more+1)), termsafe.Const(") "), message)
		}
		p.add(style(messageRole(e)), g, message, c.width)
	default:
		p.pathCell(c, f, g)
	}
}

// pathCell draws the value at the path of a column.
func (p *rowPainter) pathCell(c column, f *rowFacts, g ground) {
	at, _ := f.cellAt(c.name)
	p.add(p.display.theme.style(plain, g), g, at.show, c.width)
}

// problem describes the first problem of an invalid event.
func (p *rowPainter) problem(r model.Row) termsafe.Safe {
	for _, problem := range p.snap.Problems(r) {
		if problem.Severity() != model.Error {
			continue
		}
		if field := problem.Field.String(); field != "" {
			return p.display.own(field + ": " + problem.Message())
		}
		return p.display.own(problem.Message())
	}
	return termsafe.Safe{}
}

// actionRole dims reads, as they are the bulk of every log.
func actionRole(e *model.Event) role {
	if e.Class() == model.ReadClass && !e.Result.Bad() {
		return muted
	}
	return plain
}

// text draws a value, or a sign for a missing one.
func (p *rowPainter) text(t model.Text, width int, style paint.Style, g ground) {
	if t.Empty() {
		p.line.AddWidth(p.display.theme.style(muted, g), p.display.glyphs.absent, width, paint.Left)
		return
	}
	p.add(style, g, termsafe.Clean(p.display.masks("", t.Raw()), p.display.cleanOptions(width)), width)
}

// tokenType is the type of an actor that is an API token (the schema, actor.type).
const tokenType = "TOKEN"

// actor draws the actor, with a sign after API tokens.
func (p *rowPainter) actor(e *model.Event, width int, g ground) {
	label, disp := e.Actor.Label(), p.display
	if label.Empty() || e.Actor.Type.Raw() != tokenType || width < 4 {
		p.text(label, width, disp.theme.style(plain, g), g)
		return
	}
	name := disp.widther.Truncate(termsafe.Clean(disp.masks("", label.Raw()), disp.cleanOptions(width-2)), width-2)
	p.add(disp.theme.style(plain, g), g, name, disp.widther.Width(name))
	p.line.Fill(disp.theme.style(plain, g), 1)
	p.line.AddWidth(disp.theme.style(muted, g), disp.glyphs.token, width-1-disp.widther.Width(name), paint.Left)
}
