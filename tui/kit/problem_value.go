package kit

import (
	"strings"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// ProblemValue is the value that a problem is about, with its secrets masked. The zero value is none.
type ProblemValue struct {
	text   string
	quoted bool // it is the text of a string, else JSON as written
}

// The limits of a value in the message of a problem.
const (
	problemValueCells = 40
	problemValueBytes = 400
)

// ProblemValueOf reads the value from the line of the problem, which is not masked, and masks it as m says. The line may be long, so
// call it in a job, not in Update.
func ProblemValueOf(p *model.Problem, line []byte, m Masking) ProblemValue {
	text, quoted := p.Value(line)
	if quoted {
		text = m.Text(p.Field.String(), text)
	} else {
		masked, _ := m.Line([]byte(text))
		text = string(masked)
	}
	return ProblemValue{strings.Clone(text[:min(len(text), problemValueBytes)]), quoted}
}

// Show returns the value with a colon behind it, to stand before the message; empty if there is none.
func (v ProblemValue) Show(ascii bool) termsafe.Safe {
	if v.text == "" && !v.quoted {
		return termsafe.Safe{}
	}
	text := termsafe.Clean(v.text, termsafe.Options{ASCII: ascii, MaxCells: problemValueCells})
	if v.quoted {
		text = termsafe.Concat(Quote, text, Quote)
	}
	return termsafe.Concat(text, termsafe.Const(": "))
}
