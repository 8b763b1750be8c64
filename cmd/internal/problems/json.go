package problems

import (
	"io"
	"slices"
	"strings"

	"pawprint/cmd/internal/output"
	"pawprint/model"
)

// JSON returns a Reporter that writes JSON lines to out.
func JSON(out io.Writer) Reporter { return &jsonReport{out} }

type jsonReport struct{ out io.Writer }

// jsonProblem is a line of the report. Line and offset are 0 if the problem concerns a whole source.
type jsonProblem struct {
	Source   string `json:"source"`
	Line     int64  `json:"line"`
	Offset   int64  `json:"offset"`
	Severity string `json:"severity"`
	Field    string `json:"field"`
	Message  string `json:"message"`
}

// jsonBooks holds the counts in the last line: of the whole log, and of each source.
type jsonBooks struct {
	Lines      int64 `json:"lines"`
	Events     int64 `json:"events"`
	Rejects    int64 `json:"rejects"`
	Blanks     int64 `json:"blanks"`
	Errors     int64 `json:"errors"`
	Warnings   int64 `json:"warnings"`
	Duplicates int64 `json:"duplicates,omitempty"` // only if somebody looked for them: see model.Snapshot.KnownCopies
	Recovered  int64 `json:"recovered,omitempty"`
	Bytes      int64 `json:"bytes"`
}

type jsonSource struct {
	Source  string   `json:"source"`
	State   string   `json:"state"`
	Form    string   `json:"form,omitempty"`
	In      []string `json:"events_in,omitempty"` // the envelopes of events
	Damaged bool     `json:"damaged,omitempty"`
	Message string   `json:"message,omitempty"`
	jsonBooks
}

func newJSONBooks(b model.Books, copies int64) jsonBooks {
	return jsonBooks{b.Lines, b.Events, b.Rejects, b.Blanks, b.Errors, b.Warnings, copies, b.Recovered, b.Bytes}
}

func validUTF8(t model.Text) string { return strings.ToValidUTF8(t.Raw(), "\ufffd") }

func (r *jsonReport) problem(source model.Text, p *found) error {
	return output.WriteJSON(r.out, jsonProblem{validUTF8(source), p.Origin.Line, p.Offset, p.Severity().String(), fieldOf(p), messageOf(p)})
}

func (r *jsonReport) source(s *model.SourceState) error {
	severity, message := sourceProblem(s)
	if message == "" {
		return nil
	}
	return output.WriteJSON(r.out, jsonProblem{Source: validUTF8(s.Name), Severity: severity, Message: strings.ToValidUTF8(message, "\ufffd")})
}

func (r *jsonReport) summary(snap *model.Snapshot) error {
	var summary struct {
		Summary struct {
			jsonBooks
			WithoutTime int          `json:"without_time,omitempty"` // of the events
			Sources     []jsonSource `json:"sources,omitempty"`      // only if there are several
		} `json:"summary"`
	}
	copies := snap.KnownCopies()
	summary.Summary.jsonBooks = newJSONBooks(snap.Books(), copies.Len())
	summary.Summary.WithoutTime = snap.EventsWithoutTime()
	order := snap.SourceOrder()
	if len(order) < 2 {
		order = nil
	}
	for _, id := range order {
		s := snap.Sources()[id]
		_, message := sourceProblem(&s)
		summary.Summary.Sources = append(summary.Summary.Sources, jsonSource{validUTF8(s.Name), s.Phase.String(), s.Form, slices.Collect(s.Books.Envelopes.Names()), s.Damaged,
			strings.ToValidUTF8(message, "\ufffd"), newJSONBooks(s.Books, copies.In(id))})
	}
	return output.WriteJSON(r.out, summary)
}
