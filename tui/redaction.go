package tui

import "pawprint/tui/termsafe"

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
