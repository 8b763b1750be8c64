package modal

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Memory returns how many bytes the loaded log takes, and how many it may take; a limit of 0 means no limit. Any goroutine may
// call it; it does not block.
type Memory func() (used, limit int64)

// SourceView is a modal that lists the sources: what each is doing, its books, and what happened to it.
type SourceView struct {
	kit.Table
	snap   model.Snapshot // of the whole log
	listed []listedSource // the rows of the table
	memory Memory
	pace   []amount.Pace // one per source
}

// NewSourceView returns the list of sources; memory is nil if unknown.
func NewSourceView(disp *kit.Display, memory Memory) *SourceView {
	return &SourceView{Table: kit.Table{Display: disp, Title: termsafe.Const("Sources")}, memory: memory}
}

// Scope implements kit.Modal.
func (v *SourceView) Scope() kit.Scope { return kit.InMenu }

// Hints implements kit.Hinting.
func (v *SourceView) Hints() []kit.Hint {
	return []kit.Hint{kit.Does("filter", kit.CmdEnter), kit.Does("close", kit.CmdBack), kit.Does("move", kit.CmdDown, kit.CmdUp), kit.Does("help", kit.CmdHelp)}
}

// Press implements kit.Modal.
func (v *SourceView) Press(c kit.Command, _ string) (kit.Wish, bool) {
	v.Clamp(len(v.listed))
	switch {
	case c == kit.CmdBack || c == kit.CmdSources:
		return kit.Wish{}, true
	case c == kit.CmdHelp || c == kit.CmdProblems:
		return kit.Wish{Do: c}, c == kit.CmdProblems
	case c == kit.CmdEnter && len(v.listed) > 0:
		return kit.Wish{With: v.listed[v.At].filter()}, true
	}
	v.Move(c, len(v.listed))
	return kit.Wish{}, false
}

// Work records the progress of the sources. It needs no job.
func (v *SourceView) Work(_ context.Context, s *kit.Scene) tea.Cmd {
	v.snap = *s.Log
	sources, now := v.snap.Sources(), v.Display.Now()
	for i := range sources {
		if i == len(v.pace) {
			v.pace = append(v.pace, amount.Pace{})
		}
		if sources[i].Phase == model.Loading {
			v.pace[i].Watch(now, sources[i].Books.Bytes)
		}
	}
	v.listed = listed(sources)
	return nil
}

// Draw implements kit.Modal.
func (v *SourceView) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	sources := v.listed
	text := kit.TableText{Note: bookWords(v.snap.Books()), Empty: termsafe.Const("No source yet")}
	columns, name := v.columns(v.snap.Sources(), r.W)
	if len(sources) > 0 {
		v.Clamp(len(sources))
		text.Names = v.names(columns, name, r.W)
		text.Foot = v.foot(v.At, r.W)
	}
	v.Table.Draw(f, r, len(sources), text, func(l *paint.Line, i int, g kit.Ground) { v.row(l, i, columns, name, g, r.W) })
	return nil
}

// sourceColumn is a column of the table of sources.
type sourceColumn struct {
	name  termsafe.Safe
	cells int
	left  bool // align the text left
	from  int  // the width of the screen from which it is shown
	text  func(v *SourceView, s *model.SourceState, i int) (termsafe.Safe, kit.Role)
}

// sourceColumns are the columns after the state and the name, in their order.
var sourceColumns = []sourceColumn{
	{termsafe.Const("Form"), 18, true, 150, func(v *SourceView, s *model.SourceState, _ int) (termsafe.Safe, kit.Role) {
		return v.form(s), kit.Muted
	}},
	{termsafe.Const("Lines"), 11, false, 110, counted(func(b *model.Books) int64 { return b.Lines }, kit.Plain)},
	{termsafe.Const("Events"), 11, false, 0, counted(func(b *model.Books) int64 { return b.Events }, kit.Plain)},
	{termsafe.Const("Rejects"), 9, false, 60, counted(func(b *model.Books) int64 { return b.Rejects }, kit.Reject)},
	{termsafe.Const("Blanks"), 9, false, 130, counted(func(b *model.Books) int64 { return b.Blanks }, kit.Plain)},
	{termsafe.Const("Errors"), 9, false, 72, counted(func(b *model.Books) int64 { return b.Errors }, kit.Invalid)},
	{termsafe.Const("Warnings"), 9, false, 84, counted(func(b *model.Books) int64 { return b.Warnings }, kit.Invalid)},
	{termsafe.Const("Size"), 10, false, 100, func(_ *SourceView, s *model.SourceState, _ int) (termsafe.Safe, kit.Role) {
		return termsafe.Bytes(s.Books.Bytes), kit.Plain
	}},
	{termsafe.Const("Rate"), 11, false, 90, func(v *SourceView, s *model.SourceState, i int) (termsafe.Safe, kit.Role) {
		return v.rate(s, i), kit.Accent
	}},
}

