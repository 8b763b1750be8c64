package filter

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// ChipLine shows the conditions of the filter on one line: [failed only ×] [actor ci-token off]. The chips are only a view of the
// filter, whose state is its text. It keeps which one is chosen, and where it drew the chips of the last frame, for the mouse.
type ChipLine struct {
	display *kit.Display
	names   chipNames
	effects effects
	fromEnd int // the chosen chip, counted from the last one: 0 is the last
	spots   []chipArea
}

// chipArea is the area of a chip: from x to end, exclusive; its cross starts at cross.
type chipArea struct {
	chip          int
	x, cross, end int
}

// newChipLine returns a line with the last chip chosen.
func newChipLine(disp *kit.Display) ChipLine {
	actors := map[string]string{}
	return ChipLine{display: disp, names: chipNames{disp, actors, map[string]string{}}, effects: effects{actors: actors}}
}

// chosen returns the index of the chip that the commands act on, the last one by default; it is negative if there are no chips.
func (c *ChipLine) chosen(chips []kit.Chip) int {
	if c.fromEnd >= len(chips) {
		c.fromEnd = 0
	}
	return len(chips) - 1 - c.fromEnd
}

// highlighted returns the index of the chip to highlight: the chosen one, unless it is the last; negative for none.
func (c *ChipLine) highlighted(chips []kit.Chip) int {
	if i := c.chosen(chips); c.fromEnd > 0 {
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
		c.fromEnd = (c.fromEnd + 1) % n
	case do == kit.CmdNextChip:
		c.fromEnd = (c.fromEnd + n - 1) % n
	}
	return kit.Wish{Toast: c.about(f, c.chosen(f.Chips), s.Newest)}
}

// about says what a chip does to the rows, which are sel, and what can be done to it.
func (c *ChipLine) about(f *kit.Filter, i int, sel *model.Selection) termsafe.Safe {
	chip, parts := &f.Chips[i], []termsafe.Safe{c.names.fullWords(&f.Chips[i], kit.QuotedCells)}
	if rows, ok := c.effects.known(i, sel); ok && chip.Off {
		parts = append(parts, termsafe.Const(": with it "), termsafe.Int(int64(sel.Len()-rows)), termsafe.Const(" fewer"))
	} else if ok {
		parts = append(parts, termsafe.Const(": without it "), termsafe.Int(int64(rows-sel.Len())), termsafe.Const(" more"))
	}
	if over := c.effects.over(); over > 0 && len(parts) > 1 {
		parts = append(parts, kit.BlankCell, kit.OverLoaded(over)[0])
	}
	does := "  {} removes it, {} turns it off"
	if chip.Off {
		does = "  {} removes it, {} turns it on"
	}
	return termsafe.Concat(append(parts, c.display.Keyed(does, kit.CmdDropChip, kit.CmdSwitchChip))...)
}

