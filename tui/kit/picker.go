package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Choice is a line of a picker.
type Choice struct {
	Name, Does termsafe.Safe // does is empty if the name says it all
	Tells      termsafe.Safe // what is shown below the choices while the cursor is on this one; Does if empty
	Also       string        // other words by which it is found; may be empty
	Take       func() Wish   // called when it is chosen; not nil
	Stays      bool          // the picker stays open after it is chosen
}

// Picker is a modal to choose one of several choices; typing narrows them.
type Picker struct {
	Display *Display // not nil
	title   termsafe.Safe
	Choices []Choice      // all; whoever changes them calls Narrow
	Found   []int         // indexes of the choices that match what is typed
	Editor  Editor        // what is typed
	at, top int           // in found
	rows    int           // that fit
	Nothing termsafe.Safe // shown if no choice matches
	Invites termsafe.Safe // shown as long as nothing is typed
	typing  bool          // the text was changed after the cursor was moved

	Free func(text string) (Choice, bool) // makes a choice of the typed text, if it may be one that is not listed; may be nil
	free bool                             // the last choice is such a one
}

// NewPicker returns a picker of choices.
func NewPicker(disp *Display, title termsafe.Safe, choices []Choice) *Picker {
	p := &Picker{Display: disp, title: title, Choices: choices, rows: 1, Nothing: termsafe.Const("nothing matches"), Invites: termsafe.Const("type to search")}
	p.Narrow()
	return p
}

// Scope implements Modal.
func (p *Picker) Scope() Scope { return InPrompt }

// Moves implements Mover.
func (p *Picker) Moves() {}

// Mover is a modal with a text input and lines of its own: keys that move move in it, not in the list.
type Mover interface{ Moves() }

// Press implements Modal.
func (p *Picker) Press(c Command, text string) (a Wish, done bool) {
	switch c {
	case CmdRestore:
		return Wish{}, true
	case CmdKeep:
		if len(p.Found) == 0 {
			return Wish{}, false
		}
		chosen := p.Choices[p.Found[p.at]]
		return chosen.Take(), !chosen.Stays
	case CmdUp:
		p.MoveTo(p.at - 1)
		return Wish{}, false
	case CmdDown:
		p.MoveTo(p.at + 1)
		return Wish{}, false
	case CmdPageUp:
		p.MoveTo(p.at - max(1, p.rows-1))
		return Wish{}, false
	case CmdPageDown:
		p.MoveTo(p.at + max(1, p.rows-1))
		return Wish{}, false
	}
	changed, known := p.Editor.Edit(c)
	if !known && text != "" {
		a.Toast, changed = LeftOut(p.Editor.Insert(text)), true
	}
	if changed {
		p.Narrow()
		p.typing = true
	}
	return a, false
}

// MoveTo moves the cursor to a line of those found.
func (p *Picker) MoveTo(i int) {
	p.at, p.typing = max(0, min(i, len(p.Found)-1)), false
}

// Narrow finds the choices that contain all words of the text, in any case: first those whose own words do, at last one of the text
// itself.
func (p *Picker) Narrow() {
	p.Found, p.at = p.Found[:0], 0
	defer p.addFree()
	words := strings.Fields(strings.ToLower(p.Editor.Text))
	var also []int
	for i := range p.Choices {
		c := &p.Choices[i]
		switch own := c.Name.String() + " " + c.Does.String(); {
		case HoldsAll(own, words):
			p.Found = append(p.Found, i)
		case HoldsAll(own+" "+c.Also, words):
			also = append(also, i)
		}
	}
	p.Found = append(p.Found, also...)
}

// addFree adds the choice for the typed text, in place of the one for the text before.
func (p *Picker) addFree() {
	if p.free {
		p.Choices, p.free = p.Choices[:len(p.Choices)-1], false
	}
	text := strings.TrimSpace(p.Editor.Text)
	if p.Free == nil || text == "" {
		return
	}
	if c, ok := p.Free(text); ok {
		p.Choices, p.free = append(p.Choices, c), true
		p.Found = append(p.Found, len(p.Choices)-1)
	}
}

// At returns the index in Choices of the one under the cursor, -1 if there is none.
func (p *Picker) At() int {
	if p.at >= len(p.Found) {
		return -1
	}
	return p.Found[p.at]
}

// The sizes of a picker, in cells and lines.
const (
	pickerWidth = 84
	pickerNames = 38
	pickerRows  = 22
	pickerFoot  = 3
)

