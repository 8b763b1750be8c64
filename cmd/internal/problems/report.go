// Package problems reports what is wrong in a log, line by line and source by source, and its books.
package problems

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Reporter writes problems and, at the end, the books.
type Reporter interface {
	problem(source model.Text, p *model.Problem) error
	// source says what happened to a whole source, if anything did.
	source(s *model.SourceState) error
	summary(snap *model.Snapshot) error
}

// Write reports the problems source by source, in the order of their lines.
func Write(snap *model.Snapshot, report Reporter) error {
	for id, source := range snap.Sources() {
		for k := range snap.Segments() {
			if err := reportSegment(snap, snap.Segment(k), model.SourceID(id), source.Name, report); err != nil {
				return err
			}
		}
		if err := report.source(&source); err != nil {
			return err
		}
	}
	return report.summary(snap)
}

// troubleOf says what happened to a source, and how bad it is; nothing if nothing did.
func troubleOf(s *model.SourceState) (severity, message string) {
	switch err, note := s.Err.Raw(), s.Note.Raw(); {
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

// fieldOf names the field of a problem; of a key that the schema does not name that is the path of the key.
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

// messageOf says what is wrong, with the key that stands twice.
func messageOf(p *model.Problem) string {
	if p.Code == model.DuplicateKey {
		return p.Message() + " \"" + termsafe.Escaped(p.Key.Raw()).String() + "\""
	}
	return p.Message()
}
