package tui

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// exporter writes rows into new files, one file at a time. It offers the formats, asks for the name of the file, and tells the
// progress and the end.
type exporter struct {
	display *display
	formats []ExportFormat
	pace    time.Duration // see exportable
	width   int           // of the status line, in cells
	writing slot
	looking slot    // at the progress
	running *export // nil for none
}

func newExporter(disp *display, formats []ExportFormat) exporter {
	return exporter{display: disp, formats: formats}
}

// exportable says which rows can be exported now, and how often to look at the progress.
type exportable struct {
	preview bool             // the rows are those of the preview, which are not yet those of the log
	shown   *model.Selection // the rows of the list; nil before the first selection
	order   []model.Row      // those rows in the order of the list; nil is the order of their times
	columns []string         // the names of the columns of the list
	query   string           // that selected shown
	snap    model.Snapshot   // the log with the marked rows
	marks   int              // the number of marked rows
	marked  func(model.Row) bool
	pace    time.Duration // between two looks at the progress
}

// rows returns the number of rows in the list.
func (e *exportable) rows() int {
	if e.shown == nil {
		return 0
	}
	return e.shown.Len()
}

// export is a running export.
type export struct {
	ctx           context.Context // ends with the export
	cancel        context.CancelFunc
	rows, written atomic.Int64
	path          string
	again         *prompt // the prompt for the name, shown again if the file exists
}

// exported says how an export ended.
type exported struct {
	job
	result ExportResult
	err    error
}

// exportTick makes the progress be drawn again.
type exportTick struct{ job }

// menu opens the list of formats. The export that is chosen ends with ctx.
func (x *exporter) menu(ctx context.Context, what exportable) wish {
	switch {
	case len(x.formats) == 0:
		return wish{toast: termsafe.Const("nothing can be exported here")}
	case x.running != nil:
		return wish{toast: termsafe.Const("a file is being written: esc stops that")}
	case what.preview:
		return wish{whole: true, toast: termsafe.Const("rows can be exported once the log is loaded")}
	case what.rows() == 0 && what.marks == 0:
		return wish{toast: termsafe.Const("there are no rows to export")}
	}
	x.pace = what.pace
	return wish{modal: newPicker(x.display, termsafe.Const("Export"), x.choices(ctx, &what))}
}

// choices returns the formats, for the rows of the list as they are shown and for the marked ones.
func (x *exporter) choices(ctx context.Context, what *exportable) (out []choice) {
	if n := what.rows(); n > 0 {
		sel := what.shown
		out = x.offer(ctx, termsafe.Count(int64(n), "row", "rows"), what.columns, rowsToExport{query: what.query, order: what.order,
			selected: func(context.Context) (*model.Selection, error) { return sel, nil }})
	}
	if what.marks > 0 {
		snap, matcher := what.snap, query.Compile(markedOnly, query.Env{Marked: what.marked})
		marked := termsafe.Concat(termsafe.Int(int64(what.marks)), termsafe.Const(" marked"))
		out = append(out, x.offer(ctx, marked, what.columns, rowsToExport{query: markedOnly.String(),
			selected: func(ctx context.Context) (*model.Selection, error) { return model.Select(ctx, snap, matcher, nil) }})...)
	}
	return out
}

// offer returns the formats for rows. A format that writes columns is offered twice: with those of the list, and with its own.
func (x *exporter) offer(ctx context.Context, what termsafe.Safe, columns []string, rows rowsToExport) (out []choice) {
	add := func(name, does termsafe.Safe, f ExportFormat, rows rowsToExport) {
		out = append(out, choice{name: name, does: does, take: func() wish { return wish{modal: x.promptPath(ctx, f, rows)} }})
	}
	for _, f := range x.formats {
		name := termsafe.Concat(what, termsafe.Const(" as "), x.display.own(f.Name))
		if f.Columns {
			shown := rows
			shown.fields = columns
			add(name, termsafe.Const("the columns as shown"), f, shown)
			name = termsafe.Concat(name, termsafe.Const(", all fields"))
		}
		add(name, x.display.own(f.Does), f, rows)
	}
	return out
}

// markedOnly is the query for marked rows.
var markedOnly = mustParse("is:marked")

// rowsToExport says which rows to export.
type rowsToExport struct {
	selected func(ctx context.Context) (*model.Selection, error) // called outside Update
	order    []model.Row                                         // nil is the order of their times
	fields   []string                                            // the columns; nil is all of the format
	query    string
}

var errNoPath = errors.New("the file needs a name")

// promptPath returns the prompt for the name of the file.
func (x *exporter) promptPath(ctx context.Context, f ExportFormat, rows rowsToExport) modal {
	p := newPrompt(x.display, ask{label: termsafe.Const("export to "), help: termsafe.Const("a new file; esc gives up"),
		text: "pawprint-" + x.display.now().UTC().Format("20060102-150405") + "." + f.Name})
	p.done = func(path string) (wish, error) {
		if strings.TrimSpace(path) == "" {
			return wish{}, errNoPath
		}
		return wish{cmd: x.start(ctx, f, rows, path, p)}, nil
	}
	return p
}

// start starts an export.
func (x *exporter) start(ctx context.Context, f ExportFormat, rows rowsToExport, path string, p *prompt) tea.Cmd {
	ctx, job := x.writing.start(ctx, x)
	ctx, cancel := context.WithCancel(ctx)
	e := &export{ctx: ctx, cancel: cancel, path: path, again: p}
	x.running = e
	request := ExportRequest{Path: path, Zone: x.display.zone, Redact: bool(x.display.redact), Progress: &e.written,
		Order: rows.order, Fields: rows.fields, Query: rows.query}
	write := safely(func() tea.Msg {
		var err error
		if request.Rows, err = rows.selected(ctx); err != nil {
			return exported{job: job, err: err}
		}
		e.rows.Store(int64(request.Rows.Len()))
		result, err := f.Write(ctx, request)
		return exported{job, result, err}
	})
	return tea.Batch(write, x.look())
}

// look schedules the next look at the progress of the running export.
func (x *exporter) look() tea.Cmd {
	_, job := x.looking.start(x.running.ctx, x)
	return tea.Tick(x.pace, func(time.Time) tea.Msg { return exportTick{job} })
}

// stop stops the running export, which answers once it has removed the partial file. It returns false if none is running.
func (x *exporter) stop() bool {
	if x.running == nil {
		return false
	}
	x.running.cancel()
	return true
}

// take shows the progress and the end of the export.
func (x *exporter) take(msg tea.Msg) wish {
	switch m := msg.(type) {
	case exportTick:
		return wish{cmd: x.look()}
	case exported:
		return x.ended(m)
	}
	return wish{}
}

// ended shows how the export ended. If the file exists already it opens the prompt for the name again.
func (x *exporter) ended(m exported) wish {
	e := x.running
	x.running = nil
	x.looking.stop()
	e.cancel()
	switch {
	case errors.Is(m.err, context.Canceled):
		return wish{toast: termsafe.Concat(termsafe.Const("the export was stopped; no file was left: "), x.display.quoted(e.path))}
	case errors.Is(m.err, fs.ErrExist):
		e.again.err = fs.ErrExist
		return wish{modal: e.again, orElse: x.notExported(m.err)}
	case m.err != nil:
		return wish{toast: x.notExported(m.err)}
	}
	return wish{toast: x.didExport(&m.result)}
}
