package detail

import (
	"strings"

	"pawprint/tui/kit"
)

// settle moves the cursor into the document and the window to the cursor.
func (d *Detail) settle() {
	if d.empty() {
		return
	}
	d.at = max(0, min(d.at, len(d.blocks)-1))
	d.top = d.clamp(d.top)
	d.reveal()
	d.fill()
}

// clamp moves a position into the document.
func (d *Detail) clamp(s linePosition) linePosition {
	s.block = max(0, min(s.block, len(d.blocks)-1))
	s.part = max(0, min(s.part, d.parts(s.block)-1))
	s.line = max(0, min(s.line, len(d.lines(s.block, s.part))-1))
	return s
}

// bottom returns the last line in the window.
func (d *Detail) bottom() linePosition { return d.step(d.top, d.height-1) }

// reveal scrolls just enough to show the block under the cursor, or as much of it as fits.
func (d *Detail) reveal() {
	first, last := linePosition{block: d.at}, d.last(d.at)
	bottom := d.bottom()
	switch {
	case last.before(d.top):
		// It ended above the window: show its end, and its start if that fits.
		d.top = d.step(last, -(d.height - 1))
		if d.top.before(first) {
			d.top = first
		}
	case first.before(d.top) && !bottom.before(last):
		// Its end is visible: show as much before it as fits.
		if top := d.step(last, -(d.height - 1)); first.before(top) {
			d.top = top
		} else {
			d.top = first
		}
	case bottom.before(last) && d.top.before(first):
		// Its start is visible or becomes visible: show as much of it as fits.
		if top := d.step(last, -(d.height - 1)); top.before(first) {
			d.top = top
		} else {
			d.top = first
		}
	}
}

// fill scrolls back so that no line stays empty while there are lines above.
func (d *Detail) fill() {
	end, short := d.bottom(), d.height-1
	for s := d.top; s != end; s, _ = d.next(s) {
		short--
	}
	d.top = d.step(d.top, -short)
}

// move runs a command; it returns false for commands that do nothing here.
func (d *Detail) move(c kit.Command) bool {
	if d.empty() {
		return false
	}
	switch c {
	case kit.CmdUp:
		d.up()
	case kit.CmdDown:
		d.down()
	case kit.CmdHalfUp, kit.CmdPageUp:
		d.turn(-d.stride(c))
	case kit.CmdHalfDown, kit.CmdPageDown:
		d.turn(d.stride(c))
	case kit.CmdTop:
		d.at, d.top = 0, linePosition{}
	case kit.CmdBottom:
		d.at = d.nearest(len(d.blocks)-1, -1)
		d.top = d.step(d.last(len(d.blocks)-1), -(d.height - 1))
	case kit.CmdToggle, kit.CmdLeft, kit.CmdRight:
		d.foldAt(c)
	default:
		return false
	}
	d.fill()
	return true
}

// down scrolls through the rest of a long block, then goes to the next one.
func (d *Detail) down() {
	if d.bottom().before(d.last(d.at)) {
		d.top, _ = d.next(d.top)
		return
	}
	if at := d.nearest(d.at+1, 1); at > d.at {
		d.at = at
		d.reveal()
	}
}

// up scrolls back to the start of a long block, then goes to the one before.
func (d *Detail) up() {
	if (linePosition{block: d.at}).before(d.top) {
		d.top, _ = d.previous(d.top)
		return
	}
	if at := d.nearest(d.at-1, -1); at >= 0 && at < d.at {
		d.at = at
		d.reveal()
		return
	}
	d.top = linePosition{}
}

// nearest returns the first block, from at on in the direction of step, that can have the cursor; -1 if there is none.
func (d *Detail) nearest(at, step int) int {
	for at >= 0 && at < len(d.blocks) && d.blocks[at].inert() {
		at += step
	}
	if at < 0 || at >= len(d.blocks) {
		return -1
	}
	return at
}

func (d *Detail) stride(c kit.Command) int {
	if c == kit.CmdHalfUp || c == kit.CmdHalfDown {
		return max(1, d.height/2)
	}
	return max(1, d.height-1)
}

// turn moves the window by n lines and the cursor with it. At an end of the document the cursor goes to that end.
func (d *Detail) turn(n int) {
	row := 0
	for s := d.top; s.block < d.at && row < d.height-1; row++ {
		s, _ = d.next(s)
	}
	before := d.top
	d.top = d.step(d.top, n)
	d.fill()
	switch {
	case d.top != before:
		d.stand(d.step(d.top, row).block)
	case n > 0:
		d.stand(d.bottom().block)
	default:
		d.stand(d.top.block)
	}
	d.reveal()
}

