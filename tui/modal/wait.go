package modal

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// waiting is a modal in the status line that waits for what another modal shows. It keeps what is typed for that one.
type waiting struct {
	display *kit.Display
	words   func() termsafe.Safe // what is waited for, and how far it is
	typed   []tea.Msg
}

// Scope implements kit.Modal.
func (*waiting) Scope() kit.Scope { return kit.InPrompt }

// Keep implements kit.Keeper.
func (m *waiting) Keep(msg tea.Msg) { m.typed = append(m.typed, msg) }

// Draw implements kit.Modal.
func (m *waiting) Draw(f *paint.Frame, _, bottom kit.Rect) *tea.Cursor {
	disp, l := m.display, m.display.Line()
	l.Fill(disp.Style(kit.Plain), 1)
	text := termsafe.Concat(m.words(), termsafe.Const("; esc stops waiting"))
	l.AddWidth(disp.Style(kit.Accent), disp.Widther.Truncate(text, max(1, bottom.W-2)), max(0, bottom.W-1), paint.Left)
	f.Put(bottom.X, bottom.Y, bottom.W, l)
	return nil
}

// viewsWait waits for the list of saved views.
type viewsWait struct {
	waiting
	loading *kit.Slot
}

func newViewsWait(disp *kit.Display, loading *kit.Slot) *viewsWait {
	words := func() termsafe.Safe { return termsafe.Const("loading the saved views") }
	return &viewsWait{waiting{display: disp, words: words}, loading}
}

// Press stops waiting at esc.
func (m *viewsWait) Press(c kit.Command, _ string) (kit.Wish, bool) {
	if c != kit.CmdRestore {
		return kit.Wish{}, false
	}
	m.Stop()
	return kit.Wish{}, true
}

// Stop implements kit.Stopper.
func (m *viewsWait) Stop() { m.loading.Stop() }

// RowsWait is a modal in the status line that waits until the rows of a log have been selected and the marks in them found, and then does
// what needs all of them: a file is evidence, so it must not hold what was found so far.
type RowsWait struct {
	waiting
	then    func() kit.Wish // called in Update
	found   func() bool     // all were found; called in Update
	pace    time.Duration   // between two looks at the progress; 0 takes none
	looking kit.Slot
	over    bool
}

// NewRowsWait returns a modal that fulfils the wish of then once found returns true. words says what is waited for, and is asked
// at that pace.
func NewRowsWait(disp *kit.Display, then func() kit.Wish, found func() bool, words func() termsafe.Safe, pace time.Duration) *RowsWait {
	return &RowsWait{waiting: waiting{display: disp, words: words}, then: then, found: found, pace: pace}
}

// Press stops waiting at esc.
func (m *RowsWait) Press(c kit.Command, _ string) (kit.Wish, bool) {
	if c != kit.CmdRestore {
		return kit.Wish{}, false
	}
	m.Stop()
	return kit.Wish{Toast: termsafe.Const("stopped waiting: nothing was written")}, true
}

// Stop implements kit.Stopper.
func (m *RowsWait) Stop() {
	m.over = true
	m.looking.Stop()
}

// allFound says that all were found.
type allFound struct{ kit.Notice }

// stillSought has the progress drawn again.
type stillSought struct{ kit.Job }

// Work implements kit.Worker.
func (m *RowsWait) Work(ctx context.Context, _ *kit.Scene) tea.Cmd {
	switch {
	case m.over:
		return nil
	case m.found():
		m.Stop()
		return kit.Safely(func() tea.Msg { return allFound{kit.Notice{Owner: m}} })
	case m.looking.Busy() || m.pace == 0:
		return nil
	}
	ctx, job := m.looking.Start(ctx, m)
	pace := m.pace
	return kit.Safely(func() tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pace):
			return stillSought{job}
		}
	})
}

// Take implements kit.Taker.
func (m *RowsWait) Take(msg tea.Msg) kit.Wish {
	if _, ok := msg.(allFound); !ok {
		return kit.Wish{}
	}
	w := m.then()
	w.Close, w.Pressed = m, m.typed
	return w
}
