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

// detailPlace is where the user wants the detail.
type detailPlace uint8

const (
	anywhere detailPlace = iota // by the shape of the screen
	belowList
	besideList
	overList
	numDetailPlaces
)

// gap is the space between columns, in cells.
const gap = 2

// The sizes at which the layout changes, in cells.
const (
	minWidth, minHeight   = 24, 6 // a smaller terminal only shows "too small"
	maxWidth, maxHeight   = 1000, 500
	besideWidth           = 150 // from here the detail can stand beside the list …
	besideHeight          = 34  // … and does if the screen is lower than this
	besideLeast           = 80  // from here it can stand there if the user wants it to
	belowHeight           = 18  // from here the detail can stand below the list
	detailShare, ofHeight = 11, 20
	facetsFrom            = 104 // width from which the facets can stand at the left
	facetsShare           = 6   // they have one part in so many …
	facetsLeast           = 20  // … and these bounds
	facetsMost            = 34
	timelineFrom          = 32 // height from which the timeline can stand at the top
	timelineLines         = 2
	chipsFrom             = 100 // width from which the chips stand on the line of the filter
	chipsLineFrom         = 20  // height from which they can have a line of their own
)

// shownPanes is what the layout depends on besides the size.
type shownPanes struct {
	detail   bool // the detail is open
	at       detailPlace
	facets   bool // shown if there is space
	timeline bool
	chips    bool // there is something to show as chips
	needed   bool // the chips show more than the text of the filter does
	focus    paneID
	zoom     bool // the focused pane alone
}

// side returns whether a side pane is to be shown, nil for other panes.
func (s *shownPanes) side(id paneID) *bool {
	switch id {
	case facetsPane:
		return &s.facets
	case timelinePane:
		return &s.timeline
	}
	return nil
}

// layout says which part of the screen belongs to what. The rectangles do not overlap and cover the screen.
type layout struct {
	width, height int
	tooSmall      bool
	title         rect
	timeline      rect // bars and legend
	filter        rect
	chips         rect // at the right of the filter, or below it
	facets        rect
	wall          rect // right of the facets
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
	switch {
	case want.focus == timelinePane && l.timeline.empty():
		l.timeline = body
	case want.focus == facetsPane && (want.zoom || w < facetsFrom):
		l.facets = body
	default:
		if want.facets && w >= facetsFrom && !want.zoom {
			body = l.cutFacets(body)
		}
		l.setRows(body, want)
	}
	return l
}

// setTop places the lines at the top and returns the rectangle left below them.
func (l *layout) setTop(want shownPanes) rect {
	y := 0
	line := func(h int) rect {
		y += h
		return rect{0, y - h, l.width, h}
	}
	l.title = line(1)
	if want.timeline && l.height >= timelineFrom && !(want.zoom && want.focus == timelinePane) {
		l.timeline = line(timelineLines)
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

func (l *layout) cutFacets(body rect) rect {
	w := min(max(body.w/facetsShare, facetsLeast), facetsMost)
	l.facets = rect{body.x, body.y, w, body.h}
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
	case timelinePane:
		return l.timeline
	case facetsPane:
		return l.facets
	case listPane:
		if l.list.empty() {
			return rect{}
		}
		return rect{l.header.x, l.header.y, l.header.w, l.header.h + l.list.h}
	case detailPane:
		return l.detail
	}
	return rect{}
}
