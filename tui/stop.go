package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

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

// loading reports whether a source is being read for the first time.
func loading(sources []model.SourceState) bool {
	for i := range sources {
		if p := sources[i].Phase; p == model.Waiting || p == model.Loading {
			return true
		}
	}
	return false
}
