package main

import (
	"fmt"

	"pawprint/model"
	"pawprint/model/amount"
)

// readOnce returns the lines that say which sources were reached by several names. A few are named, the others counted.
func readOnce(sources []model.SourceState, name func(*model.SourceState) string) (lines []string) {
	var more int64
	for i := range sources {
		s := &sources[i]
		switch {
		case s.Again.Empty():
		case len(lines) == namedSources:
			more++
		default:
			again := model.SourceState{Name: s.Again} // it quotes names
			lines = append(lines, fmt.Sprintf("note: %s: %s", name(s), name(&again)))
		}
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("note: %s reached by several names and read once", amount.Of(more, "more source was", "more sources were")))
	}
	return lines
}