// counted returns the text of a number column; only a number above 0 is highlighted.
func counted(count func(*model.Books) int64, r kit.Role) func(*SourceView, *model.SourceState, int) (termsafe.Safe, kit.Role) {
	return func(_ *SourceView, s *model.SourceState, _ int) (termsafe.Safe, kit.Role) {
		n := count(&s.Books)
		if n == 0 {
			return termsafe.Int(n), kit.Muted
		}
		return termsafe.Int(n), r
	}
}

// The widths of the first columns, in cells.
const (
	stateWidth      = 9
	leastSourceName = 12
)

// columns returns the columns that fit, and the width left for the name. The rate is shown only while a source is loading.
func (v *SourceView) columns(sources []model.SourceState, w int) (columns []sourceColumn, name int) {
	name = w - 2 - stateWidth - kit.Gap - 1
	for i := range sourceColumns {
		c := &sourceColumns[i]
		if w < c.from || name-c.cells-kit.Gap < leastSourceName || i == len(sourceColumns)-1 && !kit.Loading(sources) {
			continue
		}
		columns, name = append(columns, *c), name-c.cells-kit.Gap
	}
	return columns, max(0, name)
}

func (v *SourceView) names(columns []sourceColumn, name, w int) *paint.Line {
	disp, l := v.Display, v.Display.Line()
	style := disp.Style(kit.Muted)
	l.Fill(style, min(2, w))
	l.AddWidth(style, termsafe.Const("State"), min(stateWidth, max(0, w-l.Width())), paint.Left)
	l.Fill(style, min(kit.Gap, w-l.Width()))
	l.AddWidth(style, termsafe.Const("Source"), name, paint.Left)
	for _, c := range columns {
		l.Fill(style, kit.Gap)
		l.AddWidth(style, c.name, c.cells, c.align())
	}
	return l
}

func (c *sourceColumn) align() paint.Align {
	if c.left {
		return paint.Left
	}
	return paint.Right
}

// row draws a source: its state, its name and its numbers.
func (v *SourceView) row(l *paint.Line, i int, columns []sourceColumn, name int, g kit.Ground, w int) {
	disp, s := v.Display, &v.listed[i].state
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	word, role := stateOf(s)
	l.AddWidth(style(role), word, min(stateWidth, max(0, w-l.Width())), paint.Left)
	l.Fill(style(kit.Plain), min(kit.Gap, w-l.Width()))
	l.AddWidth(style(kit.Strong), disp.Widther.Truncate(v.listed[i].name(disp, name+1), name), name, paint.Left)
	for _, c := range columns {
		text, role := c.text(v, s, int(v.listed[i].id))
		l.Fill(style(kit.Plain), kit.Gap)
		l.AddWidth(style(role), disp.Widther.Truncate(text, c.cells), c.cells, c.align())
	}
}

// stateOf returns a word for what a source is doing.
func stateOf(s *model.SourceState) (termsafe.Safe, kit.Role) {
	switch {
	case s.Phase == model.Broken:
		return termsafe.Const("broken"), kit.Failed
	case s.Damaged:
		return termsafe.Const("damaged"), kit.Failed
	}
	switch s.Phase {
	case model.Waiting:
		return termsafe.Const("waiting"), kit.Muted
	case model.Loading:
		return termsafe.Const("loading"), kit.Accent
	case model.Following:
		return termsafe.Const("live"), kit.Live
	case model.Cancelled:
		return termsafe.Const("stopped"), kit.Partial
	}
	return termsafe.Const("complete"), kit.Muted
}
