package side

import (
	"context"
	"errors"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Timeline shows when the rows of the list happened: one bar per bucket of time, all equally wide and as high as their number of
// events, but a bucket with events is never empty. Failures have marks below the bars or change their form, see timeline_draw.go.
//
// When focused it has a cursor on a bucket, and the user can brush buckets to filter by their time. Cursor and brush are kept
// as times, so that they stay in place while the log and the buckets grow. It implements kit.Pane.
type Timeline struct {
	display       *kit.Display
	width, height int

	counting  kit.Slot
	requested timelineOrder    // what the running job counts, or the last one counted
	order     timelineOrder    // the request that counted answers
	counted   *count.Histogram // nil before the first answer
	loaded    *count.Histogram // of the events of counted that are loaded, if those are not all; else nil
	err       error            // why the last job failed
	part      bool             // a database may have more rows of the filter than those that are loaded

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

	zooms []timelineZoom // the closer windows, of which the last one is shown
}

// NewTimeline returns a timeline that has counted nothing yet.
func NewTimeline(disp *kit.Display) *Timeline { return &Timeline{display: disp} }

// timelineOrder says what to count: the events of a selection, in at most columns buckets, by the calendar of a zone.
type timelineOrder struct {
	sel     *model.Selection
	all     *kit.Everything // what was counted of all rows, loaded or not; nil if that is not known
	columns int
	narrow  int // columns of a chart with its legend beside it, whose buckets are not shorter than these
	zone    *time.Location
	zoom    timelineZoom
}

// follows reports whether a histogram of an earlier order can be extended.
func (o timelineOrder) follows(earlier timelineOrder) bool {
	return earlier.sel != nil && o.all == earlier.all && o.columns == earlier.columns && o.narrow == earlier.narrow && o.zone == earlier.zone && o.zoom == earlier.zoom && continues(o.sel, earlier.sel)
}

// timelineCounted brings a histogram.
type timelineCounted struct {
	kit.Job
	order timelineOrder
	hist  *count.Histogram
	here  *count.Histogram // see Timeline.loaded
	err   error
	lost  bool // err is that of the databases, and hist is of what is loaded
}

// SetSize implements kit.Pane.
func (t *Timeline) SetSize(w, h int) { t.width, t.height = w, h }

// Work starts counting if the rows, the width or the zone changed.
func (t *Timeline) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	t.follow(s)
	t.part = s.Part
	order := timelineOrder{s.Sel, s.All, t.chart().W, t.columnsBeside(), t.display.Zone, t.zoom()}
	if s.Sel == nil || order.columns <= 0 || order == t.requested {
		return nil
	}
	if t.counting.Busy() && order.follows(t.requested) {
		return nil // count the newer rows when this job has ended
	}
	before := t.counted
	if before == nil || t.loaded != nil || !order.follows(t.order) {
		before = new(count.Histogram)
	}
	t.requested = order
	ctx, job := t.counting.Start(ctx, t)
	return kit.Safely(func() tea.Msg { return countTimeline(ctx, job, order, before) })
}

// countTimeline counts what order says. It extends before, so that rows counted there are not counted again.
func countTimeline(ctx context.Context, job kit.Job, order timelineOrder, before *count.Histogram) timelineCounted {
	out := timelineCounted{Job: job, order: order}
	if order.all != nil {
		if out.hist, out.err = order.all.Timeline(ctx, order.fit); out.hist != nil {
			out.here, out.err = alike(ctx, out.hist, order.sel)
			return out
		}
		out.lost = out.err != nil && !errors.Is(out.err, context.Canceled)
	}
	hist, err := before.Within(ctx, order.sel, order.window())
	if out.hist = hist; !out.lost {
		out.err = err
	}
	return out
}

// alike counts the events of a selection in the buckets of a histogram.
func alike(ctx context.Context, all *count.Histogram, sel *model.Selection) (*count.Histogram, error) {
	var w count.Window
	if n := all.Len(); n > 0 {
		w = count.Window{Step: all.Step(), From: all.Bucket(0).Start, To: all.Bucket(n - 1).Start}
	}
	return new(count.Histogram).Within(ctx, sel, w)
}

