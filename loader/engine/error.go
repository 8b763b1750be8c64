package engine

import (
	"fmt"
	"time"
)

// Kind says what an error of an engine means for the load.
type Kind uint8

// The kinds of errors.
const (
	Other       Kind = iota
	Unavailable      // it does not answer for now; asking again may help
	Forbidden        // the user may not read it
	TooMuch          // a limit on what one query may cost was reached
	Cut              // the answer ended too early
)

// Error says why an engine gave no answer. Its text consists of words of ours, of numbers, and of the name of the engine. It never quotes
// an answer, a query or a credential.
type Error struct {
	Op     string // what was done, such as "counting rows"
	Name   string // of the engine, printable
	Kind   Kind
	What   string        // the reason
	Status int           // of HTTP, or 0
	Code   int           // of the engine, or 0
	Hint   string        // what the user can do; may be empty
	After  time.Duration // how long the engine asks to wait
}

// Error returns one line.
func (e *Error) Error() string {
	text := fmt.Sprintf("%s %s: %s", e.Op, e.Name, e.What)
	switch {
	case e.Status != 0 && e.Code != 0:
		text += fmt.Sprintf(" (HTTP %d, code %d)", e.Status, e.Code)
	case e.Status != 0:
		text += fmt.Sprintf(" (HTTP %d)", e.Status)
	case e.Code != 0:
		text += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unclear returns the error for a whole answer whose form is not known.
func Unclear(op, name string) *Error {
	return &Error{Op: op, Name: name, What: "the answer cannot be understood", Hint: unclearHint}
}

// unclearHint names what changes the form of answers.
const unclearHint = "check for a proxy in between, and for a newer pawprint"

// Again reports whether asking again may help.
func (e *Error) Again() bool { return e.Kind == Unavailable || e.Kind == Cut }
