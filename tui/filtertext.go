package tui

import (
	"strings"

	"pawprint/model/query"
)

// filterText is a filter as the user set it: the typed text and the switches. Equal values are equal filters.
type filterText struct {
	text       string
	failedOnly bool
	hideReads  bool
	off        string // the terms of text that are switched off, one per line, as a term has no line ends
}

// The expressions of the switches.
var (
	failuresOnly = mustParse("is:failed")
	withoutReads = mustParse("-is:read")
)

// mustParse parses a query of our own; it panics if that is invalid.
func mustParse(text string) query.Expr {
	e, err := query.Parse(text)
	if err != nil {
		panic("tui: " + err.Error())
	}
	return e
}

// chip is one condition of the filter.
type chip struct {
	expr query.Expr
	do   command // the command of its switch; noCommand for a term of the text
	off  bool
}

// text returns the text of the condition.
func (c *chip) text() string { return c.expr.String() }

// chips lists the conditions: the switches, then the terms of the text in its order.
func (f filterText) chips() ([]chip, error) {
	e, err := query.Parse(f.text)
	if err != nil {
		return nil, err
	}
	var out []chip
	if f.failedOnly {
		out = append(out, chip{expr: failuresOnly, do: cmdFailedOnly})
	}
	if f.hideReads {
		out = append(out, chip{expr: withoutReads, do: cmdHideReads})
	}
	off := f.offTerms()
	for _, t := range query.Terms(e) {
		out = append(out, chip{expr: t, off: off[t.String()]})
	}
	return out, nil
}

func (f filterText) offTerms() map[string]bool {
	off := map[string]bool{}
	for _, term := range strings.Split(f.off, "\n") {
		off[term] = term != ""
	}
	return off
}

// expr returns the expression that the rows must match.
func (f filterText) expr() (query.Expr, error) {
	chips, err := f.chips()
	if err != nil {
		return nil, err
	}
	e := query.Everything()
	for _, c := range chips {
		if !c.off {
			e = query.And(e, c.expr)
		}
	}
	return e, nil
}

// withText returns the filter with another text. It forgets switched-off terms that are not in that text.
func (f filterText) withText(text string) filterText {
	f.text = text
	if f.off == "" {
		return f
	}
	chips, err := f.chips()
	if err != nil {
		return f
	}
	f.off = ""
	for _, c := range chips {
		if c.off {
			f.off += c.text() + "\n"
		}
	}
	return f
}

// with returns the filter narrowed by e. If e is a term that was switched off, it is switched on again. A condition that is the
// opposite of one in e gives way to it, as both together would find nothing.
func (f filterText) with(e query.Expr) filterText {
	for _, t := range query.Terms(e) {
		f = f.withoutTerm(query.Not(t))
	}
	text, err := query.Parse(f.text)
	if err != nil {
		return f
	}
	off := f.offTerms()
	f.off = ""
	for _, t := range query.Terms(e) {
		delete(off, t.String())
	}
	for _, t := range query.Terms(text) {
		if off[t.String()] {
			f.off += t.String() + "\n"
		}
	}
	f.text = query.And(text, e).String()
	return f
}

// withoutTerm returns the filter without a condition, be it a term of the text or a switch.
func (f filterText) withoutTerm(term query.Expr) filterText {
	chips, err := f.chips()
	if err != nil {
		return f
	}
	for i := len(chips) - 1; i >= 0; i-- {
		if chips[i].text() == term.String() {
			f = f.without(i)
		}
	}
	return f
}

// without returns the filter without a chip.
func (f filterText) without(i int) filterText {
	chips, err := f.chips()
	if err != nil || i < 0 || i >= len(chips) {
		return f
	}
	if f, ok := f.switched(chips[i].do); ok {
		return f
	}
	e := query.Everything()
	for k, c := range chips {
		if k != i && c.do == noCommand {
			e = query.And(e, c.expr)
		}
	}
	return f.withText(e.String())
}

// switched returns the filter with a switch turned; ok is false if do is not a switch.
func (f filterText) switched(do command) (_ filterText, ok bool) {
	switch do {
	case cmdFailedOnly:
		f.failedOnly = !f.failedOnly
		if f.failedOnly {
			f = f.withoutTerm(query.Not(failuresOnly))
		}
	case cmdHideReads:
		f.hideReads = !f.hideReads
		if f.hideReads {
			f = f.withoutTerm(query.Not(withoutReads))
		}
	default:
		return f, false
	}
	return f, true
}

// toggled returns the filter with a chip switched off, or on again. For a switch, off means that the chip is gone.
func (f filterText) toggled(i int) filterText {
	chips, err := f.chips()
	if err != nil || i < 0 || i >= len(chips) {
		return f
	}
	if f, ok := f.switched(chips[i].do); ok {
		return f
	}
	f.off = ""
	for k, c := range chips {
		if c.do == noCommand && c.off != (k == i) {
			f.off += c.text() + "\n"
		}
	}
	return f
}

// empty reports whether the filter has no condition.
func (f filterText) empty() bool {
	return strings.TrimSpace(f.text) == "" && !f.failedOnly && !f.hideReads
}

// editing returns the text of the filter with a chip moved to its end for editing; ok is false if the chip is not part of the
// text.
func (f filterText) editing(i int) (text string, ok bool) {
	chips, err := f.chips()
	if err != nil || i < 0 || i >= len(chips) || chips[i].do != noCommand {
		return "", false
	}
	rest := query.Everything()
	for k, c := range chips {
		if k != i && c.do == noCommand {
			rest = query.And(rest, c.expr)
		}
	}
	return query.And(rest, chips[i].expr).String(), true
}
