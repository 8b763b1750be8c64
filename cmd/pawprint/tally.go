package main

import (
	"errors"
	"fmt"

	"pawprint/cmd/internal/disk"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// tally counts what became of rows that were printed. The zero value is ready to use.
type tally struct {
	rows   int // that were printed
	bare   int // of those, how many without their lines, as the bytes are gone
	absent int // that were not printed, as there is nothing of them but their lines
	gaps   int // of bare and absent, those that the load missed already and told
	err    error
	masked maskTally
}

// count notes a row that went through a printer.
func (t *tally) count(r *record) {
	if r.absent {
		t.absent++
	} else {
		t.rows++
		t.masked.count(r)
	}
	if r.unread == nil {
		return
	}
	if !r.absent {
		t.bare++
	}
	gap := errors.Is(r.unread, model.ErrUnreadable)
	if gap {
		t.gaps++
	}
	if t.err == nil || !gap && errors.Is(t.err, model.ErrUnreadable) {
		t.err = r.unread
	}
}

// trouble is an error if bytes are gone that the load had.
func (t *tally) trouble() error {
	if t.bare+t.absent == t.gaps {
		return nil
	}
	return t.shortfall()
}

// shortfall says how many rows are complete, and why not all are.
func (t *tally) shortfall() *shortfallError {
	rows, kind := t.rows, ""
	if t.absent == 0 {
		rows, kind = t.bare, " without their lines"
	}
	what := fmt.Sprintf("wrote %v of %v%s", termsafe.Int(int64(rows)), termsafe.Count(int64(t.rows+t.absent), "row", "rows"), kind)
	return &shortfallError{what, t.err}
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
