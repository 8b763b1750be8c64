package problems

import (
	"fmt"
	"io"

	"pawprint/model"
	"pawprint/model/tally"
	"pawprint/tui/termsafe"
)

// Text returns a Reporter that writes lines for people and editors: source:line:offset: severity: field: message.
func Text(out io.Writer) Reporter { return &textReport{out} }

type textReport struct{ out io.Writer }

func (r *textReport) problem(source model.Text, p *found) error {
	field := fieldOf(p)
	if field != "" {
		field += ": "
	}
	_, err := fmt.Fprintf(r.out, "%s:%d:%d: %s: %s%s\n", termsafe.Clean(source.Raw(), termsafe.Options{}).String(), p.Origin.Line, p.Offset,
		p.Severity(), field, messageOf(p))
	return err
}

func (r *textReport) source(s *model.SourceState) error {
	severity, message := sourceProblem(s)
	if message == "" {
		return nil
	}
	clean := func(text string) string { return termsafe.Clean(text, termsafe.Options{}).String() }
	_, err := fmt.Fprintf(r.out, "%s: %s: %s\n", clean(s.Name.Raw()), severity, clean(message))
	return err
}

func (r *textReport) summary(snap *model.Snapshot) error {
	b := snap.Books()
	_, err := fmt.Fprintf(r.out, "%s; %s; %d bytes\n", tally.Sum(b), tally.Problems(b), b.Bytes)
	return err
}
