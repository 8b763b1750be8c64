package tui

import (
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// filterBy filters for the value under the cursor of the pane with the focus, or excludes it. The pane may do that in its own way.
func (p *panes) filterBy(c kit.Command, s *kit.Scene) kit.Wish {
	if wanted, ok := p.focused().Command(c, s); ok {
		return wanted
	}
	v, ok := p.focused().Focused()
	if !ok {
		return kit.Wish{Toast: termsafe.Const("no value under the cursor to filter by")}
	}
	if c == kit.CmdFilterOut {
		return kit.Wish{With: query.Not(v.Expr())}
	}
	return kit.Wish{With: v.Expr()}
}
