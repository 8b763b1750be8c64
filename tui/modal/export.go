package modal

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Exporter writes rows into new files, one file at a time. It offers the formats, asks for the name of the file, and tells the
// progress and the end.
type Exporter struct {
	display *kit.Display
	formats []ExportFormat
	Reports []ExportFormat // of reports; empty turns them off
	pace    time.Duration  // see Exportable
	Width   int            // of the status line, in cells
	writing kit.Slot
	looking kit.Slot // at the progress
	running *export  // nil for none
}

// NewExporter returns an exporter that offers formats in their order; without any, rows cannot be exported.
func NewExporter(disp *kit.Display, formats []ExportFormat) Exporter {
	return Exporter{display: disp, formats: formats}
}

// Exportable says which rows can be exported now, and how often to look at the progress.
type Exportable struct {
	Preview bool             // the rows are those of the preview, which are not yet those of the log
	Shown   *model.Selection // the rows of the list; nil before the first selection
	Order   []model.Row      // those rows in the order of the list; nil is the order of their times
	Columns []string         // the names of the columns of the list
	Query   string           // that selected Shown
	Snap    model.Snapshot   // the log with the marked rows
	Marks   marks.Rows       // the marked rows that were found …
	All     FindMarks        // … and finds all of them; nil if these are all
	Asked   []string         // the filters that were looked at, for a report
	Pace    time.Duration    // between two looks at the progress
}

// FindMarks finds all marked rows of a log, also those that came after the last search. It is called outside Update.
type FindMarks func(ctx context.Context) (marks.Rows, error)

// rows returns the number of rows in the list.
func (e *Exportable) rows() int {
	if e.Shown == nil {
		return 0
	}
	return e.Shown.Len()
}

// export is a running export.
type export struct {
	ctx           context.Context // ends with the export
	cancel        context.CancelFunc
	rows, written atomic.Int64
	path          string
	again         *kit.Prompt // the prompt for the name, shown again if the file exists
}

// exported says how an export ended.
type exported struct {
	kit.Job
	result ExportResult
	err    error
}

// exportTick has the progress drawn again.
type exportTick struct{ kit.Job }

// Menu opens the list of formats. The export that is chosen ends with ctx.
func (x *Exporter) Menu(ctx context.Context, what Exportable) kit.Wish {
	switch {
	case len(x.formats) == 0:
		return kit.Wish{Toast: termsafe.Const("nothing can be exported here")}
	case x.running != nil:
		return kit.Wish{Toast: termsafe.Const("a file is being written: esc stops that")}
	case what.Preview:
		return kit.Wish{Whole: true, Toast: termsafe.Const("rows can be exported once the log is loaded")}
	case what.rows() == 0 && what.Marks.Len() == 0:
		return kit.Wish{Toast: termsafe.Const("there are no rows to export")}
	}
	x.pace = what.Pace
	return kit.Wish{Modal: kit.NewPicker(x.display, termsafe.Const("Export"), x.choices(ctx, &what))}
}

// mostReported is how many rows a report is offered for: it is for reading.
const mostReported = 2000

// ReportMenu opens the list of what a report can be about, and as what it can be written. The report that is chosen ends with ctx.
func (x *Exporter) ReportMenu(ctx context.Context, what Exportable) kit.Wish {
	switch {
	case len(x.Reports) == 0:
		return kit.Wish{Toast: termsafe.Const("no report can be written here")}
	case x.running != nil:
		return kit.Wish{Toast: termsafe.Const("a file is being written: esc stops that")}
	case what.Preview:
		return kit.Wish{Whole: true, Toast: termsafe.Const("a report can be written once the log is loaded")}
	}
	var choices []kit.Choice
	if what.Marks.Len() > 0 {
		choices = x.offer(ctx, x.Reports, termsafe.Concat(termsafe.Int(int64(what.Marks.Len())), termsafe.Const(" marked")), nil, what.marked())
	}
	if n := what.rows(); n > 0 && n <= mostReported {
		choices = append(choices, x.offer(ctx, x.Reports, termsafe.Count(int64(n), "row", "rows"), nil, what.shown())...)
	}
	if choices == nil {
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("a report is about marked events, or at most "), termsafe.Int(mostReported), termsafe.Const(" rows: m marks an event"))}
	}
	x.pace = what.Pace
	return kit.Wish{Modal: kit.NewPicker(x.display, termsafe.Const("Report"), choices)}
}

