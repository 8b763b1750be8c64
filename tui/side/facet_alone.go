package side

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// aloneCount counts one group in jobs of its own, as all lines may have to be read. What it counted is shown only if it is the count of
// all rows: until then the group says how far the job is. It implements kit.Taker.
type aloneCount struct {
	pane      *FacetPane
	spec      facetSpec
	counting  kit.Slot
	looking   kit.Slot
	running   context.Context // of the job that counts
	requested facetOrder      // what the running job counts, or the last one counted
	read      *atomic.Int64   // lines that were read
	counted   aloneCounted
	err       error      // why the last job failed
	marked    kit.Marked // of a group of what the user said about events
}

// aloneCounted brings the counts of a group.
type aloneCounted struct {
	kit.Job
	order  facetOrder
	facets *count.Facets
	read   *atomic.Int64 // facets report to it
	counts facetCounts
	unread int // lines that could not be read
	err    error
}

// stillReading has the progress drawn again.
type stillReading struct{ kit.Job }

// readingPace is the time between two looks at the progress.
const readingPace = 200 * time.Millisecond

// mark counts anew what the user said about events, if that has changed.
func (a *aloneCount) mark(now *kit.Marked) {
	if !a.spec.said {
		return
	}
	if !now.Same(a.marked.Rows) {
		f := field.Of(a.spec.name)
		a.stop()
		a.spec.key, a.counted.facets = f.Said(now.Search), nil
	}
	doubted := a.marked.Doubt()
	if a.marked = *now; a.marked.Doubt().String() != doubted.String() {
		a.pane.arrange()
	}
}

// work starts counting if the rows changed, or the way in which values are shown.
func (a *aloneCount) work(ctx context.Context, order facetOrder) tea.Cmd {
	if order == a.requested || a.counting.Busy() && order.way == a.requested.way && continues(order.sel, a.requested.sel) {
		return nil
	}
	before, read := a.counted.facets, a.counted.read
	if before == nil || !continues(order.sel, a.counted.order.sel) {
		read = new(atomic.Int64)
		before = count.NewFacets([]count.Key{a.spec.key.Reporting(read)})
	}
	a.requested, a.read, a.err = order, read, nil
	ctx, job := a.counting.Start(ctx, a)
	a.running = ctx
	name := a.spec.name
	counts := kit.Safely(func() tea.Msg {
		out := aloneCounted{Job: job, order: order, read: read}
		if out.facets, out.err = before.Extend(ctx, order.sel); out.err == nil {
			f := out.facets.Facet(0)
			out.unread, _ = f.Unread()
			out.counts = order.way.countsOf(ctx, name, f)
			out.err = ctx.Err()
		}
		return out
	})
	return tea.Batch(counts, a.look())
}

// look schedules the next look at the progress. It ends with the job that counts.
func (a *aloneCount) look() tea.Cmd {
	if !a.counting.Busy() || !a.spec.key.ReadsLines() {
		return nil
	}
	running := a.running
	_, job := a.looking.Start(running, a)
	return kit.Safely(func() tea.Msg {
		select {
		case <-running.Done():
			return nil
		case <-time.After(readingPace):
			return stillReading{job}
		}
	})
}

// Take implements kit.Taker.
func (a *aloneCount) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case stillReading:
		return kit.Wish{Cmd: a.look()}
	case aloneCounted:
		a.looking.Stop()
		if a.err = m.err; m.err == nil {
			a.counted = m
		}
		a.pane.arrange()
	}
	return kit.Wish{}
}

// stop ends the jobs. What was counted stays.
func (a *aloneCount) stop() {
	a.counting.Stop()
	a.looking.Stop()
	a.requested = facetOrder{}
}

// of returns the counts for the rows of sel, and whether they are known. While a log grows, the earlier ones count as known.
func (a *aloneCount) of(sel *model.Selection) (facetCounts, bool) {
	if a.counted.facets == nil || sel == nil || sel != a.counted.order.sel && !continues(sel, a.counted.order.sel) {
		return facetCounts{}, false
	}
	return a.counted.counts, true
}

// words says why there are no counts, or what is missing in them, in words that fit; empty if nothing is.
func (a *aloneCount) words(sel *model.Selection, w int) termsafe.Safe {
	disp := a.pane.display
	_, known := a.of(sel)
	switch {
	case a.err != nil:
		return fitting(disp, []termsafe.Safe{disp.Said(a.err), termsafe.Const("it cannot be counted"), termsafe.Const("error")}, w)
	case known && a.counted.unread > 0:
		n := termsafe.Count(int64(a.counted.unread), "line", "lines")
		return fitting(disp, []termsafe.Safe{termsafe.Concat(n, termsafe.Const(" could not be read and count under none")), termsafe.Concat(n, termsafe.Const(" unread")), termsafe.Const("unread")}, w)
	case known && a.marked.Sought:
		return fitting(disp, []termsafe.Safe{a.marked.Doubt(), termsafe.Const("still looking for marks"), termsafe.Const("so far")}, w)
	case known:
		return fitting(disp, []termsafe.Safe{a.marked.Doubt(), termsafe.Concat(termsafe.Int(int64(a.marked.Unread)), termsafe.Const(" unread"))}, w)
	case a.read == nil || a.requested.sel == nil || !a.spec.key.ReadsLines():
		return fitting(disp, []termsafe.Safe{disp.Own("counting …"), disp.Own("…")}, w)
	}
	read, all := a.read.Load(), int64(a.requested.sel.Len())
	percent := termsafe.Concat(termsafe.Int(min(99, 100*read/max(1, all))), termsafe.Const("%"))
	return fitting(disp, []termsafe.Safe{
		termsafe.Concat(disp.Own("counting … "), termsafe.Int(read), termsafe.Const(" of "), termsafe.Count(all, "line", "lines"), termsafe.Const(" read")),
		termsafe.Concat(disp.Own("counting … "), percent), percent}, w)
}
