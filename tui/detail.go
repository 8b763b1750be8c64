package tui

import (
	"pawprint/model"
	"pawprint/tui/paint"
)

// linePosition is a line of the detail: the block, the part of its text and the line in that part.
type linePosition struct{ block, part, line int }

func (s linePosition) before(o linePosition) bool {
	switch {
	case s.block != o.block:
		return s.block < o.block
	case s.part != o.part:
		return s.part < o.part
	}
	return s.line < o.line
}

// detail shows one event, or a page about events. It keeps blocks and makes lines only for the visible parts.
type detail struct {
	display   *display
	width     int
	height    int
	doc       *document // nil before the first event
	page      page      // shown in place of doc; nil for none
	folds     map[string]bool
	blocks    []block
	top       linePosition // the first visible line
	at        int          // the block under the cursor
	search    search
	reading   slot // the event, and then pages of it and searches in it: no page is mixed with another event
	opened    int  // how often another event was shown
	firsts    slot // the first events of its kind
	task      task
	shownTask task // the task that made page
	drawn     map[partID][]detailLine
	drawnV    int // the version of display that drawn was made with
}

// newDetail returns a detail that shows nothing yet.
func newDetail(disp *display) *detail { return &detail{display: disp, folds: map[string]bool{}} }

// page is something that the detail shows in place of an event.
type page interface {
	// build adds the blocks.
	build(b *builder)
}

// partID identifies one part of a block.
type partID struct{ block, part int }

// maxDrawn limits the number of parts whose lines are kept.
const maxDrawn = 512

func (d *detail) setSize(w, h int) {
	if w != d.width {
		d.drawn = nil
		d.top.line, d.top.part = 0, 0
	}
	d.width, d.height = w, h
	d.settle()
}

// show replaces the document. If it is the same event, read again, the cursor stays. A page stays until it is closed.
func (d *detail) show(doc *document) {
	same := d.doc != nil && d.doc.event.Row == doc.event.Row
	d.doc = doc
	if d.page != nil {
		return
	}
	d.rebuild()
	if !same {
		d.begin()
	}
}

// begin goes to the first line.
func (d *detail) begin() {
	d.at, d.top = 0, linePosition{}
	d.search.clear()
	d.settle()
}

// rebuild makes the blocks again after the document or a fold changed. The cursor stays on its block.
func (d *detail) rebuild() {
	id := d.id()
	switch {
	case d.page != nil:
		b := &builder{display: d.display, doc: &document{}, folds: d.folds, bare: true}
		d.page.build(b)
		d.blocks = b.blocks
	case d.doc == nil:
		d.blocks = nil
	default:
		d.blocks = buildBlocks(d.display, d.doc, d.folds)
	}
	d.drawn = nil
	if d.at >= len(d.blocks) || d.blocks[d.at].id != id {
		if at, ok := d.blockOf(id); ok {
			d.at = at
		}
	}
	d.settle()
}

// id returns the id of the block under the cursor.
func (d *detail) id() string {
	if d.at < len(d.blocks) {
		return d.blocks[d.at].id
	}
	return ""
}

// blockOf finds the block with an id.
func (d *detail) blockOf(id string) (int, bool) {
	if id != "" {
		for i := range d.blocks {
			if d.blocks[i].id == id {
				return i, true
			}
		}
	}
	return 0, false
}

// shows reports whether the detail holds the whole event of a row.
func (d *detail) shows(r model.Row) bool {
	return d.doc != nil && d.doc.event.Row == r && d.doc.read
}

// focused returns the value under the cursor that + and - filter by, also if it is null.
func (d *detail) focused() (v value, ok bool) {
	if d.at >= len(d.blocks) {
		return value{}, false
	}
	switch b := &d.blocks[d.at]; {
	case b.value != nil:
		return *b.value, true
	case b.node != nil && d.page == nil && d.doc != nil:
		return d.doc.valueOf(stepsOf(b.id), b.node)
	}
	return value{}, false
}

