package tui

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// stoppedLoading is the message after feed.stopLoading.
var stoppedLoading = termsafe.Const("stopped loading: what was loaded stays")

// stopLoading stops loading the sources, if they are loading and can be stopped, and reports whether it did. What was loaded
// stays.
func (f *feed) stopLoading() bool {
	if f.stop == nil || f.stopped || !kit.Loading(f.snap.Sources()) {
		return false
	}
	f.stopped = true
	f.stop()
	return true
}
