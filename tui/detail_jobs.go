package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// pageRoom is where the detail works for its pages and finds. It is the room in which events are read: a page that is being
// made has the detail to itself.
const pageRoom = detailRoom

// errandKind is a kind of work that the user asked the detail for.
type errandKind uint8

const (
	noErrand errandKind = iota
	findErrand
	paramsErrand
	changesErrand
	compareErrand
)

// errand is what was asked for and has not begun.
type errand struct {
	kind errandKind
	a, b model.Row // of a comparison
}

func (e *errand) want(o errand) { *e = o }

func (e *errand) drop(k errandKind) {
	if e.kind == k {
		*e = errand{}
	}
}

// browseParams asks for the parameters that occur with the action of the event, in the selection.
func (d *detail) browseParams() { d.errand.want(errand{kind: paramsErrand}) }

// showChanges asks for what the event changed against the one before it with the same action and target.
func (d *detail) showChanges() { d.errand.want(errand{kind: changesErrand}) }

// compare asks for two rows to be compared, the earlier one first.
func (d *detail) compare(a, b model.Row) { d.errand.want(errand{compareErrand, a, b}) }

// pageMade brings a page.
type pageMade struct {
	job
	page page
	err  error
}

// placesFound brings the places of a needle in a document.
type placesFound struct {
	job
	doc    *document
	needle *findText
	places []foundPlace
}

// work starts what was asked for, if anything.
func (d *detail) work(j *jobs, s *scene) tea.Cmd {
	e := d.errand
	if e.kind == noErrand || s.sel == nil || d.doc == nil || e.kind != compareErrand && !d.doc.read {
		return nil
	}
	d.errand = errand{}
	if e.kind == findErrand {
		return d.workFind(j)
	}
	doc, sel, m := d.doc, s.sel, d.look.redact
	d.asked = e
	ctx, job := j.start(pageRoom)
	return safely(func() tea.Msg {
		p, err := e.make(ctx, doc, sel, m)
		return pageMade{job, p, err}
	})
}

// make makes the page that was asked for.
func (e *errand) make(ctx context.Context, doc *document, sel *model.Selection, m masking) (page, error) {
	switch e.kind {
	case paramsErrand:
		return readParams(ctx, sel, doc.event.Action, m)
	case changesErrand:
		return readChanges(ctx, sel.Snapshot(), doc, m)
	}
	return readComparison(ctx, sel.Snapshot(), e.a, e.b, m)
}

func (d *detail) workFind(j *jobs) tea.Cmd {
	needle, doc, page := d.search.needle, d.doc, d.page
	if needle == nil {
		return nil
	}
	if page != nil {
		d.found(d.findInPage(needle))
		return nil
	}
	ctx, job := j.start(pageRoom)
	return safely(func() tea.Msg { return placesFound{job, doc, needle, doc.find(ctx, needle)} })
}

// findInPage lists the blocks of a page in which the needle stands, as far as they are unfolded.
func (d *detail) findInPage(n *findText) []foundPlace {
	var out []foundPlace
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.id == "" {
			continue
		}
		at, _ := n.index(b.raw)
		if at >= 0 || len(n.inSafe(b.text)) > 0 || len(n.inSafe(b.key)) > 0 {
			out = append(out, foundPlace{b.id, at < 0, max(at, 0)})
		}
	}
	return out
}

// take takes the answer to a job of the detail. It reports whether the message was one.
func (d *detail) take(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case pageMade:
		if msg.err == nil {
			d.openPage(msg.page)
		}
	case placesFound:
		if msg.doc == d.doc && msg.needle == d.search.needle && d.page == nil {
			d.found(msg.places)
		}
	default:
		return false
	}
	return true
}

// openPage shows a page in place of the event.
func (d *detail) openPage(p page) {
	d.page = p
	d.rebuild()
	d.begin()
}

// back ends a find, or closes a page, and reports whether there was any.
func (d *detail) back() bool {
	switch {
	case d.search.needle != nil:
		d.lookFor("")
	case d.page != nil:
		d.page = nil
		d.rebuild()
		d.begin()
	default:
		return false
	}
	return true
}

// toggleAll shows what is alike in a comparison, or hides it again; it reports whether there is a comparison.
func (d *detail) toggleAll() bool {
	c, ok := d.page.(*comparison)
	if !ok {
		return false
	}
	c.all = !c.all
	d.rebuild()
	return true
}

// title names the page, for the line above the detail, and how to leave it; empty for an event.
func (d *detail) title() termsafe.Safe {
	switch p := d.page.(type) {
	case *comparison:
		if p.changes {
			return termsafe.Const("Changes, esc goes back to the event")
		}
		return termsafe.Const("Comparison, esc goes back to the event")
	case *paramsPage:
		return termsafe.Const("Parameters, esc goes back to the event")
	}
	return termsafe.Safe{}
}
