package kit

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Prompt is a modal in the status line that asks for a line of text.
type Prompt struct {
	Ask
	display *Display
	editor  Editor
	Err     error // why the text cannot be taken, until it is edited; nil if it can
}

// NewPrompt returns a prompt that begins with the text of a.
func NewPrompt(disp *Display, a Ask) *Prompt {
	p := &Prompt{Ask: a, display: disp}
	p.editor.Set(a.Text)
	return p
}

// Scope implements Modal.
func (p *Prompt) Scope() Scope { return InPrompt }

// Press implements Modal. Done and Given end the prompt, Live follows the text.
func (p *Prompt) Press(c Command, text string) (a Wish, done bool) {
	switch c {
	case CmdKeep:
		if a, p.Err = p.Done(p.editor.Text); p.Err != nil {
			return Wish{}, false
		}
		return a, true
	case CmdRestore:
		if p.Given != nil {
			p.Given()
		}
		return Wish{}, true
	}
	changed, known := p.editor.Edit(c)
	if !known && text != "" {
		a.Toast, changed = LeftOut(p.editor.Insert(text)), true
	}
	if !changed {
		return a, false
	}
	p.Err = nil
	if p.Live != nil {
		var more Wish
		if more, p.Err = p.Live(p.editor.Text); p.Err == nil && more.Toast.Empty() {
			more.Toast = a.Toast
		}
		return more, false
	}
	return a, false
}

// Draw implements Modal. It draws into bottom: the text, and at the right the error or the state.
func (p *Prompt) Draw(f *paint.Frame, _, bottom Rect) *tea.Cursor {
	disp := p.display
	l := disp.Line()
	l.Fill(disp.Style(Plain), 1)
	l.Add(disp.Style(Accent), p.Label)
	right, role := p.right()
	space := max(1, bottom.W-l.Width()-disp.Widther.Width(right)-3)
	x := p.text(l, space)
	for _, more := range []termsafe.Safe{p.Help, termsafe.Const("enter done  esc cancel")} {
		if rest := bottom.W - 1 - disp.Widther.Width(right) - l.Width(); rest > disp.Widther.Width(more)+2*Gap && p.Err == nil && !more.Empty() {
			l.Fill(disp.Style(Plain), Gap)
			l.Add(disp.Style(Muted), more)
		}
	}
	l.Fill(disp.Style(Plain), bottom.W-1-disp.Widther.Width(right)-l.Width())
	l.Add(disp.Style(role), right)
	f.Put(bottom.X, bottom.Y, bottom.W, l)
	return tea.NewCursor(min(bottom.X+x, bottom.X+bottom.W-1), bottom.Y)
}

// right returns the error, or else the state.
func (p *Prompt) right() (termsafe.Safe, Role) {
	if p.Err == nil {
		if p.State == nil {
			return termsafe.Safe{}, Muted
		}
		return p.State(), Muted
	}
	text := p.Err.Error()
	var syntax *query.SyntaxError
	if errors.As(p.Err, &syntax) {
		text = syntax.Msg
	}
	return p.display.Quoted(text), Failed
}

// text draws the part of the text around the cursor and returns the column of the cursor.
func (p *Prompt) text(l *paint.Line, space int) int {
	disp := p.display
	clean := func(s string) termsafe.Safe {
		return termsafe.Clean(s, termsafe.Options{ASCII: disp.Widther.ASCII, Drawing: true})
	}
	start := l.Width()
	at := disp.Widther.Width(clean(p.editor.Text[:p.editor.At]))
	from := max(0, at-space+1)
	l.Add(disp.Style(Strong), disp.Widther.Slice(clean(p.editor.Text), from, from+space))
	return start + at - from
}
