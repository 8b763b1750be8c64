package rows

import (
	"errors"
	"fmt"

	"pawprint/cmd/internal/disk"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Tally counts what became of rows that were printed. The zero value is ready to use.
type Tally struct {
	Rows   int   // that were printed
	Bare   int   // of those, how many without their lines, as the bytes are gone
	Absent int   // that were not printed, as there is nothing of them but their lines
	gaps   int   // of bare and absent, those that the load missed already and told
	Err    error // why, of the first of them; one that the load did not miss comes first
	Masked Masked
}

// Count notes a row that went through a Printer.
func (t *Tally) Count(r *Row) {
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

// Trouble is an error if bytes are gone that the load had.
func (t *Tally) Trouble() error {
	if t.Bare+t.Absent == t.gaps {
		return nil
	}
	return t.Shortfall()
}

// Shortfall says how many rows are complete, and why not all are.
func (t *Tally) Shortfall() error {
	rows, kind := t.Rows, ""
	if t.Absent == 0 {
		rows, kind = t.Bare, " without their lines"
	}
	what := fmt.Sprintf("wrote %v of %v%s", termsafe.Int(int64(rows)), termsafe.Count(int64(t.Rows+t.Absent), "row", "rows"), kind)
	return &shortfallError{what, t.Err}
}

// shortfallError says that rows were not written as the source had them.
type shortfallError struct {
	what string // was written
	err  error  // why not all, of the first row
}

func (e *shortfallError) Error() string { return e.what + ": " + e.err.Error() }
func (e *shortfallError) Unwrap() error { return e.err }

// Brief is the error in a few words.
func (e *shortfallError) Brief() string { return e.what + ": " + disk.Innermost(e.err).Error() }
