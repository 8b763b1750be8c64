package main

import (
	"errors"
	"fmt"
	"strconv"
)

// usualRows is how many rows of an engine are read without --rows.
const usualRows = 10_000

// rowLimit is the value of --rows: at most so many rows, the newest; 0 means all.
type rowLimit struct {
	n     int64
	given bool // by the user
}

// String implements pflag.Value.
func (l *rowLimit) String() string { return strconv.FormatInt(l.n, 10) }

// Type implements pflag.Value.
func (l *rowLimit) Type() string { return "int" }

// Set implements pflag.Value.
func (l *rowLimit) Set(text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is not a number of rows; 0 stands for all", text)
	}
	l.n, l.given = n, true
	return nil
}

// rowsOf returns how many rows a source reads if they are not counted at the database. A command about all rows would give a wrong answer
// for a part of them, so the user must say that a part will do. bounded says that the source never reads more than a span of time: then
// all its rows are read.
func (s *settings) rowsOf(bounded bool) (int64, error) {
	switch {
	case !s.elsewhere.whole || s.inputs.rows.given:
		return s.inputs.rows.n, nil
	case bounded:
		return 0, nil
	}
	what := "this"
	if s.elsewhere.why != "" {
		what = s.elsewhere.why
	}
	return 0, errors.New(what + " cannot be counted at the database, so its rows must be read: --rows 0 reads all of them, --rows 10000 the newest ones, and --since and -q narrow the query")
}
