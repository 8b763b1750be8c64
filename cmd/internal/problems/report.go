// Package problems writes the report of pawprint check: what is wrong in a log, by line and by source, and the line counts.
package problems

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Reporter writes problems and, at the end, the line counts. It is for one goroutine.
type Reporter interface {
	problem(source model.Text, p *model.Problem) error
	// source reports what went wrong with a whole source, if anything did.
	source(s *model.SourceState) error
	summary(snap *model.Snapshot) error
}

// Write reports the problems source by source, by their ranks, each in line order, and then the summary.
func Write(snap *model.Snapshot, report Reporter) error {
	for _, id := range snap.SourceOrder() {
		source := snap.Sources()[id]
		for k := range snap.Segments() {
			if err := reportSegment(snap, snap.Segment(k), id, source.Name, report); err != nil {
				return err
			}
		}
		if err := report.source(&source); err != nil {
			return err
		}
	}
	return report.summary(snap)
}

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

func reportSegment(snap *model.Snapshot, seg *model.Segment, id model.SourceID, name model.Text, report Reporter) (err error) {
	seg.EachSource(func(from, to int, source model.SourceID) {
		if source != id {
			return
		}
		for i := from; i < to && err == nil; i++ {
			if seg.Flags()[i]&(model.FlagError|model.FlagWarning) == 0 {
				continue
			}
			for _, p := range snap.Problems(seg.Base() + model.Row(i)) {
				if err == nil {
					err = report.problem(name, &p)
				}
			}
		}
	})
	return err
}

// fieldOf names the field of a problem. For a key that is not in the schema it returns the path of the key.
func fieldOf(p *model.Problem) string {
	field, key := p.Field.String(), termsafe.Escaped(p.Key.Raw()).String()
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

// messageOf returns the message of a problem. For a duplicate key it includes the key.
func messageOf(p *model.Problem) string {
	if p.Code == model.DuplicateKey {
		return p.Message() + " \"" + termsafe.Escaped(p.Key.Raw()).String() + "\""
	}
	return p.Message()
}
