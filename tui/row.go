package tui

import (
	"pawprint/model"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// verdict is the most important thing about a row, as the column of results shows it: a glyph, a word and a colour.
type verdict struct {
	glyph termsafe.Safe
	word  termsafe.Safe
	role  role
}

// The words of the column of results, at most seven cells.
var (
	wordOK         = termsafe.Const("ok")
	wordFailed     = termsafe.Const("FAILED")
	wordPartial    = termsafe.Const("PARTIAL")
	wordInvalid    = termsafe.Const("INVALID")
	wordReject     = termsafe.Const("REJECT")
	wordSuspicious = termsafe.Const("SUSPECT")
	wordUnknown    = termsafe.Const("unknown")
)

// judge tells the verdict on an event, and the marks for what the verdict does not say.
func (k *look) judge(e *model.Event) (v verdict, marks [marksWidth]bool) {
	g := k.glyphs
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
	look    *look
	snap    *model.Snapshot
	facts   *factCache
	columns []column
	width   int
	line    *paint.Line
}

func (l *list) painter(width int) *rowPainter {
	return &rowPainter{look: l.look, snap: l.sel.Snapshot(), facts: &l.facts, width: width, line: l.look.line(),
		columns: fitColumns(l.look.columnsAt(width), width, columnID(l.column))}
}

// draw gives the line of a row; it is good until the next call.
func (p *rowPainter) draw(r model.Row, g ground) *paint.Line {
	e := p.snap.Event(r)
	p.line.Reset()
	p.begin(&e, g)
	if e.Reject() {
		p.reject(&e, g)
		return p.line
	}
	facts := p.facts.get(r)
	if facts == nil {
		facts = &rowFacts{}
	}
	for i, c := range p.columns {
		if i > 0 {
			p.line.Fill(p.look.theme.style(plain, g), gap)
		}
		p.cell(c, &e, facts, g)
	}
	p.line.Fill(p.look.theme.style(plain, g), p.width-p.line.Width())
	return p.line
}

// begin draws what stands at the left of every row.
func (p *rowPainter) begin(e *model.Event, g ground) {
	k, style := p.look, func(r role) paint.Style { return p.look.theme.style(r, g) }
	cursor := termsafe.Repeat(" ", 1)
	if g != onScreen {
		cursor = k.glyphs.cursor
	}
	p.line.AddWidth(style(bar), cursor, gutterWidth, paint.Left)
	precise := p.width >= preciseFrom
	timeRole := plain
	if e.Flags&model.FlagNoTime != 0 {
		timeRole = muted
	}
	p.line.AddWidth(style(timeRole), k.time(e.Nanos, precise), k.timeWidth(precise), paint.Left)
	p.line.Fill(style(plain), gap)
	v, marks := k.judge(e)
	p.line.AddWidth(style(v.role), v.glyph, 2, paint.Left)
	p.line.AddWidth(style(v.role), v.word, resultWidth-2, paint.Left)
	p.line.Fill(style(plain), 1)
	p.mark(marks[0], k.glyphs.invalid, style(invalid))
	p.mark(marks[1], k.glyphs.suspicious, style(suspicious))
	p.line.Fill(style(plain), 1)
}

func (p *rowPainter) mark(is bool, glyph termsafe.Safe, style paint.Style) {
	if !is {
		glyph = termsafe.Repeat(" ", 1)
	}
	p.line.AddWidth(style, glyph, 1, paint.Left)
}

// reject draws, instead of the columns, why the line is no event, where it stands, and how it begins.
func (p *rowPainter) reject(e *model.Event, g ground) {
	k := p.look
	reason := termsafe.Const("no event")
	if problems := p.snap.Problems(e.Row); len(problems) > 0 {
		reason = k.own(problems[0].Message())
	}
	p.upTo(reason, k.theme.style(rejectText, g))
	p.line.Fill(k.theme.style(plain, g), min(gap, max(0, p.width-p.line.Width())))
	p.upTo(termsafe.Concat(termsafe.Const("line "), lineNumber(e.Origin)), k.theme.style(muted, g))
	p.line.Fill(k.theme.style(plain, g), min(gap, max(0, p.width-p.line.Width())))
	line := termsafe.Safe{}
	if f := p.facts.get(e.Row); f != nil {
		line = f.message
	}
	p.line.AddWidth(k.theme.style(plain, g), line, max(0, p.width-p.line.Width()), paint.Left)
}

// upTo draws a text as far as the row has room.
func (p *rowPainter) upTo(text termsafe.Safe, style paint.Style) {
	left := max(0, p.width-p.line.Width())
	p.line.AddWidth(style, text, min(p.look.widther.Width(text), left), paint.Left)
}

// cell draws one column of an event.
func (p *rowPainter) cell(c column, e *model.Event, f *rowFacts, g ground) {
	k, style := p.look, func(r role) paint.Style { return p.look.theme.style(r, g) }
	switch c.id {
	case actionColumn:
		p.text(e.Action, c.width, style(actionRole(e)), g)
	case actorColumn:
		p.actor(e, c.width, g)
	case targetColumn:
		p.line.AddWidth(style(plain), f.target, c.width, paint.Left)
	case ipColumn:
		p.line.AddWidth(style(muted), termsafe.Clean(e.IP.Raw(), k.cell(c.width)), c.width, paint.Left)
	case messageColumn:
		message := f.message
		if message.Empty() && e.Invalid() {
			message = p.problem(e.Row)
		}
		if f.more > 0 {
			message = termsafe.Concat(termsafe.Const("("), termsafe.Int(int64(f.more+1)), termsafe.Const(") "), message)
		}
		p.line.AddWidth(style(messageRole(e)), message, c.width, paint.Left)
	}
}

// problem says what the first error of an invalid event is.
func (p *rowPainter) problem(r model.Row) termsafe.Safe {
	for _, problem := range p.snap.Problems(r) {
		if problem.Severity() != model.Error {
			continue
		}
		if field := problem.Field.String(); field != "" {
			return p.look.own(field + ": " + problem.Message())
		}
		return p.look.own(problem.Message())
	}
	return termsafe.Safe{}
}

// actionRole dims the reads: they are the bulk of every log.
func actionRole(e *model.Event) role {
	if e.Class() == model.ReadClass && !e.Result.Bad() {
		return muted
	}
	return plain
}

func messageRole(e *model.Event) role {
	switch e.Result {
	case model.Failed:
		return failedText
	case model.PartiallyFailed:
		return partialText
	}
	return muted
}

// text draws a value, or a sign that there is none.
func (p *rowPainter) text(t model.Text, width int, style paint.Style, g ground) {
	if t.Empty() {
		p.line.AddWidth(p.look.theme.style(muted, g), p.look.glyphs.absent, width, paint.Left)
		return
	}
	p.line.AddWidth(style, termsafe.Clean(t.Raw(), p.look.cell(width)), width, paint.Left)
}

// actor draws who it was, with a sign behind API tokens.
func (p *rowPainter) actor(e *model.Event, width int, g ground) {
	label, k := e.Actor.Label(), p.look
	if label.Empty() || e.Actor.Type.Raw() != "TOKEN" || width < 4 {
		p.text(label, width, k.theme.style(plain, g), g)
		return
	}
	name := k.widther.Truncate(termsafe.Clean(label.Raw(), k.cell(width-2)), width-2)
	p.line.Add(k.theme.style(plain, g), name)
	p.line.Fill(k.theme.style(plain, g), 1)
	p.line.AddWidth(k.theme.style(muted, g), k.glyphs.token, width-1-k.widther.Width(name), paint.Left)
}
