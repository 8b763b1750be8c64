package kit

import (
	"pawprint/model/clock"
	"pawprint/model/query"
)

// Comparison is what a page about two periods shows: how often each value of a field occurs in both.
type Comparison struct {
	Before, After clock.Span
	By            string     // the field
	Query         query.Expr // for the events that are counted, without the times of the periods
}
