package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// choice is a line of a picker.
type choice struct {
	name, does termsafe.Safe
	take       func() wish // called when it is chosen
	stays      bool        // the picker stays open after it is chosen
}

// picker is a modal to choose one of several choices; typing narrows them.
type picker struct {
	display *display
	title   termsafe.Safe
	choices []choice
	found   []int // indexes in choices
	editor  editor
	at, top int // in found
	rows    int // that fit
}

func newPicker(disp *display, title termsafe.Safe, choices []choice) *picker {
	p := &picker{display: disp, title: title, choices: choices, rows: 1}
	p.narrow()
	return p
}

func (p *picker) scope() scope { return inPrompt }

// moves implements mover.
func (p *picker) moves() {}

// mover is a modal with a text input and lines of its own: keys that move move in it, not in the list.
type mover interface{ moves() }

func (p *picker) press(c command, text string) (a wish, done bool) {
	switch c {
	case cmdRestore:
		return wish{}, true
	case cmdKeep:
		if len(p.found) == 0 {
			return wish{}, false
		}
		chosen := p.choices[p.found[p.at]]
		return chosen.take(), !chosen.stays
	case cmdUp:
		p.moveTo(p.at - 1)
		return wish{}, false
	case cmdDown:
		p.moveTo(p.at + 1)
		return wish{}, false
	case cmdPageUp:
		p.moveTo(p.at - max(1, p.rows-1))
		return wish{}, false
	case cmdPageDown:
		p.moveTo(p.at + max(1, p.rows-1))
		return wish{}, false
	}
	changed, known := p.editor.edit(c)
	if !known && text != "" {
		a.toast, changed = leftOut(p.editor.insert(text)), true
	}
	if changed {
		p.narrow()
	}
	return a, false
}

func (p *picker) moveTo(i int) { p.at = max(0, min(i, len(p.found)-1)) }

// narrow finds the choices that contain all words of the text, in any case.
func (p *picker) narrow() {
	p.found, p.at = p.found[:0], 0
	words := strings.Fields(strings.ToLower(p.editor.text))
next:
	for i := range p.choices {
		all := strings.ToLower(p.choices[i].name.String() + " " + p.choices[i].does.String())
		for _, w := range words {
			if !strings.Contains(all, w) {
				continue next
			}
		}
		p.found = append(p.found, i)
	}
}

// The sizes of a picker, in cells and lines.
const (
	pickerWidth = 84
	pickerNames = 38
	pickerRows  = 22
)

// draw draws a box in the upper middle: the typed text and the choices that match it.
func (p *picker) draw(f *paint.Frame, r, _ rect) *tea.Cursor {
	if r.empty() {
		return nil
	}
	disp, w := p.display, min(r.w, pickerWidth)
	p.rows = max(0, min(r.h-3, pickerRows, len(p.choices)))
	p.moveTo(p.at)
	p.top = max(0, min(p.top, p.at, len(p.found)-p.rows))
	p.top = max(p.top, p.at-p.rows+1)
	x, y := r.x+(r.w-w)/2, r.y+max(0, (r.h-p.rows-3)/4)
	typed := disp.line()
	typed.Add(disp.style(accent), termsafe.Const(" > "))
	text := disp.own(p.editor.text[:p.editor.at])
	column := typed.Width() + disp.widther.Width(text)
	typed.AddWidth(disp.style(strong), disp.own(p.editor.text), max(0, w-typed.Width()), paint.Left)
	lines := []*paint.Line{typed}
	for i := range p.rows {
		lines = append(lines, p.row(p.top+i, w))
	}
	disp.drawBox(f, r, rect{x: x, y: y, w: w}, p.title, lines)
	return tea.NewCursor(min(x+column, x+w-1), min(y+1, r.y+r.h-1))
}

// row draws choice i of those found.
func (p *picker) row(i, w int) *paint.Line {
	disp, l, g := p.display, p.display.line(), onScreen
	if i >= len(p.found) {
		return l
	}
	sign := blankCell
	if i == p.at {
		g, sign = onCursor, disp.glyphs.cursor
	}
	c, style := &p.choices[p.found[i]], func(r role) paint.Style { return disp.theme.style(r, g) }
	l.AddWidth(style(bar), sign, min(2, w), paint.Left)
	names := min(pickerNames, max(0, w-3))
	if c.does.Empty() {
		names = max(0, w-3)
	}
	l.AddWidth(style(strong), disp.widther.Truncate(c.name, names), names, paint.Left)
	l.Fill(style(plain), min(gap, max(0, w-l.Width())))
	rest := max(0, w-l.Width()-1)
	l.AddWidth(style(muted), disp.widther.Truncate(c.does, rest), rest, paint.Left)
	l.Fill(style(plain), max(0, w-l.Width()))
	return l
}
