package filter

import (
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// ChipLine shows the conditions of the filter on one line: [is:failed ×] [actor=ci-token off]. It keeps which one is chosen, and
// where it drew the chips of the last frame, for the mouse.
type ChipLine struct {
	display *kit.Display
	FromEnd int // the chosen chip, counted from the last one: 0 is the last
	spots   []chipArea
}

// chipArea is the area of a chip: from x to end, exclusive; its cross starts at cross.
type chipArea struct {
	chip          int
	x, cross, end int
}

// NewChipLine returns a line with the last chip chosen.
func NewChipLine(disp *kit.Display) ChipLine { return ChipLine{display: disp} }

// chosen returns the index of the chip that the commands act on, the last one by default; it is negative if there are no chips.
func (c *ChipLine) chosen(chips []kit.Chip) int {
	if c.FromEnd >= len(chips) {
		c.FromEnd = 0
	}
	return len(chips) - 1 - c.FromEnd
}

// Highlighted returns the index of the chip to highlight: the chosen one, unless it is the last; negative for none.
func (c *ChipLine) Highlighted(chips []kit.Chip) int {
	if i := c.chosen(chips); c.FromEnd > 0 {
		return i
	}
	return -1
}

// Command runs a command on the conditions of the current filter, or turns one of its switches.
func (c *ChipLine) Command(do kit.Command, s *kit.Scene) kit.Wish {
	f := &s.Current
	if turned, ok := f.Switched(do); ok {
		return changeTo(turned)
	}
	i, n := c.chosen(f.Chips), len(f.Chips)
	switch {
	case do == kit.CmdEditChip:
		return edit(f, i)
	case n == 0:
		return kit.Wish{Toast: termsafe.Const("there is no filter")}
	case do == kit.CmdDropChip:
		return changeTo(f.Without(i))
	case do == kit.CmdSwitchChip:
		return changeTo(f.Toggled(i))
	case do == kit.CmdPreviousChip:
		c.FromEnd = (c.FromEnd + 1) % n
	case do == kit.CmdNextChip:
		c.FromEnd = (c.FromEnd + n - 1) % n
	}
	text := c.display.Quoted(f.Chips[c.chosen(f.Chips)].Text)
	return kit.Wish{Toast: termsafe.Concat(text, termsafe.Const("  x drops it, | switches it off and on"))}
}

func changeTo(f kit.FilterText) kit.Wish { return kit.Wish{Change: &f} }

// edit lets the user type, with a condition moved to the end of the text.
func edit(f *kit.Filter, i int) kit.Wish {
	w := kit.Wish{Typing: kit.TypingBegins}
	if text, ok := f.Editing(i); ok {
		w.Typed = &text
	}
	return w
}

// Click removes the chip in a column of the screen if its cross is there, else chooses it.
func (c *ChipLine) Click(x int, s *kit.Scene) kit.Wish {
	i, drop, ok := c.at(x)
	switch n := len(s.Current.Chips); {
	case !ok || i >= n:
	case drop:
		return changeTo(s.Current.Without(i))
	default:
		c.FromEnd = n - 1 - i
	}
	return kit.Wish{}
}

// The widths of chips, in cells.
const (
	chipFrame     = 2 // the brackets
	chipMostText  = 40
	chipLeast     = 6 // width of a chip of one letter
	chipFoldWidth = 5 // "+999" and a gap
)

// chipWidth returns the width of a chip, at most most.
func (c *ChipLine) chipWidth(chip *kit.Chip, most int) int {
	text := c.display.Widther.Width(c.chipText(chip))
	return min(min(text, chipMostText)+1+c.display.Widther.Width(c.tail(chip))+chipFrame, most)
}

// chipText returns the text of the condition.
func (c *ChipLine) chipText(chip *kit.Chip) termsafe.Safe {
	return termsafe.Clean(c.display.Masks("", chip.Text), c.display.CleanOptions(chipMostText))
}

// tail returns the end of a chip: the cross that removes it, or that it is switched off.
func (c *ChipLine) tail(chip *kit.Chip) termsafe.Safe {
	switch {
	case chip.Off:
		return termsafe.Const("off")
	case c.display.Widther.ASCII:
		return termsafe.Const("x")
	}
	return termsafe.Const("×")
}

// choose returns the chips that a line of w cells shows: all, or the chosen one, as many of the first as fit, and the number
// of hidden ones.
func (c *ChipLine) choose(chips []kit.Chip, chosen, w int) (shown []int, hidden int) {
	all, space := 0, w-chipFoldWidth
	for i := range chips {
		all += c.chipWidth(&chips[i], w) + 1
	}
	if all-1 <= w {
		space = w + 1
	} else if chosen >= 0 && chosen < len(chips) {
		space -= c.chipWidth(&chips[chosen], max(space, 0)) + 1
	}
	for i := range chips {
		if i == chosen && space <= w {
			shown = append(shown, i)
			continue
		}
		if n := c.chipWidth(&chips[i], w) + 1; n <= space {
			space -= n
			shown = append(shown, i)
		} else {
			hidden++
		}
	}
	return shown, hidden
}

// Draw draws the chips into one line: at the left, or at the right edge if something is left of it. chosen is the index of a
// chip, negative for none.
func (c *ChipLine) Draw(f *paint.Frame, r kit.Rect, chips []kit.Chip, chosen int) {
	c.spots = c.spots[:0]
	if r.Empty() {
		return
	}
	disp, l := c.display, c.display.Line()
	shown, hidden := c.choose(chips, chosen, r.W)
	for _, i := range shown {
		if l.Width() > 0 {
			l.Fill(disp.Style(kit.Plain), 1)
		}
		space := r.W - l.Width()
		if hidden > 0 {
			space -= chipFoldWidth
		}
		if space < chipLeast {
			hidden++
			continue
		}
		c.add(l, &chips[i], i, i == chosen, space)
	}
	if hidden > 0 {
		if l.Width() > 0 {
			l.Fill(disp.Style(kit.Plain), 1)
		}
		l.Add(disp.Style(kit.Muted), termsafe.Concat(termsafe.Const("+"), termsafe.Int(int64(hidden))))
	}
	x := r.X
	if r.X > 0 {
		x += max(r.W-l.Width(), 0)
	}
	for i := range c.spots {
		s := &c.spots[i]
		s.x, s.cross, s.end = s.x+x, s.cross+x, s.end+x
	}
	f.Put(r.X, r.Y, r.W, disp.Line())
	f.Put(x, r.Y, r.X+r.W-x, l)
}

// add adds a chip in at most space cells, which must be at least chipLeast.
func (c *ChipLine) add(l *paint.Line, chip *kit.Chip, number int, chosen bool, space int) {
	disp, g := c.display, kit.OnScreen
	if chosen {
		g = kit.OnCursor
	}
	textRole, frameRole := kit.Plain, kit.Muted
	if chip.Off {
		textRole = kit.Muted
	}
	x, width, tail := l.Width(), c.chipWidth(chip, space), c.tail(chip)
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	text := width - chipFrame - 1 - disp.Widther.Width(tail)
	if text < 1 {
		tail, text = termsafe.Safe{}, width-chipFrame-1
	}
	l.Add(style(frameRole), termsafe.Const("["))
	l.AddWidth(style(textRole), c.chipText(chip), text, paint.Left)
	l.Fill(style(frameRole), 1)
	cross := l.Width()
	l.Add(style(frameRole), tail)
	l.Add(style(frameRole), termsafe.Const("]"))
	c.spots = append(c.spots, chipArea{number, x, cross, l.Width()})
}

// at returns the chip that was drawn in a column of the screen, and whether its cross is there.
func (c *ChipLine) at(x int) (chip int, drop, ok bool) {
	for _, s := range c.spots {
		if s.x <= x && x < s.end {
			return s.chip, x >= s.cross, true
		}
	}
	return 0, false, false
}
