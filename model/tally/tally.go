// Package tally names the counts of a log's books: the same words and the same numbers in the title, the report of check, the problems, the
// statistics and on standard error. It is pure.
package tally

import (
	"fmt"

	"pawprint/model"
)

// Kind is one of the counts of the books.
type Kind uint8

// The counts. Lines = Events + Rejects + Blanks; Errors and Warnings count problems, of which a line can have several, and each reject is
// an error.
const (
	Lines Kind = iota
	Events
	Rejects
	Blanks
	Recovered
	Errors
	Warnings
	numKinds
)

var kinds = [numKinds]struct {
	one, many string
	of        func(*model.Books) int64
}{
	Lines:     {"line", "lines", func(b *model.Books) int64 { return b.Lines }},
	Events:    {"event", "events", func(b *model.Books) int64 { return b.Events }},
	Rejects:   {"reject", "rejects", func(b *model.Books) int64 { return b.Rejects }},
	Blanks:    {"blank", "blanks", func(b *model.Books) int64 { return b.Blanks }},
	Recovered: {"recovered", "recovered", func(b *model.Books) int64 { return b.Recovered }},
	Errors:    {"error", "errors", func(b *model.Books) int64 { return b.Errors }},
	Warnings:  {"warning", "warnings", func(b *model.Books) int64 { return b.Warnings }},
}

// All lists the counts in the order in which they are shown.
func All() []Kind {
	all := make([]Kind, numKinds)
	for i := range all {
		all[i] = Kind(i)
	}
	return all
}

// Of returns the number.
func (k Kind) Of(b model.Books) int64 { return kinds[k].of(&b) }

// Words returns the noun for one and for any other number.
func (k Kind) Words() (one, many string) { return kinds[k].one, kinds[k].many }

// String is the noun for many.
func (k Kind) String() string { return kinds[k].many }

// Sum says that no line was lost: "4 lines = 2 events + 1 rejects + 1 blanks". It is for programs as well as for people, so numbers and
// words have one form.
func Sum(b model.Books) string {
	return plain(b, Lines) + " = " + plain(b, Events) + " + " + plain(b, Rejects) + " + " + plain(b, Blanks)
}

// Problems counts the problems by severity: "2 errors, 2 warnings", in the same form as Sum.
func Problems(b model.Books) string { return plain(b, Errors) + ", " + plain(b, Warnings) }

func plain(b model.Books, k Kind) string { return fmt.Sprintf("%d %s", k.Of(b), k) }
