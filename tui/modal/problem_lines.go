package modal

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// problemLines lists the lines of one group of problems, in the order of their times.
type problemLines struct {
	kit.Table
	group count.ProblemGroup
	sel   *model.Selection // nil before the first answer
}

func newProblemLines(disp *kit.Display, g count.ProblemGroup) *problemLines {
	title := termsafe.Concat(termsafe.Const("Problems: "), problemField(disp, &g), termsafe.Const(": "), disp.Own(g.Code.String()))
	return &problemLines{Table: kit.Table{Display: disp, Title: title}, group: g}
}

func (p *problemLines) len() int {
	if p.sel == nil {
		return 0
	}
	return p.sel.Len()
}

// row returns the row under the cursor.
func (p *problemLines) row() (model.Row, bool) {
	if p.At >= p.len() {
		return 0, false
	}
	return p.sel.At(p.At), true
}

// problemLinesFound brings the lines of a group.
type problemLinesFound struct {
	kit.Job
	sel *model.Selection
	err error
}

// behind reports whether the log may have more lines of the group than were found.
func (p *problemLines) behind(snap *model.Snapshot) bool {
	return p.sel == nil || p.sel.Snapshot().Revision() < snap.Revision()
}

// find finds the lines of the group.
func (p *problemLines) find(ctx context.Context, v *ProblemView, snap model.Snapshot) tea.Cmd {
	ctx, job := v.Slot.Start(ctx, v)
	matcher, before := p.group.Matcher(), p.sel
	return kit.Safely(func() tea.Msg {
		sel, err := model.Select(ctx, snap, matcher, before)
		return problemLinesFound{job, sel, err}
	})
}

// took shows the found lines, unless another group was opened meanwhile. The cursor stays on its line.
func (p *problemLines) took(m problemLinesFound) {
	if m.sel.Matcher() != p.group.Matcher() {
		return
	}
	row, ok := p.row()
	if p.sel = m.sel; ok {
		p.At = p.sel.Place(row)
	}
}

func (p *problemLines) draw(f *paint.Frame, r kit.Rect, err error) {
	text := kit.TableText{Note: termsafe.Count(int64(p.len()), "line", "lines"), Empty: p.Display.Own("looking for the lines …")}
	if err != nil {
		text.Empty = p.Display.Said(err)
	}
	if row, ok := p.row(); ok {
		text.Foot = p.foot(row, r.W)
	}
	p.Table.Draw(f, r, p.len(), text, func(l *paint.Line, i int, g kit.Ground) { p.line(l, p.sel.At(i), g, r.W) })
}

// The widths of the columns of lines, in cells.
const (
	lineNumberWidth = 10
	lineSourceWidth = 24
	lineSourceFrom  = 100 // width from which the source is shown
)

// line draws a line: its place, its event and its problem.
func (p *problemLines) line(l *paint.Line, r model.Row, g kit.Ground, w int) {
	disp, snap := p.Display, p.sel.Snapshot()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	add := func(r kit.Role, text termsafe.Safe, width int, align paint.Align) {
		width = max(0, min(width, w-l.Width()))
		l.AddWidth(style(r), disp.Widther.Truncate(text, width), width, align)
		l.Fill(style(kit.Plain), min(kit.Gap, w-l.Width()))
	}
	e := snap.Event(r)
	if w >= lineSourceFrom {
		add(kit.Muted, sourceName(disp, &snap.Sources()[e.Origin.Source], lineSourceWidth), lineSourceWidth, paint.Left)
	}
	number := termsafe.Concat(termsafe.Const("byte "), termsafe.Int(e.Origin.Offset))
	if e.Origin.Line > 0 {
		number = termsafe.Int(e.Origin.Line)
	}
	add(kit.Strong, number, lineNumberWidth, paint.Right)
	if !p.group.Code.Reject() { // a reject has neither a time nor an action
		add(kit.Muted, rowTime(disp, snap, r), disp.TimeWidth(false), paint.Left)
		action := termsafe.Clean(disp.Masks("actionName", e.Action.Raw()), disp.CleanOptions(w))
		add(kit.Plain, action, min(32, max(8, (w-l.Width())/2)), paint.Left)
	}
	add(kit.Plain, p.message(snap, r), w-l.Width()-1, paint.Left)
}

// message returns the problem of a line that belongs to this group.
func (p *problemLines) message(snap *model.Snapshot, r model.Row) termsafe.Safe {
	problem, ok := p.problem(snap, r)
	if !ok || problem.Detail == "" {
		return p.Display.Own(p.group.Code.String())
	}
	return p.Display.Own(problem.Detail)
}

// problem returns the first problem of the group in a line.
func (p *problemLines) problem(snap *model.Snapshot, r model.Row) (model.Problem, bool) {
	for _, q := range snap.Problems(r) {
		if q.Code == p.group.Code && q.Field == p.group.Field && q.Key == p.group.Key {
			return q, true
		}
	}
	return model.Problem{}, false
}

// foot returns more about the line under the cursor.
func (p *problemLines) foot(r model.Row, w int) []*paint.Line {
	disp, snap := p.Display, p.sel.Snapshot()
	lines := []*paint.Line{p.Rule(w)}
	if q, ok := p.problem(snap, r); ok {
		lines = append(lines, p.Say(kit.Plain, w, disp.Own(q.Message()), termsafe.Const(", at byte "), termsafe.Int(q.Offset)))
	}
	source := sourceName(disp, &snap.Sources()[snap.Origin(r).Source], w)
	lines = append(lines, p.Say(kit.Muted, w, rowPlace(disp, snap, r), termsafe.Const(" of "), source))
	return append(lines, p.Keys(w,
		termsafe.Const("enter"), termsafe.Const("goes to the line"),
		disp.Key(kit.CmdProblems), termsafe.Const("comes back here"),
		termsafe.Const("esc"), termsafe.Const("to the groups")))
}
