// Package problems writes the report of pawprint check: what is wrong in a log, by line and by source, and the line counts.
package problems

import (
	"strings"
	"unicode/utf8"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Reporter writes problems and, at the end, the line counts. It is for one goroutine.
type Reporter interface {
	problem(source model.Text, p *found) error
	// source reports what went wrong with a whole source, if anything did.
	source(s *model.SourceState) error
	interval(i *interval) error
	summary(snap *model.Snapshot) error
}

// found is a problem with the value that it is about.
type found struct {
	model.Problem
	value  string // empty and not quoted if there is none
	quoted bool   // it is the text of a string, else JSON as written
}

// Write reports the problems source by source, by their ranks, each in line order.
func Write(snap *model.Snapshot, report Reporter) error {
	raw := model.NewRawReader(snap)
	for _, id := range snap.SourceOrder() {
		source := snap.Sources()[id]
		for k := range snap.Segments() {
			if err := reportSegment(snap, raw, k, id, report); err != nil {
				return err
			}
		}
		if err := report.source(&source); err != nil {
			return err
		}
	}
	return nil
}

// WriteSummary reports the line counts, as the last line.
func WriteSummary(snap *model.Snapshot, report Reporter) error { return report.summary(snap) }

// sourceProblem returns what went wrong with a whole source, or two empty strings.
func sourceProblem(s *model.SourceState) (severity, message string) {
	switch err, note := s.Err.Raw(), s.Remarks().Raw(); {
	case err != "" && note != "":
		return "error", err + "; " + note
	case err != "":
		return "error", err
	case s.Damaged:
		return "error", "damaged: " + note
	case note != "":
		return "note", note
	}
	return "", ""
}

// reportSegment reports the problems of one source in segment k.
func reportSegment(snap *model.Snapshot, raw *model.RawReader, k int, id model.SourceID, report Reporter) (err error) {
	seg, name := snap.Segment(k), snap.Sources()[id].Name
	seg.EachSource(func(from, to int, source model.SourceID) {
		if source != id {
			return
		}
		for i := from; i < to && err == nil; i++ {
			if seg.Flags()[i]&(model.FlagError|model.FlagWarning) != 0 {
				err = reportRow(snap, raw, seg.Base()+model.Row(i), name, report)
			}
		}
	})
	return err
}

// reportRow reports the problems of a row. Without its line they have no values.
func reportRow(snap *model.Snapshot, raw *model.RawReader, r model.Row, name model.Text, report Reporter) error {
	line, read := []byte(nil), false
	for _, p := range snap.Problems(r) {
		if !read && p.OfValue() {
			line, _ = raw.Line(r)
			read = true
		}
		f := found{Problem: p}
		f.value, f.quoted = p.Value(line)
		if err := report.problem(name, &f); err != nil {
			return err
		}
	}
	return nil
}

// fieldOf names the field of a problem. For a key that is not in the schema it returns the path of the key.
func fieldOf(p *found) string {
	field, key := p.Field.String(), termsafe.Escaped(p.Key.Raw()).String()
	if p.Code == model.UnknownField && key == "" {
		key = `""`
	}
	switch {
	case p.Field == model.FieldLake && key != "":
		return key
	case p.Code != model.UnknownField:
		return field
	case field == "":
		return key
	}
	return field + "." + key
}

// messageOf returns the message of a problem, behind the value that it is about. For a duplicate key it includes the key.
func messageOf(p *found) string {
	switch {
	case p.Code == model.DuplicateKey:
		return p.Message() + " " + quoted(p.Key.Raw())
	case p.quoted:
		return quoted(p.value) + ": " + p.Message()
	case p.value != "":
		return termsafe.Escaped(cut(p.value)).String() + ": " + p.Message()
	}
	return p.Message()
}

func quoted(text string) string {
	return `"` + strings.ReplaceAll(termsafe.Escaped(cut(text)).String(), `"`, `\"`) + `"`
}

// cut shortens a value to what identifies it. It never cuts a character in two.
func cut(value string) string {
	const most = 100
	if len(value) <= most {
		return value
	}
	n := most
	for n > 0 && !utf8.RuneStart(value[n]) {
		n--
	}
	return value[:n] + "..."
}
