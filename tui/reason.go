package tui

import (
	"errors"
	"strings"

	"pawprint/tui/termsafe"
)

// said returns the text of an error, cleaned, as it may quote anything. The cause comes before the operation, so that a line
// that is cut at its end still says why.
func (disp *display) said(err error) termsafe.Safe {
	return termsafe.Clean(disp.masks("", reasonFirst(err)), disp.cleanOptions(4*quotedCells))
}

// reasonFirst returns the text of an error with the cause before the rest.
func reasonFirst(err error) string {
	text, why := err.Error(), cause(err).Error()
	doing, ok := strings.CutSuffix(text, ": "+why)
	if !ok {
		return text
	}
	return why + " (" + doing + ")"
}

// cause returns the innermost wrapped error.
func cause(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
