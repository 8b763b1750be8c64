package main

import (
	"pawprint/model"
	"pawprint/model/redact"
)

// maskedReport masks the text of the log in what a report quotes: keys may be secrets too.
type maskedReport struct {
	reporter
	mask *redact.Masker
}

func (r maskedReport) masked(key string, t model.Text) model.Text {
	return model.NewText(r.mask.Text(key, t.Raw()))
}

func (r maskedReport) problem(source model.Text, p *model.Problem) error {
	q := *p
	q.Key = r.masked("", p.Key)
	return r.reporter.problem(r.masked("", source), &q)
}

func (r maskedReport) source(s *model.SourceState) error {
	q := *s
	q.Name, q.Note, q.Err = r.masked("", s.Name), r.masked("", s.Note), r.masked("", s.Err)
	return r.reporter.source(&q)
}
