package main

import (
	"fmt"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// showHints says on standard error, where nothing was found, what in the query of this run is probably not meant so.
func (s *settings) showHints(found int) {
	if found > 0 {
		return
	}
	e, err := s.expression(s.own)
	if err != nil {
		return // it was said before
	}
	for _, hint := range query.Hints(e) {
		fmt.Fprintf(s.std.err, "pawprint: %s\n", termsafe.Clean(hint, termsafe.Options{}))
	}
}
