package kit

import "context"

// Session is where somebody was in a log when he left it. It holds nothing of the log but what he typed or chose as a filter.
type Session struct {
	View   SavedView  `json:"view"`             // the filter, the columns and the order; without a name
	Row    SessionRow `json:"row"`              // under the cursor; the zero value for none
	Sides  []string   `json:"sides,omitempty"`  // the names of the side panes that were shown
	Detail bool       `json:"detail,omitempty"` // the detail was open
}

// SessionRow is the identity of a row: a log may have grown, and its rows may be filtered and ordered otherwise.
type SessionRow struct {
	Source string `json:"source"` // its name
	Line   int64  `json:"line"`   // 0 if it has no number
	Offset int64  `json:"offset"`
	Place  int    `json:"place"` // where it stood among the rows, from 1; only for words
}

// Sessions keeps between runs where the user was in the sources of this run, and what he filtered by in any. Its methods are called outside
// Update and may block. Other runs may use the same store at the same time.
type Sessions interface {
	// Session returns the last session in the sources, nil for none.
	Session() (*Session, error)
	// Keep stores the session in the place of the last one.
	Keep(ctx context.Context, s Session) error
	// Filters returns the earlier filters of all sources, the latest last.
	Filters() ([]string, error)
	// AddFilters stores filters as the latest ones.
	AddFilters(ctx context.Context, filters []string) error
}
