package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
)

// staleAfter is how long before now a log must end for a time relative to now to deserve a note.
const staleAfter = time.Hour

// stale says where the log ends if the query counts back from now though the log ended earlier; empty otherwise.
func stale(snap *model.Snapshot, terms []Expr, env Env) string {
	_, latest, ok := snap.TimeBounds()
	if !ok || clock.Nanos(env.Now)-latest < int64(staleAfter) {
		return ""
	}
	for _, t := range terms {
		a, is := t.(attribute)
		if !is || !takesTime(a.name) {
			continue
		}
		for _, v := range a.values {
			if from := fromNow(v.text); from != "" {
				return fmt.Sprintf("%s counts from now, and the log ends at %s; %s counts from there", a, timeText(latest, env.zone()), strings.Replace(a.String(), from, from+"@end", 1))
			}
		}
	}
	return ""
}

// FromEnd replaces the times of a query that count back from now by those that count back from the end of the log. ok is false if there
// are none.
func FromEnd(e Expr) (_ Expr, ok bool) {
	out := mapTerms(e, func(a attribute) Expr {
		if !takesTime(a.name) {
			return a
		}
		values := slices.Clone(a.values)
		for i, v := range values {
			if from := fromNow(v.text); v.kind == literal && from != "" {
				values[i].text, ok = strings.Replace(v.text, from, from+"@end", 1), true
			}
		}
		a.values = values
		return a
	})
	return out, ok
}

// fromNow returns the first length of time in a value that counts back from now; empty if there is none.
func fromNow(text string) string {
	for _, part := range strings.Split(text, "..") {
		if m, ok := parseMoment(part); ok && m.ago && !m.end {
			return strings.TrimSpace(part)
		}
	}
	return ""
}
