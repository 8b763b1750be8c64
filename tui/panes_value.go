package tui

import (
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// filterBy filters for the value under the cursor of the pane with the focus, or excludes it. The pane may do that in its own way.
func (p *panes) filterBy(c command, s *scene) wish {
	if wanted, ok := p.focused().command(c, s); ok {
		return wanted
	}
	v, ok := p.focused().focused()
	if !ok {
		return wish{toast: termsafe.Const("no value under the cursor to filter by")}
	}
	if c == cmdFilterOut {
		return wish{with: query.Not(v.expr())}
	}
	return wish{with: v.expr()}
}
