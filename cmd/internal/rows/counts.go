package rows

import (
	"errors"
	"fmt"

	"pawprint/cmd/internal/disk"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Counts counts the rows that went through a Printer. The zero value is ready to use.
type Counts struct {
	Rows   int   // printed rows
	Bare   int   // printed rows whose lines could not be read
	Absent int   // rows left out because their lines could not be read
	gaps   int   // bare and absent rows that the load already reported as unreadable
	Err    error // why the first line could not be read; lines that the load did read come first
	Masked Masked
}

// Count adds a row that went through a Printer.
func (t *Counts) Count(r *Row) {
	if r.absent {
		t.Absent++
	} else {
		t.Rows++
		t.Masked.count(r)
	}
	if r.unread == nil {
		return
	}
	if !r.absent {
		t.Bare++
	}
	gap := errors.Is(r.unread, model.ErrUnreadable)
	if gap {
		t.gaps++
	}
	if t.Err == nil || !gap && errors.Is(t.Err, model.ErrUnreadable) {
		t.Err = r.unread
	}
}

// Trouble returns Shortfall if lines could not be read that the load did read, else nil.
func (t *Counts) Trouble() error {
	if t.Bare+t.Absent == t.gaps {
		return nil
	}
	return t.Shortfall()
}

// Shortfall returns an error that says how many rows were written or are incomplete, and why. Call it only if lines were missing.
func (t *Counts) Shortfall() error {
	rows, kind := t.Rows, ""
	if t.Absent == 0 {
		rows, kind = t.Bare, " without their lines"
	}
	what := fmt.Sprintf("wrote %v of %v%s", termsafe.Int(int64(rows)), termsafe.Count(int64(t.Rows+t.Absent), "row", "rows"), kind)
	return &shortfallError{what, t.Err}
}

// shortfallError says that some rows were not written as the source has them.
type shortfallError struct {
	what string // what was written
	err  error  // why, for the first row
}

func (e *shortfallError) Error() string { return e.what + ": " + e.err.Error() }
func (e *shortfallError) Unwrap() error { return e.err }

// Brief returns the error in a few words, for disk.Reason.
func (e *shortfallError) Brief() string { return e.what + ": " + disk.Innermost(e.err).Error() }
