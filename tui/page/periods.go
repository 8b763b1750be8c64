package page

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/clock"
	"pawprint/model/compare"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Periods shows two stretches of time side by side: which values of a field are new in the second one, which are gone, which grew. Both are
// narrowed by the filter, but for its conditions on the time, as the page has its own times. The counts are exact and follow the log.
type Periods struct {
	kit.Table
	counter   // its slots and its progress; what is counted is in pairs
	stretches Stretches
	choices   []choice
	chosen    int
	shift     int  // how far both periods were moved, in lengths of the second one
	settled   bool // the choices no longer change, as every source has been read
	loaded    bool
	part      bool       // a database may have more rows than those that are loaded
	log       clock.Span // the time of the events of the log …
	rows      int        // … when it had so many rows
	field     int        // in periodFields
	given     kit.FilterText
	filter    kit.Filter // the given one, without its conditions on the time
	timeless  bool       // whether conditions were left out
	base      base
	asked     pairRequest
	lines     *atomic.Int64 // that the running job reads
	pairs     pairs         // counted last
	known     map[int]pairs // by field: what was counted, to be extended
	order     compare.Order
	search    string
	shown     shownChanges
	arranging kit.Slot
	wanted    changeArrangement // what is shown, or being arranged
}

// Stretches are times that the user chose before the page was opened, each as long as it is not empty.
type Stretches struct {
	Marks clock.Span // from the first marked event to the last one
	Brush clock.Span // chosen in the timeline
}

// periodField is a field whose values can be compared.
type periodField struct {
	name  string // in the query language
	shown termsafe.Safe
}

// periodFields are the fields of the page, in the order of tab.
var periodFields = []periodField{
	{"action", termsafe.Const("action")}, {"actor", termsafe.Const("actor")}, {"sourceIP", termsafe.Const("address")},
	{"target", termsafe.Const("target")}, {"error", termsafe.Const("message")}, {"role", termsafe.Const("role")},
}

// NewPeriods returns the page of two periods.
func NewPeriods(disp *kit.Display, s Stretches) *Periods {
	return &Periods{Table: kit.Table{Display: disp, Title: termsafe.Const("Two periods")}, stretches: s, known: map[int]pairs{}}
}

// Scope implements kit.Modal.
func (p *Periods) Scope() kit.Scope { return kit.InPeriods }

// Press implements kit.Modal.
func (p *Periods) Press(c kit.Command, _ string) (kit.Wish, bool) {
	switch c {
	case kit.CmdHelp:
		return kit.Wish{Do: c}, false
	case kit.CmdBack:
		if p.search != "" {
			p.search = ""
			return kit.Wish{}, false
		}
		p.Stop()
		return kit.Wish{}, true
	case kit.CmdEnter:
		w, ok := p.filterBoth()
		if ok {
			p.Stop()
		}
		return w, ok
	case kit.CmdFilterFor, kit.CmdFilterOut:
		return p.filterBy(c == kit.CmdFilterFor), false
	case kit.CmdProfile:
		if v, ok := p.value(); ok && !v.Absent && p.current() {
			return OfValue(p.Display, v), false
		}
	case kit.CmdCopy:
		return p.copied(), false
	case kit.CmdFilter:
		return kit.Wish{Ask: askSearch(&p.search, &p.At)}, false
	case kit.CmdSort:
		next := periodOrders[(p.orderAt()+1)%len(periodOrders)]
		p.order.By, p.At = next.by, 0
		return kit.Wish{Toast: next.words}, false
	case kit.CmdLeft, kit.CmdPreviousPane:
		p.show(p.field + len(periodFields) - 1)
	case kit.CmdRight, kit.CmdNextPane:
		p.show(p.field + 1)
	default:
		if !p.change(c) {
			p.Move(c, len(p.shown.changes))
		}
	}
	return kit.Wish{}, false
}

