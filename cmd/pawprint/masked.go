package main

import (
	"fmt"
	"io"

	"pawprint/tui/termsafe"
)

// maskTally counts what --redact masked in rows that were printed.
type maskTally struct{ values, events, rejects int }

// count notes a row that was printed.
func (t *maskTally) count(r *record) {
	switch t.values += r.masked; {
	case r.masked == 0:
	case r.event.Reject():
		t.rejects++
	default:
		t.events++
	}
}

// words say in what the values were masked.
func (t *maskTally) words() string {
	events := termsafe.Count(int64(t.events), "event", "events")
	rejects := termsafe.Count(int64(t.rejects), "reject", "rejects")
	switch {
	case t.rejects == 0:
		return events.String()
	case t.events == 0:
		return rejects.String()
	}
	return termsafe.Concat(events, termsafe.Const(" and "), rejects).String()
}

// showMasked says on standard error what was masked in what was printed.
func (q *queryCommand) showMasked() {
	if q.redact && q.did.rows > 0 {
		showMasked(q.std.err, q.did.masked.values, q.did.masked.words())
	}
}

// showMasked says how many values were masked, and that others may be left.
func showMasked(w io.Writer, values int, where string) {
	if values == 0 {
		fmt.Fprintln(w, "pawprint: nothing was masked; no promise that there are no secrets")
		return
	}
	fmt.Fprintf(w, "pawprint: masked %s in %s; no promise that this is all\n", termsafe.Count(int64(values), "value", "values"), where)
}
