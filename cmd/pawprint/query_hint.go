package main

import (
	"fmt"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// showHints prints on standard error which parts of the query are probably mistakes, if nothing was found.
func (s *settings) showHints(found int) {
	if found > 0 {
		return
	}
	e, err := s.expression(s.commandQuery)
	if err != nil {
		return // the error was printed before
	}
	for _, hint := range query.Hints(e) {
		fmt.Fprintf(s.std.err, "pawprint: %s\n", termsafe.Clean(hint, termsafe.Options{}))
	}
}
