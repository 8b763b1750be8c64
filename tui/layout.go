package tui

// rect is a part of the screen in cells. An empty one is not drawn.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

func (r rect) holds(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// pane is a part of the screen that can have the focus.
type pane uint8

const (
	noPane pane = iota
	listPane
	detailPane
)

// The sizes that the layout turns on, in cells.
const (
	minWidth, minHeight   = 24, 6 // below, there is only room to say so
	maxWidth, maxHeight   = 1000, 500
	besideWidth           = 150 // from here the detail can stand beside the list …
	besideHeight          = 34  // … and does if the screen is lower than this
	belowHeight           = 18  // from here the detail can stand below the list
	detailShare, ofHeight = 11, 20
)

// wishes is what the layout depends on apart from the size.
type wishes struct {
	detail bool // the detail is open
	focus  pane
	zoom   bool // the focused pane alone
}

// layout says which part of the screen belongs to what. The rectangles do not overlap and cover the screen.
type layout struct {
	width, height int
	tooSmall      bool
	title         rect
	filter        rect
	header        rect // of the list's columns
	list          rect // rows only
	divider       rect // between list and detail
	detail        rect
	status        rect
}

// arrange divides a screen of w by h cells. Sizes beyond the maximum are clamped.
func arrange(w, h int, want wishes) layout {
	w, h = min(max(w, 0), maxWidth), min(max(h, 0), maxHeight)
	l := layout{width: w, height: h}
	if w < minWidth || h < minHeight {
		l.tooSmall = true
		return l
	}
	l.title = rect{0, 0, w, 1}
	l.filter = rect{0, 1, w, 1}
	l.status = rect{0, h - 1, w, 1}
	body := rect{0, 2, w, h - 3}
	switch alone := want.zoom || h < belowHeight && w < besideWidth; {
	case !want.detail, alone && want.focus == listPane:
		l.setList(body)
	case alone:
		l.divider = rect{body.x, body.y, body.w, 1}
		l.detail = rect{body.x, body.y + 1, body.w, body.h - 1}
	case w >= besideWidth && h < besideHeight:
		l.splitBeside(body)
	default:
		l.splitBelow(body)
	}
	return l
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
