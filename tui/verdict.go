package tui

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// verdict is what the result column shows of a row: a glyph, a word and a colour.
type verdict struct {
	glyph termsafe.Safe
	word  termsafe.Safe
	role  role
}

// The words of the result column, at most seven cells wide.
var (
	wordOK         = termsafe.Const("ok")
	wordFailed     = termsafe.Const("FAILED")
	wordPartial    = termsafe.Const("PARTIAL")
	wordInvalid    = termsafe.Const("INVALID")
	wordReject     = termsafe.Const("REJECT")
	wordSuspicious = termsafe.Const("SUSPECT")
	wordUnknown    = termsafe.Const("unknown")
)

// messageRole returns the role of the error message of an event.
func messageRole(e *model.Event) role {
	switch e.Result {
	case model.Failed:
		return failedText
	case model.PartiallyFailed:
		return partialText
	}
	return muted
}
