package detail

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/ipaddr"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// firstSeen says what an event is the first of, in the order of events, and on what that rests; and whom its actor looks like.
type firstSeen struct {
	name, twin      model.Text // the name or e-mail address, and another one that looks like it; empty for none
	address, action bool
	isNew           bool // it is in the first days of the log
	copied          bool // an event before it has the same p_row_id
	begin           int64
	background      model.Background
	rows            int // of the snapshot that this is about
}

// firstOf makes a firstSeen from the findings about a snapshot.
func firstOf(firsts *model.Firsts, twins *model.Twins, copies *model.Copies, snap *model.Snapshot, r model.Row) *firstSeen {
	k, i, h := int(r/model.SegmentRows), int(r%model.SegmentRows), firsts.History()
	name, twin, _ := twins.Of(snap, r)
	return &firstSeen{name: name, twin: twin, address: firsts.Addresses(k).Has(i), action: firsts.Actions(k).Has(i),
		copied: copies.Rows(k).Has(i), isNew: h.New(snap.Nanos(r)), begin: h.Begin, background: snap.Background(), rows: snap.Rows()}
}

// firstFound brings what the event of a row is the first of.
type firstFound struct {
	kit.Job
	row   model.Row
	first *firstSeen
}

// workFirst finds out what the event is the first of, and again when rows were added: an earlier event may be among them. It waits
// for the end of a load, which it would slow down.
func (d *Detail) workFirst(ctx context.Context, s *kit.Scene) tea.Cmd {
	if d.doc == nil || !d.doc.read || d.page != nil || s.Sel == nil || s.Preview || !s.Complete || d.firsts.Busy() {
		return nil
	}
	snap, row := s.Sel.Snapshot(), d.doc.event.Row
	if f := d.doc.first; int(row) >= snap.Rows() || f != nil && f.rows == snap.Rows() && f.background == snap.Background() {
		return nil
	}
	if firsts, twins, copies := snap.KnownFirsts(), snap.KnownTwins(), snap.KnownCopies(); firsts != nil && twins != nil && copies != nil {
		d.foundFirst(row, firstOf(firsts, twins, copies, snap, row))
		return nil
	}
	ctx, job := d.firsts.Start(ctx, d)
	return kit.Safely(func() tea.Msg {
		firsts, err := snap.Firsts(ctx)
		if err != nil {
			return firstFound{Job: job}
		}
		twins, err := snap.Twins(ctx)
		if err != nil {
			return firstFound{Job: job}
		}
		copies, err := snap.Copies(ctx)
		if err != nil {
			return firstFound{Job: job}
		}
		return firstFound{job, row, firstOf(firsts, twins, copies, snap, row)}
	})
}

// foundFirst takes what the event of a row is the first of.
func (d *Detail) foundFirst(row model.Row, f *firstSeen) {
	if f == nil || d.doc == nil || d.doc.event.Row != row {
		return
	}
	before := d.doc.first
	d.doc.first = f
	if d.page == nil && (f.any() || before.any()) {
		d.rebuild()
	}
}

func (f *firstSeen) any() bool {
	return f != nil && (f.address || f.action || f.copied || !f.twin.Empty())
}

// copySection says that the event was there before.
func (b *builder) copySection() {
	if f := b.doc.first; f != nil && f.copied {
		b.title(termsafe.Const("Copy"))
		b.say(termsafe.Const("an earlier event has the same p_row_id: is:duplicate finds the copies, -is:duplicate hides them"), kit.Plain)
		b.title(termsafe.Safe{})
	}
}

// twinSection says whom the actor looks like.
func (b *builder) twinSection() {
	f := b.doc.first
	if f == nil || f.twin.Empty() {
		return
	}
	text := func(t model.Text) termsafe.Safe { return termsafe.Escaped(b.display.Masks("", t.Raw())) }
	b.title(termsafe.Const("Looks alike"))
	b.say(termsafe.Concat(text(f.name), termsafe.Const(" looks like "), text(f.twin),
		termsafe.Const(", who is spelled differently: is:twin finds both")), kit.Suspicious)
	b.title(termsafe.Safe{})
}

// firstSection says what the event is the first of.
func (b *builder) firstSection() {
	f, e := b.doc.first, &b.doc.event
	if f == nil || !f.address && !f.action {
		return
	}
	text := func(t model.Text) termsafe.Safe {
		return short(b.display, "", t)
	}
	b.title(termsafe.Const("First seen"))
	first := termsafe.Concat(termsafe.Const("the first time "), text(e.Actor.Label()))
	if f.address {
		b.say(termsafe.Concat(first, termsafe.Const(" is seen from "), text(firstOrigin(e.IP))), kit.Plain)
	}
	if f.action {
		b.say(termsafe.Concat(first, termsafe.Const(" is seen with "), text(e.Action)), kit.Plain)
	}
	b.say(historyWords(b.display, f), kit.Muted)
	b.title(termsafe.Safe{})
}

// firstOrigin names the origin by which an event is the first: the address in its usual form, or the text if it holds none or several.
func firstOrigin(ip model.Text) model.Text {
	things := ipaddr.Things(nil, []byte(ip.Raw()))
	if len(things) > 1 {
		return model.NewText("at least one address of " + ip.Raw())
	}
	return model.NewText(string(things[0]))
}

// historyWords says how far back the events go.
func historyWords(disp *kit.Display, f *firstSeen) termsafe.Safe {
	words := []termsafe.Safe{termsafe.Const("the log starts "), moment(disp, f.begin)}
	if f.background.Span != "" {
		words[0] = termsafe.Const("the log and its baseline start ")
	}
	if f.isNew {
		words = append(words, termsafe.Const("; in its first "), termsafe.Int(model.NewDays),
			termsafe.Const(" days, when nearly everything is new"))
	}
	if cut := f.background.Cut; cut != 0 && f.background.Baseline == nil {
		words = append(words, termsafe.Const("; earlier events, from before "), moment(disp, cut), termsafe.Const(", were not read"))
	}
	return termsafe.Concat(words...)
}

// moment formats a time to the second, with its zone.
func moment(disp *kit.Display, nanos int64) termsafe.Safe {
	t := time.Unix(0, nanos).In(disp.Zone)
	return termsafe.Concat(termsafe.Time(t, "2006-01-02 15:04:05"), termsafe.Const(" "), disp.ZoneNameAt(t))
}
