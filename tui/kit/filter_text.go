package kit

import (
	"slices"
	"strings"

	"pawprint/model/query"
)

// FilterText is a filter as the user set it: the typed text and the switches. Equal values are equal filters.
type FilterText struct {
	Text       string // in the query language; it may be invalid
	FailedOnly bool   // the switch of CmdFailedOnly
	HideReads  bool   // the switch of CmdHideReads
	Off        string // the terms of Text that are switched off, each with a line end behind it, as a term has none
}

// The expressions of the switches.
var (
	FailuresOnly = MustParse("is:failed")
	WithoutReads = MustParse("-is:read")
)

// MustParse parses a query of our own; it panics if that is invalid.
func MustParse(text string) query.Expr {
	e, err := query.Parse(text)
	if err != nil {
		panic("kit: " + err.Error())
	}
	return e
}

// Filter is a FilterText that has been parsed: once for each change, so that nobody parses it to draw it. Nothing changes it, so it may
// be copied and kept. The zero value has no conditions, and no expressions.
type Filter struct {
	FilterText
	Typed query.Expr // the text alone, with the terms that are switched off
	Expr  query.Expr // what the rows must match
	Chips []Chip     // the conditions: the switches, then the terms of the text in its order
	Shows query.View // the view whose columns go with the filter: the one that its first such condition names; zero for none
}

// NoFilter returns the filter without conditions.
func NoFilter() Filter { return Filter{Typed: query.Everything(), Expr: query.Everything()} }

// Chip is one condition of the filter.
type Chip struct {
	Text string     // the condition in the query language, as it prints; not masked
	Expr query.Expr // Text with the user's own views replaced by their queries
	Do   Command    // the command of its switch; NoCommand for a term of the text
	Off  bool       // switched off; never for a switch, whose chip is gone then
	View string     // the name of the saved view that asks for this; empty for none
	Uses bool       // Text names views of the user's own, which Expr replaces
	of   int        // how many chips of FilterText.Parse it stands for if it has a View
}

// Parse parses the text. The error is that of query.Parse.
func (f FilterText) Parse() (Filter, error) {
	e, err := query.Parse(f.Text)
	if err != nil {
		return Filter{}, err
	}
	out := Filter{FilterText: f, Typed: e}
	if f.FailedOnly {
		out.Chips = append(out.Chips, Chip{Text: FailuresOnly.String(), Expr: FailuresOnly, Do: CmdFailedOnly})
	}
	if f.HideReads {
		out.Chips = append(out.Chips, Chip{Text: WithoutReads.String(), Expr: WithoutReads, Do: CmdHideReads})
	}
	off := f.offTerms()
	for _, t := range query.Terms(e) {
		text := t.String()
		out.Chips = append(out.Chips, Chip{Text: text, Expr: t, Off: off[text]})
	}
	out.Expr = out.join(func(c *Chip) bool { return !c.Off })
	return out, nil
}

// ParseIn parses the text with the views of a library, so that rows can be found by it. The error is that of query.Library.Parse.
func (f FilterText) ParseIn(l *query.Library) (Filter, error) {
	if _, err := l.Parse(f.Text); err != nil {
		return Filter{}, err
	}
	out, err := f.Parse()
	if err != nil {
		return Filter{}, err
	}
	for i := range out.Chips {
		c := &out.Chips[i]
		if v, ok := l.ViewOf(c.Expr); ok && !c.Off && out.Shows.Name == "" {
			out.Shows = v
		}
		if c.Uses = query.NamesOwnViews(c.Expr); !c.Uses {
			continue
		}
		if v, ok := l.ViewOf(c.Expr); ok {
			c.View = v.Name
		}
		if c.Expr, err = l.Unfold(c.Expr); err != nil {
			return Filter{}, err
		}
	}
	out.Expr = out.join(func(c *Chip) bool { return !c.Off })
	return out, nil
}

