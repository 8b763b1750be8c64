package rows

import "pawprint/tui/termsafe"

// Masked counts what --redact masked in printed rows: the values, and the events and rejects that held any.
type Masked struct{ Values, Events, Rejects int }

// count adds a printed row.
func (t *Masked) count(r *Row) {
	switch t.Values += r.masked; {
	case r.masked == 0:
	case r.event.Reject():
		t.Rejects++
	default:
		t.Events++
	}
}

// Words names the rows with masked values, such as "2 events and 1 reject".
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
