package tui

import (
	"context"
	"strings"
)

// SavedView is a named view: which rows of a log to show, and how. It works for any log.
type SavedView struct {
	Name       string        `json:"name"`
	Query      string        `json:"query,omitempty"`
	Off        []string      `json:"off,omitempty"` // the terms of the query that are switched off
	FailedOnly bool          `json:"failed_only,omitempty"`
	HideReads  bool          `json:"hide_reads,omitempty"`
	Sort       string        `json:"sort,omitempty"` // the name of a column; empty is by time
	Reversed   bool          `json:"reversed,omitempty"`
	Appended   bool          `json:"appended,omitempty"` // in the order of the lines, whatever Sort says
	Zone       string        `json:"zone,omitempty"`     // UTC, Local or a name; empty keeps the current one
	Columns    []SavedColumn `json:"columns,omitempty"`  // in their order; empty keeps the current ones
}

// SavedColumn is a column of the list after the time and result columns.
type SavedColumn struct {
	Name   string `json:"name"`            // as the query language knows it
	Width  int    `json:"width,omitempty"` // in cells; 0 adapts to the space
	Hidden bool   `json:"hidden,omitempty"`
}

// Views stores views between runs. Its methods are called outside Update and may block; calls of Save do not overlap.
type Views interface {
	// Load returns the saved views. Having none is not an error.
	Load() ([]SavedView, error)
	// Save stores views. Each replaces the one with the same name; other programs may save at the same time.
	Save(ctx context.Context, views []SavedView) error
}

// newSavedView returns a view of a filter and an order.
func newSavedView(name string, f filterText, by sorting) SavedView {
	v := SavedView{Name: name, Query: f.text, FailedOnly: f.failedOnly, HideReads: f.hideReads, Sort: by.column, Reversed: by.reversed, Appended: by.appended}
	if f.off != "" {
		v.Off = strings.Split(f.off, "\n")
	}
	return v
}

// filter returns the filter of the view. Its text may be invalid.
func (v *SavedView) filter() filterText {
	return filterText{text: v.Query, failedOnly: v.FailedOnly, hideReads: v.HideReads, off: strings.Join(v.Off, "\n")}
}

// order returns the order of the view's rows. There may be no column with its name.
func (v *SavedView) order() sorting {
	return sorting{column: v.Sort, reversed: v.Reversed, appended: v.Appended}
}
