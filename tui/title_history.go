package tui

import (
	"time"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// history says in a few words what first-seen rests on, if the filter asks for it, and that there is a baseline.
func (t *titleLine) history(s titleState) termsafe.Safe {
	if s.sel == nil {
		return termsafe.Safe{}
	}
	b, asks := s.snap.Background(), query.AsksForFirsts(s.sel.Matcher())
	day := func(nanos int64) termsafe.Safe {
		return termsafe.Time(time.Unix(0, nanos).In(t.display.Zone), time.DateOnly)
	}
	switch {
	case b.Baseline != nil:
		events := termsafe.Count(b.Baseline.Books.Events, "event", "events")
		words := termsafe.Concat(termsafe.Const("baseline: "), events, termsafe.Const(" of "), t.display.Own(b.Span))
		if !b.Baseline.Err.Empty() {
			words = termsafe.Concat(words, termsafe.Const(", incomplete"))
		}
		return words
	case b.Span != "":
		return termsafe.Const("reading the baseline")
	case !asks:
		return termsafe.Safe{}
	case b.Cut != 0:
		return termsafe.Concat(termsafe.Const("nothing before "), day(b.Cut))
	}
	if firsts := s.sel.Snapshot().KnownFirsts(); firsts != nil && firsts.History().Timed {
		return termsafe.Concat(termsafe.Const("log begins "), day(firsts.History().Begin))
	}
	return termsafe.Safe{}
}
