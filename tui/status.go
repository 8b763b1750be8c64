package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// statusLine shows the most useful keys, or a message, and where the cursor is.
type statusLine struct {
	display *kit.Display
	keys    *kit.Keymap
	toast   termsafe.Safe // a message, until the next key
	turn    int           // of the spinner
	turning bool          // a spinnerTurned message is scheduled
	tour    tour
}

// spinnerTurned says that the spinner shows its next picture.
type spinnerTurned struct{}

// spin schedules the next turn of the spinner, as long as there is work that the user waits for.
func (s *statusLine) spin(working bool) tea.Cmd {
	if !working || s.turning {
		return nil
	}
	s.turning = true
	return tea.Tick(s.display.SpinnerPace(), func(time.Time) tea.Msg { return spinnerTurned{} })
}

// turned shows the next picture of the spinner.
func (s *statusLine) turned() { s.turn, s.turning = s.turn+1, false }

// statusState is what the status line shows.
type statusState struct {
	list.Status
	scope  kit.Scope
	hints  []kit.Hint
	first  bool          // no key was pressed yet: explain the signs before the hints
	part   bool          // the rows are the end of a log that is still being loaded
	news   termsafe.Safe // what happened to the log while it is followed
	unread termsafe.Safe // rows that could not be searched
	change termsafe.Safe // what the last key has changed in the filter
}

func (s *statusLine) draw(f *paint.Frame, r kit.Rect, state statusState) {
	disp, l := s.display, s.display.Line()
	right, toast := s.right(state), s.said(state)
	l.Fill(disp.Style(kit.Plain), 1)
	space := r.W - 2 - right.Width() - kit.Gap
	// A message that is shown once matters more than the place, which is always there.
	if said := max(disp.Widther.Width(toast), disp.Widther.Width(state.news)); state.Busy.Empty() && said > space {
		right = disp.Line()
		space = r.W - 2
	}
	switch {
	case !state.Busy.Empty():
		l.AddWidth(disp.Style(kit.Accent), termsafe.Concat(disp.Spinner(s.turn), kit.BlankCell, state.Busy, disp.Own(" …  esc stops")), max(space, 0), paint.Left)
	case !toast.Empty():
		l.AddWidth(disp.Style(kit.Accent), toast, max(space, 0), paint.Left)
	case !state.news.Empty():
		l.AddWidth(disp.Style(kit.Partial), state.news, max(space, 0), paint.Left)
	case !state.Note.Empty():
		l.AddWidth(disp.Style(kit.Hit), state.Note, max(space, 0), paint.Left)
	case !state.unread.Empty():
		l.AddWidth(disp.Style(kit.Invalid), state.unread, max(space, 0), paint.Left)
	case state.first:
		s.signs(l, space)
		s.hints(l, state, space-l.Width()+1)
	default:
		s.hints(l, state, space)
	}
	l.Fill(disp.Style(kit.Plain), r.W-1-right.Width()-l.Width())
	l.AddLine(right)
	f.Put(r.X, r.Y, r.W, l)
}

// said is the message of the last key, with what it has changed in the filter.
func (s *statusLine) said(state statusState) termsafe.Safe {
	if state.change.Empty() || s.toast.Empty() {
		return termsafe.Concat(state.change, s.toast)
	}
	return termsafe.Concat(state.change, termsafe.Const(" "), s.display.Glyphs.Dot, termsafe.Const(" "), s.toast)
}

// signs explains the signs on the screen as far as they leave room for the key of the help, which explains the others.
func (s *statusLine) signs(l *paint.Line, space int) {
	disp, g := s.display, s.display.Glyphs
	used, help := 0, len("? help")
	for _, sign := range []struct {
		glyph termsafe.Safe
		role  kit.Role
		text  termsafe.Safe
	}{
		{g.Failed, kit.Failed, termsafe.Const(" failed")}, {g.Token, kit.Muted, termsafe.Const(" API token")},
		{g.Gap, kit.Muted, termsafe.Const(" an hour or more")}, {g.Suspicious, kit.Suspicious, termsafe.Const(" hidden text")},
	} {
		need := disp.Widther.Width(sign.glyph) + disp.Widther.Width(sign.text) + kit.Gap
		if used += need; used+help > space {
			break
		}
		l.Add(disp.Style(sign.role), sign.glyph)
		l.Add(disp.Style(kit.Muted), sign.text)
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	}
}

// hints draws the hints for keys that fit.
func (s *statusLine) hints(l *paint.Line, state statusState, space int) {
	disp := s.display
	pairs := s.keys.Fitting(disp, state.scope, state.hints, space)
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			l.Fill(disp.Style(kit.Plain), kit.Gap)
		}
		l.Add(disp.Style(kit.Strong), pairs[i])
		l.Fill(disp.Style(kit.Plain), 1)
		l.Add(disp.Style(kit.Muted), pairs[i+1])
	}
}

// right draws the right side: the place of the cursor, and whether the list follows its end.
func (s *statusLine) right(state statusState) *paint.Line {
	disp, l := s.display, s.display.Line()
	switch {
	case state.Follow == list.Following:
		l.Add(disp.Style(kit.Live), termsafe.Concat(disp.Glyphs.Live, termsafe.Const(" following")))
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	case state.Follow == list.FollowPaused:
		l.Add(disp.Style(kit.Partial), termsafe.Concat(disp.Glyphs.Paused, termsafe.Const(" "), pauseWords(state)))
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	}
	if !state.Sought.Empty() {
		l.Add(disp.Style(kit.Partial), state.Sought)
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	}
	if !state.Hits.Empty() {
		l.Add(disp.Style(kit.Hit), state.Hits)
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	}
	switch {
	case state.part:
		l.Add(disp.Style(kit.Muted), termsafe.Const("end of the log"))
	case state.Rows > 0:
		l.Add(disp.Style(kit.Muted), termsafe.Concat(termsafe.Int(int64(state.Place+1)), termsafe.Const("/"), termsafe.Int(int64(state.Rows))))
	}
	return l
}

// pauseReasons are the words for what paused following.
var pauseReasons = [...]termsafe.Safe{
	list.PausedByMove: termsafe.Const("paused: moved up"), list.PausedAtTime: termsafe.Const("paused at a time"),
	list.PausedAtMark: termsafe.Const("paused at a mark"), list.PausedAtHit: termsafe.Const("paused at a hit"),
	list.PausedAtFailure: termsafe.Const("paused at a failure"), list.PausedAtEvent: termsafe.Const("paused at an event"),
}

// pauseWords says why following is paused, how much came since then, and how to go on.
func pauseWords(state statusState) termsafe.Safe {
	words := pauseReasons[state.Paused]
	if state.Fresh > 0 {
		words = termsafe.Concat(words, termsafe.Const(", "), termsafe.Int(int64(state.Fresh)), termsafe.Const(" new"))
	}
	return termsafe.Concat(words, termsafe.Const(" (G follows)"))
}

// unreadWords returns how many rows could not be searched; empty for none.
func unreadWords(u *query.Unread, disp *kit.Display) termsafe.Safe {
	n, err := u.Rows()
	if n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Count(n, "row", "rows"), termsafe.Const(" not searched: "), disp.Quoted(kit.ReasonFirst(err)))
}
