package tui

import (
	"errors"
	"strings"

	"pawprint/tui/termsafe"
)

// said is the text of an error that may quote anything. The cause stands before what was being done: a line that is cut at its end
// still says why.
func (disp *display) said(err error) termsafe.Safe {
	return termsafe.Clean(disp.masks("", reasonFirst(err)), disp.cleanOptions(4*quotedCells))
}

// reasonFirst is the text of an error with the cause before the rest.
func reasonFirst(err error) string {
	text, why := err.Error(), cause(err).Error()
	doing, ok := strings.CutSuffix(text, ": "+why)
	if !ok {
		return text
	}
	return why + " (" + doing + ")"
}

// cause is the error that all others are wrapped around.
func cause(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}

// shortPath is a path in at most that many cells, but never less than its end needs to be told apart: what is too much goes out of
// its middle.
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

// toastRoom is how much of a message fits behind what stands in it already.
func (a *App) toastRoom(before termsafe.Safe) int {
	return a.layout.width - 2 - a.display.widther.Width(before)
}
