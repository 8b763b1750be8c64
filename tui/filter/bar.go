package filter

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Bar shows the filter and edits it while the user types. NewBar makes one.
type Bar struct {
	display *kit.Display
	Editor  kit.Editor    // the text, which need not be valid
	Typing  bool          // the keys go to the bar
	Day     time.Time     // of the event under the cursor when typing began, zero if there was none
	Err     error         // the error of the text, nil if it is valid
	origin  int           // the column in which the text starts, or would start if it were not scrolled
	offers  kit.Completer // nil if there are no completions
	advice  advice
}

// NewBar returns an empty bar with completions.
func NewBar(disp *kit.Display) Bar { return Bar{display: disp, offers: newSuggest(disp)} }

// Begin starts typing. day is the time of the event under the cursor, zero if there is none.
func (b *Bar) Begin(day time.Time) {
	b.Typing, b.Day = true, day
	b.Editor.At = len(b.Editor.Text)
	b.edited()
}

// End ends typing.
func (b *Bar) End() {
	b.Typing = false
	if b.offers != nil {
		b.offers.Close()
	}
}

// Press handles a key while the user types; text is what the key types, if anything. The wish tells the App about the new text, or
// that typing ends.
func (b *Bar) Press(c kit.Command, text string) kit.Wish {
	changed, taken := b.offered(c)
	switch {
	case taken && changed:
		return b.changed()
	case taken, c == kit.CmdKeep && b.Err != nil:
		return kit.Wish{}
	case c == kit.CmdKeep:
		return kit.Wish{Typing: kit.TypingKept}
	case c == kit.CmdRestore:
		return kit.Wish{Typing: kit.TypingGivenUp}
	case kit.IsMove(c):
		return kit.Wish{Move: c}
	}
	changed, known := b.Editor.Edit(c)
	if !known && text != "" {
		return b.Paste(text)
	}
	b.edited()
	if changed {
		return b.changed()
	}
	return kit.Wish{}
}

// Paste inserts a text at the cursor.
func (b *Bar) Paste(text string) kit.Wish {
	left := kit.LeftOut(b.Editor.Insert(text))
	b.edited()
	w := b.changed()
	w.Toast = left
	return w
}

// changed wishes for the rows of the changed text.
func (b *Bar) changed() kit.Wish {
	text := b.Editor.Text
	return kit.Wish{Typed: &text}
}

// Fill replaces the text by one that did not come from the keys.
func (b *Bar) Fill(text string) {
	if b.Editor.Text == text {
		return
	}
	b.Editor.Set(text)
	if b.Typing {
		b.edited()
	}
}

// edited passes the new text and cursor to the completer.
func (b *Bar) edited() {
	if b.offers != nil {
		b.offers.Edited(b.Editor.Text, b.Editor.At)
	}
}

// offered passes a command to the completer; taken is false if the bar must handle it.
func (b *Bar) offered(c kit.Command) (changed, taken bool) {
	if b.offers == nil || c != kit.CmdComplete && c != kit.CmdKeep && !kit.IsMove(c) {
		return false, false
	}
	text, at, changed, taken := b.offers.Press(c)
	if changed {
		b.Editor.Text, b.Editor.At = text, max(0, min(at, len(text)))
		b.edited()
	}
	return changed, taken
}

// Applied notes how the text of a new filter is read, once it is applied.
func (b *Bar) Applied(text string) { b.advice.read(text) }

// Work starts the jobs for the advice on the current filter and, while the user types, for the completions. advised is the selection
// by which the filter is judged, nil for none.
func (b *Bar) Work(ctx context.Context, s *kit.Scene, advised *model.Selection) tea.Cmd {
	cmd := b.advice.work(ctx, advised, s.Current.Expr, s.Env, !bool(b.display.Redact))
	if b.offers == nil || !b.Typing {
		return cmd
	}
	return tea.Batch(cmd, b.offers.Work(ctx, s))
}

// Lines lists the advice on the current filter.
func (b *Bar) Lines() []termsafe.Safe { return b.advice.lines(b.display) }

// Show replaces the text by a valid one.
func (b *Bar) Show(text string) {
	b.Editor.Set(text)
	b.Err = nil
}

// State is what the bar shows besides its text.
type State struct {
	Filter    kit.FilterText // the one that is applied
	Chips     bool           // its conditions are shown as chips, the switches among them
	Matches   int            // rows that the applied filter finds
	Undecided int            // rows without a time that the filter does not decide
	Working   bool           // the rows are still being selected
}

// shortCounts is the width below which the bar counts in few words.
const shortCounts = 80