// note says in few words how many of the rows that the other conditions leave a chip hides; empty until that is known. If a database has
// more rows than are loaded, it says that these are loaded rows, and of how many if the database cannot be asked for the condition.
func (c *ChipLine) note(i int, chip *kit.Chip, sel *model.Selection) termsafe.Safe {
	rows, ok := c.effects.known(i, sel)
	if !ok {
		return termsafe.Safe{}
	}
	does, n := termsafe.Const(" hides "), rows-sel.Len()
	if chip.Off {
		does, n = termsafe.Const(" would hide "), -n
	}
	words, over := termsafe.Concat(termsafe.Const(" "), c.display.Glyphs.Dot, does, termsafe.Int(int64(n))), c.effects.over()
	switch {
	case over == 0:
		return words
	case c.effects.onlyLoaded(i):
		return termsafe.Concat(words, kit.BlankCell, kit.OverLoaded(over)[0])
	}
	return termsafe.Concat(words, kit.BlankCell, loadedWords)
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

// click removes the chip in a column of the screen if its cross is there, else chooses it; ok is false if there is no chip.
func (c *ChipLine) click(x int, s *kit.Scene) (w kit.Wish, ok bool) {
	i, drop, ok := c.at(x)
	n := len(s.Current.Chips)
	switch {
	case !ok || i >= n:
		return w, false
	case drop:
		return changeTo(s.Current.Without(i)), true
	}
	c.fromEnd = n - 1 - i
	return w, true
}

// The widths of chips, in cells.
const (
	chipFrame     = 2 // the brackets
	chipMostText  = 40
	chipLeast     = 6 // width of a chip of one letter
	chipFoldWidth = 5 // "+999" and a gap
)

// chipText is a chip as it is drawn.
type chipText struct {
	text, note, tail termsafe.Safe
	width            int // with its brackets, in cells
}

// texts returns the chips for a line of w cells. Long ones are cut at the end unless all of them fit.
func (c *ChipLine) texts(chips []kit.Chip, w int) []chipText {
	out, all := make([]chipText, len(chips)), -1
	for i := range chips {
		t := chipText{text: c.names.words(&chips[i], max(w, chipMostText)), tail: c.tail(&chips[i])}
		t.width = c.display.Widther.Width(t.text) + 1 + c.display.Widther.Width(t.tail) + chipFrame
		out[i], all = t, all+t.width+1
	}
	for i := range out {
		if t := &out[i]; all > w {
			t.width = min(t.width, chipMostText+1+c.display.Widther.Width(t.tail)+chipFrame, w)
		}
	}
	return out
}

// noted adds what each chip hides, or only the chosen one if there is no room for all; w is that of the line.
func (c *ChipLine) noted(texts []chipText, chips []kit.Chip, chosen, w int, sel *model.Selection) {
	all := widthOf(texts)
	for i := range texts {
		texts[i].note = c.note(i, &chips[i], sel)
		all += c.display.Widther.Width(texts[i].note)
	}
	for i := range texts {
		if t := &texts[i]; all > w && i != chosen {
			t.note = termsafe.Safe{}
		} else {
			t.width += c.display.Widther.Width(t.note)
		}
	}
}

// widthOf returns how many cells chips take.
func widthOf(texts []chipText) int {
	all := -1
	for i := range texts {
		all += texts[i].width + 1
	}
	return max(all, 0)
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
func (c *ChipLine) choose(chips []chipText, chosen, w int) (shown []int, hidden int) {
	space := w - chipFoldWidth
	if widthOf(chips) <= w {
		space = w + 1
	} else if chosen >= 0 && chosen < len(chips) {
		space -= min(chips[chosen].width, max(space, 0)) + 1
	}
	for i := range chips {
		if i == chosen && space <= w {
			shown = append(shown, i)
			continue
		}
		if n := chips[i].width + 1; n <= space {
			space -= n
			shown = append(shown, i)
		} else {
			hidden++
		}
	}
	return shown, hidden
}

// add adds the chips to a line, in at most w cells. chosen is the index of the one to highlight, negative for none; sel is the rows of
// the filter, nil before they are selected.
func (c *ChipLine) add(l *paint.Line, chips []kit.Chip, chosen, w int, sel *model.Selection) {
	c.spots = c.spots[:0]
	if w <= 0 {
		return
	}
	start, texts := l.Width(), c.texts(chips, w)
	c.noted(texts, chips, chosen, w, sel)
	shown, hidden := c.choose(texts, chosen, w)
	for k, i := range shown {
		space := w - (l.Width() - start)
		if k > 0 {
			space--
		}
		if hidden > 0 {
			space -= chipFoldWidth
		}
		if space < chipLeast {
			hidden++
			continue
		}
		c.gap(l, start)
		c.addChip(l, &chips[i], &texts[i], i, i == chosen, space)
	}
	if hidden > 0 {
		c.gap(l, start)
		l.Add(c.display.Style(kit.Muted), termsafe.Concat(termsafe.Const("+"), termsafe.Int(int64(hidden))))
	}
}

// gap separates what follows from the chip before it.
func (c *ChipLine) gap(l *paint.Line, start int) {
	if l.Width() > start {
		l.Fill(c.display.Style(kit.Plain), 1)
	}
}

// addChip adds a chip in at most space cells, which must be at least chipLeast.
func (c *ChipLine) addChip(l *paint.Line, chip *kit.Chip, t *chipText, number int, chosen bool, space int) {
	disp, g := c.display, kit.OnScreen
	if chosen {
		g = kit.OnCursor
	}
	textRole, frameRole := kit.Plain, kit.Muted
	if chip.Off {
		textRole = kit.Muted
	}
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	x, width, tail, note := l.Width(), min(t.width, space), t.tail, t.note
	if width < t.width {
		note, width = termsafe.Safe{}, min(t.width-disp.Widther.Width(note), space)
	}
	text := width - chipFrame - 1 - disp.Widther.Width(tail) - disp.Widther.Width(note)
	if text < 1 {
		tail, text = termsafe.Safe{}, width-chipFrame-1
	}
	l.Add(style(frameRole), termsafe.Const("["))
	l.AddWidth(style(textRole), t.text, text, paint.Left)
	l.Add(style(kit.Muted), note)
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
