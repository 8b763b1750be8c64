package filter

import (
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// Dated returns the text of a filter with full dates in place of times that depend on the cursor or on the end of the log, as far
// as env knows these. ok is false if nothing changes, or if a term is switched off.
func Dated(f *kit.Filter, env query.Env) (text string, ok bool) {
	if f.Off != "" {
		return "", false
	}
	text = query.Dated(f.Typed, env).String()
	return text, text != f.Typed.String()
}