// Draw draws the bar into r, which is one line, and returns the column of the cursor on the screen.
func (b *Bar) Draw(f *paint.Frame, r kit.Rect, s State) (cursorX int) {
	disp := b.display
	l := disp.Line()
	l.Fill(disp.Style(kit.Plain), 1)
	promptRole := kit.Muted
	if b.Typing {
		promptRole = kit.Accent
	}
	l.AddWidth(disp.Style(promptRole), disp.Glyphs.Prompt, 2, paint.Left)
	if s.Filter.FailedOnly && !s.Chips {
		l.Add(disp.Style(kit.Failed), termsafe.Const("is:failed"))
		l.Fill(disp.Style(kit.Plain), 1)
	}
	if s.Filter.HideReads && !s.Chips {
		l.Add(disp.Style(kit.Accent), termsafe.Const("-is:read"))
		l.Fill(disp.Style(kit.Plain), 1)
	}
	right := b.right(s, r.W < shortCounts)
	space := r.W - l.Width() - disp.Widther.Width(right) - 3
	if said := b.said(s, space); disp.Widther.Width(said) > 0 {
		right = termsafe.Concat(said, termsafe.Const(" "), disp.Glyphs.Dot, termsafe.Const(" "), right)
		space = r.W - l.Width() - disp.Widther.Width(right) - 3
	}
	cursorX = b.text(l, max(space, 0))
	l.Fill(disp.Style(kit.Plain), r.W-1-disp.Widther.Width(right)-l.Width())
	rightRole := kit.Muted
	if b.Err != nil {
		rightRole = kit.Failed
	}
	l.Add(disp.Style(rightRole), right)
	f.Put(r.X, r.Y, r.W, l)
	return cursorX
}

// DrawBelow draws the error of the text and the completions at the cursor in column x over r, the screen below the bar.
func (b *Bar) DrawBelow(f *paint.Frame, r kit.Rect, x int) {
	if b.Err != nil {
		b.drawError(f, r.Line(0))
		r = r.Below(1)
	}
	if b.Typing && b.offers != nil {
		b.offers.Draw(f, r, x, r.Y-1)
	}
}

// right returns the text at the right edge: the number of matches, or that the filter is invalid.
func (b *Bar) right(s State, short bool) termsafe.Safe {
	filtered := b.Typing || b.Editor.Text != "" || !s.Filter.Empty()
	switch {
	case b.Err != nil:
		return termsafe.Const("not applied")
	case filtered && s.Working:
		return b.display.Own("selecting …")
	case filtered:
		return matchWords(s.Matches, s.Undecided, short)
	}
	return termsafe.Safe{}
}

// said returns the advice as it fits beside the text of the filter, which keeps half of the space.
func (b *Bar) said(s State, space int) termsafe.Safe {
	disp := b.display
	if b.Err != nil || s.Working {
		return termsafe.Safe{}
	}
	words := b.advice.words(disp)
	room := max(space-disp.Widther.Width(b.clean(b.Editor.Text))-4, space/2)
	if width := disp.Widther.Width(words); width > room && room > 1 {
		return termsafe.Concat(disp.Widther.Slice(words, 0, room-disp.Widther.Width(disp.Glyphs.More)), disp.Glyphs.More)
	}
	return words
}

// text draws the part of the text around the cursor.
func (b *Bar) text(l *paint.Line, space int) (cursorX int) {
	disp := b.display
	if b.Editor.Text == "" && !b.Typing {
		l.AddWidth(disp.Style(kit.Muted), termsafe.Const("filter"), space, paint.Left)
		return l.Width()
	}
	start := l.Width()
	text := b.Editor.Text
	if !b.Typing {
		text = disp.Masks("", text)
	}
	clean := b.clean(text)
	at := disp.Widther.Width(b.clean(b.Editor.Text[:b.Editor.At]))
	from := max(0, at-space+1)
	b.origin = start - from
	l.Add(disp.Style(kit.Strong), disp.Widther.Slice(clean, from, from+space))
	return start + at - from
}

func (b *Bar) clean(text string) termsafe.Safe {
	return termsafe.Clean(text, termsafe.Options{ASCII: b.display.Widther.ASCII, Drawing: true})
}

// drawError draws, below the bar, a caret under the error and its message.
func (b *Bar) drawError(f *paint.Frame, r kit.Rect) {
	disp := b.display
	reason, at := b.clean(b.Err.Error()), 0
	var syntax *query.SyntaxError
	if errors.As(b.Err, &syntax) {
		reason = b.clean(syntax.Msg)
		at = disp.Widther.Width(b.clean(b.Editor.Text[:max(0, min(syntax.Offset, len(b.Editor.Text)))]))
	}
	x := max(0, min(b.origin+at, r.W-2))
	l := disp.Line()
	width := disp.Widther.Width(reason)
	if before := x - width - 1; x+2+width > r.W && before >= 1 {
		l.Fill(disp.Style(kit.Plain), before)
		l.Add(disp.Style(kit.Failed), reason)
		l.Fill(disp.Style(kit.Plain), 1)
		l.Add(disp.Style(kit.Failed), disp.Glyphs.Caret)
	} else {
		l.Fill(disp.Style(kit.Plain), x)
		l.Add(disp.Style(kit.Failed), disp.Glyphs.Caret)
		l.Fill(disp.Style(kit.Plain), 1)
		l.AddWidth(disp.Style(kit.Failed), reason, max(r.W-x-3, 0), paint.Left)
	}
	f.Put(r.X, r.Y, r.W, l)
}

// matchWords counts the matches and, if there are any, the undecided rows. Where there is little space, in fewer words.
func matchWords(matches, undecided int, short bool) termsafe.Safe {
	found := termsafe.Count(int64(matches), "match", "matches")
	switch {
	case undecided == 0:
		return found
	case short:
		return termsafe.Concat(found, termsafe.Const(", "), termsafe.Int(int64(undecided)), termsafe.Const(" undecided"))
	}
	return termsafe.Concat(found, termsafe.Const(", "), termsafe.Int(int64(undecided)), termsafe.Const(" without a time undecided"))
}
