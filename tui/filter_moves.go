package tui

import (
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// filterBy filters for the focused value, or excludes it.
func (a *App) filterBy(c command) wish {
	p, s := a.panes.focused(), a.scene()
	if wanted, ok := p.command(c, &s); ok {
		return wanted
	}
	v, ok := p.focused()
	if !ok {
		return wish{toast: termsafe.Const("no value under the cursor to filter by")}
	}
	e := v.expr()
	if c == cmdFilterOut {
		e = query.Not(e)
	}
	return wish{with: e}
}
