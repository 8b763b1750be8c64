package tui

import "pawprint/model/query"

// dated returns the text of a filter with full dates in place of times that depend on the cursor or on the end of the log, as far as
// env knows these. ok is false if nothing changes, or if a term is switched off.
func dated(f *filter, env query.Env) (text string, ok bool) {
	if f.off != "" {
		return "", false
	}
	text = query.Dated(f.typed, env).String()
	return text, text != f.typed.String()
}
