package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// chipLine shows the conditions of the filter on one line: [is:failed ×] [actor=ci-token off]. It keeps which one is chosen, and
// where it drew the chips of the last frame, for the mouse.
type chipLine struct {
	display *display
	fromEnd int // the chosen chip, counted from the last one: 0 is the last
	spots   []chipArea
}

// chipArea is the area of a chip: from x to end, exclusive; its cross starts at cross.
type chipArea struct {
	chip          int
	x, cross, end int
}

// newChipLine returns a line with the last chip chosen.
func newChipLine(disp *display) chipLine { return chipLine{display: disp} }

// chosen returns the index of the chip that the commands act on, the last one by default; it is negative if there are no chips.
func (c *chipLine) chosen(chips []chip) int {
	if c.fromEnd >= len(chips) {
		c.fromEnd = 0
	}
	return len(chips) - 1 - c.fromEnd
}

// highlighted returns the index of the chip to highlight: the chosen one, unless it is the last; negative for none.
func (c *chipLine) highlighted(chips []chip) int {
	if i := c.chosen(chips); c.fromEnd > 0 {
		return i
	}
	return -1
}

// command runs a command on the conditions of the current filter, or turns one of its switches.
func (c *chipLine) command(do command, s *scene) wish {
	f := &s.current
	if turned, ok := f.switched(do); ok {
		return changeTo(turned)
	}
	i, n := c.chosen(f.chips), len(f.chips)
	switch {
	case do == cmdEditChip:
		return edit(f, i)
	case n == 0:
		return wish{toast: termsafe.Const("there is no filter")}
	case do == cmdDropChip:
		return changeTo(f.without(i))
	case do == cmdSwitchChip:
		return changeTo(f.toggled(i))
	case do == cmdPreviousChip:
		c.fromEnd = (c.fromEnd + 1) % n
	case do == cmdNextChip:
		c.fromEnd = (c.fromEnd + n - 1) % n
	}
	text := c.display.quoted(f.chips[c.chosen(f.chips)].text)
	return wish{toast: termsafe.Concat(text, termsafe.Const("  x drops it, | switches it off and on"))}
}

func changeTo(f filterText) wish { return wish{change: &f} }

// edit lets the user type, with a condition moved to the end of the text.
func edit(f *filter, i int) wish {
	w := wish{typing: typingBegins}
	if text, ok := f.editing(i); ok {
		w.typed = &text
	}
	return w
}

// click removes the chip in a column of the screen if its cross is there, else chooses it.
func (c *chipLine) click(x int, s *scene) wish {
	i, drop, ok := c.at(x)
	switch n := len(s.current.chips); {
	case !ok || i >= n:
	case drop:
		return changeTo(s.current.without(i))
	default:
		c.fromEnd = n - 1 - i
	}
	return wish{}
}

// The widths of chips, in cells.
const (
	chipFrame     = 2 // the brackets
	chipMostText  = 40
	chipLeast     = 6 // width of a chip of one letter
	chipFoldWidth = 5 // "+999" and a gap
)

// chipWidth returns the width of a chip, at most most.
func (c *chipLine) chipWidth(chip *chip, most int) int {
	text := c.display.widther.Width(c.chipText(chip))
	return min(min(text, chipMostText)+1+c.display.widther.Width(c.tail(chip))+chipFrame, most)
}

// chipText returns the text of the condition.
func (c *chipLine) chipText(chip *chip) termsafe.Safe {
	return termsafe.Clean(c.display.masks("", chip.text), c.display.cleanOptions(chipMostText))
}

// tail returns the end of a chip: the cross that removes it, or that it is switched off.
func (c *chipLine) tail(chip *chip) termsafe.Safe {
	switch {
	case chip.off:
		return termsafe.Const("off")
	case c.display.widther.ASCII:
		return termsafe.Const("x")
	}
	return termsafe.Const("×")
}

// choose returns the chips that a line of w cells shows: all, or the chosen one, as many of the first as fit, and the number
// of hidden ones.
func (c *chipLine) choose(chips []chip, chosen, w int) (shown []int, hidden int) {
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

// draw draws the chips into one line: at the left, or at the right edge if something is left of it. chosen is the index of a
// chip, negative for none.
func (c *chipLine) draw(f *paint.Frame, r rect, chips []chip, chosen int) {
	c.spots = c.spots[:0]
	if r.empty() {
		return
	}
	disp, l := c.display, c.display.line()
	shown, hidden := c.choose(chips, chosen, r.w)
	for _, i := range shown {
		if l.Width() > 0 {
			l.Fill(disp.style(plain), 1)
		}
		space := r.w - l.Width()
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
			l.Fill(disp.style(plain), 1)
		}
		l.Add(disp.style(muted), termsafe.Concat(termsafe.Const("+"), termsafe.Int(int64(hidden))))
	}
	x := r.x
	if r.x > 0 {
		x += max(r.w-l.Width(), 0)
	}
	for i := range c.spots {
		s := &c.spots[i]
		s.x, s.cross, s.end = s.x+x, s.cross+x, s.end+x
	}
	f.Put(r.x, r.y, r.w, disp.line())
	f.Put(x, r.y, r.x+r.w-x, l)
}

// add adds a chip in at most space cells, which must be at least chipLeast.
func (c *chipLine) add(l *paint.Line, chip *chip, number int, chosen bool, space int) {
	disp, g := c.display, onScreen
	if chosen {
		g = onCursor
	}
	textRole, frameRole := plain, muted
	if chip.off {
		textRole = muted
	}
	x, width, tail := l.Width(), c.chipWidth(chip, space), c.tail(chip)
	style := func(r role) paint.Style { return disp.theme.style(r, g) }
	text := width - chipFrame - 1 - disp.widther.Width(tail)
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
func (c *chipLine) at(x int) (chip int, drop, ok bool) {
	for _, s := range c.spots {
		if s.x <= x && x < s.end {
			return s.chip, x >= s.cross, true
		}
	}
	return 0, false, false
}
