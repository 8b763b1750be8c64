package modal

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// choice is a line of a picker.
type choice struct {
	name, does termsafe.Safe
	also       string          // other words by which it is found
	take       func() kit.Wish // called when it is chosen
	stays      bool            // the picker stays open after it is chosen
}

// Picker is a modal to choose one of several choices; typing narrows them.
type Picker struct {
	display *kit.Display
	title   termsafe.Safe
	choices []choice
	found   []int // indexes in choices
	editor  kit.Editor
	at, top int           // in found
	rows    int           // that fit
	nothing termsafe.Safe // shown if no choice matches
	typing  bool          // the text was changed after the cursor was moved
}

func newPicker(disp *kit.Display, title termsafe.Safe, choices []choice) *Picker {
	p := &Picker{display: disp, title: title, choices: choices, rows: 1, nothing: termsafe.Const("nothing matches")}
	p.narrow()
	return p
}

// Scope implements kit.Modal.
func (p *Picker) Scope() kit.Scope { return kit.InPrompt }

// moves implements mover.
func (p *Picker) moves() {}

// mover is a modal with a text input and lines of its own: keys that move move in it, not in the list.
type mover interface{ moves() }

// Press implements kit.Modal.
func (p *Picker) Press(c kit.Command, text string) (a kit.Wish, done bool) {
	switch c {
	case kit.CmdRestore:
		return kit.Wish{}, true
	case kit.CmdKeep:
		if len(p.found) == 0 {
			return kit.Wish{}, false
		}
		chosen := p.choices[p.found[p.at]]
		return chosen.take(), !chosen.stays
	case kit.CmdUp:
		p.moveTo(p.at - 1)
		return kit.Wish{}, false
	case kit.CmdDown:
		p.moveTo(p.at + 1)
		return kit.Wish{}, false
	case kit.CmdPageUp:
		p.moveTo(p.at - max(1, p.rows-1))
		return kit.Wish{}, false
	case kit.CmdPageDown:
		p.moveTo(p.at + max(1, p.rows-1))
		return kit.Wish{}, false
	}
	changed, known := p.editor.Edit(c)
	if !known && text != "" {
		a.Toast, changed = kit.LeftOut(p.editor.Insert(text)), true
	}
	if changed {
		p.narrow()
		p.typing = true
	}
	return a, false
}

func (p *Picker) moveTo(i int) {
	p.at, p.typing = max(0, min(i, len(p.found)-1)), false
}

// narrow finds the choices that contain all words of the text, in any case: first those whose own words do.
func (p *Picker) narrow() {
	p.found, p.at = p.found[:0], 0
	words := strings.Fields(strings.ToLower(p.editor.Text))
	var also []int
	for i := range p.choices {
		c := &p.choices[i]
		switch own := c.name.String() + " " + c.does.String(); {
		case holdsAll(own, words):
			p.found = append(p.found, i)
		case holdsAll(own+" "+c.also, words):
			also = append(also, i)
		}
	}
	p.found = append(p.found, also...)
}

// The sizes of a picker, in cells and lines.
const (
	pickerWidth = 84
	pickerNames = 38
	pickerRows  = 22
)

// Draw draws a box in the upper middle: the typed text and the choices that match it. The cursor of the terminal is where the last key
// took effect: in the text or on the chosen line.
func (p *Picker) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	if r.Empty() {
		return nil
	}
	disp, w := p.display, min(r.W, pickerWidth)
	p.rows = max(0, min(r.H-3, pickerRows, len(p.choices)))
	p.at = max(0, min(p.at, len(p.found)-1))
	p.top = max(0, min(p.top, p.at, len(p.found)-p.rows))
	p.top = max(p.top, p.at-p.rows+1)
	x, y := r.X+(r.W-w)/2, r.Y+max(0, (r.H-p.rows-3)/4)
	typed := disp.Line()
	typed.Add(disp.Style(kit.Accent), termsafe.Const(" > "))
	text := disp.Own(p.editor.Text[:p.editor.At])
	column := typed.Width() + disp.Widther.Width(text)
	typed.AddWidth(disp.Style(kit.Strong), disp.Own(p.editor.Text), max(0, w-typed.Width()), paint.Left)
	lines := []*paint.Line{typed}
	for i := range p.rows {
		lines = append(lines, p.row(p.top+i, w))
	}
	disp.DrawBox(f, r, kit.Rect{X: x, Y: y, W: w}, p.title, disp.Part(p.at+1, p.top, p.rows, len(p.found)), lines)
	if f.Select(x, y+2+p.at-p.top); !p.typing && p.rows > 0 {
		return nil
	}
	return tea.NewCursor(min(x+column, x+w-1), min(y+1, r.Y+r.H-1))
}

// row draws choice i of those found.
func (p *Picker) row(i, w int) *paint.Line {
	disp, l, g := p.display, p.display.Line(), kit.OnScreen
	if i >= len(p.found) {
		if i == 0 {
			l.Fill(disp.Style(kit.Plain), min(2, w))
			l.AddWidth(disp.Style(kit.Muted), p.nothing, max(0, w-l.Width()), paint.Left)
		}
		return l
	}
	sign := kit.BlankCell
	if i == p.at {
		g, sign = kit.OnCursor, disp.Glyphs.Cursor
	}
	c, style := &p.choices[p.found[i]], func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	l.AddWidth(style(kit.Bar), sign, min(2, w), paint.Left)
	names := min(pickerNames, max(0, w-3))
	if c.does.Empty() {
		names = max(0, w-3)
	}
	l.AddWidth(style(kit.Strong), disp.Widther.Truncate(c.name, names), names, paint.Left)
	l.Fill(style(kit.Plain), min(kit.Gap, max(0, w-l.Width())))
	rest := max(0, w-l.Width()-1)
	l.AddWidth(style(kit.Muted), disp.Widther.Truncate(c.does, rest), rest, paint.Left)
	l.Fill(style(kit.Plain), max(0, w-l.Width()))
	return l
}
