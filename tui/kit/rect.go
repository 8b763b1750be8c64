package kit

// Rect is a part of the screen, in cells. An empty one is not drawn.
type Rect struct {
	X, Y int // the cell at the upper left, from 0
	W, H int // the width and the height; the rectangle is empty if one is not positive
}

// Empty reports whether the rectangle has no cells.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Line returns line y of the rectangle, counted from its top.
func (r Rect) Line(y int) Rect { return Rect{r.X, r.Y + y, r.W, 1} }

// Below returns the rectangle without its first n lines.
func (r Rect) Below(n int) Rect { return Rect{r.X, r.Y + n, r.W, r.H - n} }

// Holds reports whether a cell is in the rectangle.
func (r Rect) Holds(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// PaneID is the name of a part of the screen that can have the focus.
type PaneID uint8

// The panes.
const (
	NoPane PaneID = iota // none, in a wish
	ListPane
	DetailPane
	FirstSide // the first of the other panes, which only the App knows by name
)

// Gap is the space between columns, in cells.
const Gap = 2
