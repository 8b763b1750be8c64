package tui

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// elsewhere says where a key works that does nothing in the pane with the focus; empty for a key that works nowhere.
func (a *App) elsewhere(key string) termsafe.Safe {
	for _, row := range a.keys.Rows {
		if row.In&kit.InPanes == 0 {
			continue
		}
		for _, k := range row.Binding.Keys() {
			if k == key {
				return a.notHere(row.Do)
			}
		}
	}
	return termsafe.Safe{}
}

// notHere says where a command works that the pane with the focus does not know.
func (a *App) notHere(c kit.Command) termsafe.Safe {
	switch c {
	case kit.CmdExtendLeft, kit.CmdExtendRight, kit.CmdCloser, kit.CmdWiderTime:
		for i := range sidePanes {
			if sidePanes[i].lines > 0 {
				return a.worksIn(c, kit.InSide, "in the timeline", sideID(i), paneKey(&a.display, i))
			}
		}
	}
	if _, side := sideOf(a.panes.shown.focus); side && a.keys.Named(c, kit.InSide).Key != "" {
		return a.worksIn(c, kit.InSide, "in the facets", kit.FirstSide, paneKey(&a.display, 0))
	}
	for _, s := range []kit.Scope{kit.InList, kit.InDetail, kit.InSide} {
		if s == a.scope() || a.keys.Named(c, s).Key == "" {
			continue
		}
		switch s {
		case kit.InList:
			return a.worksIn(c, s, "in the list", kit.ListPane, "esc")
		case kit.InDetail:
			return a.worksIn(c, s, "in the detail", kit.DetailPane, "enter")
		}
		return a.worksIn(c, s, "in the facets and the timeline", kit.FirstSide, paneKey(&a.display, 0))
	}
	return termsafe.Safe{}
}

// paneKey returns the key that opens a side pane.
func paneKey(disp *kit.Display, i int) string { return disp.Key(kit.Added(i)).String() }

// worksIn says that a command works in a pane, and which key leads there: tab, or the one that opens it.
func (a *App) worksIn(c kit.Command, s kit.Scope, where string, id kit.PaneID, opens string) termsafe.Safe {
	way := opens + " opens it"
	if a.panes.reachable(id) {
		way = "tab goes there"
	}
	help := a.keys.Named(c, s)
	return termsafe.Concat(a.display.KeyName(help), a.display.Own(" ("+help.Desc+") works "+where+": "+way))
}