// Named returns the filter with one chip for the conditions of a saved view, if they stand together in it. They stay as they are in the
// text.
func (f Filter) Named(v *SavedView) Filter {
	e, err := query.Parse(v.Query)
	terms := query.Terms(e)
	if err != nil || len(terms) == 0 {
		return f
	}
	for i := range f.Chips {
		if f.asks(i, terms) {
			chip := Chip{Text: e.String(), Expr: query.Everything(), Off: f.Chips[i].Off, View: v.Name, of: len(terms)}
			for _, c := range f.Chips[i : i+len(terms)] {
				chip.Expr, chip.Uses = query.And(chip.Expr, c.Expr), chip.Uses || c.Uses
			}
			f.Chips = slices.Concat(f.Chips[:i], []Chip{chip}, f.Chips[i+len(terms):])
			return f
		}
	}
	return f
}

// asks reports whether the chips from i on are these terms, all of them on or all off.
func (f *Filter) asks(i int, terms []query.Expr) bool {
	if i+len(terms) > len(f.Chips) {
		return false
	}
	for k, t := range terms {
		if c := &f.Chips[i+k]; c.Do != NoCommand || c.of > 0 || c.Text != t.String() || c.Off != f.Chips[i].Off {
			return false
		}
	}
	return true
}

// parts lists the chips of FilterText.Parse that chip i stands for, the last one first.
func (f *Filter) parts(i int) (out []int) {
	if i < 0 || i >= len(f.Chips) {
		return nil
	}
	from := 0
	for k := range i {
		from += max(f.Chips[k].of, 1)
	}
	for n := max(f.Chips[i].of, 1) - 1; n >= 0; n-- {
		out = append(out, from+n)
	}
	return out
}

// Without returns the filter without chip i. It returns the filter itself if there is no such chip.
func (f *Filter) Without(i int) FilterText {
	out := f.FilterText
	for _, k := range f.parts(i) {
		out = out.Without(k)
	}
	return out
}

// Toggled returns the filter with chip i switched off, or on again; see FilterText.Toggled.
func (f *Filter) Toggled(i int) FilterText {
	out := f.FilterText
	for _, k := range f.parts(i) {
		out = out.Toggled(k)
	}
	return out
}

// Editing returns the text of the filter for editing chip i; see FilterText.Editing. That of a view is edited where it stands.
func (f *Filter) Editing(i int) (text string, ok bool) {
	parts := f.parts(i)
	if len(parts) != 1 {
		return "", false
	}
	return f.FilterText.Editing(parts[0])
}

// join returns the chips that keep accepts, joined by and.
func (f *Filter) join(keep func(*Chip) bool) query.Expr {
	e := query.Everything()
	for i := range f.Chips {
		if keep(&f.Chips[i]) {
			e = query.And(e, f.Chips[i].Expr)
		}
	}
	return e
}

// Turned returns the query for the rows that would be shown if chip i were switched off, or on again.
func (f *Filter) Turned(i int) query.Expr {
	turned := &f.Chips[i]
	return f.join(func(c *Chip) bool { return (c == turned) == c.Off })
}

// Terms returns the active conditions of the text whose own text keep accepts, joined by and.
func (f *Filter) Terms(keep func(term string) bool) query.Expr {
	e := query.Everything()
	for i := range f.Chips {
		if c := &f.Chips[i]; c.Do == NoCommand && !c.Off {
			for _, t := range query.Terms(c.Expr) {
				if keep(t.String()) {
					e = query.And(e, t)
				}
			}
		}
	}
	return e
}

// AboutTime reports whether a term is a condition on the time.
func AboutTime(term string) bool {
	for _, name := range []string{"time", "timestamp", "since", "until", "on", "around"} {
		if rest, ok := strings.CutPrefix(term, name); ok && rest != "" && strings.Contains(":=<>", rest[:1]) {
			return true
		}
	}
	return false
}

func (f FilterText) offTerms() map[string]bool {
	off := map[string]bool{}
	for _, term := range strings.Split(f.Off, "\n") {
		off[term] = term != ""
	}
	return off
}

