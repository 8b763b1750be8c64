package tui

import "pawprint/model"

// loading reports whether a source is being read for the first time.
func loading(sources []model.SourceState) bool {
	for i := range sources {
		if p := sources[i].Phase; p == model.Waiting || p == model.Loading {
			return true
		}
	}
	return false
}
