package modal

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Question is a question that the user must answer before a source goes on loading.
type Question struct {
	About  string         // what it is about, such as a URL; untrusted
	Text   string         // what is about to happen, such as "12,000 objects, 3.1 GiB"; untrusted
	Asks   bool           // the question is about a query to a database, not about a download
	Answer func(yes bool) // called once, from any goroutine; it must not block
}

// QuestionArrived brings a question of a source.
type QuestionArrived struct {
	Question Question // answered by a Confirmation
}

// WaitForQuestion waits for the next question. Its message is nil if there will be none.
func WaitForQuestion(ctx context.Context, questions <-chan Question) tea.Cmd {
	if questions == nil {
		return nil
	}
	return kit.Safely(func() tea.Msg {
		select {
		case q, ok := <-questions:
			if ok {
				return QuestionArrived{q}
			}
		case <-ctx.Done():
		}
		return nil
	})
}

// Confirmation is a modal that asks whether to go on. It is shown over everything else.
type Confirmation struct {
	display  *kit.Display
	question Question
}

// NewConfirmation returns a modal that answers q once.
func NewConfirmation(disp *kit.Display, q Question) *Confirmation {
	return &Confirmation{display: disp, question: q}
}

// Scope implements kit.Modal.
func (c *Confirmation) Scope() kit.Scope { return kit.InPrompt }

// Hints implements kit.Hinting.
func (c *Confirmation) Hints() []kit.Hint {
	return []kit.Hint{kit.Does(c.words().does, kit.CmdKeep), kit.Does("cancel", kit.CmdRestore)}
}

// Press answers yes to enter and no to esc; other keys do nothing.
func (c *Confirmation) Press(cmd kit.Command, _ string) (kit.Wish, bool) {
	switch cmd {
	case kit.CmdKeep:
		c.question.Answer(true)
		return kit.Wish{}, true
	case kit.CmdRestore:
		c.question.Answer(false)
		return kit.Wish{Toast: c.words().declined}, true
	}
	return kit.Wish{}, false
}

// confirmWords are the words around a question.
type confirmWords struct {
	does                  string // what enter does
	title, keys, declined termsafe.Safe
}

func (c *Confirmation) words() confirmWords {
	if c.question.Asks {
		return confirmWords{"ask", termsafe.Const("Ask the database"), termsafe.Const("enter asks, esc cancels"), termsafe.Const("cancelled: nothing was asked")}
	}
	return confirmWords{"download", termsafe.Const("Download"), termsafe.Const("enter downloads them, esc cancels"), termsafe.Const("cancelled: nothing was downloaded")}
}

// confirmWidth is the width of the box, in cells.
const confirmWidth = 64

// Draw draws a box in the upper middle.
func (c *Confirmation) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	disp := c.display
	w := min(r.W, confirmWidth)
	x, y := r.X+(r.W-w)/2, r.Y+max(0, (r.H-8)/3)
	clean := func(text string) termsafe.Safe {
		return termsafe.Clean(disp.Masks("", text), disp.CleanOptions(4*confirmWidth))
	}
	lines := []*paint.Line{disp.Line()}
	add := func(r kit.Role, text termsafe.Safe) {
		for _, row := range disp.Widther.Wrap(text, max(1, w-4)) {
			l := disp.Line()
			l.Fill(disp.Style(kit.Plain), min(2, w))
			l.Add(disp.Style(r), row)
			lines = append(lines, l)
		}
	}
	add(kit.Strong, clean(c.question.About))
	add(kit.Plain, clean(c.question.Text))
	lines = append(lines, disp.Line())
	add(kit.Muted, c.words().keys)
	disp.DrawBox(f, r, kit.Rect{X: x, Y: y, W: w}, c.words().title, termsafe.Safe{}, lines)
	f.Select(x, y+2)
	return nil
}
