package kit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// SavedView is a named view: which rows of a log to show, and how. It works for any log.
type SavedView struct {
	Name       string        `json:"name"`                  // unique in a store, and not empty
	Query      string        `json:"query,omitempty"`       // in the query language; it may be invalid
	Off        []string      `json:"off,omitempty"`         // the terms of the query that are switched off
	FailedOnly bool          `json:"failed_only,omitempty"` // as in FilterText
	HideReads  bool          `json:"hide_reads,omitempty"`  // as in FilterText
	Sort       string        `json:"sort,omitempty"`        // the name of a column; empty is by time
	Reversed   bool          `json:"reversed,omitempty"`    // in reverse
	Appended   bool          `json:"appended,omitempty"`    // in the order of the lines, whatever Sort says
	Zone       string        `json:"zone,omitempty"`        // UTC, Local or a name; empty keeps the current one
	Columns    []SavedColumn `json:"columns,omitempty"`     // in their order; empty leaves them as the filter has them
	Facets     []string      `json:"facets,omitempty"`      // the fields and paths that the user added to the facets; empty keeps the current ones
}

// SavedColumn is a column of the list after the time and result columns.
type SavedColumn struct {
	Name   string `json:"name"`             // as the query language knows it
	Width  int    `json:"width,omitempty"`  // in cells; 0 adapts to the space
	Hidden bool   `json:"hidden,omitempty"` // listed by the chooser only
}

// Views stores views between runs. Its methods are called outside Update and may block; calls of Save do not overlap.
type Views interface {
	// Load returns the saved views. Having none is not an error.
	Load() ([]SavedView, error)
	// Save stores views. Each replaces the one with the same name; other programs may save at the same time.
	Save(ctx context.Context, views []SavedView) error
	// Import stores views that come from others, all of them or none. A name that is in use is an error, unless replace is set.
	Import(ctx context.Context, views []SavedView, replace bool) error
}

// NewSavedView returns a view of a filter and an order.
func NewSavedView(name string, f FilterText, by Sorting) SavedView {
	v := SavedView{Name: name, Query: f.Text, FailedOnly: f.FailedOnly, HideReads: f.HideReads,
		Sort: by.Column, Reversed: by.Reversed, Appended: by.Appended}
	if f.Off != "" {
		v.Off = strings.Split(f.Off, "\n")
	}
	return v
}

// Filter returns the filter of the view. Its text may be invalid.
func (v *SavedView) Filter() FilterText {
	return FilterText{Text: v.Query, FailedOnly: v.FailedOnly, HideReads: v.HideReads, Off: strings.Join(v.Off, "\n")}
}

// Order returns the order of the view's rows. There may be no column with its name.
func (v *SavedView) Order() Sorting {
	return Sorting{Column: v.Sort, Reversed: v.Reversed, Appended: v.Appended}
}

// maxViewName is the maximum length of a view's name, in bytes.
const maxViewName = 80

var (
	errNoViewName   = errors.New("give the view a name")
	errLongViewName = fmt.Errorf("the name is too long: it may have %d bytes", maxViewName)
	errOddViewName  = errors.New("the name has characters that cannot be seen: type another one")
)

// ViewName returns a name without the blanks around it, if a view may be saved under it. That of a ready view is taken, as view: would
// find that one.
func ViewName(text string) (string, error) {
	name := strings.TrimSpace(text)
	switch {
	case name == "":
		return "", errNoViewName
	case len(name) > maxViewName:
		return "", errLongViewName
	case termsafe.Clean(name, termsafe.Options{RightToLeft: true, Drawing: true}).Marked():
		return "", errOddViewName
	}
	if v, err := query.FindView(name); err == nil {
		return "", fmt.Errorf("%s is the name of a ready view (%s): choose another one", v.Name, v.Title)
	}
	return name, nil
}

// NewLibrary returns the library of saved views, for view:. One whose filter is wrong is an error where it is used.
func NewLibrary(saved []SavedView) *query.Library {
	var own []query.View
	for i := range saved {
		own = append(own, saved[i].Own())
	}
	return query.NewLibrary(own)
}

// Own returns the view as a term stands for it: its rows and the names of its columns, without their order and their zone.
func (v *SavedView) Own() query.View {
	out := query.View{Name: v.Name, Query: v.Query}
	if f, err := v.Filter().Parse(); err == nil {
		out.Query = f.Expr.String()
	}
	for _, c := range v.Columns {
		if !c.Hidden {
			out.Columns = append(out.Columns, c.Name)
		}
	}
	return out
}
