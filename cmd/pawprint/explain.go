package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// explain prints what the sources would be asked, and returns an exit: nothing is read.
func (s *settings) explain(args []string) error {
	if err := s.checkAsked("--explain", args); err != nil {
		return err
	}
	of, err := s.bounds()
	if err != nil {
		return err
	}
	for _, arg := range args {
		if err := schemeOf(arg).explain(s, arg, of); err != nil {
			return err
		}
	}
	return exit(exitFound)
}

// explanation is what a source would be asked.
type explanation struct {
	url    string
	parts  []query.Part // the terms of the query
	loaded string       // a term that looks at all loaded rows
	paths  []string     // the attributes whose values are asked for first
	table  string       // what the statements assume about the table; may be empty
	lines  string       // the statement for the newest rows
	count  string       // the statement that counts what is certain
}

// certain says what the source counts if no row is certain to match before values are known.
func (e *explanation) certain(core condition.Condition) {
	switch {
	case core != condition.Condition(condition.Const(false)):
	case len(e.paths) > 0:
		e.count = "counts in the database the rows that certainly match, once the values are known"
	default:
		e.count = "counts nothing in the database: no row is certain to match until it is read here"
	}
}

// print writes the explanation.
func (e *explanation) print(to io.Writer) error {
	out := bufio.NewWriter(to)
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(out, "%-17s %s\n", name, termsafe.Clean(text, termsafe.Options{}))
		}
	}
	line("source", e.url)
	line("decided there", e.terms(query.PushedExactly))
	line("narrowed there", e.terms(query.PushedPartly))
	line("decided here", e.terms(query.NotPushed))
	if e.loaded != "" {
		line("", e.loaded+" looks at all loaded rows, so only the time is sent")
	}
	if e.paths != nil && e.loaded == "" {
		line("asked first", "the values of "+strings.Join(e.paths, ", ")+"; then terms about them are decided there")
	}
	line("the table", e.table)
	line("the newest rows", e.lines)
	line("query -c", e.count)
	return out.Flush()
}

// terms lists the terms that are pushed to the source to a given degree.
func (e *explanation) terms(pushed query.Push) string {
	var texts []string
	for _, p := range e.parts {
		if p.Pushed == pushed {
			texts = append(texts, p.Term)
		}
	}
	return strings.Join(texts, ", ")
}