func (d *detail) painter() blockPainter {
	return blockPainter{display: d.display, width: d.width, find: d.search.needle}
}

func (d *detail) parts(block int) int {
	p := d.painter()
	return p.parts(&d.blocks[block])
}

// lines returns the lines of one part of a block, at least one.
func (d *detail) lines(block, part int) []detailLine {
	if d.drawnV != d.display.version || len(d.drawn) > maxDrawn {
		d.drawn, d.drawnV = nil, d.display.version
	}
	if d.drawn == nil {
		d.drawn = map[partID][]detailLine{}
	}
	id := partID{block, part}
	l, ok := d.drawn[id]
	if !ok {
		p := d.painter()
		l = p.lines(&d.blocks[block], part)
		d.drawn[id] = l
	}
	return l
}

// next returns the line behind s; ok is false at the end.
func (d *detail) next(s linePosition) (linePosition, bool) {
	switch {
	case s.line+1 < len(d.lines(s.block, s.part)):
		return linePosition{s.block, s.part, s.line + 1}, true
	case s.part+1 < d.parts(s.block):
		return linePosition{s.block, s.part + 1, 0}, true
	case s.block+1 < len(d.blocks):
		return linePosition{s.block + 1, 0, 0}, true
	}
	return s, false
}

// previous returns the line before s; ok is false at the beginning.
func (d *detail) previous(s linePosition) (linePosition, bool) {
	switch {
	case s.line > 0:
		return linePosition{s.block, s.part, s.line - 1}, true
	case s.part > 0:
		return linePosition{s.block, s.part - 1, len(d.lines(s.block, s.part-1)) - 1}, true
	case s.block > 0:
		return d.last(s.block - 1), true
	}
	return s, false
}

// last is the last line of a block.
func (d *detail) last(block int) linePosition {
	part := d.parts(block) - 1
	return linePosition{block, part, len(d.lines(block, part)) - 1}
}

// step moves by n lines, but not beyond the first or last line.
func (d *detail) step(s linePosition, n int) linePosition {
	ok := true
	for ; n > 0 && ok; n-- {
		s, ok = d.next(s)
	}
	for ; n < 0 && ok; n++ {
		s, ok = d.previous(s)
	}
	return s
}

// draw draws the visible lines into r.
func (d *detail) draw(f *paint.Frame, r rect, focused bool) {
	if d.empty() || r.empty() {
		return
	}
	s, ok := d.top, true
	for y := 0; y < r.h && ok; y++ {
		f.Put(r.x, r.y+y, r.w, d.lines(s.block, s.part)[s.line].Line)
		if focused && s.block == d.at {
			cursor := d.display.line()
			cursor.Add(d.display.style(bar), d.display.glyphs.cursor)
			f.Put(r.x, r.y+y, 1, cursor)
		}
		s, ok = d.next(s)
	}
	d.drawSearch(f, r)
}

// empty reports whether there is nothing to draw.
func (d *detail) empty() bool { return len(d.blocks) == 0 || d.width <= 0 || d.height <= 0 }

// readAgain makes the event, or the page, be read again.
func (d *detail) readAgain() {
	d.reading.stop()
	if d.doc == nil {
		return
	}
	d.doc = &document{event: d.doc.event, columns: d.doc.columns, source: d.doc.source, problems: d.doc.problems}
	d.search.clear()
	if d.page != nil {
		d.page = nil
		d.task.want(d.shownTask)
	}
	d.rebuild()
}

// replaceLog says that rows are now those of another log. The event stays if it is the one under the cursor, which has the number
// row there; known is false if that event is not.
func (d *detail) replaceLog(row model.Row, known bool) {
	d.reading.stop()
	switch {
	case d.doc == nil:
	case known:
		d.doc.event.Row = row
	default:
		d.doc = nil
	}
}
