package kit

import (
	"errors"
	"strings"

	"pawprint/tui/termsafe"
)

// Said returns the text of an error, cleaned, as it may quote anything. The cause comes before the operation, so that a line
// that is cut at its end still says why.
func (disp *Display) Said(err error) termsafe.Safe {
	return termsafe.Clean(disp.Masks("", ReasonFirst(err)), disp.CleanOptions(4*QuotedCells))
}

// ReasonFirst returns the text of an error with the cause before the rest.
func ReasonFirst(err error) string {
	text, why := err.Error(), Cause(err).Error()
	doing, ok := strings.CutSuffix(text, ": "+why)
	if !ok {
		return text
	}
	return why + " (" + doing + ")"
}

// Cause returns the innermost wrapped error, err itself if it wraps none. A joined error counts as one that wraps none.
func Cause(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
