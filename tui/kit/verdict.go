package kit

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// Verdict is what the result column shows of a row: a glyph, a word and a colour.
type Verdict struct {
	Glyph termsafe.Safe // one cell
	Word  termsafe.Safe // one of the words below
	Role  Role          // of both
}

// The words of the result column.
var (
	WordOK         = termsafe.Const("ok")
	WordFailed     = termsafe.Const("FAILED")
	WordPartial    = termsafe.Const("PARTIALLY_FAILED")
	WordInvalid    = termsafe.Const("INVALID")
	WordReject     = termsafe.Const("REJECT")
	WordSuspicious = termsafe.Const("SUSPECT")
	WordUnknown    = termsafe.Const("unknown")
)

// MessageRole returns the role of the error message of an event.
func MessageRole(e *model.Event) Role {
	switch e.Result {
	case model.Failed:
		return FailedText
	case model.PartiallyFailed:
		return partialText
	}
	return Muted
}