// follow takes over the cursor and the window of the list.
func (t *Timeline) follow(s *kit.Scene) {
	t.hasEvent = s.Ok && s.Sel != nil && int(s.Cursor) < s.Sel.Snapshot().Rows()
	if t.hasEvent {
		t.event = s.Sel.Snapshot().Nanos(s.Cursor)
	}
	t.from, t.to, t.window = s.From, s.To, s.Sel != nil && s.Sel.Len() > 0
}

// continues reports whether sel is a later selection of the same log with the same filter: the rows of earlier and possibly
// more.
func continues(sel, earlier *model.Selection) bool { return kit.Continues(sel, earlier) }

// Take implements kit.Taker.
func (t *Timeline) Take(msg tea.Msg) kit.Wish {
	m, ok := msg.(timelineCounted)
	if !ok {
		return kit.Wish{}
	}
	if t.err = m.err; m.err != nil && m.hist == nil {
		return kit.Wish{} // show the previous counts until then
	}
	t.counted, t.loaded, t.order = m.hist, m.here, m.order
	if m.lost {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the timeline still shows the loaded rows only: "), t.display.Said(m.err))}
	}
	return kit.Wish{}
}

// here returns how many events of some buckets are loaded.
func (t *Timeline) here(first, last int) (n int) {
	if t.loaded == nil {
		n, _ = t.sum(first, last)
		return n
	}
	for i := first; i <= last && i < t.loaded.Len(); i++ { // no buckets if no event has a time
		n += t.loaded.Bucket(i).Events
	}
	return n
}

// len is the number of buckets.
func (t *Timeline) len() int {
	if t.counted == nil {
		return 0
	}
	return t.counted.Len()
}

// bucketOf returns the bucket of a time, or the nearest one. There must be a bucket.
func (t *Timeline) bucketOf(nanos int64) int {
	n := t.len()
	i := sort.Search(n, func(i int) bool { return t.counted.Bucket(i).End > nanos })
	return min(i, n-1)
}

// cursor returns the bucket under the cursor. Until it is moved, that is the bucket of the event under the list's cursor.
func (t *Timeline) cursor() int {
	switch {
	case t.placed:
		return t.bucketOf(t.at)
	case t.hasEvent:
		return t.bucketOf(t.event)
	}
	return t.len() - 1
}

// brushedBars returns the first and last bucket of the brush; without a brush, both are the bucket under the cursor.
func (t *Timeline) brushedBars() (first, last int) {
	at := t.cursor()
	if !t.brushed {
		return at, at
	}
	other := t.bucketOf(t.anchor)
	return min(at, other), max(at, other)
}

// Brush is the time that the brush covers, or the zoom without a brush; it is empty without either.
func (t *Timeline) Brush() clock.Span {
	at := func(nanos int64) time.Time { return time.Unix(0, nanos) }
	switch z := t.zoom(); {
	case t.len() == 0:
	case t.brushed:
		first, last := t.brushedBars()
		return clock.Span{From: at(t.counted.Bucket(first).Start), To: at(t.counted.Bucket(last).End)}
	case z.on && z != allOfTime:
		return clock.Span{From: at(z.from), To: at(z.to)}
	}
	return clock.Span{}
}

// strideBuckets is how far the page keys move.
const strideBuckets = 10

// Command implements kit.Pane.
func (t *Timeline) Command(c kit.Command, _ *kit.Scene) (kit.Wish, bool) {
	if t.len() == 0 {
		return kit.Wish{}, false
	}
	switch c {
	case kit.CmdLeft:
		t.moveTo(t.cursor()-1, t.brushing)
	case kit.CmdRight:
		t.moveTo(t.cursor()+1, t.brushing)
	case kit.CmdExtendLeft:
		t.moveTo(t.cursor()-1, true)
	case kit.CmdExtendRight:
		t.moveTo(t.cursor()+1, true)
	case kit.CmdPageUp, kit.CmdHalfUp:
		t.moveTo(t.cursor()-strideBuckets, t.brushing)
	case kit.CmdPageDown, kit.CmdHalfDown:
		t.moveTo(t.cursor()+strideBuckets, t.brushing)
	case kit.CmdTop:
		t.moveTo(0, t.brushing)
	case kit.CmdBottom:
		t.moveTo(t.len()-1, t.brushing)
	case kit.CmdToggle:
		t.brushing = !t.brushing
		t.moveTo(t.cursor(), t.brushing || t.brushed)
		if t.brushing {
			return kit.Wish{Toast: termsafe.Const("a range begins here: move to its end, enter filters by it")}, true
		}
		return kit.Wish{Toast: termsafe.Const("the range ends here: enter filters by it")}, true
	case kit.CmdCloser:
		return t.closer(), true
	case kit.CmdWiderTime:
		return t.wider(), true
	case kit.CmdEnter:
		return t.filter(), true
	case kit.CmdBack:
		return t.clear(), true
	default:
		return kit.Wish{}, false
	}
	return kit.Wish{}, true
}

