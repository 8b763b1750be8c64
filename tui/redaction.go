package tui

import (
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// switchRedaction switches masking on or off, and reads again what was read for the other state.
func (a *App) switchRedaction() {
	a.display.redact = !a.display.redact
	a.display.version++
	a.list.readAgain()
	a.detail.readAgain()
	if a.status.toast = termsafe.Const("secrets are shown"); a.display.redact {
		a.status.toast = termsafe.Const("what looks like a secret is masked; some may not look like one")
	}
}

// sharable reports whether a filter made from values may be shown. If not, it shows errMasked.
func (a *App) sharable(e query.Expr) bool {
	ok := a.display.redact.sharable(e)
	if !ok {
		a.status.toast = errMasked
	}
	return ok
}
