package tui

import (
	"strings"

	"pawprint/tui/termsafe"
)

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

// baseName returns the last part of a path.
func baseName(path string) string {
	path = strings.TrimRight(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}
