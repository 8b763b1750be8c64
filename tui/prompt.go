package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// prompt is a modal in the status line that asks for a line of text.
type prompt struct {
	ask
	display *display
	editor  editor
	err     error
}

func newPrompt(disp *display, a ask) *prompt {
	p := &prompt{ask: a, display: disp}
	p.editor.set(a.text)
	return p
}

func (p *prompt) scope() scope { return inPrompt }

func (p *prompt) press(c command, text string) (a wish, done bool) {
	switch c {
	case cmdKeep:
		if a, p.err = p.done(p.editor.text); p.err != nil {
			return wish{}, false
		}
		return a, true
	case cmdRestore:
		if p.given != nil {
			p.given()
		}
		return wish{}, true
	}
	changed, known := p.editor.edit(c)
	if !known && text != "" {
		a.toast, changed = leftOut(p.editor.insert(text)), true
	}
	if !changed {
		return a, false
	}
	p.err = nil
	if p.live != nil {
		var more wish
		if more, p.err = p.live(p.editor.text); p.err == nil && more.toast.Empty() {
			more.toast = a.toast
		}
		return more, false
	}
	return a, false
}

// draw draws the line with the error, if there is one.
func (p *prompt) draw(f *paint.Frame, _, bottom rect) *tea.Cursor {
	disp := p.display
	l := disp.line()
	l.Fill(disp.style(plain), 1)
	l.Add(disp.style(accent), p.label)
	right, role := p.right()
	space := max(1, bottom.w-l.Width()-disp.widther.Width(right)-3)
	x := p.text(l, space)
	if rest := bottom.w - 1 - disp.widther.Width(right) - l.Width(); rest > disp.widther.Width(p.help)+2*gap && p.err == nil {
		l.Fill(disp.style(plain), gap)
		l.Add(disp.style(muted), p.help)
	}
	l.Fill(disp.style(plain), bottom.w-1-disp.widther.Width(right)-l.Width())
	l.Add(disp.style(role), right)
	f.Put(bottom.x, bottom.y, bottom.w, l)
	return tea.NewCursor(min(bottom.x+x, bottom.x+bottom.w-1), bottom.y)
}

// right returns the error, or else the state.
func (p *prompt) right() (termsafe.Safe, role) {
	if p.err == nil {
		if p.state == nil {
			return termsafe.Safe{}, muted
		}
		return p.state(), muted
	}
	text := p.err.Error()
	var syntax *query.SyntaxError
	if errors.As(p.err, &syntax) {
		text = syntax.Msg
	}
	return p.display.quoted(text), failed
}

// text draws the part of the text around the cursor and returns the column of the cursor.
func (p *prompt) text(l *paint.Line, space int) int {
	disp := p.display
	clean := func(s string) termsafe.Safe {
		return termsafe.Clean(s, termsafe.Options{ASCII: disp.widther.ASCII, Drawing: true})
	}
	start := l.Width()
	at := disp.widther.Width(clean(p.editor.text[:p.editor.at]))
	from := max(0, at-space+1)
	l.Add(disp.style(strong), disp.widther.Slice(clean(p.editor.text), from, from+space))
	return start + at - from
}
