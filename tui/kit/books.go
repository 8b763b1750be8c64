package kit

import (
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/tally"
	"pawprint/tui/termsafe"
)

// CountOf returns a count with its noun.
func CountOf(k tally.Kind, b model.Books) termsafe.Safe {
	one, many := k.Words()
	return termsafe.Clean(amount.Of(k.Of(b), one, many), termsafe.Options{})
}
