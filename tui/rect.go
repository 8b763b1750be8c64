package tui

// rect is a part of the screen, in cells. An empty one is not drawn.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

func (r rect) holds(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// paneID is the name of a part of the screen that can have the focus. Tab goes through panes in this order.
type paneID uint8

const (
	noPane paneID = iota
	timelinePane
	facetsPane
	listPane
	detailPane
	numPanes
)

// gap is the space between columns, in cells.
const gap = 2
