package modal

import (
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// listedSource is a row of the list of sources.
type listedSource struct {
	state model.SourceState
	id    model.SourceID
	parts bool // it stands for several, whose books it sums up
}

// listed returns the rows: each source, and below it those that are parts of it.
func listed(sources []model.SourceState) []listedSource {
	rows, parts := make([]listedSource, 0, len(sources)), map[string][]listedSource{}
	for i := range sources {
		s := listedSource{state: sources[i], id: model.SourceID(i)}
		if of := s.state.Of.Raw(); of != "" {
			parts[of] = append(parts[of], s)
			continue
		}
		rows = append(rows, s)
	}
	if len(parts) == 0 {
		return rows
	}
	var out []listedSource
	for _, row := range rows {
		of := row.state.Name.Raw()
		below := parts[of]
		delete(parts, of)
		for i := range below {
			row.parts = true
			row.state.Books = row.state.Books.Plus(below[i].state.Books)
		}
		out = append(append(out, row), below...)
	}
	return out
}

// name returns the name of the row. A part is called by what its name adds to that of the whole.
func (s *listedSource) name(disp *kit.Display, w int) termsafe.Safe {
	own, part := strings.CutPrefix(s.state.Name.Raw(), s.state.Of.Raw()+"#")
	if !part || s.state.Of.Empty() {
		return sourceName(disp, &s.state, w)
	}
	name := between(disp, own)
	if name.Empty() {
		name = termsafe.Clean(disp.Masks("source", own), disp.CleanOptions(w))
	}
	return termsafe.Concat(termsafe.Const("  "), name)
}

// between shows the two times in the name of a window to the minute; empty if there are not two.
func between(disp *kit.Display, name string) termsafe.Safe {
	first, second, _ := strings.Cut(name, "/")
	from, err1 := time.Parse(time.RFC3339Nano, first)
	to, err2 := time.Parse(time.RFC3339Nano, second)
	if err1 != nil || err2 != nil {
		return termsafe.Safe{}
	}
	from, to = from.In(disp.Zone), to.In(disp.Zone)
	end := termsafe.Time(to, "01-02 15:04")
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		end = termsafe.Time(to, "15:04")
	}
	return termsafe.Concat(termsafe.Time(from, "2006-01-02 15:04"), termsafe.Const(" to "), end)
}

// filter finds the rows of the source, or of its parts.
func (s *listedSource) filter() query.Expr {
	own := query.Is("source", s.state.Name.Raw())
	if !s.parts {
		return own
	}
	if e, err := query.Parse(strings.Replace(own.String(), "source=", "source:", 1)); err == nil {
		return e
	}
	return own
}
