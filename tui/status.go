package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// statusLine shows the most useful keys, or a message, and where the cursor is.
type statusLine struct {
	look  *look
	keys  *keymap
	toast termsafe.Safe // a message, until the next key
}

// statusState is what the line is made from.
type statusState struct {
	scope  scope
	place  int
	rows   int
	follow followState
	fresh  int
	busy   termsafe.Safe // what goes on that esc stops; empty for nothing
	part   bool          // the rows are the end of a log that is still being loaded
	hits   termsafe.Safe // which of the rows that were found this is
	note   termsafe.Safe // to the row under the cursor
	unread termsafe.Safe // rows that could not be searched
}

func (s *statusLine) draw(f *paint.Frame, r rect, state statusState) {
	k, l := s.look, s.look.line()
	right := s.right(state)
	l.Fill(k.style(plain), 1)
	room := r.w - 2 - right.Width() - gap
	if state.busy.Empty() && k.widther.Width(s.toast) > room { // what is said once matters more than what always stands there
		right = k.line()
		room = r.w - 2
	}
	switch {
	case !state.busy.Empty():
		l.AddWidth(k.style(accent), termsafe.Concat(state.busy, k.own(" …  esc stops")), max(room, 0), paint.Left)
	case !s.toast.Empty():
		l.AddWidth(k.style(accent), s.toast, max(room, 0), paint.Left)
	case !state.note.Empty():
		l.AddWidth(k.style(hit), state.note, max(room, 0), paint.Left)
	case !state.unread.Empty():
		l.AddWidth(k.style(invalid), state.unread, max(room, 0), paint.Left)
	default:
		s.hints(l, state.scope, room)
	}
	l.Fill(k.style(plain), r.w-1-right.Width()-l.Width())
	l.AddLine(right)
	f.Put(r.x, r.y, r.w, l)
}

// hints names keys as long as they fit.
func (s *statusLine) hints(l *paint.Line, in scope, room int) {
	k := s.look
	for i, h := range s.keys.hints(in) {
		name, does := k.keyName(h), k.own(h.Desc)
		width := k.widther.Width(name) + 1 + k.widther.Width(does)
		if i > 0 {
			width += gap
		}
		if l.Width()-1+width > room {
			return
		}
		if i > 0 {
			l.Fill(k.style(plain), gap)
		}
		l.Add(k.style(strong), name)
		l.Fill(k.style(plain), 1)
		l.Add(k.style(muted), does)
	}
}

// arrows are the names of keys where only ASCII can be shown.
var arrows = strings.NewReplacer("↓", "down", "↑", "up", "←", "left", "→", "right", "⇧", "shift+")

// keyName is how a key is written.
func (k *look) keyName(h key.Help) termsafe.Safe {
	if k.widther.ASCII {
		return k.own(arrows.Replace(h.Key))
	}
	return k.own(h.Key)
}

// right is the place of the cursor, and whether the list follows its end.
func (s *statusLine) right(state statusState) *paint.Line {
	k, l := s.look, s.look.line()
	switch {
	case state.follow == following:
		l.Add(k.style(live), termsafe.Concat(k.glyphs.live, termsafe.Const(" following")))
		l.Fill(k.style(plain), gap)
	case state.follow == followPaused:
		l.Add(k.style(partial), termsafe.Concat(k.glyphs.paused, termsafe.Const(" +"), termsafe.Int(int64(state.fresh)), termsafe.Const(" new")))
		l.Fill(k.style(plain), gap)
	}
	if !state.hits.Empty() {
		l.Add(k.style(hit), state.hits)
		l.Fill(k.style(plain), gap)
	}
	switch {
	case state.part:
		l.Add(k.style(muted), termsafe.Const("end of the log"))
	case state.rows > 0:
		l.Add(k.style(muted), termsafe.Concat(termsafe.Int(int64(state.place+1)), termsafe.Const("/"), termsafe.Int(int64(state.rows))))
	}
	return l
}