// WithText returns the filter with another text. It forgets switched-off terms that are not in that text.
func (f FilterText) WithText(text string) FilterText {
	f.Text = text
	if f.Off == "" {
		return f
	}
	p, err := f.Parse()
	if err != nil {
		return f
	}
	f.Off = ""
	for _, c := range p.Chips {
		if c.Off {
			f.Off += c.Text + "\n"
		}
	}
	return f
}

// With returns the filter narrowed by e. If e is a term that was switched off, it is switched on again. A condition that is the
// opposite of one in e gives way to it, as both together would find nothing.
func (f FilterText) With(e query.Expr) FilterText {
	for _, t := range query.Terms(e) {
		f = f.withoutTerm(query.Not(t))
	}
	text, err := query.Parse(f.Text)
	if err != nil {
		return f
	}
	off := f.offTerms()
	f.Off = ""
	for _, t := range query.Terms(e) {
		delete(off, t.String())
	}
	for _, t := range query.Terms(text) {
		if off[t.String()] {
			f.Off += t.String() + "\n"
		}
	}
	f.Text = query.And(text, e).String()
	return f
}

// withoutTerm returns the filter without a condition, be it a term of the text or a switch.
func (f FilterText) withoutTerm(term query.Expr) FilterText {
	p, err := f.Parse()
	if err != nil {
		return f
	}
	for i := len(p.Chips) - 1; i >= 0; i-- {
		if p.Chips[i].Text == term.String() {
			f = f.Without(i)
		}
	}
	return f
}

// Without returns the filter without chip i of its Chips. It returns the filter itself if there is no such chip.
func (f FilterText) Without(i int) FilterText {
	p, err := f.Parse()
	if err != nil || i < 0 || i >= len(p.Chips) {
		return f
	}
	if f, ok := f.Switched(p.Chips[i].Do); ok {
		return f
	}
	dropped := &p.Chips[i]
	return f.WithText(p.join(func(c *Chip) bool { return c != dropped && c.Do == NoCommand }).String())
}

// Switched returns the filter with a switch turned; ok is false if do is neither CmdFailedOnly nor CmdHideReads.
func (f FilterText) Switched(do Command) (_ FilterText, ok bool) {
	switch do {
	case CmdFailedOnly:
		f.FailedOnly = !f.FailedOnly
		if f.FailedOnly {
			f = f.withoutTerm(query.Not(FailuresOnly))
		}
	case CmdHideReads:
		f.HideReads = !f.HideReads
		if f.HideReads {
			f = f.withoutTerm(query.Not(WithoutReads))
		}
	default:
		return f, false
	}
	return f, true
}

// Toggled returns the filter with chip i of its Chips switched off, or on again. For a switch, off means that the chip is gone. It
// returns the filter itself if there is no such chip.
func (f FilterText) Toggled(i int) FilterText {
	p, err := f.Parse()
	if err != nil || i < 0 || i >= len(p.Chips) {
		return f
	}
	if f, ok := f.Switched(p.Chips[i].Do); ok {
		return f
	}
	f.Off = ""
	for k, c := range p.Chips {
		if c.Do == NoCommand && c.Off != (k == i) {
			f.Off += c.Text + "\n"
		}
	}
	return f
}

// Empty reports whether the filter has no condition.
func (f FilterText) Empty() bool {
	return strings.TrimSpace(f.Text) == "" && !f.FailedOnly && !f.HideReads
}

// Editing returns the text of the filter with chip i moved to its end for editing; ok is false if the chip is not part of the text.
func (f FilterText) Editing(i int) (text string, ok bool) {
	p, err := f.Parse()
	if err != nil || i < 0 || i >= len(p.Chips) || p.Chips[i].Do != NoCommand {
		return "", false
	}
	moved := &p.Chips[i]
	rest := p.join(func(c *Chip) bool { return c != moved && c.Do == NoCommand })
	return query.And(rest, moved.Expr).String(), true
}
