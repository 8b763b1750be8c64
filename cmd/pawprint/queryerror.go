package main

import (
	"errors"
	"fmt"
	"strings"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// queryError is a syntax error in a query of the command line.
type queryError struct {
	text   string
	offset int // of the byte with the error
	msg    string
}

// newQueryError wraps an error of query.Parse for text.
func newQueryError(text string, err error) error {
	var syntax *query.SyntaxError
	if !errors.As(err, &syntax) {
		return fmt.Errorf("reading the query: %w", err)
	}
	return &queryError{text, min(max(0, syntax.Offset), len(text)), syntax.Msg}
}

// Error returns what is wrong with the query, and at which byte, counted from 1.
func (e *queryError) Error() string {
	return fmt.Sprintf("reading the query: %s (at byte %d)", e.msg, e.offset+1)
}

const (
	excerptIndent = "  "
	excerptCells  = 76
)

// excerpt returns two lines: the query, and a caret below the byte with the error. A query with invisible characters is shown escaped,
// and a long one only around the caret.
func (e *queryError) excerpt() string {
	show := func(text string) termsafe.Safe {
		return termsafe.Clean(text, termsafe.Options{RightToLeft: false, Drawing: true})
	}
	if show(e.text).Marked() {
		show = termsafe.Escaped
	}
	var width termsafe.Widther
	whole, caret := show(e.text), width.Width(show(e.text[:e.offset]))
	from := 0
	if over := width.Width(whole) + 1 - excerptCells; over > 0 {
		from = min(max(0, caret-excerptCells/2), over)
	}
	line := strings.TrimRight(width.Slice(whole, from, from+excerptCells).String(), " ")
	return excerptIndent + line + "\n" + excerptIndent + strings.Repeat(" ", caret-from) + "^\n"
}
