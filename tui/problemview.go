package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/model/tally"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// problemView lists the problems of the log's lines in groups: how often, since when and in which sources; and the lines of a
// group. It covers the whole log, whatever the filter, and keeps counting while the log grows.
type problemView struct {
	table
	slot
	snap    model.Snapshot // of the whole log
	counts  *count.ProblemCounts
	groups  []count.ProblemGroup
	counted *model.Selection // the rows counted in groups; nil before the first count
	inside  *problemLines    // the group that is open, nil for none
	err     error
}

// mostGroups limits the number of groups, as a log may have any number of unknown keys.
const mostGroups = 1000

func newProblemView(disp *display) *problemView {
	return &problemView{table: table{display: disp, title: termsafe.Const("Problems")}}
}

// open opens the problems as they were when they were closed. It tries again to count them if that went wrong.
func (v *problemView) open() wish {
	v.err = nil
	return wish{modal: v}
}

func (v *problemView) scope() scope { return inMenu }

func (v *problemView) press(c command, _ string) (wish, bool) {
	switch c {
	case cmdHelp, cmdSources:
		return wish{do: c}, c == cmdSources
	case cmdProblems:
		return wish{}, true
	case cmdFilterFor:
		if g, ok := v.group(); ok {
			return wish{with: query.Is("problem", model.Reason(g.Code, g.Field, g.Key.Raw()))}, true
		}
		return wish{}, false
	}
	if v.inside != nil {
		return v.pressInside(c)
	}
	switch {
	case c == cmdBack:
		return wish{}, true
	case c == cmdEnter && len(v.groups) > 0:
		v.inside = newProblemLines(v.display, v.groups[v.at])
	default:
		v.move(c, len(v.groups))
	}
	return wish{}, false
}

// group returns the group that is open or under the cursor; ok is false if there is none.
func (v *problemView) group() (g count.ProblemGroup, ok bool) {
	switch {
	case v.inside != nil:
		return v.inside.group, true
	case v.at < len(v.groups):
		return v.groups[v.at], true
	}
	return g, false
}

// pressInside handles a command in the lines of a group.
func (v *problemView) pressInside(c command) (wish, bool) {
	in := v.inside
	switch c {
	case cmdBack:
		v.inside = nil
		return wish{}, false
	case cmdEnter:
		if row, ok := in.row(); ok {
			return wish{show: &row}, true
		}
		return wish{}, false
	}
	in.move(c, in.len())
	return wish{}, false
}

// problemsCounted brings the groups of problems.
type problemsCounted struct {
	job
	sel    *model.Selection
	counts *count.ProblemCounts
	groups []count.ProblemGroup
	err    error
}

// work counts new problems, or finds new lines of the open group.
func (v *problemView) work(ctx context.Context, s *scene) tea.Cmd {
	v.snap = *s.log
	switch {
	case v.err != nil || v.slot.busy():
		return nil
	case v.inside != nil && v.inside.behind(&v.snap):
		return v.inside.find(ctx, v, v.snap)
	case v.counted != nil && v.counted.Snapshot().Revision() >= v.snap.Revision():
		return nil
	}
	ctx, job := v.slot.start(ctx, v)
	before, counts, now := v.counted, v.counts, v.snap
	return safely(func() tea.Msg { return countProblems(ctx, job, now, before, counts) })
}

func countProblems(ctx context.Context, job job, snap model.Snapshot, before *model.Selection, counts *count.ProblemCounts) problemsCounted {
	sel, err := model.Select(ctx, snap, nil, before)
	if err != nil {
		return problemsCounted{job: job, err: err}
	}
	if counts == nil {
		counts = new(count.ProblemCounts)
	}
	if counts, err = counts.Extend(ctx, sel); err != nil {
		return problemsCounted{job: job, err: err}
	}
	return problemsCounted{job, sel, counts, counts.Groups(mostGroups), nil}
}

func (v *problemView) take(msg tea.Msg) wish {
	switch m := msg.(type) {
	case problemLinesFound:
		if v.err = m.err; m.err == nil && v.inside != nil {
			v.inside.took(m)
		}
	case problemsCounted:
		if v.err = m.err; m.err == nil {
			v.regroup(m)
		}
	}
	return wish{}
}

