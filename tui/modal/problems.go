package modal

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/model/tally"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// ProblemView lists the problems of the log's lines in groups: how often, since when and in which sources; and the lines of a
// group. It covers the whole log, whatever the filter, and keeps counting while the log grows.
type ProblemView struct {
	kit.Table
	kit.Slot
	snap    model.Snapshot // of the whole log
	counts  *count.ProblemCounts
	groups  []count.ProblemGroup
	counted *model.Selection // the rows counted in groups; nil before the first count
	inside  *problemLines    // the group that is open, nil for none
	err     error
}

// mostGroups limits the number of groups, as a log may have any number of unknown keys.
const mostGroups = 1000

// NewProblemView returns a view that has counted nothing yet.
func NewProblemView(disp *kit.Display) *ProblemView {
	return &ProblemView{Table: kit.Table{Display: disp, Title: termsafe.Const("Problems")}}
}

// Open opens the problems as they were when they were closed. It tries again to count them if that went wrong.
func (v *ProblemView) Open() kit.Wish {
	v.err = nil
	return kit.Wish{Modal: v}
}

// Scope implements kit.Modal.
func (v *ProblemView) Scope() kit.Scope { return kit.InMenu }

// Press implements kit.Modal.
func (v *ProblemView) Press(c kit.Command, _ string) (kit.Wish, bool) {
	switch c {
	case kit.CmdHelp, kit.CmdSources:
		return kit.Wish{Do: c}, c == kit.CmdSources
	case kit.CmdProblems:
		return kit.Wish{}, true
	case kit.CmdFilterFor:
		if g, ok := v.group(); ok {
			return kit.Wish{With: query.Is("problem", model.Reason(g.Code, g.Field, g.Key.Raw()))}, true
		}
		return kit.Wish{}, false
	}
	if v.inside != nil {
		return v.pressInside(c)
	}
	switch {
	case c == kit.CmdBack:
		return kit.Wish{}, true
	case c == kit.CmdEnter && len(v.groups) > 0:
		v.inside = newProblemLines(v.Display, v.groups[v.At])
	default:
		v.Move(c, len(v.groups))
	}
	return kit.Wish{}, false
}

// group returns the group that is open or under the cursor; ok is false if there is none.
func (v *ProblemView) group() (g count.ProblemGroup, ok bool) {
	switch {
	case v.inside != nil:
		return v.inside.group, true
	case v.At < len(v.groups):
		return v.groups[v.At], true
	}
	return g, false
}

// pressInside handles a command in the lines of a group.
func (v *ProblemView) pressInside(c kit.Command) (kit.Wish, bool) {
	in := v.inside
	switch c {
	case kit.CmdBack:
		v.inside = nil
		return kit.Wish{}, false
	case kit.CmdEnter:
		if row, ok := in.row(); ok {
			return kit.Wish{Show: &row}, true
		}
		return kit.Wish{}, false
	}
	in.Move(c, in.len())
	return kit.Wish{}, false
}

// problemsCounted brings the groups of problems.
type problemsCounted struct {
	kit.Job
	sel    *model.Selection
	counts *count.ProblemCounts
	groups []count.ProblemGroup
	err    error
}

// Work counts new problems, or finds new lines of the open group.
func (v *ProblemView) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	v.snap = *s.Log
	switch {
	case v.err != nil || v.Slot.Busy():
		return nil
	case v.inside != nil && v.inside.behind(&v.snap):
		return v.inside.find(ctx, v, v.snap)
	case v.counted != nil && v.counted.Snapshot().Revision() >= v.snap.Revision():
		return nil
	}
	ctx, job := v.Slot.Start(ctx, v)
	before, counts, now := v.counted, v.counts, v.snap
	return kit.Safely(func() tea.Msg { return countProblems(ctx, job, now, before, counts) })
}

func countProblems(
	ctx context.Context, job kit.Job, snap model.Snapshot, before *model.Selection, counts *count.ProblemCounts,
) problemsCounted {
	sel, err := model.Select(ctx, snap, nil, before)
	if err != nil {
		return problemsCounted{Job: job, err: err}
	}
	if counts == nil {
		counts = new(count.ProblemCounts)
	}
	if counts, err = counts.Extend(ctx, sel); err != nil {
		return problemsCounted{Job: job, err: err}
	}
	return problemsCounted{job, sel, counts, counts.Groups(mostGroups), nil}
}

