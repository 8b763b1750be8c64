package page

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Profile is a page about one actor, one address or one object: when it was seen, what it did and from where, what failed, and what was
// new about it. It counts the whole log, or what the list shows, and goes on counting while the log grows.
type Profile struct {
	kit.Table   // its upper edge and its words; the lines are its own
	about       topic
	whole       bool // counts the whole log, not only what the list shows
	loaded      bool // every source has been read to its end
	part        int  // rows that are loaded, if a database may have more such rows; 0 if it has not
	counting    kit.Slot
	reading     kit.Slot
	finding     kit.Slot
	looking     kit.Slot
	running     context.Context // of the job that was started last
	asked       request         // of the last job that counts
	failedMatch model.Matcher   // the failed rows of what was asked for
	seen        *atomic.Int64   // rows of the log that were looked at
	linesRead   *atomic.Int64
	readFor     *model.Selection // of the last job that reads lines
	unread      *query.Unread    // rows that could not be looked at
	counted     counts           // without reading lines
	lines       counts           // by reading them
	news        news
	err         error // why the last job failed
	shown       []pageLine
	at, top     int  // in shown
	moved       bool // the user has moved the cursor
	height      int  // lines that fit
}

func newProfile(disp *kit.Display, about topic) *Profile {
	return &Profile{Table: kit.Table{Display: disp}, about: about, whole: true, unread: new(query.Unread)}
}

// Scope implements kit.Modal.
func (p *Profile) Scope() kit.Scope { return kit.InPage }

// Press implements kit.Modal.
func (p *Profile) Press(c kit.Command, _ string) (kit.Wish, bool) {
	switch c {
	case kit.CmdHelp:
		return kit.Wish{Do: c}, false
	case kit.CmdBack:
		p.Stop()
		return kit.Wish{}, true
	case kit.CmdEnter:
		return p.enter(), false
	case kit.CmdFilterFor, kit.CmdFilterOut:
		return p.filterBy(c == kit.CmdFilterFor), false
	case kit.CmdCount:
		return p.table(), false
	case kit.CmdProfile:
		if v, ok := p.value(); ok && !v.Absent && v.Name != "error" {
			return OfValue(p.Display, v), false
		}
	case kit.CmdInContext:
		p.whole = !p.whole
	default:
		p.move(c)
	}
	return kit.Wish{}, false
}

// Stop implements kit.Stopper.
func (p *Profile) Stop() {
	p.counting.Stop()
	p.reading.Stop()
	p.finding.Stop()
	p.looking.Stop()
}

// watch starts looking at the progress of the jobs.
func (p *Profile) watch() tea.Cmd {
	if p.looking.Busy() {
		return nil
	}
	return p.look()
}

// look schedules the next look at the progress. It ends with the jobs.
func (p *Profile) look() tea.Cmd {
	if !p.counting.Busy() && !p.reading.Busy() {
		return nil
	}
	return lookAgain(&p.looking, p.running, p)
}

// Work implements kit.Worker.
func (p *Profile) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	p.loaded, p.part = s.Complete && !s.Preview, 0
	if s.Part || p.whole && s.PartLog {
		p.part = s.Log.Rows()
	}
	if s.Preview {
		return nil
	}
	return tea.Batch(p.count(ctx, s), p.read(ctx), p.find(ctx), p.watch())
}

// Take implements kit.Taker.
func (p *Profile) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case profileCounted:
		p.looking.Stop()
		switch {
		case m.err != nil:
			p.err = m.err
		case m.reads:
			p.lines = m.counts
		default:
			p.counted = m.counts
			p.about.known = p.counted.nameOf(&p.about)
		}
	case stillCounting:
		return kit.Wish{Cmd: p.look()}
	case newsFound:
		if m.err != nil {
			p.err = m.err
			break
		}
		p.news = m.news
	}
	p.rebuild()
	return kit.Wish{}
}

// forget forgets what was counted of other rows.
func (p *Profile) forget() {
	p.reading.Stop()
	p.finding.Stop()
	p.counted, p.lines, p.news, p.readFor = counts{}, counts{}, news{}, nil
	p.rebuild()
}

// rows returns the counted events, nil before they are counted. The tables of the sections count them.
func (p *Profile) rows() *model.Selection { return p.counted.sel }

// failedRows returns those that failed.
func (p *Profile) failedRows() *model.Selection { return p.lines.failed }

// value returns the value under the cursor.
func (p *Profile) value() (kit.Value, bool) {
	l, ok := p.line()
	if !ok || l.kind != valueLine && l.kind != newsLine {
		return kit.Value{}, false
	}
	return l.value, true
}

// condition returns the filter of the line under the cursor, without the topic; nil for none.
func (p *Profile) condition() query.Expr {
	v, ok := p.value()
	if !ok {
		return nil
	}
	l, _ := p.line()
	if l.action.Name == "" {
		return v.Expr()
	}
	e := v.Expr()
	if !v.Absent {
		if e = anyOf(v.Name, p.lines.members[v.Text.Raw()]); e == nil {
			return nil
		}
	}
	return query.And(query.And(kit.FailuresOnly, l.action.Expr()), e)
}

// noCondition says why the line under the cursor is not a filter.
func (p *Profile) noCondition() kit.Wish {
	if l, ok := p.line(); ok && l.action.Name != "" {
		return kit.Wish{Toast: tooMany}
	}
	return kit.Wish{}
}

// enter filters by the topic and the line under the cursor. On the line for more values it opens their table.
func (p *Profile) enter() kit.Wish {
	l, _ := p.line()
	if l.kind == moreLine {
		return p.table()
	}
	e := p.condition()
	if e == nil {
		return p.noCondition()
	}
	w := narrowed(p.about.expr, e, p.whole)
	if !p.Display.Redact.Sharable(e) {
		return kit.Wish{Toast: p.Display.MaskedWords()}
	}
	if w.Leave = true; l.kind == newsLine {
		row := l.row
		w.Row = &row
	}
	return w
}

// narrowed filters by a condition on the events of a topic: on all of them, or on those in the filter.
func narrowed(topic, e query.Expr, whole bool) kit.Wish {
	e = query.And(topic, e)
	if whole {
		return kit.Wish{Only: e}
	}
	return kit.Wish{With: e}
}

// filterBy wishes for the line under the cursor as a condition of the list, or for its opposite. The page stays.
func (p *Profile) filterBy(include bool) kit.Wish {
	switch e := p.condition(); {
	case e == nil:
		return p.noCondition()
	case !p.Display.Redact.Sharable(e):
		return kit.Wish{Toast: p.Display.MaskedWords()}
	case include:
		return kit.Wish{With: e}
	default:
		return kit.Wish{With: query.Not(e)}
	}
}

// table opens the table of all values of the section under the cursor, among the events of the topic.
func (p *Profile) table() kit.Wish {
	l, ok := p.line()
	if !ok || l.kind == newsLine {
		return kit.Wish{Toast: termsafe.Const("this section has no table: is:first-seen finds its events")}
	}
	v, err := NewFrequencies(p.Display, sectionSpecs[l.section].name)
	if err != nil {
		return kit.Wish{Toast: p.Display.Said(err)}
	}
	v.within, v.rows, v.whole = p.about.expr, p.rows, p.whole
	if sectionSpecs[l.section].failed {
		v.within, v.rows = query.And(v.within, kit.FailuresOnly), p.failedRows
	}
	v.Title = termsafe.Concat(v.Title, termsafe.Const(": "), p.about.title(p.Display, fieldTitle))
	return kit.Wish{Modal: v}
}
