package modal

import (
	"context"
	"sync/atomic"
	"time"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/tui/kit"
)

// ExportFormat is a way to write rows into a file.
type ExportFormat struct {
	Name string // the ending of its files, such as "csv"
	Does string // what it writes, in a few words
	// Columns says that it writes columns: of the list as shown, or all of its own.
	Columns bool
	Tables  bool // it can write a table of counts
	// Write writes rows to a new file, and returns when it is done or ctx ended. If the file exists it returns fs.ErrExist and
	// does not touch the file. It removes a file that it could not finish. It is called outside Update.
	Write func(ctx context.Context, e ExportRequest) (ExportResult, error)
}

// ExportRequest says what to write and where.
type ExportRequest struct {
	Rows     *model.Selection // the rows to write
	Order    []model.Row      // the rows in their order; nil is the order of their times
	Fields   []string         // the names of the columns; nil is those of the format
	Query    string           // that selected the rows
	Marks    marks.Rows       // what the user said about rows of the log
	Noted    bool             // where a format has columns, those of Marks are among them
	Asked    []string         // the filters that were looked at, for a report
	Table    *kit.ExportTable // the table to write instead of Rows, which it counts; nil for none
	Path     string           // of the new file, as typed
	Zone     *time.Location   // zone of the written times
	Redact   bool             // mask likely secrets
	Limit    int              // rows at most; 0 is all
	Progress *atomic.Int64    // Write stores the number of rows written so far here
}

// At returns row k in the order to write, from 0.
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
	Err    error  // the cause
}

// Error implements error.
func (e *ExportError) Error() string { return e.Reason + noFile + e.Path + ")" }

// Unwrap returns the cause.
func (e *ExportError) Unwrap() error { return e.Err }

// noFile joins the reason and the path in the message of an ExportError.
const noFile = "; no file was written ("
