package page

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/ipaddr"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// mostNews limits the findings that are kept, from the newest back.
const mostNews = 100

// finding is an event that is the first of its actor from its address or with its action, as is:new finds it.
type finding struct {
	row    model.Row
	nanos  int64
	name   string // of the field that was new
	value  model.Text
	actor  model.Text
	warmUp bool // in the first days of the log
}

// news are the findings about the events of a topic.
type news struct {
	sel        *model.Selection // nil before they were looked for
	background model.Background
	found      []finding // the newest first, mostNews at most
	settled    int       // how many there are after the first days of the log …
	warmUp     int       // … and in them
	begin      int64     // of the log
}

// newsFound brings findings.
type newsFound struct {
	kit.Job
	news news
	err  error
}

// find starts looking for what is new about the counted events. It waits for the end of a load, which it would slow down.
func (p *Profile) find(ctx context.Context) tea.Cmd {
	sel := p.counted.sel
	if sel == nil || !p.loaded || p.finding.Busy() || sel == p.news.sel && p.news.background == sel.Snapshot().Background() {
		return nil
	}
	ctx, job := p.finding.Start(ctx, p)
	return kit.Safely(func() tea.Msg {
		out, err := newsOf(ctx, sel)
		return newsFound{job, out, err}
	})
}

func newsOf(ctx context.Context, sel *model.Selection) (news, error) {
	snap := sel.Snapshot()
	firsts, err := snap.Firsts(ctx)
	if err != nil {
		return news{}, err
	}
	history := firsts.History()
	out := news{sel: sel, background: snap.Background(), begin: history.Begin}
	for k := range snap.Segments() {
		if err := ctx.Err(); err != nil {
			return news{}, err
		}
		out.addSegment(snap, k, sel.Marked(k), firsts, &history)
	}
	slices.SortStableFunc(out.found, func(a, b finding) int {
		if a.warmUp != b.warmUp {
			if a.warmUp {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.nanos, a.nanos)
	})
	out.found = out.found[:min(len(out.found), mostNews)]
	return out, nil
}

// addSegment adds the findings among the rows of segment k that are marked.
func (n *news) addSegment(snap *model.Snapshot, k int, marked *model.Bitmap, firsts *model.Firsts, history *model.History) {
	addresses, actions := firsts.Addresses(k), firsts.Actions(k)
	var rows model.Bitmap
	for i := range rows {
		rows[i] = marked[i] & (addresses[i] | actions[i])
	}
	for i := rows.Next(0); i >= 0; i = rows.Next(i + 1) {
		e := snap.Event(model.Row(k*model.SegmentRows + i))
		f := finding{row: e.Row, nanos: e.Nanos, actor: e.Actor.Label(), warmUp: history.New(e.Nanos)}
		if addresses.Has(i) {
			f.name, f.value = "sourceIP", firstThing(e.IP)
			n.add(f)
		}
		if actions.Has(i) {
			f.name, f.value = "action", e.Action
			n.add(f)
		}
	}
}

// add counts a finding.
func (n *news) add(f finding) {
	if f.warmUp {
		n.warmUp++
	} else {
		n.settled++
	}
	n.found = append(n.found, f)
}

// firstThing returns the first address of a text in its usual form, or the text if it holds none.
func firstThing(t model.Text) model.Text {
	return model.NewText(string(ipaddr.Things(nil, []byte(t.Raw()))[0]))
}

// words say what was new.
func (f *finding) words(disp *kit.Display, about *topic, cells int) termsafe.Safe {
	var parts []termsafe.Safe
	if about.kind != anActor {
		parts = append(parts, termsafe.Clean(disp.Masks("", f.actor.Raw()), disp.CleanOptions(cells)), termsafe.Const(" "))
	}
	way := termsafe.Const("with ")
	if f.name == "sourceIP" {
		way = termsafe.Const("from ")
	}
	value := termsafe.Clean(disp.Masks(f.name, f.value.Raw()), disp.CleanOptions(cells))
	return termsafe.Concat(append(parts, termsafe.Const("first "), way, value)...)
}