// Draw draws a box in the upper middle: the typed text and the choices that match it. The cursor of the terminal is where the last key
// took effect: in the text or on the chosen line.
func (p *Picker) Draw(f *paint.Frame, r, _ Rect) *tea.Cursor {
	if r.Empty() {
		return nil
	}
	disp, w := p.Display, min(r.W, pickerWidth)
	names, foot := p.nameWidth(w), p.footHeight(w)
	if r.H-3-foot < min(pickerFoot, len(p.Choices)) {
		foot = 0 // choices matter more
	}
	p.rows = max(0, min(r.H-3-foot, pickerRows, len(p.Choices)))
	p.at = max(0, min(p.at, len(p.Found)-1))
	p.top = max(0, min(p.top, p.at, len(p.Found)-p.rows))
	p.top = max(p.top, p.at-p.rows+1)
	x, y := r.X+(r.W-w)/2, r.Y+max(0, (r.H-p.rows-foot-3)/4)
	typed := disp.Line()
	typed.Add(disp.Style(Accent), termsafe.Const(" > "))
	text := disp.Own(p.Editor.Text[:p.Editor.At])
	column := typed.Width() + disp.Widther.Width(text)
	if p.Editor.Text == "" {
		typed.AddWidth(disp.Style(Muted), disp.Begin(p.Invites, w-typed.Width()), max(0, w-typed.Width()), paint.Left)
	} else {
		typed.AddWidth(disp.Style(Strong), disp.Own(p.Editor.Text), max(0, w-typed.Width()), paint.Left)
	}
	lines := []*paint.Line{typed}
	for i := range p.rows {
		lines = append(lines, p.row(p.top+i, w, names))
	}
	lines = append(lines, p.foot(w, foot)...)
	disp.DrawBox(f, r, Rect{X: x, Y: y, W: w}, p.title, disp.Part(p.at+1, p.top, p.rows, len(p.Found)), lines)
	if f.Select(x, y+2+p.at-p.top); !p.typing && p.rows > 0 {
		return nil
	}
	return tea.NewCursor(min(x+column, x+w-1), min(y+1, r.Y+r.H-1))
}

// nameWidth is the width of the names of a picker of w cells: of the longest one, within bounds. Names that say it all have the whole width.
func (p *Picker) nameWidth(w int) int {
	longest := 0
	for i := range p.Choices {
		if c := &p.Choices[i]; !c.Does.Empty() {
			longest = max(longest, p.Display.Widther.Width(c.Name))
		}
	}
	return min(longest, pickerNames, max(0, (w-3)*2/3))
}

// restWidth is the width that is left for what a choice does.
func restWidth(w, names int) int { return max(0, w-2-names-Gap-1) }

// tells returns what stands below the choices for one of them: nothing if its row says it all.
func (p *Picker) tells(c *Choice, w int) termsafe.Safe {
	if c.Tells.Empty() && p.Display.Widther.Width(c.Does) > restWidth(w, p.nameWidth(w)) {
		return c.Does
	}
	return c.Tells
}

// footHeight is how many lines below the choices are needed for the longest of what they tell. It does not depend on the cursor, so
// that nothing moves with it.
func (p *Picker) footHeight(w int) int {
	longest := 0
	for i := range p.Choices {
		longest = max(longest, p.Display.Widther.Width(p.tells(&p.Choices[i], w)))
	}
	if longest == 0 {
		return 0
	}
	return min(pickerFoot, 1+longest*5/4/max(1, w-2)) // words are not broken, so lines are not full
}

// foot draws what the choice under the cursor tells, on n lines below a rule of blanks.
func (p *Picker) foot(w, n int) []*paint.Line {
	if n == 0 {
		return nil
	}
	disp, out := p.Display, make([]*paint.Line, n)
	var text []termsafe.Safe
	if p.at < len(p.Found) {
		text = disp.Widther.Wrap(p.tells(&p.Choices[p.Found[p.at]], w), max(1, w-2))
	}
	for i := range out {
		out[i] = disp.Line()
		out[i].Fill(disp.Style(Plain), min(2, w))
		if i < len(text) {
			out[i].AddWidth(disp.Style(Muted), text[i], max(0, w-2), paint.Left)
		}
	}
	return out
}

// row draws choice i of those found.
func (p *Picker) row(i, w, names int) *paint.Line {
	disp, l, g := p.Display, p.Display.Line(), OnScreen
	if i >= len(p.Found) {
		if i == 0 {
			l.Fill(disp.Style(Plain), min(2, w))
			l.AddWidth(disp.Style(Muted), p.Nothing, max(0, w-l.Width()), paint.Left)
		}
		return l
	}
	sign := BlankCell
	if i == p.at {
		g, sign = OnCursor, disp.Glyphs.Cursor
	}
	c, style := &p.Choices[p.Found[i]], func(r Role) paint.Style { return disp.Theme.Style(r, g) }
	l.AddWidth(style(Bar), sign, min(2, w), paint.Left)
	if c.Does.Empty() {
		names = max(0, w-3)
	}
	l.AddWidth(style(Strong), disp.Widther.Truncate(c.Name, names), names, paint.Left)
	l.Fill(style(Plain), min(Gap, max(0, w-l.Width())))
	rest := max(0, w-l.Width()-1)
	l.AddWidth(style(Muted), disp.Begin(c.Does, rest), rest, paint.Left)
	l.Fill(style(Plain), max(0, w-l.Width()))
	return l
}

// HoldsAll reports whether a text contains all words, which are in lower case, in any case.
func HoldsAll(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
