package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// chooser is a modal to show, hide, order and resize the columns of the list. Changes show at once.
type chooser struct {
	display *display
	list    *list
	at      int // index among the free columns
	top     int
}

func (c *chooser) scope() scope { return inChooser }

func (c *chooser) free() []columnSpec { return c.list.columns.all[firstFree:] }

func (c *chooser) press(cmd command, _ string) (a wish, done bool) {
	free := c.free()
	c.at = max(0, min(c.at, len(free)-1))
	switch cmd {
	case cmdBack:
		return wish{}, true
	case cmdUp, cmdHalfUp, cmdPageUp:
		c.at = max(0, c.at-1)
	case cmdDown, cmdHalfDown, cmdPageDown:
		c.at = min(len(free)-1, c.at+1)
	case cmdTop:
		c.at = 0
	case cmdBottom:
		c.at = len(free) - 1
	case cmdToggle:
		a.toast = c.toggle(&free[c.at])
	case cmdShiftUp, cmdShiftDown:
		c.shift(cmd)
	case cmdNarrower:
		c.widen(&free[c.at], -2)
	case cmdWider:
		c.widen(&free[c.at], 2)
	case cmdReset:
		c.list.columns = columns{all: defaultColumns(), at: firstFree}
	case cmdAdd:
		a = c.promptName()
	}
	c.list.columns.settle()
	return a, false
}

// toggle shows or hides a column. The last shown one cannot be hidden; then it returns a message.
func (c *chooser) toggle(s *columnSpec) termsafe.Safe {
	if !s.hidden && len(c.list.columns.shown()) == firstFree+1 {
		return termsafe.Const("one column must stay")
	}
	s.hidden = !s.hidden
	return termsafe.Safe{}
}

func (c *chooser) shift(cmd command) {
	free, to := c.free(), c.at+1
	if cmd == cmdShiftUp {
		to = c.at - 1
	}
	if to < 0 || to >= len(free) {
		return
	}
	free[c.at], free[to] = free[to], free[c.at]
	c.at = to
}

// widen changes the width of a column by n cells, from the drawn width on.
func (c *chooser) widen(s *columnSpec, n int) {
	if s.set == 0 {
		width := s.least
		for _, placed := range c.list.columns.place(columnsAt(c.display, c.list.width), c.list.width) {
			if placed.name == s.name {
				width = min(placed.width, max(s.best, s.least))
			}
		}
		s.set = width
	}
	s.set = max(setLeast, min(setMost, s.set+n))
}

var (
	errNoName    = errors.New("no name of a field, and no path")
	errHasColumn = errors.New("it has a column already")
)

// promptName opens the prompt for the field or path of a new column.
func (c *chooser) promptName() wish {
	return wish{ask: &ask{label: termsafe.Const("column "), help: termsafe.Const("a field or path: email, p_source_label, param.id"),
		done: func(text string) (wish, error) {
			name := strings.TrimSpace(text)
			if f := field.Of(name); f.Kind == field.Condition {
				return wish{}, f.CheckValue()
			}
			// A path is whatever the query language accepts before an operator.
			e, err := query.Parse(query.Has(name).String())
			switch {
			case name == "" || err != nil || len(query.Terms(e)) != 1:
				return wish{}, errNoName
			case c.list.columns.has(name):
				return wish{}, errHasColumn
			}
			c.list.columns.all = append(slices.Clone(c.list.columns.all), newColumn(name, c.display.widther.ASCII))
			c.at = len(c.free()) - 1
			c.list.columns.settle()
			return wish{}, nil
		}}}
}

// draw draws the columns into a box at the right.
func (c *chooser) draw(f *paint.Frame, r, _ rect) *tea.Cursor {
	disp := c.display
	w := min(r.w, chooserWidth)
	free := c.free()
	h := min(r.h, len(free)+2)
	box := rect{r.x + r.w - w, r.y, w, h}
	rows := max(0, h-2)
	c.at = max(0, min(c.at, len(free)-1))
	c.top = max(0, min(c.top, c.at))
	c.top = max(c.top, c.at-rows+1)
	var lines []*paint.Line
	for i := range rows {
		lines = append(lines, c.row(free, c.top+i, w))
	}
	disp.drawBox(f, r, box, termsafe.Const("Columns"), lines)
	return nil
}

// chooserWidth is the width of the box, in cells.
const chooserWidth = 40

func (c *chooser) row(free []columnSpec, i, w int) *paint.Line {
	disp := c.display
	l := disp.line()
	if i >= len(free) {
		return l
	}
	s, g := &free[i], onScreen
	cursor := termsafe.Repeat(" ", 1)
	if i == c.at {
		g, cursor = onCursor, disp.glyphs.cursor
	}
	style := func(r role) paint.Style { return disp.theme.style(r, g) }
	l.AddWidth(style(bar), cursor, 2, paint.Left)
	sign, r := disp.glyphs.on, plain
	if s.hidden {
		sign, r = disp.glyphs.off, muted
	}
	l.AddWidth(style(r), sign, 2, paint.Left)
	width := termsafe.Safe{}
	if s.set > 0 {
		width = termsafe.Concat(termsafe.Int(int64(s.set)), termsafe.Const(" cells"))
	}
	l.AddWidth(style(r), s.title, max(0, w-4-12), paint.Left)
	l.AddWidth(style(muted), width, min(12, max(0, w-l.Width()-1)), paint.Right)
	l.Fill(style(plain), w-l.Width())
	return l
}