// regroup shows new counts. The cursor stays on its group.
func (v *problemView) regroup(m problemsCounted) {
	var at model.Matcher
	if v.at < len(v.groups) {
		at = v.groups[v.at].Matcher()
	}
	for i := range m.groups {
		if group := &m.groups[i]; group.Matcher() == at {
			v.at = i
		}
	}
	v.counted, v.counts, v.groups = m.sel, m.counts, m.groups
}

func (v *problemView) draw(f *paint.Frame, r, _ rect) *tea.Cursor {
	text := tableText{note: v.books(r.w), empty: v.empty()}
	if v.inside != nil {
		v.inside.draw(f, r, v.err)
		return nil
	}
	if len(v.groups) > 0 {
		text.names = v.names(r.w)
		text.foot = v.foot(&v.groups[max(0, min(v.at, len(v.groups)-1))], r.w)
	}
	v.table.draw(f, r, len(v.groups), text, func(l *paint.Line, i int, g ground) { v.row(l, &v.groups[i], g, r.w) })
	return nil
}

// books returns the rejects and the problems by severity, and where there is room the sum that shows that no line was lost.
func (v *problemView) books(w int) termsafe.Safe {
	b := v.snap.Books()
	if w < wideBooks {
		return termsafe.Concat(countOf(tally.Rejects, b), termsafe.Const(", "), severityWords(b))
	}
	return termsafe.Concat(bookWords(b), termsafe.Const("; "), severityWords(b))
}

// wideBooks is the width from which the books stand beside the problems in full.
const wideBooks = 100

// severityWords counts the problems by severity.
func severityWords(b model.Books) termsafe.Safe {
	return termsafe.Concat(countOf(tally.Errors, b), termsafe.Const(", "), countOf(tally.Warnings, b))
}

// bookWords returns the sum of the books.
func bookWords(b model.Books) termsafe.Safe {
	return termsafe.Concat(countOf(tally.Lines, b), termsafe.Const(" = "), countOf(tally.Events, b), termsafe.Const(" + "), countOf(tally.Rejects, b),
		termsafe.Const(" + "), countOf(tally.Blanks, b))
}

func (v *problemView) empty() termsafe.Safe {
	switch {
	case v.err != nil:
		return v.display.said(v.err)
	case v.counted == nil:
		return v.display.own("counting …")
	}
	return termsafe.Const("No problems: every line is an event as the schema wants it")
}

// The widths of the columns of problems, in cells.
const (
	severityWidth     = 8
	problemCountWidth = 9
	problemFieldWidth = 40
	leastReason       = 40 // width that the reason keeps before the times of the first and last line are shown
)

// names returns the headings of the columns.
func (v *problemView) names(w int) *paint.Line {
	disp, l := v.display, v.display.line()
	style := disp.style(muted)
	l.Fill(style, min(2, w))
	v.cells(l, w, func(role) paint.Style { return style }, [6]termsafe.Safe{termsafe.Const("Severity"), termsafe.Const("Count"), termsafe.Const("Field"),
		termsafe.Const("Reason"), termsafe.Const("First"), termsafe.Const("Last")}, plain)
	return l
}

// row draws a group: severity, count, field, problem, and the times of its first and last line.
func (v *problemView) row(l *paint.Line, g *count.ProblemGroup, on ground, w int) {
	disp, snap := v.display, v.counted.Snapshot()
	severity, bad := termsafe.Const("warning"), partial
	if g.Severity() == model.Error {
		severity, bad = termsafe.Const("error"), failed
	}
	v.cells(l, w, func(r role) paint.Style { return disp.theme.style(r, on) }, [6]termsafe.Safe{severity, termsafe.Int(int64(g.Count)), problemField(disp, g),
		disp.own(g.Code.String()), timeOrLine(disp, snap, g.First), timeOrLine(disp, snap, g.Last)}, bad)
}

