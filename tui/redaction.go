package tui

import "pawprint/tui/termsafe"

// switchRedaction switches masking on or off, and reads again what was read for the other state.
func (a *App) switchRedaction() {
	a.display.Redact = !a.display.Redact
	a.display.Version++
	a.list.ReadAgain()
	a.detail.ReadAgain()
	if a.status.toast = termsafe.Const("secrets are shown"); a.display.Redact {
		a.status.toast = termsafe.Const("what looks like a secret is masked; some may not look like one")
	}
}
