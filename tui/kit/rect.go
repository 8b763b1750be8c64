package kit

// Rect is a part of the screen, in cells. An empty one is not drawn.
type Rect struct{ X, Y, W, H int }

func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

func (r Rect) Holds(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// PaneID is the name of a part of the screen that can have the focus.
type PaneID uint8

const (
	NoPane PaneID = iota
	ListPane
	DetailPane
	FirstSide // the first of the other panes, which only the App knows by name
)

// Gap is the space between columns, in cells.
const Gap = 2
