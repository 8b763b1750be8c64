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

// filter is a filterText that has been parsed: once for each change, so that nobody parses it to draw it. Nothing changes it, so it may
// be copied and kept. The zero value has no conditions, and no expressions.
type filter struct {
	filterText
	typed query.Expr // the text alone, with the terms that are switched off
	expr  query.Expr // what the rows must match
	chips []chip     // the conditions: the switches, then the terms of the text in its order
}

// noFilter returns the filter without conditions.
func noFilter() filter { return filter{typed: query.Everything(), expr: query.Everything()} }

// chip is one condition of the filter.
type chip struct {
	text string // of the condition
	expr query.Expr
	do   command // the command of its switch; noCommand for a term of the text
	off  bool
}

// parse parses the text. The error is that of the query language.
func (f filterText) parse() (filter, error) {
	e, err := query.Parse(f.text)
	if err != nil {
		return filter{}, err
	}
	out := filter{filterText: f, typed: e}
	if f.failedOnly {
		out.chips = append(out.chips, chip{text: failuresOnly.String(), expr: failuresOnly, do: cmdFailedOnly})
	}
	if f.hideReads {
		out.chips = append(out.chips, chip{text: withoutReads.String(), expr: withoutReads, do: cmdHideReads})
	}
	off := f.offTerms()
	for _, t := range query.Terms(e) {
		text := t.String()
		out.chips = append(out.chips, chip{text: text, expr: t, off: off[text]})
	}
	out.expr = out.join(func(c *chip) bool { return !c.off })
	return out, nil
}

// join returns the chips that keep accepts, joined by and.
func (f *filter) join(keep func(*chip) bool) query.Expr {
	e := query.Everything()
	for i := range f.chips {
		if keep(&f.chips[i]) {
			e = query.And(e, f.chips[i].expr)
		}
	}
	return e
}

// terms returns the active conditions of the text whose own text keep accepts, joined by and.
func (f *filter) terms(keep func(term string) bool) query.Expr {
	return f.join(func(c *chip) bool { return c.do == noCommand && !c.off && keep(c.text) })
}

// aboutTime reports whether a term is a condition on the time.
func aboutTime(term string) bool {
	for _, name := range []string{"time", "timestamp", "since", "until", "on", "around"} {
		if rest, ok := strings.CutPrefix(term, name); ok && rest != "" && strings.Contains(":=<>", rest[:1]) {
			return true
		}
	}
	return false
}

func (f filterText) offTerms() map[string]bool {
	off := map[string]bool{}
	for _, term := range strings.Split(f.off, "\n") {
		off[term] = term != ""
	}
	return off
}

// withText returns the filter with another text. It forgets switched-off terms that are not in that text.
func (f filterText) withText(text string) filterText {
	f.text = text
	if f.off == "" {
		return f
	}
	p, err := f.parse()
	if err != nil {
		return f
	}
	f.off = ""
	for _, c := range p.chips {
		if c.off {
			f.off += c.text + "\n"
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
	p, err := f.parse()
	if err != nil {
		return f
	}
	for i := len(p.chips) - 1; i >= 0; i-- {
		if p.chips[i].text == term.String() {
			f = f.without(i)
		}
	}
	return f
}

// without returns the filter without a chip.
func (f filterText) without(i int) filterText {
	p, err := f.parse()
	if err != nil || i < 0 || i >= len(p.chips) {
		return f
	}
	if f, ok := f.switched(p.chips[i].do); ok {
		return f
	}
	dropped := &p.chips[i]
	return f.withText(p.join(func(c *chip) bool { return c != dropped && c.do == noCommand }).String())
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
	p, err := f.parse()
	if err != nil || i < 0 || i >= len(p.chips) {
		return f
	}
	if f, ok := f.switched(p.chips[i].do); ok {
		return f
	}
	f.off = ""
	for k, c := range p.chips {
		if c.do == noCommand && c.off != (k == i) {
			f.off += c.text + "\n"
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
	p, err := f.parse()
	if err != nil || i < 0 || i >= len(p.chips) || p.chips[i].do != noCommand {
		return "", false
	}
	moved := &p.chips[i]
	rest := p.join(func(c *chip) bool { return c != moved && c.do == noCommand })
	return query.And(rest, moved.expr).String(), true
}
