package main

import (
	"context"
	"fmt"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// undecided counts the rows that a query can neither find nor rule out, as they have no time of their own. They are left out of what is
// printed, so they must be told.
type undecided struct {
	matcher model.Matcher    // nil if the query does not ask for the time
	found   *model.Selection // the rows so far
}

// newUndecided makes the counter for the expression of the flags and a command's own query, which are valid.
func (s *settings) newUndecided(own string) (*undecided, error) {
	e, err := s.expression(own)
	if err != nil {
		return nil, err
	}
	env, err := s.env()
	if err != nil {
		return nil, err
	}
	return &undecided{matcher: query.Undecided(e, env)}, nil
}

// look looks at a snapshot that is newer than the last one. It returns how many rows are new.
func (u *undecided) look(snap model.Snapshot) (fresh int, err error) {
	if u.matcher == nil {
		return 0, nil
	}
	before := 0
	if u.found != nil {
		before = u.found.Len()
	}
	// Rows that were read before an interruption are printed, so these are counted too.
	if u.found, err = model.Select(context.Background(), snap, u.matcher, u.found); err != nil {
		return 0, err
	}
	return u.found.Len() - before, nil
}

// tell prints how many rows are undecided, if there are any.
func (u *undecided) tell(std *outlet) {
	if u.found == nil || u.found.Len() == 0 {
		return
	}
	var events, rejects int64
	for _, r := range u.found.InSourceOrder() {
		if u.found.Snapshot().Flags(r)&model.FlagReject != 0 {
			rejects++
		} else {
			events++
		}
	}
	what := termsafe.Count(events, "event", "events")
	switch {
	case events == 0:
		what = termsafe.Count(rejects, "reject", "rejects")
	case rejects > 0:
		what = termsafe.Concat(what, termsafe.Const(" and "), termsafe.Count(rejects, "reject", "rejects"))
	}
	verb := "are"
	if events+rejects == 1 {
		verb = "is"
	}
	fmt.Fprintf(std, "pawprint: %v without a time %s not decided by this filter; -has:time finds them\n", what, verb)
}