// stand puts the cursor on a block, or on the nearest one that can have it.
func (d *Detail) stand(block int) {
	at := d.nearest(block, 1)
	if at < 0 {
		at = d.nearest(block, -1)
	}
	d.at = max(at, 0)
}

// foldAt folds or unfolds the node under the cursor, or else its section.
func (d *Detail) foldAt(c kit.Command) {
	b := &d.blocks[d.at]
	switch {
	case b.fold != "" && (c == kit.CmdToggle || b.open == (c == kit.CmdLeft)):
		d.setFold(b.fold, !b.open)
	case c == kit.CmdLeft && b.label.Empty():
		d.toParent()
	case b.sectionID != "" && (c == kit.CmdToggle || b.whole == (c == kit.CmdLeft)):
		d.setFold(b.sectionID, !b.whole)
	}
}

func (d *Detail) setFold(id string, open bool) {
	d.folds[id] = open
	section := d.blocks[d.at].sectionID == id
	d.rebuild()
	if section {
		d.toSection(id)
	} else if at, ok := d.blockOf(id); ok {
		d.at = at
	}
	d.settle()
}

// toSection goes to the first block of a section.
func (d *Detail) toSection(id string) {
	for i := range d.blocks {
		if d.blocks[i].sectionID == id {
			d.at = i
			return
		}
	}
}

// toParent moves to the block that holds the one under the cursor.
func (d *Detail) toParent() {
	indent := d.blocks[d.at].indent
	for i := d.at; i >= 0; i-- {
		b := &d.blocks[i]
		if i < d.at && b.indent < indent || !b.label.Empty() {
			d.at = i
			d.reveal()
			return
		}
	}
}

// nextStop goes to the next change of a comparison, or with -1 to the previous one, and wraps around at the ends. It returns false
// if there is none.
func (d *Detail) nextStop(step int) bool {
	n := len(d.blocks)
	for i := 1; i <= n; i++ {
		if at := ((d.at+i*step)%n + n) % n; d.blocks[at].stop {
			d.standOn(at)
			return true
		}
	}
	return false
}

// standOn goes to a change and shows as much of it as fits.
func (d *Detail) standOn(at int) {
	last := at
	for last+1 < len(d.blocks) && strings.HasPrefix(d.blocks[last+1].id, d.blocks[at].id+string(idSep)) {
		last++
	}
	d.at = last
	d.settle()
	d.at = at
	d.settle()
}

// jump goes to the section with a number and unfolds it; if the cursor is on its first line already, jump folds it again. It
// returns false if there is no such section.
func (d *Detail) jump(digit int) bool {
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.digit != digit || b.label.Empty() {
			continue
		}
		again := d.at == i
		d.at = i
		if b.sectionID != "" && (again || !b.whole) {
			d.setFold(b.sectionID, !b.whole)
		}
		if !d.empty() {
			// Show the section at the top of the window, unless too little follows it.
			d.top = linePosition{block: d.at}
			d.settle()
		}
		return true
	}
	return false
}

// nextSection goes to the next section, or with a negative step to the previous one. It returns false if there is none.
func (d *Detail) nextSection(step int) bool {
	for i := d.at + step; i >= 0 && i < len(d.blocks); i += step {
		if !d.blocks[i].label.Empty() {
			d.at = i
			d.settle()
			return true
		}
	}
	return false
}

// scroll moves the window by n lines, and the cursor just enough to stay in it.
func (d *Detail) scroll(n int) {
	if d.empty() {
		return
	}
	d.top = d.step(d.top, n)
	d.fill()
	switch bottom := d.bottom(); {
	case d.last(d.at).before(d.top):
		d.stand(d.top.block)
	case bottom.before(linePosition{block: d.at}):
		d.at = max(0, d.nearest(bottom.block, -1))
	}
}

// Click moves the cursor to a line of the window, or folds the block if the cursor is there already.
func (d *Detail) Click(_, y int) kit.Wish {
	if d.empty() {
		return kit.Wish{}
	}
	at := d.step(d.top, y).block
	if at == d.at {
		d.foldAt(kit.CmdToggle)
		return kit.Wish{}
	}
	d.stand(at)
	d.settle()
	return kit.Wish{}
}

// Drag implements kit.Pane. It does nothing.
func (d *Detail) Drag(int, int) kit.Wish { return kit.Wish{} }

// Wheel implements kit.Pane.
func (d *Detail) Wheel(n int, _ *kit.Scene) kit.Wish {
	d.scroll(n)
	return kit.Wish{}
}