// shown returns the rows of the list.
func (e *Exportable) shown() rowsToExport {
	sel := e.Shown
	return rowsToExport{query: e.Query, order: e.Order, marks: e.all(), asked: e.Asked, selected: func(context.Context, marks.Rows) (*model.Selection, error) { return sel, nil }}
}

// all returns the function that finds all marked rows.
func (e *Exportable) all() FindMarks {
	if known := e.Marks; e.All == nil {
		return func(context.Context) (marks.Rows, error) { return known, nil }
	}
	return e.All
}

// marked returns the marked rows.
func (e *Exportable) marked() rowsToExport {
	snap := e.Snap
	return rowsToExport{query: markedOnly.String(), marks: e.all(), noted: true, asked: e.Asked,
		selected: func(ctx context.Context, all marks.Rows) (*model.Selection, error) {
			return model.Select(ctx, snap, query.Compile(markedOnly, query.Env{Marks: all.Search}), nil)
		}}
}

// choices returns the formats, for the rows of the list as they are shown and for the marked ones.
func (x *Exporter) choices(ctx context.Context, what *Exportable) (out []kit.Choice) {
	if n := what.rows(); n > 0 {
		out = x.offer(ctx, x.formats, termsafe.Count(int64(n), "row", "rows"), what.Columns, what.shown())
	}
	if what.Marks.Len() > 0 {
		marked := termsafe.Concat(termsafe.Int(int64(what.Marks.Len())), termsafe.Const(" marked"))
		out = append(out, x.offer(ctx, x.formats, marked, what.Columns, what.marked())...)
	}
	return out
}

// TableMenu opens the list of formats for a table of counts.
func (x *Exporter) TableMenu(ctx context.Context, t kit.ExportTable, what Exportable) kit.Wish {
	var choices []kit.Choice
	for _, f := range x.formats {
		if f.Tables {
			rows := rowsToExport{query: what.Query, table: &t, marks: what.all(), selected: func(context.Context, marks.Rows) (*model.Selection, error) { return t.Sel, nil }}
			choices = append(choices, kit.Choice{Name: termsafe.Concat(termsafe.Const("this table as "), x.display.Own(f.Name)), Does: termsafe.Const("all of its rows"),
				Take: func() kit.Wish { return kit.Wish{Modal: x.promptPath(ctx, f, rows)} }})
		}
	}
	switch {
	case len(choices) == 0:
		return kit.Wish{Toast: termsafe.Const("nothing can be exported here")}
	case x.running != nil:
		return kit.Wish{Toast: termsafe.Const("a file is being written: esc stops that")}
	}
	x.pace = what.Pace
	return kit.Wish{Modal: kit.NewPicker(x.display, termsafe.Const("Export the table"), choices)}
}

// offer returns the formats for rows. A format that writes columns is offered twice: with those of the list, and with its own.
func (x *Exporter) offer(ctx context.Context, formats []ExportFormat, what termsafe.Safe, columns []string, rows rowsToExport) (out []kit.Choice) {
	add := func(name, does termsafe.Safe, f ExportFormat, rows rowsToExport) {
		out = append(out, kit.Choice{Name: name, Does: does, Take: func() kit.Wish { return kit.Wish{Modal: x.promptPath(ctx, f, rows)} }})
	}
	for _, f := range formats {
		name := termsafe.Concat(what, termsafe.Const(" as "), x.display.Own(f.Name))
		if f.Columns {
			shown := rows
			shown.fields = columns
			add(name, termsafe.Const("the columns as shown"), f, shown)
			name = termsafe.Concat(name, termsafe.Const(", all fields"))
		}
		add(name, x.display.Own(f.Does), f, rows)
	}
	return out
}

