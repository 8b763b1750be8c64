package rows

import "pawprint/tui/termsafe"

// Masked counts what --redact masked in rows that were printed.
type Masked struct{ Values, Events, Rejects int }

// count notes a row that was printed.
func (t *Masked) count(r *Row) {
	switch t.Values += r.masked; {
	case r.masked == 0:
	case r.event.Reject():
		t.Rejects++
	default:
		t.Events++
	}
}

// Words say in what the values were masked.
func (t *Masked) Words() string {
	events := termsafe.Count(int64(t.Events), "event", "events")
	rejects := termsafe.Count(int64(t.Rejects), "reject", "rejects")
	switch {
	case t.Rejects == 0:
		return events.String()
	case t.Events == 0:
		return rejects.String()
	}
	return termsafe.Concat(events, termsafe.Const(" and "), rejects).String()
}
