package side

import (
	"math"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// chartGlyphs are the glyphs of the timeline, each one cell wide. Lists go from the lowest level to the highest.
type chartGlyphs struct {
	bars    []termsafe.Safe // for buckets without failures, and for all if failures have a line of their own
	failing []termsafe.Safe // for buckets with failures, if there is only one line
	shares  []termsafe.Safe // hanging below the bars: the share that failed
	event   termsafe.Safe   // the bucket of the event under the list's cursor
	seen    termsafe.Safe   // a bucket of the rows in the list's window
}

var richChart = chartGlyphs{
	bars: []termsafe.Safe{termsafe.Const("▁"), termsafe.Const("▂"), termsafe.Const("▃"), termsafe.Const("▄"),
		termsafe.Const("▅"), termsafe.Const("▆"), termsafe.Const("▇"), termsafe.Const("█")},
	failing: []termsafe.Safe{termsafe.Const("⣀"), termsafe.Const("⣤"), termsafe.Const("⣶"), termsafe.Const("⣿")},
	shares:  []termsafe.Safe{termsafe.Const("▔"), termsafe.Const("▀"), termsafe.Const("█")},
	event:   termsafe.Const("▲"), seen: termsafe.Const("─"),
}

var asciiChart = chartGlyphs{
	bars:    []termsafe.Safe{termsafe.Const("."), termsafe.Const(":"), termsafe.Const("|"), termsafe.Const("#")},
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

// The widths of the timeline, in cells. The legend is at the right; on two lines it needs less space.
const (
	chartMargin     = 1
	legendGap       = 2
	legendNarrow    = 15 // a date and a share
	legendWide      = 26
	legendWhole     = 32 // all on one line
	legendFrom      = 40 // width from which there is a legend at all
	legendWideFrom  = 64
	legendWholeFrom = 80
)

// legendWidth returns the width of the legend.
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

// chart returns the rectangle of the bars in the pane. Below it is a line of marks, unless the pane has only one line.
func (t *Timeline) chart() kit.Rect {
	w := t.width - 2*chartMargin
	if n := t.legendWidth(); n > 0 {
		w -= n + legendGap
	}
	h := t.height
	if h > 1 {
		h--
	}
	return kit.Rect{X: chartMargin, Y: 0, W: max(w, 0), H: max(h, 0)}
}

// bucketAt returns the bucket whose bar is in a column of the pane.
func (t *Timeline) bucketAt(x int) (bucket int, ok bool) {
	c := t.chart()
	if x < c.X || x >= c.X+c.W {
		return 0, false
	}
	first, _ := t.cell(x - c.X)
	return first, true
}

// cell returns the buckets of a column of the chart. The buckets are spread over the chart: several columns can show the same
// bucket, and, until a histogram for a narrower chart arrives, one column can show several.
func (t *Timeline) cell(x int) (first, last int) {
	n, w := t.len(), t.chart().W
	first = x * n / w
	return first, max(first, (x+1)*n/w-1)
}

// middle returns the middle column of a bucket.
func (t *Timeline) middle(bucket int) int {
	n, w := t.len(), t.chart().W
	from, to := (bucket*w+n-1)/n, ((bucket+1)*w+n-1)/n-1
	return min((from+max(from, to))/2, w-1)
}

// chartBar is a column of the chart.
type chartBar struct {
	events, failed int
	brushed        bool // under the cursor, or in the brush
	event          bool // in the bucket of the event under the list's cursor …
	middle         bool // … and in the middle of it
	seen           bool // in a bucket of the rows in the list's window
}

// bars returns the columns, and the number of events in the fullest.
func (t *Timeline) bars(cursor bool) (out []chartBar, peak int) {
	out = make([]chartBar, t.chart().W)
	from, to, event, middle := -1, -2, -1, -1
	if t.window {
		from, to = t.bucketOf(t.from), t.bucketOf(t.to)
	}
	if t.hasEvent {
		event = t.bucketOf(t.event)
		middle = t.middle(event)
	}
	first, last := t.brush()
	for x := range out {
		lo, hi := t.cell(x)
		b := &out[x]
		b.events, b.failed = t.sum(lo, hi)
		peak = max(peak, b.events)
		b.seen = lo <= to && hi >= from
		b.event, b.middle = lo <= event && event <= hi, x == middle
		b.brushed = (cursor || t.brushed) && lo <= last && hi >= first
	}
	return out, peak
}

// level returns the height of a bar, from 1 to steps; 0 without events.
func level(events, peak, steps int) int {
	if events == 0 || peak == 0 {
		return 0
	}
	return max(1, min(steps, int(math.Ceil(math.Sqrt(float64(events)/float64(peak))*float64(steps)))))
}

// Draw draws the bars, the marks below them and the legend. The last line has the band while the pane has the focus. Its cost
// depends only on the size of the pane.
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
	p := chartPainter{display: disp, line: l, focused: focused, run: make([]termsafe.Safe, 0, len(bars))}
	for y := range r.H {
		l.Reset()
		t.gutter(l, focused)
		switch {
		case r.H == 1:
			p.single(bars, peak)
		case y < r.H-1:
			p.row(bars, peak, r.H-2-y, r.H-1)
		default:
			p.marks(bars)
		}
		p.flush()
		l.Fill(disp.Style(kit.Plain), chartMargin+t.chart().W-l.Width())
		if n := t.legendWidth(); n > 0 {
			l.Fill(disp.Style(kit.Plain), legendGap)
			t.addLegend(l, legend, y, r.H, n)
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

// role returns the role of bars: stronger if the pane has the focus.
func (p *chartPainter) role() kit.Role {
	if p.focused {
		return kit.Accent
	}
	return kit.Muted
}

// row draws one line of bars that are rows lines high; up counts from the bottom.
func (p *chartPainter) row(bars []chartBar, peak, up, rows int) {
	glyphs := chartGlyphsOf(p.display).bars
	steps := len(glyphs)
	high := -1
	for i := range bars {
		// Neighbours are often the same bucket.
		if high < 0 || bars[i].events != bars[i-1].events {
			high = level(bars[i].events, peak, rows*steps)
		}
		glyph := kit.BlankCell
		if n := min(high-up*steps, steps); n > 0 {
			glyph = glyphs[n-1]
		}
		p.add(p.role(), p.ground(&bars[i]), glyph)
	}
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

// marks draws the line below the bars: the event under the cursor, the share of failures, and what the list shows.
func (p *chartPainter) marks(bars []chartBar) {
	glyphs := chartGlyphsOf(p.display)
	for i := range bars {
		b, glyph, r := &bars[i], kit.BlankCell, kit.Frame
		switch {
		case b.middle:
			if glyph, r = glyphs.event, kit.Bar; b.failed > 0 {
				r = kit.Failed
			}
		case b.failed > 0:
			glyph, r = glyphs.shares[shareLevel(b.failed, b.events)], kit.FailedText
		case b.seen:
			glyph = glyphs.seen
		}
		p.add(r, p.ground(b), glyph)
	}
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
