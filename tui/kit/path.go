package kit

import (
	"strings"

	"pawprint/tui/termsafe"
)

// ShortPath shortens a path to cells by cutting its middle. It keeps enough of the end to tell paths apart, even if that is
// wider than cells.
func (disp *Display) ShortPath(path string, cells int) termsafe.Safe {
	const least = 12
	cells = max(cells, least)
	clean := termsafe.Clean(disp.Masks("", path), disp.CleanOptions(4*QuotedCells))
	width := disp.Widther.Width(clean)
	if width <= cells {
		return clean
	}
	dots := disp.Widther.Ellipsis()
	rest := cells - disp.Widther.Width(dots)
	head := rest / 3
	return termsafe.Concat(disp.Widther.Slice(clean, 0, head), dots, disp.Widther.Slice(clean, width-(rest-head), width))
}

// BaseName returns the part of a path behind its last slash. Slashes at the end do not count.
func BaseName(path string) string {
	path = strings.TrimRight(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}