// moveTo moves the cursor to a bucket; beyond the ends a zoom moves along. extend keeps the other end of the brush, or starts a brush where the cursor was.
func (t *Timeline) moveTo(bucket int, extend bool) {
	was := t.counted.Bucket(t.cursor()).Start
	if extend && !t.brushed {
		t.anchor = was
	}
	t.brushed = extend
	if at := t.cursor(); bucket < 0 && at == 0 && t.pan(false) || bucket >= t.len() && at == t.len()-1 && t.pan(true) {
		return
	}
	t.at = t.counted.Bucket(max(0, min(bucket, t.len()-1))).Start
	t.placed = true
}

// filter wishes for the rows in the time of the brush, or of the bucket under the cursor.
func (t *Timeline) filter() kit.Wish {
	first, last := t.brushedBars()
	if events, _ := t.sum(first, last); events == 0 {
		return kit.Wish{Toast: termsafe.Const("nothing happened in that time")}
	}
	span := clock.Span{From: time.Unix(0, t.counted.Bucket(first).Start), To: time.Unix(0, t.counted.Bucket(last).End)}
	t.brushed, t.brushing, t.placed, t.zooms = false, false, false, nil
	return kit.Wish{With: query.During(span, t.display.Zone), Focus: kit.ListPane}
}

// clear removes the brush, or else the zoom, or else leaves the pane.
func (t *Timeline) clear() kit.Wish {
	switch {
	case t.brushed || t.brushing:
	case len(t.zooms) > 0:
		t.zooms = nil
	default:
		t.placed = false
		return kit.Wish{Focus: kit.ListPane}
	}
	t.brushed, t.brushing = false, false
	return kit.Wish{}
}

// sum returns the number of events in the buckets from first to last.
func (t *Timeline) sum(first, last int) (events, failed int) {
	for i := first; i <= last; i++ {
		b := t.counted.Bucket(i)
		events, failed = events+b.Events, failed+b.Failed
	}
	return events, failed
}

// total returns the number of events in the buckets, and of those without a time.
func (t *Timeline) total() (events, failed int) {
	events, failed = t.sum(0, t.len()-1)
	loose, looseFailed := t.counted.NoTime()
	return events + loose, failed + looseFailed
}

// peak returns the number of events in the fullest bucket.
func (t *Timeline) peak() int {
	most := 0
	for i := range t.len() {
		most = max(most, t.counted.Bucket(i).Events)
	}
	return most
}

// Click goes to the time of a bar.
func (t *Timeline) Click(x, _ int) kit.Wish {
	if t.len() == 0 {
		return kit.Wish{}
	}
	i, ok := t.bucketAt(x)
	if !ok {
		return kit.Wish{}
	}
	start := t.counted.Bucket(i).Start
	t.pressed, t.at, t.placed, t.brushed, t.brushing = start, start, true, false, false
	return kit.Wish{Time: &start}
}

// Drag brushes from where the mouse button went down.
func (t *Timeline) Drag(x, _ int) kit.Wish {
	if t.len() == 0 || t.chart().W == 0 || !t.placed {
		return kit.Wish{}
	}
	i, _ := t.bucketAt(x)
	t.at, t.anchor = t.counted.Bucket(i).Start, t.pressed
	t.brushed = t.brushed || t.at != t.anchor
	return kit.Wish{}
}

// Wheel does nothing, as all bars are visible.
func (t *Timeline) Wheel(int, *kit.Scene) kit.Wish { return kit.Wish{} }

// Focused returns no value, as enter filters by the time under the cursor.
func (t *Timeline) Focused() (v kit.Value, ok bool) { return kit.Value{}, false }
