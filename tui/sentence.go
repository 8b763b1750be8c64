package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// sentenceCells is the maximum width of one part of the sentence.
const sentenceCells = 80

// deeds are the verbs of the sentence, by result. A sentence reads: actor, deed, action, target, from address.
var deeds = map[model.Result]termsafe.Safe{
	model.Succeeded:       termsafe.Const(" did "),
	model.Failed:          termsafe.Const(" failed to "),
	model.PartiallyFailed: termsafe.Const(" partly failed to "),
	model.UnknownResult:   termsafe.Const(" tried to "),
}

// sentence sums an event up in one line: "ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9".
func (disp *display) sentence(e *model.Event, target model.Text) termsafe.Safe {
	part := func(t model.Text, otherwise termsafe.Safe) termsafe.Safe {
		if t.Empty() {
			return otherwise
		}
		return disp.widther.Truncate(termsafe.Clean(disp.masks("", t.Raw()), disp.cleanOptions(sentenceCells)), sentenceCells)
	}
	switch {
	case e.Flags&model.FlagGap != 0:
		return termsafe.Const("Here bytes of the source could not be read")
	case e.Reject():
		return termsafe.Const("This line is no event")
	}
	parts := []termsafe.Safe{
		part(e.Actor.Label(), termsafe.Const("Somebody without a name")), deeds[e.Result],
		part(e.Action, termsafe.Const("an action without a name")),
	}
	if !target.Empty() {
		parts = append(parts, termsafe.Const(" "), part(target, termsafe.Safe{}))
	}
	if !e.IP.Empty() {
		parts = append(parts, termsafe.Const(" from "), part(e.IP, termsafe.Safe{}))
	}
	return termsafe.Concat(parts...)
}