// cells draws the columns of a line.
func (v *problemView) cells(l *paint.Line, w int, style func(role) paint.Style, texts [6]termsafe.Safe, bad role) {
	disp := v.display
	field := min(problemFieldWidth, max(8, w/5))
	add := func(r role, text termsafe.Safe, width int, align paint.Align) {
		width = max(0, min(width, w-l.Width()))
		l.AddWidth(style(r), disp.widther.Truncate(text, width), width, align)
		l.Fill(style(plain), min(gap, w-l.Width()))
	}
	add(bad, texts[0], severityWidth, paint.Left)
	add(strong, texts[1], problemCountWidth, paint.Right)
	add(plain, texts[2], field, paint.Left)
	times := 2 * (disp.timeWidth(false) + gap)
	if w-l.Width()-times-gap < leastReason {
		times = 0
	}
	add(plain, texts[3], w-l.Width()-times-gap, paint.Left)
	if times > 0 {
		add(muted, texts[4], disp.timeWidth(false), paint.Left)
		add(muted, texts[5], disp.timeWidth(false), paint.Left)
	}
}

// problemField returns what a problem is about: an attribute, a key in it, or the whole line.
func problemField(disp *display, g *count.ProblemGroup) termsafe.Safe {
	about := model.About(g.Field, g.Key.Raw())
	if about == "" {
		return disp.own("the line")
	}
	return termsafe.Clean(about, disp.cleanOptions(problemFieldWidth))
}

// rowTime returns the time of a row, empty if it has none.
func rowTime(disp *display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	if snap.Flags(r)&model.FlagNoTime != 0 {
		return termsafe.Const("no time")
	}
	return disp.time(snap.Nanos(r), false)
}

// timeOrLine returns the time of a row, or without one its place.
func timeOrLine(disp *display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	if line := snap.Origin(r).Line; snap.Flags(r)&model.FlagNoTime != 0 && line > 0 {
		return termsafe.Concat(termsafe.Const("line "), termsafe.Int(line))
	}
	return rowTime(disp, snap, r)
}

// mostSources limits the sources that are listed for a group.
const mostSources = 4

// foot returns the lines on the sources of the group under the cursor.
func (v *problemView) foot(g *count.ProblemGroup, w int) []*paint.Line {
	disp, snap := v.display, v.counted.Snapshot()
	lines := []*paint.Line{v.rule(w),
		v.say(plain, w, problemField(disp, g), termsafe.Const(": "), disp.own(g.Code.String())),
		v.say(muted, w, termsafe.Count(int64(g.Count), "problem", "problems"), termsafe.Const(" in "), termsafe.Count(int64(g.Rows), "line", "lines"),
			termsafe.Const(": the first is "), rowPlace(disp, snap, g.First), termsafe.Const(", the last "), rowPlace(disp, snap, g.Last))}
	for i, s := range g.Sources {
		if i == mostSources {
			lines = append(lines, v.say(muted, w, disp.own("… and "), termsafe.Count(int64(len(g.Sources)-i), "more source", "more sources")))
			break
		}
		lines = append(lines, v.say(muted, w, termsafe.Int(int64(s.Count)), termsafe.Const(" in "), sourceName(disp, &snap.Sources()[s.Source], w)))
	}
	return append(lines, v.keys(w, termsafe.Const("enter"), termsafe.Const("lists the lines"), termsafe.Const("+"), termsafe.Const("filters for it"),
		termsafe.Const("B"), termsafe.Const("sources"), termsafe.Const("esc"), termsafe.Const("closes")))
}

// rowPlace returns where a row is in its source.
func rowPlace(disp *display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	o := snap.Origin(r)
	if o.Line <= 0 {
		return termsafe.Concat(termsafe.Const("at byte "), termsafe.Int(o.Offset))
	}
	return termsafe.Concat(termsafe.Const("line "), termsafe.Int(o.Line), termsafe.Const(", byte "), termsafe.Int(o.Offset))
}

// sourceName returns the name of a source in at most n cells.
func sourceName(disp *display, s *model.SourceState, n int) termsafe.Safe {
	return termsafe.Clean(disp.masks("source", s.Name.Raw()), disp.cleanOptions(n))
}
