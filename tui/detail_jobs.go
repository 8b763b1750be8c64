package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// taskKind is a kind of work that the user requested from the detail.
type taskKind uint8

const (
	noTask taskKind = iota
	findTask
	paramsTask
	changesTask
	compareTask
)

// task is requested work that has not started yet.
type task struct {
	kind taskKind
	a, b model.Row // the rows to compare, the earlier one first
}

func (e *task) want(o task) { *e = o }

func (e *task) drop(k taskKind) {
	if e.kind == k {
		*e = task{}
	}
}

// browseParams requests the page of parameters that occur with the event's action in the selection.
func (d *detail) browseParams() { d.task.want(task{kind: paramsTask}) }

// showChanges requests the page that compares the event with the one before it with the same action and target.
func (d *detail) showChanges() { d.task.want(task{kind: changesTask}) }

// compare requests the comparison of two rows, the earlier one first.
func (d *detail) compare(a, b model.Row) { d.task.want(task{compareTask, a, b}) }

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

// work opens the event under the cursor, starts the requested task, if there is one, and finds out whether the event is the first
// of its kind.
func (d *detail) work(ctx context.Context, s *scene) tea.Cmd {
	if !s.ok {
		return nil
	}
	return tea.Batch(d.open(ctx, s), d.workFirst(ctx, s), d.workTask(ctx, s))
}

func (d *detail) workTask(ctx context.Context, s *scene) tea.Cmd {
	e := d.task
	if e.kind == noTask || s.sel == nil || d.doc == nil || e.kind != compareTask && !d.doc.read {
		return nil
	}
	d.task = task{}
	if e.kind == findTask {
		return d.workFind(ctx)
	}
	doc, sel, m := d.doc, s.sel, d.display.redact
	d.shownTask = e
	ctx, job := d.reading.start(ctx, d)
	return safely(func() tea.Msg {
		p, err := e.make(ctx, doc, sel, m)
		return pageMade{job, p, err}
	})
}

// make makes the requested page.
func (e *task) make(ctx context.Context, doc *document, sel *model.Selection, m masking) (page, error) {
	switch e.kind {
	case paramsTask:
		return readParams(ctx, sel, doc.event.Action, m)
	case changesTask:
		return readChanges(ctx, sel.Snapshot(), doc, m)
	}
	return readComparison(ctx, sel.Snapshot(), e.a, e.b, m)
}

func (d *detail) workFind(ctx context.Context) tea.Cmd {
	needle, doc, page := d.search.needle, d.doc, d.page
	if needle == nil {
		return nil
	}
	if page != nil {
		d.found(d.findInPage(needle))
		return nil
	}
	ctx, job := d.reading.start(ctx, d)
	return safely(func() tea.Msg { return placesFound{job, doc, needle, doc.find(ctx, needle)} })
}

// findInPage lists the unfolded blocks of a page that contain the needle.
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

// take takes the answer to a job of the detail.
func (d *detail) take(msg tea.Msg) wish {
	switch msg := msg.(type) {
	case documentRead:
		d.show(msg.doc)
	case pageMade:
		if msg.err != nil {
			return wish{toast: d.display.quoted(msg.err.Error())}
		}
		d.openPage(msg.page)
	case placesFound:
		if msg.doc == d.doc && msg.needle == d.search.needle && d.page == nil {
			d.found(msg.places)
		}
	case firstFound:
		d.foundFirst(msg.row, msg.first)
	}
	return wish{}
}

// openPage shows a page in place of the event.
func (d *detail) openPage(p page) {
	d.page = p
	d.rebuild()
	d.begin()
}

// back ends a search or closes a page. It returns false if there is neither.
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

// toggleAll shows or hides the unchanged fields of a comparison. It returns false if no comparison is open.
func (d *detail) toggleAll() bool {
	c, ok := d.page.(*comparison)
	if !ok {
		return false
	}
	c.all = !c.all
	d.rebuild()
	return true
}

// documentRead brings the event of the detail.
type documentRead struct {
	job
	doc *document
}

// open shows the event under the cursor from the columns of the log at once, and starts reading its line.
func (d *detail) open(ctx context.Context, s *scene) tea.Cmd {
	snap := s.sel.Snapshot()
	if d.doc == nil || d.doc.event.Row != s.cursor {
		d.opened++
		d.show(sketchDocument(snap, s.cursor))
	}
	asks := memberQuery{s.current.expr, s.env}
	if d.shows(s.cursor) && d.doc.asked == asks.text() || d.reading.busy() {
		return nil
	}
	return d.read(ctx, snap, s.cursor, asks)
}

// reads implements reader.
func (d *detail) reads() int { return d.opened }

// waits implements reader.
func (d *detail) waits(s *scene) bool { return s.ok && !d.shows(s.cursor) }

// read starts the job that reads the event of the detail.
func (d *detail) read(ctx context.Context, snap *model.Snapshot, r model.Row, asks memberQuery) tea.Cmd {
	ctx, job := d.reading.start(ctx, d)
	m := d.display.redact
	return safely(func() tea.Msg {
		doc := readDocument(ctx, snap, r, m)
		doc.findMembers(snap, asks)
		return documentRead{job, doc}
	})
}
