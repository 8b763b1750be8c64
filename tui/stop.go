package tui

import "pawprint/tui/termsafe"

// stopLoading stops loading the sources, if they are loading and can be stopped, and reports whether it did. What was loaded
// stays.
func (a *App) stopLoading() bool {
	if a.stop == nil || a.stopped || !loading(a.feed.snap.Sources()) {
		return false
	}
	a.stopped = true
	a.stop()
	a.status.toast = termsafe.Const("stopped loading: what was loaded stays")
	return true
}
