package tui

import "pawprint/tui/kit"

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
	topFrom               = 32 // height from which panes can stand at the top
)

// shownPanes is what the layout depends on besides the size.
type shownPanes struct {
	detail bool // the detail is open
	at     detailPlace
	sides  [numSides]bool // the side panes that are shown if there is space
	focus  kit.PaneID
	left   int  // the cells that a pane at the left needs; 0 for any
	zoom   bool // the focused pane alone
}

// layout says which part of the screen belongs to what. The rectangles do not overlap and cover the screen.
type layout struct {
	width, height int
	tooSmall      bool
	title         kit.Rect
	sides         [numSides]kit.Rect
	filter        kit.Rect
	wall          kit.Rect // right of the panes at the left
	header        kit.Rect // of the list's columns
	list          kit.Rect // rows only
	divider       kit.Rect // between list and detail
	detail        kit.Rect
	status        kit.Rect
}

// arrange divides a screen of w by h cells. It clamps sizes to the maximum.
func arrange(w, h int, want shownPanes) layout {
	w, h = min(max(w, 0), maxWidth), min(max(h, 0), maxHeight)
	l := layout{width: w, height: h}
	if w < minWidth || h < minHeight {
		l.tooSmall = true
		return l
	}
	l.status = kit.Rect{X: 0, Y: h - 1, W: w, H: 1}
	body := l.setTop(want)
	if i, ok := sideOf(want.focus); ok && !l.places(i, want) {
		l.sides[i] = body
		return l
	}
	l.setRows(l.cutLeft(body, want), want)
	return l
}

// places reports whether the i-th side pane has a place of its own, at the top or at the left.
func (l *layout) places(i int, want shownPanes) bool {
	if sidePanes[i].lines > 0 {
		return want.sides[i] && l.height >= topFrom && !(want.zoom && want.focus == sideID(i))
	}
	return want.sides[i] && l.width >= leftFrom && !want.zoom
}

// setTop places the lines at the top and returns the rectangle left below them.
func (l *layout) setTop(want shownPanes) kit.Rect {
	y := 0
	line := func(h int) kit.Rect {
		y += h
		return kit.Rect{X: 0, Y: y - h, W: l.width, H: h}
	}
	l.title = line(1)
	for i := range sidePanes {
		if n := sidePanes[i].lines; n > 0 && l.places(i, want) {
			l.sides[i] = line(n)
		}
	}
	l.filter = line(1)
	return kit.Rect{X: 0, Y: y, W: l.width, H: l.height - 1 - y}
}

// cutLeft places the panes at the left, below each other, and returns the rectangle right of them.
func (l *layout) cutLeft(body kit.Rect, want shownPanes) kit.Rect {
	var left []int
	for i := range sidePanes {
		if sidePanes[i].lines == 0 && l.places(i, want) {
			left = append(left, i)
		}
	}
	if len(left) == 0 {
		return body
	}
	w, y := min(max(body.W/leftShare, leftLeast, want.left), leftMost), body.Y
	for k, i := range left {
		h := (body.Y + body.H - y) / (len(left) - k)
		l.sides[i] = kit.Rect{X: body.X, Y: y, W: w, H: h}
		y += h
	}
	l.wall = kit.Rect{X: body.X + w, Y: body.Y, W: 1, H: body.H}
	return kit.Rect{X: body.X + w + 1, Y: body.Y, W: body.W - w - 1, H: body.H}
}

// setRows divides body between list and detail.
func (l *layout) setRows(body kit.Rect, want shownPanes) {
	switch place := l.detailPlace(want); {
	case !want.detail, place == overList && want.focus != kit.DetailPane:
		l.setList(body)
	case place == overList:
		l.divider = kit.Rect{X: body.X, Y: body.Y, W: body.W, H: 1}
		l.detail = kit.Rect{X: body.X, Y: body.Y + 1, W: body.W, H: body.H - 1}
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

func (l *layout) setList(r kit.Rect) {
	l.header = kit.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}
	l.list = kit.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: r.H - 1}
}

func (l *layout) splitBelow(body kit.Rect) {
	detail := body.H * detailShare / ofHeight
	l.setList(kit.Rect{X: body.X, Y: body.Y, W: body.W, H: body.H - detail - 1})
	l.divider = kit.Rect{X: body.X, Y: body.Y + body.H - detail - 1, W: body.W, H: 1}
	l.detail = kit.Rect{X: body.X, Y: l.divider.Y + 1, W: body.W, H: detail}
}

func (l *layout) splitBeside(body kit.Rect) {
	detail := body.W * 9 / 20
	left := body.W - detail - 1
	l.setList(kit.Rect{X: body.X, Y: body.Y, W: left, H: body.H})
	l.divider = kit.Rect{X: body.X + left, Y: body.Y, W: 1, H: body.H}
	l.detail = kit.Rect{X: body.X + left + 1, Y: body.Y, W: detail, H: body.H}
}

// body returns the part between the filter and the status line.
func (l *layout) body() kit.Rect {
	return kit.Rect{X: 0, Y: l.filter.Y + 1, W: l.width, H: l.status.Y - l.filter.Y - 1}
}

// of returns the rectangle of a pane.
func (l *layout) of(id kit.PaneID) kit.Rect {
	switch id {
	case kit.ListPane:
		if l.list.Empty() {
			return kit.Rect{}
		}
		return kit.Rect{X: l.header.X, Y: l.header.Y, W: l.header.W, H: l.header.H + l.list.H}
	case kit.DetailPane:
		return l.detail
	}
	if i, ok := sideOf(id); ok {
		return l.sides[i]
	}
	return kit.Rect{}
}
