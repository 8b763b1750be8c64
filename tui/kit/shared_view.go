package kit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// sharedPrefix is the beginning of a view as a line that people send each other; 1 is the version of what follows.
const sharedPrefix = "pawprint-view:1 "

// The limits of a view that comes from others.
const (
	maxSharedBytes = 8 << 10
	maxSharedList  = 100 // columns, facets, terms that are switched off
	maxSharedWord  = 200 // bytes of a name in it
)

// Line returns the view as one line of printable ASCII, which ParseShared reads. It may be longer than what ParseShared takes.
func (v *SavedView) Line() termsafe.Safe {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // strings, numbers and flags can be encoded, and a Builder takes everything
	return termsafe.Concat(termsafe.Const(sharedPrefix), ASCIIJSON(strings.TrimSuffix(text.String(), "\n")))
}

// IsShared reports whether a text means to be the line of a view.
func IsShared(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "pawprint-view:") }

// ParseShared reads the line of a view, which anybody may have written: whatever is not a whole view that could have been saved here is an
// error. Its query may name views that are not known here.
func ParseShared(text string) (v SavedView, err error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(text), sharedPrefix)
	switch {
	case !ok && IsShared(text):
		return v, errors.New("a newer pawprint wrote this view, this one reads pawprint-view:1: update pawprint")
	case !ok:
		return v, errors.New("a shared view begins with pawprint-view:1")
	case len(body) > maxSharedBytes:
		return v, fmt.Errorf("a shared view has at most %d bytes", maxSharedBytes)
	}
	d := json.NewDecoder(strings.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("the shared view cannot be read, copy it again: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return v, errors.New("there is text after the shared view: paste one line alone")
	}
	return v, v.Check()
}

// Check returns an error for a view that comes from others and could not have been saved here, or would hide what it is.
func (v *SavedView) Check() error {
	name, err := ViewName(v.Name)
	switch {
	case err != nil:
		return err
	case name != v.Name:
		return errors.New("the name of the view has spaces around it: remove them")
	case max(len(v.Columns), len(v.Facets), len(v.Off)) > maxSharedList:
		return fmt.Errorf("a shared view has at most %d columns", maxSharedList)
	case !seen(v.Query, maxSharedBytes):
		return errors.New("the query of the view has characters that cannot be seen: write them as \\u202e")
	}
	if _, err := query.Parse(v.Query); err != nil {
		return fmt.Errorf("the view's query is wrong: %w", err)
	}
	words := append([]string{v.Sort, v.Zone}, v.Facets...)
	for _, c := range v.Columns {
		words = append(words, c.Name)
	}
	for _, w := range words {
		if !seen(w, maxSharedWord) {
			return errors.New("a name in the view is too long, or has characters that cannot be seen")
		}
	}
	for _, t := range v.Off {
		if !seen(t, maxSharedBytes) {
			return errors.New("a term of the view has characters that cannot be seen")
		}
	}
	return nil
}

// seen reports whether a text has at most n bytes, all of which can be seen.
func seen(text string, n int) bool {
	return len(text) <= n && utf8.ValidString(text) && !termsafe.Clean(text, termsafe.Options{RightToLeft: true, Drawing: true}).Marked()
}

// Says tells in words what a view shows: its rows, its columns, its order and its zone.
func (v *SavedView) Says() string {
	own := v.Own()
	out := own.Query
	if out == "" {
		out = "everything"
	}
	if len(own.Columns) > 0 {
		out += "; columns " + strings.Join(own.Columns, ", ")
	}
	switch {
	case v.Appended:
		out += "; in the order of the lines"
	case v.Sort != "":
		out += "; by " + v.Sort
	case v.Reversed:
		out += "; the latest first"
	}
	if v.Zone != "" {
		out += "; in " + v.Zone
	}
	return out
}
