package tui

import (
	"errors"
	"strings"

	"pawprint/tui/termsafe"
)

// said is the text of an error that may quote anything. The cause stands before what was being done: a line that is cut at its end
// still says why.
func (k *look) said(err error) termsafe.Safe {
	return termsafe.Clean(k.masks("", reasonFirst(err)), k.cell(4*quotedCells))
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
func (k *look) shortPath(path string, cells int) termsafe.Safe {
	const least = 12
	cells = max(cells, least)
	clean := termsafe.Clean(k.masks("", path), k.cell(4*quotedCells))
	width := k.widther.Width(clean)
	if width <= cells {
		return clean
	}
	dots := k.widther.Ellipsis()
	rest := cells - k.widther.Width(dots)
	head := rest / 3
	return termsafe.Concat(k.widther.Slice(clean, 0, head), dots, k.widther.Slice(clean, width-(rest-head), width))
}

// toastRoom is how much of a message fits behind what stands in it already.
func (a *App) toastRoom(before termsafe.Safe) int {
	return a.layout.width - 2 - a.look.widther.Width(before)
}
