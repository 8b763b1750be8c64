package side

import (
	"math"
	"slices"

	"pawprint/model/clock"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// chartGlyphs are the glyphs of the timeline, each one cell wide. Lists go from the lowest level to the highest.
type chartGlyphs struct {
	bars    []termsafe.Safe // for buckets without failures, and for all if failures have a line of their own
	dotted  []termsafe.Safe // for the parts of bars that are not loaded, for each two of bars
	failing []termsafe.Safe // for buckets with failures, if there is only one line
	shares  []termsafe.Safe // hanging below the bars: the share that failed
	event   termsafe.Safe   // the bucket of the event under the list's cursor
	seen    termsafe.Safe   // a bucket of the rows in the list's window
}

var richChart = chartGlyphs{
	bars: []termsafe.Safe{termsafe.Const("▁"), termsafe.Const("▂"), termsafe.Const("▃"), termsafe.Const("▄"),
		termsafe.Const("▅"), termsafe.Const("▆"), termsafe.Const("▇"), termsafe.Const("█")},
	dotted:  []termsafe.Safe{termsafe.Const("⣀"), termsafe.Const("⣤"), termsafe.Const("⣶"), termsafe.Const("⣿")},
	failing: []termsafe.Safe{termsafe.Const("⣀"), termsafe.Const("⣤"), termsafe.Const("⣶"), termsafe.Const("⣿")},
	shares:  []termsafe.Safe{termsafe.Const("▔"), termsafe.Const("▀"), termsafe.Const("█")},
	event:   termsafe.Const("▲"), seen: termsafe.Const("─"),
}

var asciiChart = chartGlyphs{
	bars:    []termsafe.Safe{termsafe.Const("."), termsafe.Const(":"), termsafe.Const("|"), termsafe.Const("#")},
	dotted:  []termsafe.Safe{termsafe.Const(";"), termsafe.Const("%")},
	failing: []termsafe.Safe{termsafe.Const("x"), termsafe.Const("X")},
	shares:  []termsafe.Safe{termsafe.Const("'"), termsafe.Const("x"), termsafe.Const("X")},
	event:   termsafe.Const("^"), seen: termsafe.Const("-"),
}

// chartGlyphsOf returns the glyphs that the terminal can show.
func chartGlyphsOf(disp *kit.Display) *chartGlyphs {
	if disp.Widther.ASCII {
		return &asciiChart
	}
	return &richChart
}

// The widths of the timeline, in cells. The legend is at the right; on two lines it needs less space. A high timeline has it in a line of
// its own, so that the bars have the whole width.
const (
	chartMargin     = 1
	legendGap       = 2
	legendNarrow    = 15 // a date and a share
	legendWide      = 30
	legendWhole     = 32 // all on one line
	legendFrom      = 40 // width from which there is a legend at all
	legendWideFrom  = 64
	legendWholeFrom = 80
	legendAboveFrom = 8 // height from which it is above the bars
)

// above reports whether the legend has a line of its own above the bars.
func (t *Timeline) above() bool { return t.height >= legendAboveFrom && t.width >= legendFrom }

// legendWidth returns the width of the legend beside the bars.
func (t *Timeline) legendWidth() int {
	switch {
	case t.width < legendFrom:
		return 0
	case t.height == 1 && t.width >= legendWholeFrom:
		return legendWhole
	case t.height > 1 && t.width >= legendWideFrom:
		return legendWide
	}
	return legendNarrow
}

// axisFrom is the height from which the axis has a line of its own. Below, its labels stand where the marks leave room.
const axisFrom = 3

// chart returns the rectangle of the bars in the pane. Below it are the marks and the axis, unless the pane has only one line.
func (t *Timeline) chart() kit.Rect {
	if t.above() {
		return kit.Rect{X: chartMargin, Y: 1, W: t.width - 2*chartMargin, H: t.height - 3}
	}
	h := t.height
	switch {
	case h >= axisFrom:
		h -= 2
	case h > 1:
		h--
	}
	return kit.Rect{X: chartMargin, Y: 0, W: t.columnsBeside(), H: max(h, 0)}
}

// columnsBeside is the width of the bars if the legend is beside them.
func (t *Timeline) columnsBeside() int {
	w := t.width - 2*chartMargin
	if n := t.legendWidth(); n > 0 {
		w -= n + legendGap
	}
	return max(w, 0)
}

// scale returns how many cells wide each bar is and how many buckets it shows: one, until a histogram for a narrower chart arrives.
func (t *Timeline) scale() (cells, buckets int) {
	n, w := t.len(), t.chart().W
	if n > w {
		return 1, (n + w - 1) / max(1, w)
	}
	return max(1, clock.BucketCells(n, w)), 1
}

// bucketAt returns the bucket whose bar is in a column of the pane. Beside the bars it returns the nearest one, and ok is false.
func (t *Timeline) bucketAt(x int) (bucket int, ok bool) {
	c := t.chart()
	first, _, ok := t.cell(max(0, x-c.X))
	return min(first, t.len()-1), ok && x >= c.X && x < c.X+c.W
}

// cell returns the buckets of a column of the chart; ok is false right of the last bar.
func (t *Timeline) cell(x int) (first, last int, ok bool) {
	cells, buckets := t.scale()
	first = x / cells * buckets
	return first, min(first+buckets, t.len()) - 1, first < t.len()
}

// middle returns the middle column of a bucket.
func (t *Timeline) middle(bucket int) int {
	cells, buckets := t.scale()
	return bucket/buckets*cells + (cells-1)/2
}

// chartBar is a column of the chart.
type chartBar struct {
	events, failed int
	loaded         int  // of the events
	brushed        bool // under the cursor, or in the brush
	event          bool // in the bucket of the event under the list's cursor …
	middle         bool // … and in the middle of it
	seen           bool // in a bucket of the rows in the list's window
}

// bars returns the columns, and the number of events in the fullest.
func (t *Timeline) bars(cursor bool) (out []chartBar, peak int) {
	out = make([]chartBar, t.chart().W)
	from, to, event, middle := -1, -2, -1, -1
	start, end := t.counted.Bucket(0).Start, t.counted.Bucket(t.len()-1).End
	if t.window && t.from < end && t.to >= start {
		from, to = t.bucketOf(t.from), t.bucketOf(t.to)
	}
	if t.hasEvent && t.event >= start && t.event < end {
		event = t.bucketOf(t.event)
		middle = t.middle(event)
	}
	first, last := t.brushedBars()
	for x := range out {
		lo, hi, ok := t.cell(x)
		if !ok {
			break
		}
		b := &out[x]
		b.events, b.failed = t.sum(lo, hi)
		b.loaded = t.here(lo, hi)
		peak = max(peak, b.events)
		b.seen = lo <= to && hi >= from
		b.event, b.middle = lo <= event && event <= hi, x == middle
		b.brushed = (cursor || t.brushed) && lo <= last && hi >= first
	}
	return out, peak
}

// level returns the height of a bar, from 1 to steps, in proportion to its events; 0 without events.
func level(events, peak, steps int) int {
	if events == 0 || peak == 0 {
		return 0
	}
	return max(1, min(steps, int(math.Round(float64(events)/float64(peak)*float64(steps)))))
}

// Draw draws the bars, the marks and the axis below them and the legend. The last line has the band while the pane has the focus. Its
// cost depends only on the size of the pane.
func (t *Timeline) Draw(f *paint.Frame, r kit.Rect, focused bool) {
	if r.Empty() {
		return
	}
	disp := t.display
	var bars []chartBar
	peak := 0
	if t.len() > 0 {
		bars, peak = t.bars(focused)
	}
	legend, l := t.legend(focused), disp.Line()
	p := chartPainter{display: disp, line: l, focused: focused, run: make([]termsafe.Safe, 0, len(bars)), allFailed: t.allFailed(), apart: t.loaded != nil}
	if r.H > 1 {
		p.ticks = t.ticks()
	}
	for y := range r.H {
		l.Reset()
		t.gutter(l, focused)
		switch {
		case t.above() && y == 0:
			t.legendLine(l, legend, t.chart().W)
		case t.above():
			t.drawLine(&p, bars, peak, y-1)
			p.flush()
		default:
			t.drawLine(&p, bars, peak, y)
			p.flush()
			l.Fill(disp.Style(kit.Plain), chartMargin+t.chart().W-l.Width())
			if n := t.legendWidth(); n > 0 {
				l.Fill(disp.Style(kit.Plain), legendGap)
				t.addLegend(l, legend, y, r.H, n)
			}
		}
		l.Fill(disp.Style(kit.Plain), r.W-l.Width())
		if focused && y == r.H-1 {
			f.Put(r.X, r.Y+y, r.W, disp.Lit(l, r.W))
			f.Select(r.X, r.Y+y)
			continue
		}
		f.Put(r.X, r.Y+y, r.W, l)
	}
}

// drawLine draws line y of the chart.
func (t *Timeline) drawLine(p *chartPainter, bars []chartBar, peak, y int) {
	rows := t.chart().H
	switch {
	case t.height == 1:
		p.single(bars, peak)
	case y < rows:
		p.row(bars, peak, rows-1-y, rows)
	case y > rows:
		t.axis(p.line, p.ticks)
	case t.height < axisFrom:
		p.marks(bars, p.ticks)
	default:
		p.marks(bars, nil)
	}
}

// allFailed reports whether every event failed, as in the view of failures alone: then the bars are the failures.
func (t *Timeline) allFailed() bool {
	if t.counted == nil {
		return false
	}
	events, bad := t.total()
	return events > 0 && events == bad
}

// gutter draws the sign of the focus.
func (t *Timeline) gutter(l *paint.Line, focused bool) {
	if focused {
		l.AddWidth(t.display.Style(kit.Bar), t.display.Glyphs.Cursor, min(chartMargin, t.width), paint.Left)
		return
	}
	l.Fill(t.display.Style(kit.Plain), min(chartMargin, t.width))
}

// chartPainter draws cells, and joins neighbours of the same style.
type chartPainter struct {
	display *kit.Display
	line    *paint.Line
	focused bool
	style   paint.Style
	run     []termsafe.Safe

	ticks     []tick
	allFailed bool
	apart     bool // bars show which part of them is loaded
}

func (p *chartPainter) add(r kit.Role, g kit.Ground, glyph termsafe.Safe) {
	if style := p.display.Theme.Style(r, g); style != p.style {
		p.flush()
		p.style = style
	}
	p.run = append(p.run, glyph)
}

func (p *chartPainter) flush() {
	if len(p.run) > 0 {
		p.line.Add(p.style, termsafe.Concat(p.run...))
		p.run = p.run[:0]
	}
}

// ground returns the background of a bar.
func (p *chartPainter) ground(b *chartBar) kit.Ground {
	switch {
	case b.brushed && p.focused:
		return kit.OnCursor
	case b.brushed:
		return kit.OnRest
	}
	return kit.OnScreen
}

// role returns the role of bars: that of failures if they are all, else stronger if the pane has the focus.
func (p *chartPainter) role() kit.Role {
	switch {
	case p.allFailed:
		return kit.FailedText
	case p.focused:
		return kit.Accent
	}
	return kit.Muted
}

// row draws one line of bars that are rows lines high; up counts from the bottom.
func (p *chartPainter) row(bars []chartBar, peak, up, rows int) {
	glyphs := chartGlyphsOf(p.display)
	steps := len(glyphs.bars)
	high := -1
	for i := range bars {
		// Neighbours are often of the same bar.
		if high < 0 || bars[i].events != bars[i-1].events {
			high = level(bars[i].events, peak, rows*steps)
		}
		role, glyph := p.role(), kit.BlankCell
		if n := min(high-up*steps, steps); n > 0 {
			glyph = glyphs.bars[n-1]
			if p.apart && !holds(&bars[i], up*steps+n, peak, rows*steps) {
				role, glyph = kit.Muted, glyphs.dotted[(n-1)/2]
			} else if p.apart && !p.allFailed {
				role = kit.Accent
			}
		}
		p.add(role, p.ground(&bars[i]), glyph)
	}
}

// holds reports whether a bar is loaded up to a height.
func holds(b *chartBar, height, peak, steps int) bool {
	return b.loaded == b.events || level(b.loaded, peak, steps) >= height && height < level(b.events, peak, steps)
}

// single draws bars without a line of marks: their form shows failures, and their background what the list shows.
func (p *chartPainter) single(bars []chartBar, peak int) {
	glyphs := chartGlyphsOf(p.display)
	for i := range bars {
		b, set, r, g := &bars[i], glyphs.bars, p.role(), p.ground(&bars[i])
		if b.failed > 0 {
			set, r = glyphs.failing, kit.FailedText
		}
		glyph := kit.BlankCell
		if n := level(b.events, peak, len(set)); n > 0 {
			glyph = set[n-1]
		}
		switch {
		case b.brushed:
		case b.event && !p.focused:
			g = kit.OnCursor
		case b.event || b.seen:
			g = kit.OnRest
		}
		p.add(r, g, glyph)
	}
}

// The shares of failures from which the marks below the bars are larger.
const someFailed, mostFailed = 0.2, 0.6

// marks draws the line below the bars: the event under the cursor, the share of failures unless all failed, and what the list shows. Of
// these, the labels of ticks may hide only the last.
func (p *chartPainter) marks(bars []chartBar, ticks []tick) {
	for x := 0; x < len(bars); x++ {
		for len(ticks) > 0 && ticks[0].x < x {
			ticks = ticks[1:]
		}
		if len(ticks) > 0 && ticks[0].x == x && p.free(bars[x:x+ticks[0].label.Len()]) {
			p.flush()
			p.line.Add(p.display.Style(kit.Muted), ticks[0].label)
			x += ticks[0].label.Len() - 1
			continue
		}
		r, glyph := p.mark(&bars[x])
		p.add(r, p.ground(&bars[x]), glyph)
	}
}

// free reports whether there is no mark below some bars that a label must not hide.
func (p *chartPainter) free(bars []chartBar) bool {
	return !slices.ContainsFunc(bars, func(b chartBar) bool { return b.middle || b.brushed || b.failed > 0 && !p.allFailed })
}

// mark returns the mark below a bar.
func (p *chartPainter) mark(b *chartBar) (kit.Role, termsafe.Safe) {
	glyphs := chartGlyphsOf(p.display)
	switch {
	case b.middle && b.failed > 0:
		return kit.Failed, glyphs.event
	case b.middle:
		return kit.Bar, glyphs.event
	case b.failed > 0 && !p.allFailed:
		return kit.FailedText, glyphs.shares[shareLevel(b.failed, b.events)]
	case b.seen:
		return kit.Frame, glyphs.seen
	}
	return kit.Frame, kit.BlankCell
}

func shareLevel(failed, events int) int {
	switch share := float64(failed) / float64(events); {
	case share < someFailed:
		return 0
	case share < mostFailed:
		return 1
	}
	return 2
}
