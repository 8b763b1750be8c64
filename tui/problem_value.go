package tui

import (
	"strings"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// problemValue is the value that a problem is about, with its secrets masked. The zero value is none.
type problemValue struct {
	text   string
	quoted bool // it is the text of a string, else JSON as written
}

// The limits of a value in the message of a problem.
const (
	problemValueCells = 40
	problemValueBytes = 400
)

// problemValueOf reads the value from the line of the problem, which is not masked. The line may be long, so it does not run in Update.
func problemValueOf(p *model.Problem, line []byte, m masking) problemValue {
	text, quoted := p.Value(line)
	if quoted {
		text = m.text(p.Field.String(), text)
	} else {
		masked, _ := m.line([]byte(text))
		text = string(masked)
	}
	return problemValue{strings.Clone(text[:min(len(text), problemValueBytes)]), quoted}
}

// show returns the value with a colon behind it, to stand before the message; empty if there is none.
func (v problemValue) show(ascii bool) termsafe.Safe {
	if v.text == "" && !v.quoted {
		return termsafe.Safe{}
	}
	text := termsafe.Clean(v.text, termsafe.Options{ASCII: ascii, MaxCells: problemValueCells})
	if v.quoted {
		text = termsafe.Concat(quote, text, quote)
	}
	return termsafe.Concat(text, termsafe.Const(": "))
}