// copied wishes for a copy of the command that counts what the page shows.
func (p *Periods) copied() kit.Wish {
	if len(p.choices) == 0 || p.filter.Expr == nil {
		return kit.Wish{Toast: termsafe.Const("the periods are not known yet")}
	}
	now := p.periods()
	return kit.Wish{Compared: &kit.Comparison{Before: now.Before, After: now.After, By: periodFields[p.field].name, Query: p.filter.Expr}}
}

// Stop ends all jobs: nobody looks at their answers any more.
func (p *Periods) Stop() {
	p.counting.Stop()
	p.looking.Stop()
	p.arranging.Stop()
}

// show shows the field at a place, which wraps around.
func (p *Periods) show(field int) {
	p.field, p.At, p.search = field%len(periodFields), 0, ""
}

// change chooses other periods.
func (p *Periods) change(c kit.Command) bool {
	switch c {
	case kit.CmdShiftUp:
		p.shift--
	case kit.CmdShiftDown:
		p.shift++
	case kit.CmdToggle:
		if p.shift = 0; len(p.choices) > 0 {
			p.chosen = (p.chosen + 1) % len(p.choices)
		}
	default:
		return false
	}
	return true
}

// row returns the change under the cursor.
func (p *Periods) row() (*compare.Change, bool) {
	if p.At >= len(p.shown.changes) {
		return nil, false
	}
	return &p.shown.changes[p.At], true
}

// value returns the value under the cursor.
func (p *Periods) value() (kit.Value, bool) {
	c, ok := p.row()
	if !ok {
		return kit.Value{}, false
	}
	return kit.Value{Name: periodFields[p.shown.field].name, Text: c.Values[0].Text, Absent: c.Values[0].Absent}, true
}

// condition returns the filter for the value under the cursor; nil if there is none, and why.
func (p *Periods) condition() (query.Expr, termsafe.Safe) {
	v, ok := p.value()
	if !ok || !p.current() {
		return nil, termsafe.Safe{}
	}
	return conditionOf(p.Display, v)
}

// filterBoth wishes for the events with the value under the cursor in both periods, in place of the filter's own times.
func (p *Periods) filterBoth() (kit.Wish, bool) {
	e, why := p.condition()
	if e == nil {
		return kit.Wish{Toast: why}, false
	}
	now, zone := p.periods(), p.Display.Zone
	times := query.Or(query.During(now.Before, zone), query.During(now.After, zone))
	if now.Before.To.Equal(now.After.From) {
		times = query.During(clock.Span{From: now.Before.From, To: now.After.To}, zone)
	}
	next := p.filter.FilterText.With(e).With(times)
	return kit.Wish{Change: &next}, true
}

// filterBy wishes for the value under the cursor as a condition, or for its opposite. The page stays and counts what is left.
func (p *Periods) filterBy(include bool) kit.Wish {
	switch e, why := p.condition(); {
	case e == nil:
		return kit.Wish{Toast: why}
	case include:
		return kit.Wish{With: e}
	default:
		return kit.Wish{With: query.Not(e)}
	}
}

// Work implements kit.Worker.
func (p *Periods) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	p.part = s.Part || s.PartLog
	if p.loaded = s.Complete && !s.Preview; s.Preview || s.Newest == nil {
		return nil
	}
	p.settle(s)
	if len(p.choices) == 0 {
		return nil
	}
	return tea.Batch(p.count(ctx, s), p.arrange(ctx))
}

// Take implements kit.Taker.
func (p *Periods) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case stillCounting:
		return kit.Wish{Cmd: p.look(p)}
	case pairsCounted:
		p.looking.Stop()
		if p.err = m.err; m.err == nil {
			p.arranging.Stop() // it arranges what was counted before
			p.base, p.pairs = m.base, m.pairs
			p.known[m.pairs.field] = m.pairs
			p.wanted = m.shown.changeArrangement
			p.take(m.shown)
		}
	case changesArranged:
		p.take(m.shown)
	}
	return kit.Wish{}
}

// take shows changes. The cursor stays on its value while the field and the order stay.
func (p *Periods) take(s shownChanges) {
	at, ok := p.row()
	same := s.field == p.shown.field && s.order == p.shown.order
	if p.shown = s; ok && same {
		p.At = s.place(at, p.At)
	}
}
