package kit

import (
	"context"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
)

// Asker asks the databases that a log is from for more of their rows. Its methods may be called from any goroutine.
type Asker interface {
	// Asks reports whether a source of the log is a database.
	Asks() bool
	// Ask loads rows into the log and returns when they are there, or with the error of ctx, which ends the question at the database. What
	// was loaded before an error stays. It may ask the user a question first; if he declines, ok is false.
	Ask(ctx context.Context, what Asking) (got Asked, ok bool, err error)
	// Counts returns how many databases there are that count their rows where they lie, and whether that costs, so that Everything asks the
	// user first.
	Counts() (databases int, costs bool)
	// Everything counts all rows of a filter, loaded or not, where they lie, whichever part of them was asked for. Its results are like
	// those of Ask.
	Everything(ctx context.Context, what Asking, by []CountedBy) (all *Everything, ok bool, err error)
}

// CountedBy is a field that rows are counted by.
type CountedBy struct {
	Name string // in the query language
	Key  count.Key
}

// Everything is what was counted of all rows of a filter. It does not change.
type Everything struct {
	Events int
	Facets map[string][]count.Count // by the name of a field: the most frequent value first
	// Timeline counts the rows over time, in the window that fit chooses for the first and the last time. It asks the databases, on any
	// goroutine, and is nil if they cannot be asked. The histogram is nil if asking again would cost.
	Timeline func(ctx context.Context, fit func(first, last int64) count.Window) (*count.Histogram, error)
}

// AskCommand is the name in a configuration of the command that asks a database, which is the words of its key.
const AskCommand = "ask-the-database"

// Asking says which rows a database is asked for.
type Asking struct {
	Expr query.Expr // those that match; nil for all
	Env  query.Env  // with which Expr is understood
	Text string     // Expr as the user knows it
	Part AskedPart
}

// AskedPart says which of the rows that match.
type AskedPart uint8

// The parts.
const (
	MissingRows AskedPart = iota // rows that are not loaded, from the newest on
	OlderRows                    // those below what is loaded
	NewerRows                    // rows that have arrived since
)

// Asked is what a question has brought.
type Asked struct {
	Rows   int64       // that were not loaded before
	More   bool        // there may be more of them
	Total  model.Total // how many rows match, if that is known
	Loaded string      // a term that looks at all rows that are loaded, so that all rows were asked for; empty if there is none
}