// take puts the rows and their marks into a request. It is called outside Update.
func (r *rowsToExport) take(ctx context.Context, request *ExportRequest) (err error) {
	if request.Marks, err = r.marks(ctx); err == nil {
		request.Rows, err = r.selected(ctx, request.Marks)
	}
	return err
}

// markedOnly is the query for marked rows.
var markedOnly = kit.MustParse("is:marked")

// rowsToExport says which rows to export.
type rowsToExport struct {
	selected func(ctx context.Context, all marks.Rows) (*model.Selection, error) // called outside Update
	order    []model.Row                                                         // nil is the order of their times
	fields   []string                                                            // the columns; nil is all of the format
	query    string
	marks    FindMarks        // what the user said about rows
	noted    bool             // the rows are the marked ones
	asked    []string         // the filters that were looked at, for a report
	table    *kit.ExportTable // a table of counts instead; nil for none
}

var errNoPath = errors.New("type a name for the file")

// promptPath returns the prompt for the name of the file.
func (x *Exporter) promptPath(ctx context.Context, f ExportFormat, rows rowsToExport) kit.Modal {
	p := kit.NewPrompt(x.display, kit.Ask{Label: termsafe.Const("export to "), Help: termsafe.Const("a new file"),
		Text: "pawprint-" + x.display.Now().UTC().Format("20060102-150405") + "." + f.Name})
	p.Done = func(path string) (kit.Wish, error) {
		if strings.TrimSpace(path) == "" {
			return kit.Wish{}, errNoPath
		}
		return kit.Wish{Cmd: x.start(ctx, f, rows, path, p)}, nil
	}
	return p
}

// start starts an export.
func (x *Exporter) start(ctx context.Context, f ExportFormat, rows rowsToExport, path string, p *kit.Prompt) tea.Cmd {
	ctx, job := x.writing.Start(ctx, x)
	ctx, cancel := context.WithCancel(ctx)
	e := &export{ctx: ctx, cancel: cancel, path: path, again: p}
	x.running = e
	request := ExportRequest{Path: path, Zone: x.display.Zone, Redact: bool(x.display.Redact), Progress: &e.written,
		Order: rows.order, Fields: rows.fields, Query: rows.query, Asked: rows.asked, Table: rows.table, Noted: rows.noted}
	write := kit.Safely(func() tea.Msg {
		if err := rows.take(ctx, &request); err != nil {
			return exported{Job: job, err: err}
		}
		e.rows.Store(int64(request.Rows.Len()))
		result, err := f.Write(ctx, request)
		return exported{job, result, err}
	})
	return tea.Batch(write, x.look())
}

// look schedules the next look at the progress of the running export.
func (x *Exporter) look() tea.Cmd {
	_, job := x.looking.Start(x.running.ctx, x)
	return tea.Tick(x.pace, func(time.Time) tea.Msg { return exportTick{job} })
}

// Stop stops the running export, which answers once it has removed the partial file. It returns false if none is running.
func (x *Exporter) Stop() bool {
	if x.running == nil {
		return false
	}
	x.running.cancel()
	return true
}

// Take implements kit.Taker: it shows the progress and the end of the export.
func (x *Exporter) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case exportTick:
		return kit.Wish{Cmd: x.look()}
	case exported:
		return x.ended(m)
	}
	return kit.Wish{}
}

// ended shows how the export ended. If the file exists already it opens the prompt for the name again.
func (x *Exporter) ended(m exported) kit.Wish {
	e := x.running
	x.running = nil
	x.looking.Stop()
	e.cancel()
	switch {
	case errors.Is(m.err, context.Canceled):
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the export was stopped; no file was left: "), x.display.Quoted(e.path))}
	case errors.Is(m.err, fs.ErrExist):
		e.again.Err = fs.ErrExist
		return kit.Wish{Modal: e.again, OrElse: x.notExported(m.err)}
	case m.err != nil:
		return kit.Wish{Toast: x.notExported(m.err)}
	}
	return kit.Wish{Toast: x.didExport(&m.result)}
}
