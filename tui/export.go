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
	Name string // what its files end in, as "csv"
	Does string // in a few words
	// Write writes rows into a new file, and returns when it is done or ctx ended. A file that is there already is an error that
	// is fs.ErrExist, and is not touched; one that could not be finished is removed. It is called outside of Update.
	Write func(ctx context.Context, e ExportRequest) (ExportResult, error)
}

// ExportRequest says what to write, and where.
type ExportRequest struct {
	Rows     *model.Selection // in the order of their times
	Path     string
	Zone     *time.Location // of times that are written
	Redact   bool           // mask what looks like a secret
	Progress *atomic.Int64  // to be set to the number of rows that are written
}

// ExportResult says what was written.
type ExportResult struct {
	Rows   int    // that are in the file
	Bare   int    // of those, how many without their lines: the columns are known, the bytes are gone
	Absent int    // rows that are not in the file, as they could not be read
	Path   string // as it may be shown: where the file is
	Masked int    // secrets that were masked in them
	Unread error  // why, of the first row that could not be read; nil if all were
}

// ExportError says why there is no file. The reason stands first: on a narrow screen the rest is cut.
type ExportError struct {
	Path   string // as it may be shown: where the file would be
	Reason string // in a few words
	Err    error
}

func (e *ExportError) Error() string { return e.Reason + noFile + e.Path + ")" }
func (e *ExportError) Unwrap() error { return e.Err }

// noFile stands between why there is no file, and where.
const noFile = "; no file was written ("

// export is a file that is being written.
type export struct {
	rows, written atomic.Int64
	path          string
	cancel        context.CancelFunc
	again         *prompt // that asked for the name
}

// words says how far it is.
func (e *export) words() termsafe.Safe {
	rows := e.rows.Load()
	if rows == 0 {
		return termsafe.Const("exporting")
	}
	return termsafe.Concat(termsafe.Const("exporting: "), termsafe.Int(e.written.Load()), termsafe.Const(" of "), termsafe.Count(rows, "row", "rows"))
}

// exported says how writing a file ended.
type exported struct {
	job
	result ExportResult
	err    error
}

// exportTick has the progress drawn.
type exportTick struct{}

// showExportMenu asks for rows and a format.
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

// exportChoices are the formats, for the rows of the list and for those that are marked.
func (a *App) exportChoices() []choice {
	var out []choice
	add := func(what termsafe.Safe, rows rowsToExport) {
		for _, f := range a.exports {
			name := termsafe.Concat(what, termsafe.Const(" as "), a.display.own(f.Name))
			out = append(out, choice{name: name, does: a.display.own(f.Does), take: func() wish { return wish{modal: a.promptExportPath(f, rows)} }})
		}
	}
	if sel := a.list.sel; a.list.len() > 0 {
		add(termsafe.Count(int64(sel.Len()), "row", "rows"), func(context.Context) (*model.Selection, error) { return sel, nil })
	}
	if notes := a.marks.notes; len(notes) > 0 {
		snap, matcher := a.feed.snap, query.Compile(markedOnly, query.Env{Marked: a.marks.marked()})
		add(termsafe.Concat(termsafe.Int(int64(len(notes))), termsafe.Const(" marked")), func(ctx context.Context) (*model.Selection, error) {
			return model.Select(ctx, snap, matcher, nil)
		})
	}
	return out
}

// markedOnly is the query for the rows that are marked.
var markedOnly = mustParse("is:marked")

// rowsToExport selects rows. It is called outside of Update.
type rowsToExport func(ctx context.Context) (*model.Selection, error)

var errNoPath = errors.New("the file needs a name")

// askExportPath asks for the name of the file.
func (a *App) promptExportPath(f ExportFormat, rows rowsToExport) modal {
	p := &prompt{display: &a.display, label: termsafe.Const("export to "), help: termsafe.Const("a new file; esc gives up")}
	p.editor.set("pawprint-" + a.display.now().UTC().Format("20060102-150405") + "." + f.Name)
	p.done = func(path string) (wish, error) {
		if strings.TrimSpace(path) == "" {
			return wish{}, errNoPath
		}
		return wish{cmd: a.startExport(f, rows, path, p)}, nil
	}
	return p
}

// startExport begins to write a file.
func (a *App) startExport(f ExportFormat, rows rowsToExport, path string, p *prompt) tea.Cmd {
	ctx, job := a.jobs.start(exportSlot)
	ctx, cancel := context.WithCancel(ctx)
	e := &export{path: path, cancel: cancel, again: p}
	a.exporting = e
	request := ExportRequest{Path: path, Zone: a.display.zone, Redact: bool(a.display.redact), Progress: &e.written}
	write := safely(func() tea.Msg {
		var err error
		if request.Rows, err = rows(ctx); err != nil {
			return exported{job: job, err: err}
		}
		e.rows.Store(int64(request.Rows.Len()))
		result, err := f.Write(ctx, request)
		return exported{job, result, err}
	})
	return tea.Batch(write, a.tickExport())
}

// tickExport has the progress drawn again soon.
func (a *App) tickExport() tea.Cmd {
	return tea.Tick(4*a.feed.pace, func(time.Time) tea.Msg { return exportTick{} })
}

// exportGoesOn waits for more progress, if there is any to come.
func (a *App) exportGoesOn() tea.Cmd {
	if a.exporting == nil {
		return nil
	}
	return a.tickExport()
}

// stopExport ends the writing of a file, which answers once the part that was written is gone. It reports whether there was one.
func (a *App) stopExport() bool {
	if a.exporting == nil {
		return false
	}
	a.exporting.cancel()
	return true
}

// exportEnded says what became of the file. If there is one of that name already the name is asked for again.
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

// notExported says why there is no file.
func (a *App) notExported(err error) termsafe.Safe {
	disp := &a.display
	var failed *ExportError
	if !errors.As(err, &failed) {
		return disp.said(err)
	}
	why := termsafe.Concat(disp.quoted(failed.Reason), termsafe.Const(noFile))
	return termsafe.Concat(why, disp.shortPath(failed.Path, a.toastRoom(why)-1), termsafe.Const(")"))
}

// didExport says what is in the file, and first what is not.
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
	return termsafe.Concat(done, disp.shortPath(r.Path, a.toastRoom(done)))
}
