package tui

import "slices"

// detailPlace is where the user wants the detail.
type detailPlace uint8

const (
	anywhere detailPlace = iota // by the shape of the screen
	belowList
	besideList
	overList
	numDetailPlaces
)

// The sizes at which the layout changes, in cells.
const (
	minWidth, minHeight   = 24, 6 // a smaller terminal only shows "too small"
	maxWidth, maxHeight   = 1000, 500
	besideWidth           = 150 // from here the detail can stand beside the list …
	besideHeight          = 34  // … and does if the screen is lower than this
	besideLeast           = 80  // from here it can stand there if the user wants it to
	belowHeight           = 18  // from here the detail can stand below the list
	detailShare, ofHeight = 11, 20
	leftFrom              = 104 // width from which panes can stand at the left
	leftShare             = 6   // they have one part in so many …
	leftLeast             = 20  // … and these bounds
	leftMost              = 34
	topFrom               = 32  // height from which panes can stand at the top
	chipsFrom             = 100 // width from which the chips stand on the line of the filter
	chipsLineFrom         = 20  // height from which they can have a line of their own
)

// topLines are the heights of the panes that stand at the top. Other side panes share the left.
var topLines = [numPanes]int{timelinePane: 2}

// sidePanes are the panes that the user can hide, in the order in which they are placed. While they have the focus but no place,
// they cover the list.
var sidePanes = []paneID{timelinePane, facetsPane}

// shownPanes is what the layout depends on besides the size.
type shownPanes struct {
	detail bool // the detail is open
	at     detailPlace
	sides  [numPanes]bool // the side panes that are shown if there is space
	chips  bool           // there is something to show as chips
	needed bool           // the chips show more than the text of the filter does
	focus  paneID
	zoom   bool // the focused pane alone
}

// layout says which part of the screen belongs to what. The rectangles do not overlap and cover the screen.
type layout struct {
	width, height int
	tooSmall      bool
	title         rect
	sides         [numPanes]rect
	filter        rect
	chips         rect // at the right of the filter, or below it
	wall          rect // right of the panes at the left
	header        rect // of the list's columns
	list          rect // rows only
	divider       rect // between list and detail
	detail        rect
	status        rect
}

// arrange divides a screen of w by h cells. It clamps sizes to the maximum.
func arrange(w, h int, want shownPanes) layout {
	w, h = min(max(w, 0), maxWidth), min(max(h, 0), maxHeight)
	l := layout{width: w, height: h}
	if w < minWidth || h < minHeight {
		l.tooSmall = true
		return l
	}
	l.status = rect{0, h - 1, w, 1}
	body := l.setTop(want)
	if slices.Contains(sidePanes, want.focus) && !l.places(want.focus, want) {
		l.sides[want.focus] = body
		return l
	}
	l.setRows(l.cutLeft(body, want), want)
	return l
}

// places reports whether a side pane has a place of its own, at the top or at the left.
func (l *layout) places(id paneID, want shownPanes) bool {
	if topLines[id] > 0 {
		return want.sides[id] && l.height >= topFrom && !(want.zoom && want.focus == id)
	}
	return want.sides[id] && l.width >= leftFrom && !want.zoom
}

// setTop places the lines at the top and returns the rectangle left below them.
func (l *layout) setTop(want shownPanes) rect {
	y := 0
	line := func(h int) rect {
		y += h
		return rect{0, y - h, l.width, h}
	}
	l.title = line(1)
	for _, id := range sidePanes {
		if n := topLines[id]; n > 0 && l.places(id, want) {
			l.sides[id] = line(n)
		}
	}
	l.filter = line(1)
	switch {
	case !want.chips:
	case l.width >= chipsFrom:
		left := l.width / 2
		l.chips = rect{left, l.filter.y, l.width - left, 1}
		l.filter.w = left
	case want.needed && l.height >= chipsLineFrom:
		l.chips = line(1)
	}
	return rect{0, y, l.width, l.height - 1 - y}
}

// cutLeft places the panes at the left, below each other, and returns the rectangle right of them.
func (l *layout) cutLeft(body rect, want shownPanes) rect {
	var left []paneID
	for _, id := range sidePanes {
		if topLines[id] == 0 && l.places(id, want) {
			left = append(left, id)
		}
	}
	if len(left) == 0 {
		return body
	}
	w, y := min(max(body.w/leftShare, leftLeast), leftMost), body.y
	for i, id := range left {
		h := (body.y + body.h - y) / (len(left) - i)
		l.sides[id] = rect{body.x, y, w, h}
		y += h
	}
	l.wall = rect{body.x + w, body.y, 1, body.h}
	return rect{body.x + w + 1, body.y, body.w - w - 1, body.h}
}

// setRows divides body between list and detail.
func (l *layout) setRows(body rect, want shownPanes) {
	switch place := l.detailPlace(want); {
	case !want.detail, place == overList && want.focus != detailPane:
		l.setList(body)
	case place == overList:
		l.divider = rect{body.x, body.y, body.w, 1}
		l.detail = rect{body.x, body.y + 1, body.w, body.h - 1}
	case place == besideList:
		l.splitBeside(body)
	default:
		l.splitBelow(body)
	}
}

// detailPlace returns where the detail is: where the user wants it if there is space, else where it fits.
func (l *layout) detailPlace(want shownPanes) detailPlace {
	w, h := l.width, l.height
	switch {
	case want.zoom, want.at == overList, h < belowHeight && w < besideWidth && !(want.at == besideList && w >= besideLeast):
		return overList
	case want.at == besideList && w >= besideLeast:
		return besideList
	case want.at == belowList && h >= belowHeight:
		return belowList
	case w >= besideWidth && h < besideHeight:
		return besideList
	}
	return belowList
}

func (l *layout) setList(r rect) {
	l.header = rect{r.x, r.y, r.w, 1}
	l.list = rect{r.x, r.y + 1, r.w, r.h - 1}
}

func (l *layout) splitBelow(body rect) {
	detail := body.h * detailShare / ofHeight
	l.setList(rect{body.x, body.y, body.w, body.h - detail - 1})
	l.divider = rect{body.x, body.y + body.h - detail - 1, body.w, 1}
	l.detail = rect{body.x, l.divider.y + 1, body.w, detail}
}

func (l *layout) splitBeside(body rect) {
	detail := body.w * 9 / 20
	left := body.w - detail - 1
	l.setList(rect{body.x, body.y, left, body.h})
	l.divider = rect{body.x + left, body.y, 1, body.h}
	l.detail = rect{body.x + left + 1, body.y, detail, body.h}
}

// body returns the part between the filter and the status line.
func (l *layout) body() rect {
	return rect{0, l.filter.y + 1, l.width, l.status.y - l.filter.y - 1}
}

// of returns the rectangle of a pane.
func (l *layout) of(id paneID) rect {
	switch id {
	case listPane:
		if l.list.empty() {
			return rect{}
		}
		return rect{l.header.x, l.header.y, l.header.w, l.header.h + l.list.h}
	case detailPane:
		return l.detail
	}
	return l.sides[id]
}
