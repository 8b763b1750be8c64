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

// ExportFormat is a way to write rows into a file.
type ExportFormat struct {
	Name string // the ending of its files, such as "csv"
	Does string // what it writes, in a few words
	// Columns says that it writes columns: of the list as shown, or all of its own.
	Columns bool
	// Write writes rows to a new file, and returns when it is done or ctx ended. If the file exists it returns fs.ErrExist and
	// does not touch the file. It removes a file that it could not finish. It is called outside Update.
	Write func(ctx context.Context, e ExportRequest) (ExportResult, error)
}

// ExportRequest says what to write and where.
type ExportRequest struct {
	Rows     *model.Selection
	Order    []model.Row // the rows in their order; nil is the order of their times
	Fields   []string    // the names of the columns; nil is those of the format
	Query    string      // that selected the rows
	Path     string
	Zone     *time.Location // zone of the written times
	Redact   bool           // mask likely secrets
	Progress *atomic.Int64  // Write stores the number of rows written so far here
}

// At returns row k in the order to write.
func (e *ExportRequest) At(k int) model.Row {
	if e.Order != nil {
		return e.Order[k]
	}
	return e.Rows.At(k)
}

// ExportResult says what was written.
type ExportResult struct {
	Rows   int    // rows in the file
	Bare   int    // those of Rows without their lines: the columns are known, the bytes are gone
	Absent int    // rows that are missing in the file because they could not be read
	Path   string // of the file, fit to be shown
	Masked int    // masked secrets in the rows
	Unread error  // why the first unreadable row could not be read; nil if all rows were read
	// NoOrigin says why the file beside it, on where the rows came from, could not be written; nil if it was.
	NoOrigin error
}

// ExportError says why no file was written. Its text starts with the reason, as a narrow screen cuts the rest.
type ExportError struct {
	Path   string // of the file that was not written, fit to be shown
	Reason string // in a few words
	Err    error
}

func (e *ExportError) Error() string { return e.Reason + noFile + e.Path + ")" }
func (e *ExportError) Unwrap() error { return e.Err }

// noFile joins the reason and the path in the message of an ExportError.
const noFile = "; no file was written ("

// export is a running export.
type export struct {
	rows, written atomic.Int64
	path          string
	cancel        context.CancelFunc
	again         *prompt // the prompt for the name, shown again if the file exists
}

// words returns the progress.
func (e *export) words() termsafe.Safe {
	rows := e.rows.Load()
	if rows == 0 {
		return termsafe.Const("exporting")
	}
	return termsafe.Concat(termsafe.Const("exporting: "), termsafe.Int(e.written.Load()), termsafe.Const(" of "), termsafe.Count(rows, "row", "rows"))
}

// exported says how an export ended.
type exported struct {
	job
	result ExportResult
	err    error
}

// exportTick makes the progress be drawn again.
type exportTick struct{}

// showExportMenu opens the list of formats.
func (a *App) showExportMenu() {
	switch {
	case len(a.exports) == 0:
		a.status.toast = termsafe.Const("nothing can be exported here")
	case a.exporting != nil:
		a.status.toast = termsafe.Const("a file is being written: esc stops that")
	case a.feed.previewing || a.feed.leavingPreview:
		a.needWholeLog()
		a.status.toast = termsafe.Const("rows can be exported once the log is loaded")
	case a.list.len() == 0 && len(a.marks.notes) == 0:
		a.status.toast = termsafe.Const("there are no rows to export")
	default:
		a.modals = append(a.modals, newPicker(&a.display, termsafe.Const("Export"), a.exportChoices()))
	}
}

// exportChoices returns the formats, for the rows of the list as they are shown and for the marked ones.
func (a *App) exportChoices() []choice {
	var out []choice
	add := func(what termsafe.Safe, rows rowsToExport) {
		for _, f := range a.exports {
			name := termsafe.Concat(what, termsafe.Const(" as "), a.display.own(f.Name))
			does := a.display.own(f.Does)
			if f.Columns {
				shown := rows
				shown.fields = a.list.columns.names()
				out = append(out, choice{name: name, does: termsafe.Const("the columns as shown"), take: func() wish { return wish{modal: a.promptExportPath(f, shown)} }})
				name, does = termsafe.Concat(name, termsafe.Const(", all fields")), a.display.own(f.Does)
			}
			out = append(out, choice{name: name, does: does, take: func() wish { return wish{modal: a.promptExportPath(f, rows)} }})
		}
	}
	if sel := a.list.sel; a.list.len() > 0 {
		shown := rowsToExport{query: a.shownQuery(), selected: func(context.Context) (*model.Selection, error) { return sel, nil }}
		if o := a.list.order; o != nil {
			shown.order = o.rows
		}
		add(termsafe.Count(int64(sel.Len()), "row", "rows"), shown)
	}
	if notes := a.marks.notes; len(notes) > 0 {
		snap, matcher := a.feed.snap, query.Compile(markedOnly, query.Env{Marked: a.marks.marked()})
		add(termsafe.Concat(termsafe.Int(int64(len(notes))), termsafe.Const(" marked")), rowsToExport{query: markedOnly.String(),
			selected: func(ctx context.Context) (*model.Selection, error) { return model.Select(ctx, snap, matcher, nil) }})
	}
	return out
}

