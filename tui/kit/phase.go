package kit

import "pawprint/model"

// Loading reports whether a source is being read for the first time.
func Loading(sources []model.SourceState) bool {
	for i := range sources {
		if p := sources[i].Phase; p == model.Waiting || p == model.Loading {
			return true
		}
	}
	return false
}
