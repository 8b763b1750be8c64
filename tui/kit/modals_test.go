package kit

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
)

// fakeModal is closed by a command.
type fakeModal struct {
	in      Scope
	closes  Command
	pressed []Command
	cursor  *tea.Cursor
}

func (m *fakeModal) Scope() Scope { return m.in }

func (m *fakeModal) Press(c Command, _ string) (Wish, bool) {
	m.pressed = append(m.pressed, c)
	return Wish{Do: c}, c == m.closes
}

func (m *fakeModal) Draw(*paint.Frame, Rect, Rect) *tea.Cursor { return m.cursor }

func TestTheModalOnTopTakesTheKeys(t *testing.T) {
	below, above := &fakeModal{in: InMenu, closes: CmdBack}, &fakeModal{in: InMenu, closes: CmdBack}
	var s Modals
	s.Open(below)
	s.Open(above)
	if w := s.Press(CmdBack, ""); w.Do != CmdBack || s.Top() != below {
		t.Errorf("a modal that is done gives the wish %+v and leaves %d, want its own wish and the modal below", w, len(s))
	}
	if len(above.pressed) != 1 || len(below.pressed) != 0 {
		t.Errorf("the modal on top got %v, the one below %v", above.pressed, below.pressed)
	}
	s.Open(above)
	s.Close(below)
	if len(s) != 1 || s.Top() != above {
		t.Errorf("closing the one below leaves %d modals", len(s))
	}
	if s.Close(below); len(s) != 1 {
		t.Error("a modal that is not open was closed")
	}
	if s.Close(above); s.Top() != nil {
		t.Error("the last modal was not closed")
	}
}

func TestMovesInAPromptMoveInTheList(t *testing.T) {
	prompt := &fakeModal{in: InPrompt}
	s := Modals{prompt}
	if w := s.Press(CmdDown, ""); w.Move != CmdDown || len(prompt.pressed) != 0 {
		t.Errorf("a move gives the wish %+v, and the prompt got %v", w, prompt.pressed)
	}
}

func TestTheModalOnTopHasTheCursor(t *testing.T) {
	cursor := tea.NewCursor(1, 2)
	if c := (Modals{&fakeModal{}, &fakeModal{cursor: cursor}}).Draw(nil, Rect{}, Rect{}); c != cursor {
		t.Errorf("the cursor is %v, want that of the modal on top", c)
	}
	if c := (Modals{&fakeModal{cursor: cursor}, &fakeModal{}}).Draw(nil, Rect{}, Rect{}); c != nil {
		t.Errorf("the cursor is %v, want none", c)
	}
}