// shownQuery is the query of the rows that are listed.
func (a *App) shownQuery() string {
	e, err := a.feed.shown.expr()
	if err != nil {
		return a.feed.shown.text
	}
	return e.String()
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

// promptExportPath returns the prompt for the name of the file.
func (a *App) promptExportPath(f ExportFormat, rows rowsToExport) modal {
	p := newPrompt(&a.display, ask{label: termsafe.Const("export to "), help: termsafe.Const("a new file; esc gives up"),
		text: "pawprint-" + a.display.now().UTC().Format("20060102-150405") + "." + f.Name})
	p.done = func(path string) (wish, error) {
		if strings.TrimSpace(path) == "" {
			return wish{}, errNoPath
		}
		return wish{cmd: a.startExport(f, rows, path, p)}, nil
	}
	return p
}

// startExport starts an export.
func (a *App) startExport(f ExportFormat, rows rowsToExport, path string, p *prompt) tea.Cmd {
	ctx, job := a.writing.start(a.ctx, a)
	ctx, cancel := context.WithCancel(ctx)
	e := &export{path: path, cancel: cancel, again: p}
	a.exporting = e
	request := ExportRequest{Path: path, Zone: a.display.zone, Redact: bool(a.display.redact), Progress: &e.written,
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
	return tea.Batch(write, a.tickExport())
}

// tickExport schedules the next exportTick.
func (a *App) tickExport() tea.Cmd {
	return tea.Tick(4*a.feed.pace, func(time.Time) tea.Msg { return exportTick{} })
}

// exportGoesOn schedules the next exportTick while an export is running.
func (a *App) exportGoesOn() tea.Cmd {
	if a.exporting == nil {
		return nil
	}
	return a.tickExport()
}

// stopExport stops the running export, which answers once it has removed the partial file. It returns false if none is running.
func (a *App) stopExport() bool {
	if a.exporting == nil {
		return false
	}
	a.exporting.cancel()
	return true
}

// exportEnded shows how the export ended. If the file exists already it opens the prompt for the name again.
func (a *App) exportEnded(m exported) wish {
	e := a.exporting
	a.exporting = nil
	e.cancel()
	disp := &a.display
	switch {
	case errors.Is(m.err, context.Canceled):
		return wish{toast: termsafe.Concat(termsafe.Const("the export was stopped; no file was left: "), disp.quoted(e.path))}
	case errors.Is(m.err, fs.ErrExist) && len(a.modals) == 0:
		e.again.err = fs.ErrExist
		return wish{modal: e.again}
	case m.err != nil:
		return wish{toast: a.notExported(m.err)}
	}
	return wish{toast: a.didExport(&m.result)}
}

// notExported returns the message why no file was written.
func (a *App) notExported(err error) termsafe.Safe {
	disp := &a.display
	var failed *ExportError
	if !errors.As(err, &failed) {
		return disp.said(err)
	}
	why := termsafe.Concat(disp.quoted(failed.Reason), termsafe.Const(noFile))
	return termsafe.Concat(why, disp.shortPath(failed.Path, a.toastSpace(why)-1), termsafe.Const(")"))
}

// didExport returns the message of a finished export: first what is missing in the file, then what is in it.
func (a *App) didExport(r *ExportResult) termsafe.Safe {
	disp := &a.display
	all := termsafe.Count(int64(r.Rows+r.Absent), "row", "rows")
	done := termsafe.Concat(all, a.maskedWords(r.Masked), termsafe.Const(" written to "))
	if r.Unread != nil {
		what := termsafe.Concat(termsafe.Int(int64(r.Bare)), termsafe.Const(" of "), all, termsafe.Const(" written without their lines: "))
		if r.Absent > 0 {
			what = termsafe.Concat(termsafe.Const("wrote "), termsafe.Int(int64(r.Rows)), termsafe.Const(" of "), all, termsafe.Const(": "))
		}
		done = termsafe.Concat(what, disp.quoted(cause(r.Unread).Error()), a.maskedWords(r.Masked), termsafe.Const("; the file is "))
	}
	if r.NoOrigin != nil {
		done = termsafe.Concat(termsafe.Const("where the rows came from could not be written beside them: "), disp.quoted(r.NoOrigin.Error()), termsafe.Const("; "), done)
	}
	return termsafe.Concat(done, disp.shortPath(r.Path, a.toastSpace(done)))
}
