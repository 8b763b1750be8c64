package page

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit"
)

// mostValues limits the values that are kept of a field: a log may have one for each event.
const mostValues = 10_000

// progressPace is the time between two looks at the progress of a count.
const progressPace = 200 * time.Millisecond

// counter counts the values of a key among the rows of the list, in a job.
type counter struct {
	key       count.Key
	forms     bool // count messages by their form; key is then that of the messages
	counting  kit.Slot
	looking   kit.Slot
	running   context.Context  // of the job that counts
	requested *model.Selection // what the running job counts, or the last one counted
	read      *atomic.Int64    // lines that were read for the selection
	counted   countedValues
	err       error // why the last job failed
}

// countedValues are the counts of a selection.
type countedValues struct {
	sel            *model.Selection // nil before the first count
	facets         *count.Facets
	read           *atomic.Int64 // lines that were read for facets, which report to it
	top            []count.Count // the most frequent ones first, mostValues at most
	len            int           // number of different values
	absent         bool          // whether "no value" is one of them
	events, failed int
	unread         int
	members        map[string][]model.Text // by form: its messages, if there are no more than mostMembers of them; nil without forms
}

// valuesCounted brings counts.
type valuesCounted struct {
	kit.Job
	counted countedValues
	values  arranged
	err     error
}

// stillCounting has the progress drawn again.
type stillCounting struct{ kit.Job }

// count starts counting the rows, if they are not counted and no job is on the way to them.
func (c *counter) count(ctx context.Context, owner kit.Taker, sel *model.Selection, a arranger) tea.Cmd {
	if sel == nil || sel == c.requested || c.counting.Busy() && kit.Continues(sel, c.requested) {
		return nil
	}
	before, read, key := c.counted.facets, c.counted.read, c.key
	if before == nil || !kit.Continues(sel, c.counted.sel) {
		read = new(atomic.Int64)
		before = count.NewFacets(c.keys(read)...)
	}
	c.requested, c.read, c.err = sel, read, nil
	forms := c.forms
	ctx, job := c.counting.Start(ctx, owner)
	c.running = ctx
	counts := kit.Safely(func() tea.Msg {
		counted, err := countValues(ctx, sel, before, forms)
		counted.read = read
		return valuesCounted{job, counted, a.arrange(ctx, counted.top), err}
	})
	if !key.ReadsLines() {
		return counts
	}
	return tea.Batch(counts, c.look(owner))
}

// look schedules the next look at the progress. It ends with the job that counts.
func (c *counter) look(owner kit.Taker) tea.Cmd {
	if !c.counting.Busy() {
		return nil
	}
	return lookAgain(&c.looking, c.running, owner)
}

// lookAgain brings a stillCounting to the owner of a running job after a while, unless the job has ended by then.
func lookAgain(looking *kit.Slot, running context.Context, owner kit.Taker) tea.Cmd {
	_, job := looking.Start(running, owner)
	return kit.Safely(func() tea.Msg {
		select {
		case <-running.Done():
			return nil
		case <-time.After(progressPace):
			return stillCounting{job}
		}
	})
}

// took keeps counts. After an error those from before stay.
func (c *counter) took(m valuesCounted) {
	c.looking.Stop()
	if c.err = m.err; m.err == nil {
		c.counted = m.counted
	}
}

func countValues(ctx context.Context, sel *model.Selection, before *count.Facets, forms bool) (countedValues, error) {
	facets, err := before.Extend(ctx, sel)
	if err != nil {
		return countedValues{}, err
	}
	f := facets.Facet(0)
	out := countedValues{sel: sel, facets: facets, top: f.Top(mostValues), len: f.Len()}
	out.events, out.failed = f.Events()
	out.unread, _ = f.Unread()
	if forms {
		out.members = membersOf(facets.Facet(1))
	}
	out.absent = slices.ContainsFunc(out.top, func(c count.Count) bool { return c.Values[0].Absent })
	return out, nil
}

// valueColumn is a column that values can be sorted by.
type valueColumn uint8

const (
	byValue valueColumn = iota
	byCount
	byFailed
	byFirst
	byLast
	numValueColumns
)

// valueOrder says which values are shown, and in which order.
type valueOrder struct {
	by       valueColumn
	reversed bool
	search   string // only values that contain these words, in any case
}

// turn sorts by the next column, or the other way round.
func (o *valueOrder) turn(c kit.Command) {
	switch c {
	case kit.CmdSort:
		o.reversed = !o.reversed
		return
	case kit.CmdLeft:
		o.by = (o.by + numValueColumns - 1) % numValueColumns
	case kit.CmdRight:
		o.by = (o.by + 1) % numValueColumns
	}
	o.reversed = false
}

// rising reports whether small ones come first.
func (o *valueOrder) rising() bool { return (o.by == byValue || o.by == byFirst) != o.reversed }

// compare orders two values by the column. Values without a time come last.
func (o *valueOrder) compare(a, b *count.Count) int {
	byTime := func(of func(c *count.Count) int64) int {
		if !a.Timed || !b.Timed {
			return 0
		}
		return cmp.Compare(of(a), of(b))
	}
	d := 0
	switch o.by {
	case byValue:
		d = a.Values[0].Compare(b.Values[0])
	case byCount:
		d = cmp.Compare(a.Events, b.Events)
	case byFailed:
		d = cmp.Compare(a.Failed, b.Failed)
	case byFirst:
		d = byTime(func(c *count.Count) int64 { return c.First })
	case byLast:
		d = byTime(func(c *count.Count) int64 { return c.Last })
	}
	if !o.rising() {
		d = -d
	}
	if (o.by == byFirst || o.by == byLast) && a.Timed != b.Timed {
		if d = 1; a.Timed {
			d = -1
		}
	}
	return d
}

// arrangement says how values are arranged.
type arrangement struct {
	order   valueOrder
	display int // the version of the display: masked values are searched as they are shown
}

// arranged are the shown values in their order.
type arranged struct {
	arrangement
	counts []count.Count
}

// valuesArranged brings them.
type valuesArranged struct {
	kit.Job
	values arranged
}

// arranger picks the values that are searched for, and sorts them. It may run on any goroutine.
type arranger struct {
	arrangement
	shown func(model.Text) string // what is shown of a value
}

// arrange arranges values, which come sorted by their counts; equal ones stay in that order.
func (a arranger) arrange(ctx context.Context, all []count.Count) arranged {
	out := arranged{arrangement: a.arrangement}
	words := strings.Fields(strings.ToLower(a.order.search))
	for i := range all {
		if i%1000 == 0 && ctx.Err() != nil {
			return out
		}
		if kit.HoldsAll(a.shown(all[i].Values[0].Text), words) {
			out.counts = append(out.counts, all[i])
		}
	}
	slices.SortStableFunc(out.counts, func(x, y count.Count) int { return a.order.compare(&x, &y) })
	return out
}

// place returns where a value is; otherwise if it is not there.
func (v *arranged) place(at kit.Value, otherwise int) int {
	i := slices.IndexFunc(v.counts, func(c count.Count) bool {
		return c.Values[0].Absent == at.Absent && c.Values[0].Text == at.Text
	})
	if i < 0 {
		return otherwise
	}
	return i
}
