package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
)

// modals are the open modals. The last one is on top and takes the keys.
type modals []modal

// open puts a modal on top.
func (s *modals) open(m modal) { *s = append(*s, m) }

// close closes a modal, if it is open.
func (s *modals) close(m modal) {
	*s = slices.DeleteFunc(slices.Clone(*s), func(open modal) bool { return open == m })
}

// top returns the modal that takes the keys, nil if none is open.
func (s modals) top() modal {
	if len(s) == 0 {
		return nil
	}
	return s[len(s)-1]
}

// press passes a key to the modal on top, and closes the modal if it is done. A move in a prompt moves in the list behind it.
func (s *modals) press(c command, text string) wish {
	last, top := len(*s)-1, s.top()
	if _, own := top.(mover); isMove(c) && top.scope() == inPrompt && !own {
		return wish{move: c}
	}
	wanted, done := top.press(c, text)
	if done {
		*s = append((*s)[:last:last], (*s)[last+1:]...)
	}
	return wanted
}

// work starts the jobs of the modals.
func (s modals) work(ctx context.Context, sc *scene) tea.Cmd {
	var cmds []tea.Cmd
	for _, m := range s {
		if w, ok := m.(worker); ok {
			cmds = append(cmds, w.work(ctx, sc))
		}
	}
	return tea.Batch(cmds...)
}

// draw draws the modals over body or in bottom, the one on top last. It returns that one's cursor, nil for none.
func (s modals) draw(f *paint.Frame, body, bottom rect) (cursor *tea.Cursor) {
	for _, m := range s {
		cursor = m.draw(f, body, bottom)
	}
	return cursor
}
