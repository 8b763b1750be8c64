package problems

import (
	"pawprint/model"
	"pawprint/model/redact"
)

// Masked returns a Reporter that masks secrets in the keys, values and messages that r quotes from the log.
func Masked(r Reporter, mask *redact.Masker) Reporter { return maskedReport{r, mask} }

type maskedReport struct {
	Reporter
	mask *redact.Masker
}

func (r maskedReport) masked(key string, t model.Text) model.Text {
	return model.NewText(r.mask.Text(key, t.Raw()))
}

func (r maskedReport) problem(source model.Text, p *found) error {
	q := *p
	q.Key = r.masked("", p.Key)
	if q.quoted {
		q.value = r.mask.Text(p.Field.Info().Key(), p.value)
	} else {
		q.value = string(r.mask.Line([]byte(p.value)))
	}
	return r.Reporter.problem(r.masked("", source), &q)
}

func (r maskedReport) source(s *model.SourceState) error {
	q := *s
	q.Name, q.Note, q.Err = r.masked("", s.Name), r.masked("", s.Note), r.masked("", s.Err)
	q.Again = r.masked("", s.Again)
	q.LeftOut.From = r.masked("", s.LeftOut.From)
	return r.Reporter.source(&q)
}
