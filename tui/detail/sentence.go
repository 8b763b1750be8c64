package detail

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// sentenceCells is the maximum width of one part of the sentence.
const sentenceCells = 80

// sentence sums an event up in one line: "ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9".
func sentence(disp *kit.Display, e *model.Event, target model.Text) termsafe.Safe {
	var parts []termsafe.Safe
	for _, p := range e.Sentence(target) {
		part := disp.Own(p.Own)
		if p.Own == "" {
			part = short(disp, "", p.Text)
		}
		parts = append(parts, part)
	}
	return termsafe.Concat(parts...)
}

// short returns the value of a field, masked and cleaned, in at most sentenceCells cells. key is as for Display.Masks.
func short(disp *kit.Display, key string, text model.Text) termsafe.Safe {
	return disp.Widther.Truncate(termsafe.Clean(disp.Masks(key, text.Raw()), disp.CleanOptions(sentenceCells)), sentenceCells)
}
