package problems

import (
	"fmt"
	"io"

	"pawprint/model"
	"pawprint/model/tally"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Look says how the lines for people look. The zero Look is one line for each problem, without styles, for pipes and files.
type Look struct {
	Cells int          // of a terminal: longer lines are wrapped between words; 0 for one line each
	Color *paint.Tones // the styles of severities; nil for none
}

// Text returns a Reporter that writes lines for people and editors: source:line:offset: severity: field: message.
func Text(out io.Writer, look Look) Reporter { return &textReport{out, look} }

type textReport struct {
	out  io.Writer
	look Look
}

func (r *textReport) problem(source model.Text, p *found) error {
	field := fieldOf(p)
	if field != "" {
		field += ": "
	}
	place := fmt.Sprintf("%s:%d:%d", termsafe.Clean(source.Raw(), termsafe.Options{}), p.Origin.Line, p.Offset)
	return r.write(place, p.Severity().String(), field+messageOf(p))
}

func (r *textReport) source(s *model.SourceState) error {
	severity, message := sourceProblem(s)
	if message == "" {
		return nil
	}
	clean := func(text string) string { return termsafe.Clean(text, termsafe.Options{}).String() }
	return r.write(clean(s.Name.Raw()), severity, clean(message))
}

const (
	leastBeside = 20 // cells for a message beside its place; with fewer it stands below
	hanging     = 4  // cells before the further lines of a message
)

// write writes a problem. Its texts are printable.
func (r *textReport) write(place, severity, message string) error {
	var width termsafe.Widther
	own := termsafe.Options{Drawing: true}
	line, rest := paint.NewLine(width), termsafe.Clean(message, own)
	line.Add(paint.Style{}, termsafe.Clean(place+": ", own))
	line.Add(r.style(severity), termsafe.Clean(severity, own))
	line.Add(paint.Style{}, termsafe.Const(":"))
	lines := []*paint.Line{line}
	if room := r.look.Cells - line.Width() - 1; r.look.Cells == 0 || room >= leastBeside {
		first := rest
		if r.look.Cells > 0 {
			first = width.Wrap(rest, room)[0]
		}
		line.Fill(paint.Style{}, 1)
		line.Add(paint.Style{}, first)
		rest = rest.Sub(termsafe.Span{Lo: first.Len(), Hi: rest.Len()})
	}
	for !rest.Empty() {
		next := width.Wrap(rest, max(r.look.Cells-hanging, 1))[0]
		line = paint.NewLine(width)
		line.Fill(paint.Style{}, hanging)
		line.Add(paint.Style{}, next)
		lines, rest = append(lines, line), rest.Sub(termsafe.Span{Lo: next.Len(), Hi: rest.Len()})
	}
	return r.print(lines)
}

func (r *textReport) style(severity string) paint.Style {
	switch tones := r.look.Color; {
	case tones != nil && severity == "error":
		return tones.Wrong
	case tones != nil && severity == "warning":
		return tones.Partly
	}
	return paint.Style{}
}

func (r *textReport) print(lines []*paint.Line) error {
	for _, l := range lines {
		text := l.Plain()
		if r.look.Color != nil {
			text = l.Styled()
		}
		if _, err := fmt.Fprintln(r.out, text); err != nil {
			return err
		}
	}
	return nil
}

func (r *textReport) summary(snap *model.Snapshot) error {
	b := snap.Books()
	_, err := fmt.Fprintf(r.out, "%s; %s; %d bytes\n", tally.Sum(b), tally.Problems(b), b.Bytes)
	return err
}