// Take implements kit.Taker.
func (v *ProblemView) Take(msg tea.Msg) kit.Wish {
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
	return kit.Wish{}
}

// regroup shows new counts. The cursor stays on its group.
func (v *ProblemView) regroup(m problemsCounted) {
	var at model.Matcher
	if v.At < len(v.groups) {
		at = v.groups[v.At].Matcher()
	}
	for i := range m.groups {
		if group := &m.groups[i]; group.Matcher() == at {
			v.At = i
		}
	}
	v.counted, v.counts, v.groups = m.sel, m.counts, m.groups
}

// Draw implements kit.Modal.
func (v *ProblemView) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	text := kit.TableText{Note: v.books(r.W), Empty: v.empty()}
	if v.inside != nil {
		v.inside.draw(f, r, v.err)
		return nil
	}
	if len(v.groups) > 0 {
		text.Names = v.names(r.W)
		text.Foot = v.foot(&v.groups[max(0, min(v.At, len(v.groups)-1))], r.W)
	}
	v.Table.Draw(f, r, len(v.groups), text, func(l *paint.Line, i int, g kit.Ground) { v.row(l, &v.groups[i], g, r.W) })
	return nil
}

// books returns the rejects and the problems by severity, and where there is room the sum that shows that no line was lost.
func (v *ProblemView) books(w int) termsafe.Safe {
	b := v.snap.Books()
	if w < wideBooks {
		return termsafe.Concat(kit.CountOf(tally.Rejects, b), termsafe.Const(", "), severityWords(b))
	}
	return termsafe.Concat(bookWords(b), termsafe.Const("; "), severityWords(b))
}

// wideBooks is the width from which the books stand beside the problems in full.
const wideBooks = 100

// severityWords counts the problems by severity.
func severityWords(b model.Books) termsafe.Safe {
	return termsafe.Concat(kit.CountOf(tally.Errors, b), termsafe.Const(", "), kit.CountOf(tally.Warnings, b))
}

// bookWords returns the sum of the books.
func bookWords(b model.Books) termsafe.Safe {
	return termsafe.Concat(kit.CountOf(tally.Lines, b), termsafe.Const(" = "), kit.CountOf(tally.Events, b),
		termsafe.Const(" + "), kit.CountOf(tally.Rejects, b), termsafe.Const(" + "), kit.CountOf(tally.Blanks, b))
}

func (v *ProblemView) empty() termsafe.Safe {
	switch {
	case v.err != nil:
		return v.Display.Said(v.err)
	case v.counted == nil:
		return v.Display.Own("counting …")
	}
	return termsafe.Const("No problems: every line is an event that follows the schema")
}

// The widths of the columns of problems, in cells.
const (
	severityWidth     = 8
	problemCountWidth = 9
	problemFieldWidth = 40
	leastReason       = 40 // width that the reason keeps before the times of the first and last line are shown
)

// names returns the headings of the columns.
func (v *ProblemView) names(w int) *paint.Line {
	disp, l := v.Display, v.Display.Line()
	style := disp.Style(kit.Muted)
	l.Fill(style, min(2, w))
	v.cells(l, w, func(kit.Role) paint.Style { return style }, [6]termsafe.Safe{
		termsafe.Const("Severity"), termsafe.Const("Count"), termsafe.Const("Field"),
		termsafe.Const("Reason"), termsafe.Const("First"), termsafe.Const("Last"),
	}, kit.Plain)
	return l
}

// row draws a group: severity, count, field, problem, and the times of its first and last line.
func (v *ProblemView) row(l *paint.Line, g *count.ProblemGroup, on kit.Ground, w int) {
	disp, snap := v.Display, v.counted.Snapshot()
	severity, bad := termsafe.Const("warning"), kit.Partial
	if g.Severity() == model.Error {
		severity, bad = termsafe.Const("error"), kit.Failed
	}
	v.cells(l, w, func(r kit.Role) paint.Style { return disp.Theme.Style(r, on) }, [6]termsafe.Safe{
		severity, termsafe.Int(int64(g.Count)), problemField(disp, g),
		disp.Own(g.Code.String()), timeOrLine(disp, snap, g.First), timeOrLine(disp, snap, g.Last),
	}, bad)
}

