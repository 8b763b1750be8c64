package list

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// rowFacts is what the list shows that is not in the log's columns. It is read from the raw line.
type rowFacts struct {
	row     model.Row
	target  cell
	message cell          // the message of the first error; for a reject, the line
	more    int           // further errors
	problem termsafe.Safe // the first error in an invalid event
	sum     uint64        // of the line, to tell equal ones; 0 if it was not read
	paths   []string
	cells   []cell             // one per path; empty if the line cannot be read
	wraps   map[string]wrapped // by column; made when they are drawn
}

// Limits that keep a page of hostile rows as cheap as others.
const (
	maxListLineBytes = 1 << 20 // longer lines are not read for the list
	maxFactBytes     = 4 << 10
	maxFactCells     = 400
)

// sumSeed makes the sums of lines differ from run to run, so that nobody can write a log in which two lines have the same sum.
var sumSeed = maphash.MakeSeed()

// cellAt returns the cell of a path; ok is false if it was not read.
func (f *rowFacts) cellAt(path string) (c cell, ok bool) {
	if i := slices.Index(f.paths, path); i >= 0 && i < len(f.cells) {
		return f.cells[i], true
	}
	return cell{}, false
}

// factReader reads the facts of rows. Only one goroutine may use it.
type factReader struct {
	snap    *model.Snapshot
	marks   marks.Rows
	raw     *model.RawReader
	options cellOptions
	paths   []string
	cells   []*cellReader // one per path
	target  *field.Reader
	message field.Walker
}

func newFactReader(snap *model.Snapshot, marked marks.Rows, paths []string, k cellOptions) *factReader {
	r := &factReader{snap: snap, marks: marked, raw: model.NewRawReader(snap), options: k, paths: paths,
		target: field.NewReader(field.Of("target")), message: field.NewWalker()}
	for _, path := range paths {
		r.cells = append(r.cells, newCellReader(path))
	}
	return r
}

// read reads the line of a row, once for all facts. If it cannot be read the facts stay empty; the detail says why.
func (r *factReader) read(row model.Row) rowFacts {
	f := rowFacts{row: row, paths: r.paths}
	if r.snap.Origin(row).Length > maxListLineBytes {
		return f
	}
	raw, err := r.raw.Line(row)
	if err != nil {
		return f
	}
	f.sum = maphash.Bytes(sumSeed, raw) | 1
	event := r.snap.Event(row)
	if !event.Reject() && event.Invalid() {
		f.problem = r.problemText(row, raw)
	}
	raw, _ = r.options.redact.Line(raw)
	at := field.Row{Snap: r.snap, Event: event, Line: raw, Mark: r.marks.Of(row), Mask: func(text string) string { return r.options.redact.Text("", text) }}
	if at.Event.Reject() {
		f.message = r.options.cell(model.NewText(string(raw)), false)
		r.readMarks(&f, &at)
		return f
	}
	if target := r.target.Texts(nil, &at, 1); len(target) > 0 {
		f.target = r.options.cell(target[0], true)
	}
	r.readMessages(&f, raw)
	for _, c := range r.cells {
		f.cells = append(f.cells, c.read(&at, r.options))
	}
	return f
}

// readMarks reads the cells of what the user says about a line that is not an event; the others stay empty.
func (r *factReader) readMarks(f *rowFacts, at *field.Row) {
	for i, c := range r.cells {
		var said cell
		if ofMark(r.paths[i]) {
			said = c.read(at, r.options)
		}
		f.cells = append(f.cells, said)
	}
}

// readMessages reads the first message and counts the others.
func (r *factReader) readMessages(f *rowFacts, raw []byte) {
	n := 0
	r.message.Messages(raw, func(message []byte) bool {
		if n++; n == 1 {
			f.message = r.options.cell(model.NewText(string(r.message.Text(message))), true)
		}
		return false
	})
	f.more = max(0, n-1)
}

