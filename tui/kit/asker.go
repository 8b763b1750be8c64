package kit

import (
	"context"

	"pawprint/model"
	"pawprint/model/query"
)

// Asker asks the databases that a log is from for more of their rows. Its methods may be called from any goroutine.
type Asker interface {
	// Asks reports whether a source of the log is a database.
	Asks() bool
	// Ask loads rows into the log and returns when they are there, or with the error of ctx, which ends the question at the database. What
	// was loaded before an error stays. It may ask the user a question first; if he declines, ok is false.
	Ask(ctx context.Context, what Asking) (got Asked, ok bool, err error)
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
	MissingRows AskedPart = iota // those that are not loaded, the newest first
	OlderRows                    // those below what is loaded
	NewerRows                    // those that have come since
)

// Asked is what a question has brought.
type Asked struct {
	Rows   int64       // that were not loaded before
	More   bool        // there may be more of them
	Total  model.Total // how many rows match, if that is known
	Loaded string      // a term that looks at all rows that are loaded, so that all rows were asked for; empty if there is none
}
