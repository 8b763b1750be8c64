package detail

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
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
func (d *Detail) browseParams() { d.task.want(task{kind: paramsTask}) }

// showChanges requests the page that compares the event with the one before it with the same action and target.
func (d *Detail) showChanges() { d.task.want(task{kind: changesTask}) }

// compare requests the comparison of two rows, the earlier one first.
func (d *Detail) compare(a, b model.Row) { d.task.want(task{compareTask, a, b}) }

// pageMade brings a page.
type pageMade struct {
	kit.Job
	page page
	err  error
}

// placesFound brings the places of a needle in a document.
type placesFound struct {
	kit.Job
	doc    *document
	needle *verbatim.Needle
	places []foundPlace
}

// Work opens the event under the cursor, starts the requested task, if there is one, and finds out whether the event is the first
// of its kind.
func (d *Detail) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	if !s.Ok {
		return nil
	}
	opened := d.open(ctx, s)
	d.takeMarks(s.Own, s.Copy)
	d.takeSilence(s)
	return tea.Batch(opened, d.workFirst(ctx, s), d.workTask(ctx, s))
}

// takeMarks takes the mark on the event, and the one on another copy of it.
func (d *Detail) takeMarks(own, copied *marks.Mark) {
	if d.doc.mark == own && d.doc.copy == copied {
		return
	}
	if d.doc.mark, d.doc.copy = own, copied; d.page == nil {
		d.rebuild()
	}
}

func (d *Detail) workTask(ctx context.Context, s *kit.Scene) tea.Cmd {
	e := d.task
	if e.kind == noTask || s.Sel == nil || d.doc == nil || e.kind != compareTask && !d.doc.read {
		return nil
	}
	d.task = task{}
	if e.kind == findTask {
		return d.workFind(ctx)
	}
	doc, sel, m := d.doc, s.Sel, d.display.Redact
	d.shownTask = e
	ctx, job := d.reading.Start(ctx, d)
	return kit.Safely(func() tea.Msg {
		p, err := e.make(ctx, doc, sel, m)
		return pageMade{job, p, err}
	})
}

// make makes the requested page.
func (e *task) make(ctx context.Context, doc *document, sel *model.Selection, m kit.Masking) (page, error) {
	switch e.kind {
	case paramsTask:
		return readParams(ctx, sel, doc.event.Action, m)
	case changesTask:
		return readChanges(ctx, sel.Snapshot(), doc, m)
	}
	return readComparison(ctx, sel.Snapshot(), e.a, e.b, m)
}

func (d *Detail) workFind(ctx context.Context) tea.Cmd {
	needle, doc, page := d.search.needle, d.doc, d.page
	if needle == nil {
		return nil
	}
	if page != nil {
		d.found(d.findInPage(needle))
		return nil
	}
	ctx, job := d.reading.Start(ctx, d)
	return kit.Safely(func() tea.Msg { return placesFound{job, doc, needle, doc.find(ctx, needle)} })
}

// findInPage lists the unfolded blocks of a page that contain the needle.
func (d *Detail) findInPage(n *verbatim.Needle) []foundPlace {
	var out []foundPlace
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.id == "" {
			continue
		}
		at, _ := n.Index(b.raw)
		if at >= 0 || len(n.InSafe(b.text)) > 0 || len(n.InSafe(b.key)) > 0 {
			out = append(out, foundPlace{b.id, at < 0, max(at, 0)})
		}
	}
	return out
}

// Take implements kit.Taker.
func (d *Detail) Take(msg tea.Msg) kit.Wish {
	switch msg := msg.(type) {
	case documentRead:
		d.show(msg.doc)
	case pageMade:
		if msg.err != nil {
			return kit.Wish{Toast: d.display.Quoted(msg.err.Error())}
		}
		d.openPage(msg.page)
	case placesFound:
		if msg.doc == d.doc && msg.needle == d.search.needle && d.page == nil {
			d.found(msg.places)
		}
	case firstFound:
		d.foundFirst(msg.row, msg.first)
	}
	return kit.Wish{}
}

// openPage shows a page in place of the event.
func (d *Detail) openPage(p page) {
	d.page = p
	d.rebuild()
	d.begin()
}

// back ends a search or closes a page. It returns false if there is neither.
func (d *Detail) back() bool {
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

// toggleUnchanged shows or hides the unchanged fields of a comparison. It returns false if there are none.
func (d *Detail) toggleUnchanged() bool {
	at, ok := d.blockOf(unchangedID)
	if ok {
		d.folds[unchangedID] = !d.blocks[at].open
		d.rebuild()
	}
	return ok
}

// documentRead brings the event of the detail.
type documentRead struct {
	kit.Job
	doc *document
}

// open shows the event under the cursor from the columns of the log at once, and starts reading its line.
func (d *Detail) open(ctx context.Context, s *kit.Scene) tea.Cmd {
	snap := s.Sel.Snapshot()
	if d.doc == nil || d.doc.event.Row != s.Cursor {
		d.opened++
		d.show(sketchDocument(snap, s.Cursor))
	}
	asks := memberQuery{s.Current.Expr, s.Env}
	if d.shows(s.Cursor) && d.doc.asked == asks.text() || d.reading.Busy() {
		return nil
	}
	return d.read(ctx, snap, s.Cursor, asks)
}

// Reads implements kit.Reader.
func (d *Detail) Reads() int { return d.opened }

// Waits implements kit.Reader.
func (d *Detail) Waits(s *kit.Scene) bool { return s.Ok && !d.shows(s.Cursor) }

// read starts the job that reads the event of the detail.
func (d *Detail) read(ctx context.Context, snap *model.Snapshot, r model.Row, asks memberQuery) tea.Cmd {
	ctx, job := d.reading.Start(ctx, d)
	m := d.display.Redact
	return kit.Safely(func() tea.Msg {
		doc := readDocument(ctx, snap, r, m)
		doc.findMembers(snap, asks)
		return documentRead{job, doc}
	})
}