// readFacts reads rows until ctx ends.
func readFacts(ctx context.Context, snap *model.Snapshot, marked marks.Rows, rows []model.Row, paths []string, k cellOptions) []rowFacts {
	out, reader := make([]rowFacts, 0, len(rows)), newFactReader(snap, marked, paths, k)
	for _, r := range rows {
		if ctx.Err() != nil {
			break
		}
		out = append(out, reader.read(r))
	}
	return out
}

// factText copies the start of a text.
func factText(t model.Text, ascii bool) termsafe.Safe {
	head := strings.Clone(t.Raw()[:min(t.Len(), maxFactBytes)])
	return termsafe.Clean(head, termsafe.Options{ASCII: ascii, MaxCells: maxFactCells})
}

// factCache keeps the facts of the rows seen last, in two halves: when the newer half is full, the older one is dropped. The
// zero value is empty.
type factCache struct {
	young, old map[model.Row]*rowFacts
}

const halfCache = 1024

func (c *factCache) clear() { c.young, c.old = nil, nil }

// has reports whether the facts of a row were read for all these paths.
func (c *factCache) has(r model.Row, paths []string) bool {
	f := c.get(r)
	return f != nil && slices.Equal(f.paths, paths)
}

// get returns the facts of a row, nil if they are not kept.
func (c *factCache) get(r model.Row) *rowFacts {
	if f := c.young[r]; f != nil {
		return f
	}
	f := c.old[r]
	if f != nil {
		c.put(f)
	}
	return f
}

func (c *factCache) put(f *rowFacts) {
	if c.young == nil || len(c.young) >= halfCache {
		c.young, c.old = make(map[model.Row]*rowFacts, halfCache), c.young
	}
	c.young[f.row] = f
}

// add stores facts.
func (c *factCache) add(facts []rowFacts) {
	for i := range facts {
		c.put(&facts[i])
	}
}

// targetValue returns the value to filter for a row's target; ok is false if no target is known.
func (c *factCache) targetValue(r model.Row) (kit.Value, bool) {
	f := c.get(r)
	if f == nil || f.target.text.Empty() {
		return kit.Value{Name: "target"}, false
	}
	return kit.Value{Name: "target", Text: f.target.text}, f.target.exact
}

// pathValue returns the value of a row at the path of a column; ok is false unless there is exactly one.
func (c *factCache) pathValue(r model.Row, column *columnSpec) (kit.Value, bool) {
	facts := c.get(r)
	if facts == nil {
		return kit.Value{Name: column.name}, false
	}
	if column.kind == messageColumn {
		return kit.Value{Name: column.name, Text: facts.message.text}, facts.message.exact
	}
	at, _ := facts.cellAt(column.name)
	return kit.Value{Name: column.name, Text: at.text, Absent: at.absent}, at.exact || at.absent
}

// rowsRead brings what the list shows from raw lines.
type rowsRead struct {
	kit.Job
	facts []rowFacts
}

// problemText describes the first error of an event: its attribute, its value and the message.
func (r *factReader) problemText(row model.Row, line []byte) termsafe.Safe {
	for _, p := range r.snap.Problems(row) {
		if p.Severity() != model.Error {
			continue
		}
		own := termsafe.Options{ASCII: r.options.ascii}
		text := termsafe.Concat(kit.ProblemValueOf(&p, line, r.options.redact).Show(r.options.ascii), termsafe.Clean(p.Message(), own))
		if field := p.Field.String(); field != "" {
			text = termsafe.Concat(termsafe.Clean(field+": ", own), text)
		}
		return text
	}
	return termsafe.Safe{}
}

// readRows starts the job that reads the raw lines of rows for the list, with their values at the paths in names.
func (l *List) readRows(ctx context.Context, rows []model.Row) tea.Cmd {
	l.begun++
	ctx, job := l.reading.Start(ctx, l)
	snap, marked, names, cells := l.Sel.Snapshot(), l.Marks.Rows(), l.Columns.paths(), cellOptionsOf(l.display)
	return kit.Safely(func() tea.Msg {
		return rowsRead{job, readFacts(ctx, snap, marked, rows, names, cells)}
	})
}
