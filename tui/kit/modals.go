package kit

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
)

// Modals are the open modals. The last one is on top and takes the keys.
type Modals []Modal

// Open puts a modal on top.
func (s *Modals) Open(m Modal) { *s = append(*s, m) }

// Close closes a modal, if it is open.
func (s *Modals) Close(m Modal) {
	*s = slices.DeleteFunc(slices.Clone(*s), func(open Modal) bool { return open == m })
}

// Leave closes all modals.
func (s *Modals) Leave() {
	for _, m := range *s {
		if running, ok := m.(Stopper); ok {
			running.Stop()
		}
	}
	*s = nil
}

// Top returns the modal that takes the keys, nil if none is open.
func (s Modals) Top() Modal {
	if len(s) == 0 {
		return nil
	}
	return s[len(s)-1]
}

// Keep passes a key or a paste to the modal on top if that keeps them, but never the key that closes it. It reports whether it did.
func (s Modals) Keep(c Command, msg tea.Msg) bool {
	k, keeps := s.Top().(Keeper)
	if keeps = keeps && c != CmdRestore; keeps {
		k.Keep(msg)
	}
	return keeps
}

// Press passes a key to the modal on top, and closes the modal if it is done. A move in a prompt moves in what is behind it.
func (s *Modals) Press(c Command, text string) Wish {
	last, top := len(*s)-1, s.Top()
	if _, own := top.(Mover); IsMove(c) && top.Scope() == InPrompt && !own {
		if last > 0 {
			wanted, _ := (*s)[last-1].Press(c, "")
			return wanted
		}
		return Wish{Move: c}
	}
	wanted, done := top.Press(c, text)
	if done {
		*s = append((*s)[:last:last], (*s)[last+1:]...)
	}
	return wanted
}

// Work starts the jobs of the modals.
func (s Modals) Work(ctx context.Context, sc *Scene) tea.Cmd {
	var cmds []tea.Cmd
	for _, m := range s {
		if w, ok := m.(Worker); ok {
			cmds = append(cmds, w.Work(ctx, sc))
		}
	}
	return tea.Batch(cmds...)
}

// Draw draws the modals over body or in bottom, the one on top last. It returns that one's cursor, nil for none.
func (s Modals) Draw(f *paint.Frame, body, bottom Rect) (cursor *tea.Cursor) {
	for _, m := range s {
		cursor = m.Draw(f, body, bottom)
	}
	return cursor
}
