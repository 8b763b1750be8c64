package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// sentenceCells is the maximum width of one part of the sentence.
const sentenceCells = 80

// sentence sums an event up in one line: "ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9".
func sentence(disp *display, e *model.Event, target model.Text) termsafe.Safe {
	var parts []termsafe.Safe
	for _, p := range e.Sentence(target) {
		part := disp.own(p.Own)
		if p.Own == "" {
			part = disp.widther.Truncate(termsafe.Clean(disp.masks("", p.Text.Raw()), disp.cleanOptions(sentenceCells)), sentenceCells)
		}
		parts = append(parts, part)
	}
	return termsafe.Concat(parts...)
}
