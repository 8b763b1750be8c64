package detail

import (
	"pawprint/model"
	"pawprint/tui/kit"
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

// Detail shows one event, or a page about events. It keeps blocks and makes lines only for the visible parts. It implements
// kit.Pane and kit.Reader.
type Detail struct {
	display   *kit.Display
	width     int
	height    int
	own       bool      // the pane is as wide as the screen: nothing else stands in its rows
	doc       *document // nil before the first event
	page      page      // shown in place of doc; nil for none
	folds     map[string]bool
	blocks    []block
	top       linePosition // the first visible line
	at        int          // the block under the cursor
	search    search
	reading   kit.Slot // the event, and then pages of it and searches in it: no page is mixed with another event
	opened    int      // how often another event was shown
	firsts    kit.Slot // the first events of its kind
	task      task
	shownTask task // the task that made page
	drawn     map[partID][]detailLine
	drawnV    int // the version of display that drawn was made with
}

// New returns a detail that shows nothing yet.
func New(disp *kit.Display) *Detail { return &Detail{display: disp, folds: map[string]bool{}} }

// page is something that the detail shows in place of an event.
type page interface {
	// build adds the blocks.
	build(b *builder)
}

// partID identifies one part of a block.
type partID struct{ block, part int }

// maxDrawn limits the number of parts whose lines are kept.
const maxDrawn = 512

// SetSize implements kit.Pane.
func (d *Detail) SetSize(w, h int) {
	own := w == d.display.Columns && !d.display.Widther.ASCII
	if w != d.width || own != d.own {
		d.drawn = nil
		d.top.line, d.top.part = 0, 0
	}
	d.width, d.height, d.own = w, h, own
	d.settle()
}

// show replaces the document. If it is the same event, read again, the cursor stays. A page stays until it is closed.
func (d *Detail) show(doc *document) {
	same := d.doc != nil && d.doc.event.Row == doc.event.Row
	if same {
		doc.mark, doc.copy, doc.silence = d.doc.mark, d.doc.copy, d.doc.silence
	}
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
func (d *Detail) begin() {
	d.at, d.top = 0, linePosition{}
	d.search.clear()
	d.settle()
}

// rebuild makes the blocks again after the document or a fold changed. The cursor stays on its block.
func (d *Detail) rebuild() {
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
func (d *Detail) id() string {
	if d.at < len(d.blocks) {
		return d.blocks[d.at].id
	}
	return ""
}

// blockOf finds the block with an id.
func (d *Detail) blockOf(id string) (int, bool) {
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
func (d *Detail) shows(r model.Row) bool {
	return d.doc != nil && d.doc.event.Row == r && d.doc.read
}

// Focused returns the value under the cursor that + and - filter by, also if it is null.
func (d *Detail) Focused() (v kit.Value, ok bool) {
	if d.at >= len(d.blocks) {
		return kit.Value{}, false
	}
	switch b := &d.blocks[d.at]; {
	case b.value != nil:
		return *b.value, true
	case b.node != nil && b.from != nil:
		return b.from.valueOf(stepsOf(b.id), b.node)
	case b.node != nil && d.page == nil && d.doc != nil:
		return d.doc.valueOf(stepsOf(b.id), b.node)
	}
	return kit.Value{}, false
}

func (d *Detail) painter() blockPainter {
	return blockPainter{display: d.display, width: d.width, own: d.own, find: d.search.needle}
}

func (d *Detail) parts(block int) int {
	p := d.painter()
	return p.parts(&d.blocks[block])
}

// lines returns the lines of one part of a block, at least one.
func (d *Detail) lines(block, part int) []detailLine {
	if d.drawnV != d.display.Version || len(d.drawn) > maxDrawn {
		d.drawn, d.drawnV = nil, d.display.Version
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
func (d *Detail) next(s linePosition) (linePosition, bool) {
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
func (d *Detail) previous(s linePosition) (linePosition, bool) {
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
func (d *Detail) last(block int) linePosition {
	part := d.parts(block) - 1
	return linePosition{block, part, len(d.lines(block, part)) - 1}
}

// step moves by n lines, but not beyond the first or last line.
func (d *Detail) step(s linePosition, n int) linePosition {
	ok := true
	for ; n > 0 && ok; n-- {
		s, ok = d.next(s)
	}
	for ; n < 0 && ok; n++ {
		s, ok = d.previous(s)
	}
	return s
}

// Draw implements kit.Pane: it draws the visible lines into r. The sign of the cursor stands at all lines of its block, the band under the first of them that
// is visible: a block may be longer than the screen.
func (d *Detail) Draw(f *paint.Frame, r kit.Rect, focused bool) {
	if d.empty() || r.Empty() {
		return
	}
	s, ok, lit := d.top, true, !focused
	for y := 0; y < r.H && ok; y++ {
		line, g := d.lines(s.block, s.part)[s.line].Line, kit.OnScreen
		if !lit && s.block == d.at {
			line, g, lit = d.display.Lit(line, r.W), kit.OnCursor, true
			f.Select(r.X, r.Y+y)
		}
		f.Put(r.X, r.Y+y, r.W, line)
		if focused && s.block == d.at && !line.HasOwnRow() {
			cursor := d.display.Line()
			cursor.Add(d.display.Theme.Style(kit.Bar, g), d.display.Glyphs.Cursor)
			f.Put(r.X, r.Y+y, 1, cursor)
		}
		s, ok = d.next(s)
	}
	d.drawSearch(f, r)
}

// empty reports whether there is nothing to draw.
func (d *Detail) empty() bool { return len(d.blocks) == 0 || d.width <= 0 || d.height <= 0 }

// ReadAgain makes the event, or the page, be read again.
func (d *Detail) ReadAgain() {
	d.reading.Stop()
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

// ReplaceLog says that rows are now those of another log. If known, the event stays if it is the one under the cursor, which is row in
// that log.
func (d *Detail) ReplaceLog(row model.Row, known bool) {
	d.reading.Stop()
	switch {
	case d.doc == nil:
	case known:
		d.doc.event.Row = row
	default:
		d.doc = nil
	}
}
