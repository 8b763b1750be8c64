package tui

import (
	"pawprint/model"
	"pawprint/tui/paint"
)

// spot is a line of the detail: which block, and which of its lines.
type spot struct{ block, line int }

// detail shows one event. It is virtual: it knows its blocks, and makes the lines of those that are visible.
type detail struct {
	look   *look
	width  int
	height int
	doc    *document // nil before the first
	folds  map[string]bool
	blocks []block
	top    spot // the first visible line
	at     spot // the line under the cursor
	drawn  map[int][]*paint.Line
	drawnV int // the version of look that drawn was made with
}

// maxDrawn bounds the blocks whose lines are kept.
const maxDrawn = 512

func (d *detail) setSize(w, h int) {
	if w != d.width {
		d.drawn = nil
		d.at.line, d.top.line = 0, 0
	}
	d.width, d.height = w, h
	d.settle()
}

// show replaces the document. The same event read again keeps its place.
func (d *detail) show(doc *document) {
	same := d.doc != nil && d.doc.event.Row == doc.event.Row
	d.doc = doc
	if !same {
		d.at, d.top = spot{}, spot{}
	}
	d.rebuild()
}

func (d *detail) rebuild() {
	d.blocks = buildBlocks(d.look, d.doc, d.folds)
	d.drawn = nil
	d.settle()
}

// shows reports whether the detail holds the whole event of a row.
func (d *detail) shows(r model.Row) bool {
	return d.doc != nil && d.doc.event.Row == r && d.doc.read
}

// lines gives the lines of a block, at least one.
func (d *detail) lines(block int) []*paint.Line {
	if d.drawnV != d.look.version || len(d.drawn) > maxDrawn {
		d.drawn, d.drawnV = nil, d.look.version
	}
	if d.drawn == nil {
		d.drawn = map[int][]*paint.Line{}
	}
	l, ok := d.drawn[block]
	if !ok {
		p := blockPainter{look: d.look, width: d.width}
		l = p.lines(&d.blocks[block])
		d.drawn[block] = l
	}
	return l
}

// next gives the line behind s; ok is false at the end.
func (d *detail) next(s spot) (spot, bool) {
	switch {
	case s.line+1 < len(d.lines(s.block)):
		return spot{s.block, s.line + 1}, true
	case s.block+1 < len(d.blocks):
		return spot{s.block + 1, 0}, true
	}
	return s, false
}

// previous gives the line before s; ok is false at the beginning.
func (d *detail) previous(s spot) (spot, bool) {
	switch {
	case s.line > 0:
		return spot{s.block, s.line - 1}, true
	case s.block > 0:
		return spot{s.block - 1, len(d.lines(s.block-1)) - 1}, true
	}
	return s, false
}

// step moves by n lines, as far as there are any.
func (d *detail) step(s spot, n int) spot {
	ok := true
	for ; n > 0 && ok; n-- {
		s, ok = d.next(s)
	}
	for ; n < 0 && ok; n++ {
		s, ok = d.previous(s)
	}
	return s
}

func (s spot) before(o spot) bool { return s.block < o.block || s.block == o.block && s.line < o.line }

// settle brings the cursor into the document and the window to the cursor.
func (d *detail) settle() {
	if len(d.blocks) == 0 || d.width <= 0 || d.height <= 0 {
		return
	}
	d.at, d.top = d.clamp(d.at), d.clamp(d.top)
	if d.at.before(d.top) {
		d.top = d.at
	}
	// The first line from which the cursor is visible at the bottom.
	if first := d.step(d.at, -(d.height - 1)); d.top.before(first) {
		d.top = first
	}
	// The window is full as long as there are lines.
	end := d.step(d.top, d.height-1)
	short := d.height - 1
	for s := d.top; s != end; s, _ = d.next(s) {
		short--
	}
	d.top = d.step(d.top, -short)
}

func (d *detail) clamp(s spot) spot {
	s.block = max(0, min(s.block, len(d.blocks)-1))
	s.line = max(0, min(s.line, len(d.lines(s.block))-1))
	return s
}

// end is the last line.
func (d *detail) end() spot {
	last := len(d.blocks) - 1
	return spot{last, len(d.lines(last)) - 1}
}

// move does what a key asks for, and reports whether the key means anything here.
func (d *detail) move(c command) bool {
	if len(d.blocks) == 0 || d.width <= 0 || d.height <= 0 {
		return false
	}
	switch c {
	case cmdUp:
		d.at = d.step(d.at, -1)
	case cmdDown:
		d.at = d.step(d.at, 1)
	case cmdHalfUp, cmdPageUp:
		d.page(-d.stride(c))
	case cmdHalfDown, cmdPageDown:
		d.page(d.stride(c))
	case cmdTop:
		d.at = spot{}
	case cmdBottom:
		d.at = d.end()
	case cmdToggle, cmdLeft, cmdRight:
		d.foldAt(c)
	default:
		return false
	}
	d.settle()
	return true
}

func (d *detail) stride(c command) int {
	if c == cmdHalfUp || c == cmdHalfDown {
		return max(1, d.height/2)
	}
	return max(1, d.height-1)
}

func (d *detail) page(n int) { d.at, d.top = d.step(d.at, n), d.step(d.top, n) }

// foldAt folds or unfolds what the cursor is on: first the node, then its section.
func (d *detail) foldAt(c command) {
	if d.at.block >= len(d.blocks) {
		return
	}
	b := &d.blocks[d.at.block]
	switch {
	case b.fold != "" && (c == cmdToggle || b.open == (c == cmdLeft)):
		d.setFold(b.fold, !b.open)
	case b.chief != "" && (c == cmdToggle || b.whole == (c == cmdLeft)):
		d.setFold(b.chief, !b.whole)
	case c == cmdLeft:
		d.toParent()
	}
}

func (d *detail) setFold(path string, open bool) {
	d.folds[path] = open
	d.rebuild()
}

// toParent moves to the block that holds the one under the cursor.
func (d *detail) toParent() {
	indent := d.blocks[d.at.block].indent
	for i := d.at.block; i >= 0; i-- {
		b := &d.blocks[i]
		if i < d.at.block && b.indent < indent || !b.label.Empty() {
			d.at = spot{i, 0}
			return
		}
	}
}

// scroll moves the window by n lines, and the cursor only to stay in it.
func (d *detail) scroll(n int) {
	if len(d.blocks) == 0 {
		return
	}
	d.top = d.step(d.top, n)
	last := d.step(d.top, d.height-1)
	switch {
	case d.at.before(d.top):
		d.at = d.top
	case last.before(d.at):
		d.at = last
	}
	d.settle()
}

// click puts the cursor on a line of the window, or folds what it is on already.
func (d *detail) click(y int) {
	if len(d.blocks) == 0 {
		return
	}
	at := d.step(d.top, y)
	if at == d.at {
		d.foldAt(cmdToggle)
	}
	d.at = d.clamp(at)
	d.settle()
}

// draw draws the visible lines into r.
func (d *detail) draw(f *paint.Frame, r rect, focused bool) {
	if len(d.blocks) == 0 || r.empty() {
		return
	}
	s, ok := d.top, true
	for y := 0; y < r.h && ok; y++ {
		f.Put(r.x, r.y+y, r.w, d.lines(s.block)[s.line])
		if focused && s == d.at {
			cursor := d.look.line()
			cursor.Add(d.look.style(bar), d.look.glyphs.cursor)
			f.Put(r.x, r.y+y, 1, cursor)
		}
		s, ok = d.next(s)
	}
}
