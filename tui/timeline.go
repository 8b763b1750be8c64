package tui

import (
	"context"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// timeline shows when the rows of the list happened: one bar per bucket of time. The height of a bar is the square root of its
// number of events, so that a spike does not flatten the rest and a bucket with events is never empty. Failures change the
// colour or form of a bar, see timeline_draw.go.
//
// When focused it has a cursor on a bucket, and the user can brush buckets to filter by their time. Cursor and brush are kept
// as times, so that they stay in place while the log and the buckets grow.
type timeline struct {
	display       *display
	width, height int

	counting  slot
	requested timelineOrder    // what the running job counts, or the last one counted
	order     timelineOrder    // what counted was counted for
	counted   *count.Histogram // nil before the first answer
	err       error            // why the last job failed

	event    int64 // the time of the list's cursor …
	hasEvent bool
	from, to int64 // … and those of the first and last row in its window
	window   bool

	at       int64 // a time in the bucket of the cursor …
	anchor   int64 // … and one in the bucket at the other end of the brush
	placed   bool  // the cursor was moved; if not, it is on the bucket of the event
	brushed  bool  // there is a brush, from anchor to at
	brushing bool  // moving extends the brush
	pressed  int64 // the time at which the mouse button went down
}

func newTimeline(disp *display) *timeline { return &timeline{display: disp} }

// timelineOrder says what to count: the events of a selection, in at most columns buckets, by the calendar of a zone.
type timelineOrder struct {
	sel     *model.Selection
	columns int
	zone    *time.Location
}

// follows reports whether a histogram of an earlier order can be extended.
func (o timelineOrder) follows(earlier timelineOrder) bool {
	return earlier.sel != nil && o.columns == earlier.columns && o.zone == earlier.zone && continues(o.sel, earlier.sel)
}

// timelineCounted brings a histogram.
type timelineCounted struct {
	job
	order timelineOrder
	hist  *count.Histogram
	err   error
}

func (t *timeline) setSize(w, h int) { t.width, t.height = w, h }

// work starts counting if the rows, the width or the zone changed.
func (t *timeline) work(ctx context.Context, s *scene) tea.Cmd {
	t.follow(s)
	order := timelineOrder{s.sel, t.chart().w, t.display.zone}
	if s.sel == nil || order.columns <= 0 || order == t.requested {
		return nil
	}
	if t.counting.busy() && order.follows(t.requested) {
		return nil // newer rows are counted when this job is done
	}
	before := t.counted
	if before == nil || !order.follows(t.order) {
		before = count.FitHistogram(order.columns, order.zone)
	}
	t.requested = order
	ctx, job := t.counting.start(ctx, t)
	return safely(func() tea.Msg { return countTimeline(ctx, job, order, before) })
}

// countTimeline counts what order says. It extends before, so that rows counted there are not counted again.
func countTimeline(ctx context.Context, job job, order timelineOrder, before *count.Histogram) timelineCounted {
	hist, err := before.Extend(ctx, order.sel)
	return timelineCounted{job, order, hist, err}
}

// follow takes over the cursor and the window of the list.
func (t *timeline) follow(s *scene) {
	t.hasEvent = s.ok && s.sel != nil && int(s.cursor) < s.sel.Snapshot().Rows()
	if t.hasEvent {
		t.event = s.sel.Snapshot().Nanos(s.cursor)
	}
	t.from, t.to, t.window = s.from, s.to, s.sel != nil && s.sel.Len() > 0
}

// continues reports whether sel is a later selection of the same log with the same filter: the rows of earlier and possibly
// more.
func continues(sel, earlier *model.Selection) bool {
	return earlier.Matcher() == sel.Matcher() && prefixOf(earlier.Snapshot(), sel.Snapshot())
}

func (t *timeline) take(msg tea.Msg) wish {
	m, ok := msg.(timelineCounted)
	if !ok {
		return wish{}
	}
	if t.err = m.err; m.err != nil {
		return wish{} // keep showing the counts from before
	}
	t.counted, t.order = m.hist, m.order
	return wish{}
}

// len is the number of buckets.
func (t *timeline) len() int {
	if t.counted == nil {
		return 0
	}
	return t.counted.Len()
}

// bucketOf returns the bucket of a time, or the nearest one. There must be a bucket.
func (t *timeline) bucketOf(nanos int64) int {
	n := t.len()
	i := sort.Search(n, func(i int) bool { return t.counted.Bucket(i).End > nanos })
	return min(i, n-1)
}

// cursor returns the bucket under the cursor. Until it is moved, that is the bucket of the event under the list's cursor.
func (t *timeline) cursor() int {
	switch {
	case t.placed:
		return t.bucketOf(t.at)
	case t.hasEvent:
		return t.bucketOf(t.event)
	}
	return t.len() - 1
}

// brush returns the first and last bucket of the brush; without a brush, both are the bucket under the cursor.
func (t *timeline) brush() (first, last int) {
	at := t.cursor()
	if !t.brushed {
		return at, at
	}
	other := t.bucketOf(t.anchor)
	return min(at, other), max(at, other)
}

// strideBuckets is how far the page keys move.
const strideBuckets = 10

// command implements sidePane.
func (t *timeline) command(c command, _ *scene) (wish, bool) {
	if t.len() == 0 {
		return wish{}, false
	}
	switch c {
	case cmdLeft:
		t.moveTo(t.cursor()-1, t.brushing)
	case cmdRight:
		t.moveTo(t.cursor()+1, t.brushing)
	case cmdExtendLeft:
		t.moveTo(t.cursor()-1, true)
	case cmdExtendRight:
		t.moveTo(t.cursor()+1, true)
	case cmdPageUp, cmdHalfUp:
		t.moveTo(t.cursor()-strideBuckets, t.brushing)
	case cmdPageDown, cmdHalfDown:
		t.moveTo(t.cursor()+strideBuckets, t.brushing)
	case cmdTop:
		t.moveTo(0, t.brushing)
	case cmdBottom:
		t.moveTo(t.len()-1, t.brushing)
	case cmdToggle:
		t.brushing = !t.brushing
		t.moveTo(t.cursor(), t.brushing || t.brushed)
	case cmdEnter:
		return t.filter(), true
	case cmdBack:
		return t.clear(), true
	default:
		return wish{}, false
	}
	return wish{}, true
}

// moveTo moves the cursor to a bucket. extend keeps the other end of the brush, or starts a brush where the cursor was.
func (t *timeline) moveTo(bucket int, extend bool) {
	was := t.counted.Bucket(t.cursor()).Start
	if extend && !t.brushed {
		t.anchor = was
	}
	t.brushed = extend
	t.at = t.counted.Bucket(max(0, min(bucket, t.len()-1))).Start
	t.placed = true
}

// filter wishes for the rows in the time of the brush, or of the bucket under the cursor.
func (t *timeline) filter() wish {
	first, last := t.brush()
	if events, _ := t.sum(first, last); events == 0 {
		return wish{toast: termsafe.Const("nothing happened in that time")}
	}
	term, err := query.Parse(timeTerm(t.counted.Bucket(first).Start, t.counted.Bucket(last).End, t.display.zone))
	if err != nil {
		return wish{toast: t.display.own(err.Error())}
	}
	t.brushed, t.brushing, t.placed = false, false, false
	return wish{with: term, focus: listPane}
}

// clear removes the brush, or leaves the pane if there is none.
func (t *timeline) clear() wish {
	if !t.brushed && !t.brushing {
		t.placed = false
		return wish{focus: listPane}
	}
	t.brushed, t.brushing = false, false
	return wish{}
}

// sum returns the number of events in the buckets from first to last.
func (t *timeline) sum(first, last int) (events, failed int) {
	for i := first; i <= last; i++ {
		b := t.counted.Bucket(i)
		events, failed = events+b.Events, failed+b.Failed
	}
	return events, failed
}

// click goes to the time of a bar.
func (t *timeline) click(x, _ int) wish {
	if t.len() == 0 {
		return wish{}
	}
	i, ok := t.bucketAt(x)
	if !ok {
		return wish{}
	}
	start := t.counted.Bucket(i).Start
	t.pressed, t.at, t.placed, t.brushed, t.brushing = start, start, true, false, false
	return wish{time: &start}
}

// drag brushes from where the mouse button went down.
func (t *timeline) drag(x, _ int) wish {
	c := t.chart()
	if t.len() == 0 || c.w == 0 || !t.placed {
		return wish{}
	}
	i, _ := t.bucketAt(max(c.x, min(x, c.x+c.w-1)))
	t.at, t.anchor = t.counted.Bucket(i).Start, t.pressed
	t.brushed = t.brushed || t.at != t.anchor
	return wish{}
}

// wheel does nothing, as all bars are visible.
func (t *timeline) wheel(int, *scene) wish { return wish{} }

// focused returns no value, as enter filters by the time under the cursor.
func (t *timeline) focused() (v value, ok bool) { return value{}, false }
