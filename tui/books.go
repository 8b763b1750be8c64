package tui

import (
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/tally"
	"pawprint/tui/termsafe"
)

// countOf returns a count with its noun.
func countOf(k tally.Kind, b model.Books) termsafe.Safe {
	one, many := k.Words()
	return termsafe.Clean(amount.Of(k.Of(b), one, many), termsafe.Options{})
}
