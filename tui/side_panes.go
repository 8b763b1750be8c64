package tui

import (
	"charm.land/bubbles/v2/key"

	"pawprint/tui/kit"
	"pawprint/tui/side"
)

// sidePane is a pane that the user can hide. It stands at the top or at the left; while it has the focus but no place, it covers the
// list.
type sidePane struct {
	key   key.Binding // shows and hides it
	make  func(*kit.Display) kit.Pane
	lines int // its height at the top; 0 for a pane at the left, where all share the height
}

// sidePanes are the panes beside the list and the detail, in the order of the help. All are shown at first, where there is space.
var sidePanes = [...]sidePane{
	{kit.Bind("b", "facets", "b"), func(disp *kit.Display) kit.Pane { return side.NewFacetPane(disp) }, 0},
	{kit.Bind("v", "timeline", "v"), func(disp *kit.Display) kit.Pane { return side.NewTimeline(disp) }, 3},
}

const numSides = len(sidePanes)

// sideID is the name of the i-th side pane.
func sideID(i int) kit.PaneID { return kit.FirstSide + kit.PaneID(i) }

// sideOf returns which side pane has a name; ok is false for other panes.
func sideOf(id kit.PaneID) (i int, ok bool) {
	return int(id) - int(kit.FirstSide), id >= kit.FirstSide
}

// tabOrder lists the panes as Tab goes through them: from the top to the left, to the list and the detail.
func tabOrder() []kit.PaneID {
	var top, left []kit.PaneID
	for i := range sidePanes {
		if sidePanes[i].lines > 0 {
			top = append(top, sideID(i))
		} else {
			left = append(left, sideID(i))
		}
	}
	return append(append(top, left...), kit.ListPane, kit.DetailPane)
}
