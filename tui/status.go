package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// statusLine shows the most useful keys, or a message, and where the cursor is.
type statusLine struct {
	display *display
	keys    *keymap
	toast   termsafe.Safe // a message, until the next key
}

// statusState is what the status line shows.
type statusState struct {
	listStatus
	scope  scope
	part   bool          // the rows are the end of a log that is still being loaded
	unread termsafe.Safe // rows that could not be searched
}

func (s *statusLine) draw(f *paint.Frame, r rect, state statusState) {
	disp, l := s.display, s.display.line()
	right := s.right(state)
	l.Fill(disp.style(plain), 1)
	space := r.w - 2 - right.Width() - gap
	if state.busy.Empty() && disp.widther.Width(s.toast) > space { // a message that is shown once matters more than the place, which is always there
		right = disp.line()
		space = r.w - 2
	}
	switch {
	case !state.busy.Empty():
		l.AddWidth(disp.style(accent), termsafe.Concat(state.busy, disp.own(" …  esc stops")), max(space, 0), paint.Left)
	case !s.toast.Empty():
		l.AddWidth(disp.style(accent), s.toast, max(space, 0), paint.Left)
	case !state.note.Empty():
		l.AddWidth(disp.style(hit), state.note, max(space, 0), paint.Left)
	case !state.unread.Empty():
		l.AddWidth(disp.style(invalid), state.unread, max(space, 0), paint.Left)
	default:
		s.hints(l, state.scope, space)
	}
	l.Fill(disp.style(plain), r.w-1-right.Width()-l.Width())
	l.AddLine(right)
	f.Put(r.x, r.y, r.w, l)
}

// hints draws the hints for keys that fit.
func (s *statusLine) hints(l *paint.Line, in scope, space int) {
	disp := s.display
	for i, h := range s.keys.hints(in) {
		name, does := disp.keyName(h), disp.own(h.Desc)
		width := disp.widther.Width(name) + 1 + disp.widther.Width(does)
		if i > 0 {
			width += gap
		}
		if l.Width()-1+width > space {
			return
		}
		if i > 0 {
			l.Fill(disp.style(plain), gap)
		}
		l.Add(disp.style(strong), name)
		l.Fill(disp.style(plain), 1)
		l.Add(disp.style(muted), does)
	}
}

// right draws the right side: the place of the cursor, and whether the list follows its end.
func (s *statusLine) right(state statusState) *paint.Line {
	disp, l := s.display, s.display.line()
	switch {
	case state.follow == following:
		l.Add(disp.style(live), termsafe.Concat(disp.glyphs.live, termsafe.Const(" following")))
		l.Fill(disp.style(plain), gap)
	case state.follow == followPaused:
		l.Add(disp.style(partial), termsafe.Concat(disp.glyphs.paused, termsafe.Const(" +"), termsafe.Int(int64(state.fresh)), termsafe.Const(" new")))
		l.Fill(disp.style(plain), gap)
	}
	if !state.hits.Empty() {
		l.Add(disp.style(hit), state.hits)
		l.Fill(disp.style(plain), gap)
	}
	switch {
	case state.part:
		l.Add(disp.style(muted), termsafe.Const("end of the log"))
	case state.rows > 0:
		l.Add(disp.style(muted), termsafe.Concat(termsafe.Int(int64(state.place+1)), termsafe.Const("/"), termsafe.Int(int64(state.rows))))
	}
	return l
}