// cells draws the columns of a line.
func (v *ProblemView) cells(l *paint.Line, w int, style func(kit.Role) paint.Style, texts [6]termsafe.Safe, bad kit.Role) {
	disp := v.Display
	field := min(problemFieldWidth, max(8, w/5))
	add := func(r kit.Role, text termsafe.Safe, width int, align paint.Align) {
		width = max(0, min(width, w-l.Width()))
		l.AddWidth(style(r), text, width, align)
		l.Fill(style(kit.Plain), min(kit.Gap, w-l.Width()))
	}
	add(bad, texts[0], severityWidth, paint.Left)
	add(kit.Strong, texts[1], problemCountWidth, paint.Right)
	add(kit.Plain, texts[2], field, paint.Left)
	times := 2 * (disp.TimeWidth(false) + kit.Gap)
	if w-l.Width()-times-kit.Gap < leastReason {
		times = 0
	}
	reason := w - l.Width() - times - kit.Gap
	add(kit.Plain, disp.Begin(texts[3], reason), reason, paint.Left)
	if times > 0 {
		add(kit.Muted, texts[4], disp.TimeWidth(false), paint.Left)
		add(kit.Muted, texts[5], disp.TimeWidth(false), paint.Left)
	}
}

// problemField returns what a problem is about: an attribute, a key in it, or the whole line.
func problemField(disp *kit.Display, g *count.ProblemGroup) termsafe.Safe {
	about := model.About(g.Field, g.Key.Raw())
	if about == "" {
		return disp.Own("the line")
	}
	return termsafe.Clean(about, disp.CleanOptions(problemFieldWidth))
}

// rowTime returns the time of a row, empty if it has none.
func rowTime(disp *kit.Display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	if snap.Flags(r)&model.FlagNoTime != 0 {
		return termsafe.Const("no time")
	}
	return disp.Time(snap.Nanos(r), false)
}

// timeOrLine returns the time of a row, or without one its place.
func timeOrLine(disp *kit.Display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	if line := snap.Origin(r).Line; snap.Flags(r)&model.FlagNoTime != 0 && line > 0 {
		return termsafe.Concat(termsafe.Const("line "), termsafe.Int(line))
	}
	return rowTime(disp, snap, r)
}

// mostSources limits the sources that are listed for a group.
const mostSources = 4

// foot returns the lines on the sources of the group under the cursor.
func (v *ProblemView) foot(g *count.ProblemGroup, w int) []*paint.Line {
	disp, snap := v.Display, v.counted.Snapshot()
	lines := []*paint.Line{v.Rule(w),
		v.Say(kit.Plain, w, problemField(disp, g), termsafe.Const(": "), disp.Own(g.Code.String())),
		v.Say(kit.Muted, w, termsafe.Count(int64(g.Count), "problem", "problems"), termsafe.Const(" in "), termsafe.Count(int64(g.Rows), "line", "lines")),
		v.Say(kit.Muted, w, termsafe.Const("first  "), rowPlace(disp, snap, g.First)),
		v.Say(kit.Muted, w, termsafe.Const("last   "), rowPlace(disp, snap, g.Last))}
	for i, s := range g.Sources {
		if i == mostSources {
			lines = append(lines, v.Say(kit.Muted, w, disp.Own("… and "), termsafe.Count(int64(len(g.Sources)-i), "more source", "more sources")))
			break
		}
		name := sourceName(disp, &snap.Sources()[s.Source], w)
		lines = append(lines, v.Say(kit.Muted, w, termsafe.Int(int64(s.Count)), termsafe.Const(" in "), name))
	}
	return append(lines, v.Keys(w,
		termsafe.Const("enter"), termsafe.Const("lists the lines"),
		disp.Key(kit.CmdFilterFor), termsafe.Const("filters for it"),
		disp.Key(kit.CmdSources), termsafe.Const("sources"),
		termsafe.Const("esc"), termsafe.Const("closes")))
}

// rowPlace returns where a row is in its source.
func rowPlace(disp *kit.Display, snap *model.Snapshot, r model.Row) termsafe.Safe {
	o := snap.Origin(r)
	if o.Line <= 0 {
		return termsafe.Concat(termsafe.Const("at byte "), termsafe.Int(o.Offset))
	}
	return termsafe.Concat(termsafe.Const("line "), termsafe.Int(o.Line), termsafe.Const(", byte "), termsafe.Int(o.Offset))
}

// sourceName returns the name of a source in at most n cells.
func sourceName(disp *kit.Display, s *model.SourceState, n int) termsafe.Safe {
	return termsafe.Clean(disp.Masks("source", s.Name.Raw()), disp.CleanOptions(n))
}
