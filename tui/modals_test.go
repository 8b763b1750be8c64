package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
)

// fakeModal is closed by a command.
type fakeModal struct {
	in      scope
	closes  command
	pressed []command
	cursor  *tea.Cursor
}

func (m *fakeModal) scope() scope { return m.in }

func (m *fakeModal) press(c command, _ string) (wish, bool) {
	m.pressed = append(m.pressed, c)
	return wish{do: c}, c == m.closes
}

func (m *fakeModal) draw(*paint.Frame, rect, rect) *tea.Cursor { return m.cursor }

func TestTheModalOnTopTakesTheKeys(t *testing.T) {
	below, above := &fakeModal{in: inMenu, closes: cmdBack}, &fakeModal{in: inMenu, closes: cmdBack}
	var s modals
	s.open(below)
	s.open(above)
	if w := s.press(cmdBack, ""); w.do != cmdBack || s.top() != below {
		t.Errorf("a modal that is done gives the wish %+v and leaves %d, want its own wish and the modal below", w, len(s))
	}
	if len(above.pressed) != 1 || len(below.pressed) != 0 {
		t.Errorf("the modal on top got %v, the one below %v", above.pressed, below.pressed)
	}
	s.open(above)
	s.close(below)
	if len(s) != 1 || s.top() != above {
		t.Errorf("closing the one below leaves %d modals", len(s))
	}
	if s.close(below); len(s) != 1 {
		t.Error("a modal that is not open was closed")
	}
	if s.close(above); s.top() != nil {
		t.Error("the last modal was not closed")
	}
}

func TestMovesInAPromptMoveInTheList(t *testing.T) {
	prompt := &fakeModal{in: inPrompt}
	s := modals{prompt}
	if w := s.press(cmdDown, ""); w.move != cmdDown || len(prompt.pressed) != 0 {
		t.Errorf("a move gives the wish %+v, and the prompt got %v", w, prompt.pressed)
	}
}

func TestTheModalOnTopHasTheCursor(t *testing.T) {
	cursor := tea.NewCursor(1, 2)
	if c := (modals{&fakeModal{}, &fakeModal{cursor: cursor}}).draw(nil, rect{}, rect{}); c != cursor {
		t.Errorf("the cursor is %v, want that of the modal on top", c)
	}
	if c := (modals{&fakeModal{cursor: cursor}, &fakeModal{}}).draw(nil, rect{}, rect{}); c != nil {
		t.Errorf("the cursor is %v, want none", c)
	}
}
