package list

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// chooser is a modal to show, hide, order and resize the columns of the list. Changes show at once.
type chooser struct {
	display *kit.Display
	list    *List
	at      int // index among the free columns
	top     int
}

// Scope implements kit.Modal.
func (c *chooser) Scope() kit.Scope { return kit.InChooser }

func (c *chooser) free() []columnSpec { return c.list.Columns.all[firstFree:] }

// Press implements kit.Modal.
func (c *chooser) Press(cmd kit.Command, _ string) (a kit.Wish, done bool) {
	free := c.free()
	c.at = max(0, min(c.at, len(free)-1))
	switch cmd {
	case kit.CmdBack:
		return kit.Wish{}, true
	case kit.CmdUp, kit.CmdHalfUp, kit.CmdPageUp:
		c.at = max(0, c.at-1)
	case kit.CmdDown, kit.CmdHalfDown, kit.CmdPageDown:
		c.at = min(len(free)-1, c.at+1)
	case kit.CmdTop:
		c.at = 0
	case kit.CmdBottom:
		c.at = len(free) - 1
	case kit.CmdToggle:
		a.Toast = c.toggle(&free[c.at])
	case kit.CmdShiftUp, kit.CmdShiftDown:
		c.shift(cmd)
	case kit.CmdNarrower:
		c.widen(&free[c.at], -2)
	case kit.CmdWider:
		c.widen(&free[c.at], 2)
	case kit.CmdReset:
		c.list.resetColumns()
	case kit.CmdAdd:
		a = c.promptName()
	}
	c.list.Columns.settle()
	return a, false
}

// toggle shows or hides a column. The last shown one cannot be hidden; then it returns a message.
func (c *chooser) toggle(s *columnSpec) termsafe.Safe {
	if !s.hidden && len(c.list.Columns.shown()) == firstFree+1 {
		return termsafe.Const("one column must stay")
	}
	s.hidden = !s.hidden
	return termsafe.Safe{}
}

func (c *chooser) shift(cmd kit.Command) {
	free, to := c.free(), c.at+1
	if cmd == kit.CmdShiftUp {
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
		for _, placed := range c.list.layout().columns {
			if placed.name == s.name {
				width = min(placed.width, max(s.best, s.least))
			}
		}
		s.set = width
	}
	s.set = max(setLeast, min(setMost, s.set+n))
}

var (
	errNoName    = errors.New("not a field or a path: try email or param.id")
	errHasColumn = errors.New("it already has a column")
)

// promptName opens the prompt for the field or path of a new column.
func (c *chooser) promptName() kit.Wish {
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("column "), Help: termsafe.Const("a field or path: email, p_source_label, param.id"),
		Done: func(text string) (kit.Wish, error) {
			name := strings.TrimSpace(text)
			if f := field.Of(name); f.Kind == field.Condition {
				return kit.Wish{}, f.CheckValue()
			}
			// A path is whatever the query language accepts before an operator.
			e, err := query.Parse(query.Has(name).String())
			switch {
			case name == "" || err != nil || len(query.Terms(e)) != 1:
				return kit.Wish{}, errNoName
			case c.list.Columns.Has(name):
				return kit.Wish{}, errHasColumn
			}
			c.list.Columns.all = append(slices.Clone(c.list.Columns.all), newColumn(name, c.display.Widther.ASCII))
			c.at = len(c.free()) - 1
			c.list.Columns.settle()
			return kit.Wish{}, nil
		}}}
}

// Draw implements kit.Modal. It draws the columns into a box at the right.
func (c *chooser) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	disp := c.display
	w := min(r.W, chooserWidth)
	free := c.free()
	h := min(r.H, len(free)+2)
	box := kit.Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: h}
	rows := max(0, h-2)
	c.at = max(0, min(c.at, len(free)-1))
	c.top = max(0, min(c.top, c.at))
	c.top = max(c.top, c.at-rows+1)
	var lines []*paint.Line
	for i := range rows {
		lines = append(lines, c.row(free, c.top+i, w))
	}
	disp.DrawBox(f, r, box, termsafe.Const("Columns"), disp.Part(c.at+1, c.top, rows, len(free)), lines)
	f.Select(box.X, box.Y+1+c.at-c.top)
	return nil
}

// chooserWidth is the width of the box, in cells.
const chooserWidth = 40

func (c *chooser) row(free []columnSpec, i, w int) *paint.Line {
	disp := c.display
	l := disp.Line()
	if i >= len(free) {
		return l
	}
	s, g := &free[i], kit.OnScreen
	cursor := termsafe.Repeat(" ", 1)
	if i == c.at {
		g, cursor = kit.OnCursor, disp.Glyphs.Cursor
	}
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	l.AddWidth(style(kit.Bar), cursor, 2, paint.Left)
	sign, r := disp.Glyphs.On, kit.Plain
	if s.hidden {
		sign, r = disp.Glyphs.Off, kit.Muted
	}
	l.AddWidth(style(r), sign, 2, paint.Left)
	width := termsafe.Safe{}
	if s.set > 0 {
		width = termsafe.Concat(termsafe.Int(int64(s.set)), termsafe.Const(" cells"))
	}
	l.AddWidth(style(r), s.title, max(0, w-4-12), paint.Left)
	l.AddWidth(style(kit.Muted), width, min(12, max(0, w-l.Width()-1)), paint.Right)
	l.Fill(style(kit.Plain), w-l.Width())
	return l
}
