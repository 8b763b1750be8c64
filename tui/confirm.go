package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Question is a question that the user must answer before a source goes on loading.
type Question struct {
	About  string         // what it is about, such as a URL; untrusted
	Text   string         // what is about to happen, such as "12,000 objects, 3.1 GiB"; untrusted
	Answer func(yes bool) // called once, from any goroutine; it must not block
}

// questionArrived brings a question of a source.
type questionArrived struct{ question Question }

// waitForQuestion waits for the next question. Its message is nil if there will be none.
func waitForQuestion(ctx context.Context, questions <-chan Question) tea.Cmd {
	if questions == nil {
		return nil
	}
	return safely(func() tea.Msg {
		select {
		case q, ok := <-questions:
			if ok {
				return questionArrived{q}
			}
		case <-ctx.Done():
		}
		return nil
	})
}

// confirmation is a modal that asks whether to go on. It is shown over everything else.
type confirmation struct {
	display  *display
	question Question
}

func newConfirmation(disp *display, q Question) *confirmation {
	return &confirmation{display: disp, question: q}
}

func (c *confirmation) scope() scope { return inPrompt }

// press answers yes to enter and no to esc; other keys do nothing.
func (c *confirmation) press(cmd command, _ string) (wish, bool) {
	switch cmd {
	case cmdKeep:
		c.question.Answer(true)
		return wish{}, true
	case cmdRestore:
		c.question.Answer(false)
		return wish{toast: termsafe.Const("cancelled: nothing was downloaded")}, true
	}
	return wish{}, false
}

// confirmWidth is the width of the box, in cells.
const confirmWidth = 64

// draw draws a box in the upper middle.
func (c *confirmation) draw(f *paint.Frame, r, _ rect) *tea.Cursor {
	disp := c.display
	w := min(r.w, confirmWidth)
	x, y := r.x+(r.w-w)/2, r.y+max(0, (r.h-8)/3)
	clean := func(text string) termsafe.Safe {
		return termsafe.Clean(disp.masks("", text), disp.cleanOptions(4*confirmWidth))
	}
	lines := []*paint.Line{disp.line()}
	add := func(r role, text termsafe.Safe) {
		for _, row := range disp.widther.Wrap(text, max(1, w-4)) {
			l := disp.line()
			l.Fill(disp.style(plain), min(2, w))
			l.Add(disp.style(r), row)
			lines = append(lines, l)
		}
	}
	add(strong, clean(c.question.About))
	add(plain, clean(c.question.Text))
	lines = append(lines, disp.line())
	add(muted, termsafe.Const("enter downloads them, esc cancels"))
	disp.drawBox(f, r, rect{x: x, y: y, w: w}, termsafe.Const("Download"), lines)
	return nil
}
