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

// shortPath shortens a path to cells by cutting its middle. It keeps enough of the end to tell paths apart, even if that is
// wider than cells.
func (disp *display) shortPath(path string, cells int) termsafe.Safe {
	const least = 12
	cells = max(cells, least)
	clean := termsafe.Clean(disp.masks("", path), disp.cleanOptions(4*quotedCells))
	width := disp.widther.Width(clean)
	if width <= cells {
		return clean
	}
	dots := disp.widther.Ellipsis()
	rest := cells - disp.widther.Width(dots)
	head := rest / 3
	return termsafe.Concat(disp.widther.Slice(clean, 0, head), dots, disp.widther.Slice(clean, width-(rest-head), width))
}

// toastSpace returns the width left for a message after before.
func (a *App) toastSpace(before termsafe.Safe) int {
	return a.layout.width - 2 - a.display.widther.Width(before)
}
