package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// filterBar shows the filter and edits it while the user types.
type filterBar struct {
	display *display
	editor  editor
	typing  bool
	day     time.Time // of the event under the cursor when typing began, zero if there was none
	err     error     // the error of the text, nil if it is valid
	origin  int       // the column in which the text starts, or would start if it were not scrolled
	offers  completer // nil if there are no completions
	advice  advice
}

// newFilterBar returns an empty bar with completions.
func newFilterBar(disp *display) filterBar { return filterBar{display: disp, offers: newSuggest(disp)} }

// begin starts typing. day is the time of the event under the cursor, zero if there is none.
func (b *filterBar) begin(day time.Time) {
	b.typing, b.day = true, day
	b.editor.at = len(b.editor.text)
	b.edited()
}

// end ends typing.
func (b *filterBar) end() {
	b.typing = false
	if b.offers != nil {
		b.offers.close()
	}
}

// press handles a key while the user types; text is what the key types, if anything.
func (b *filterBar) press(c command, text string) wish {
	changed, taken := b.offered(c)
	switch {
	case taken && changed:
		return b.changed()
	case taken, c == cmdKeep && b.err != nil:
		return wish{}
	case c == cmdKeep:
		return wish{typing: typingKept}
	case c == cmdRestore:
		return wish{typing: typingGivenUp}
	case isMove(c):
		return wish{move: c}
	}
	changed, known := b.editor.edit(c)
	if !known && text != "" {
		return b.paste(text)
	}
	b.edited()
	if changed {
		return b.changed()
	}
	return wish{}
}

// paste inserts a text at the cursor.
func (b *filterBar) paste(text string) wish {
	left := leftOut(b.editor.insert(text))
	b.edited()
	w := b.changed()
	w.toast = left
	return w
}

// changed wishes for the rows of the changed text.
func (b *filterBar) changed() wish {
	text := b.editor.text
	return wish{typed: &text}
}

// fill replaces the text by one that did not come from the keys.
func (b *filterBar) fill(text string) {
	if b.editor.text == text {
		return
	}
	b.editor.set(text)
	if b.typing {
		b.edited()
	}
}

// edited passes the new text and cursor to the completer.
func (b *filterBar) edited() {
	if b.offers != nil {
		b.offers.edited(b.editor.text, b.editor.at)
	}
}

// offered passes a command to the completer; taken is false if the bar must handle it.
func (b *filterBar) offered(c command) (changed, taken bool) {
	if b.offers == nil || c != cmdComplete && c != cmdKeep && !isMove(c) {
		return false, false
	}
	text, at, changed, taken := b.offers.press(c)
	if changed {
		b.editor.text, b.editor.at = text, max(0, min(at, len(text)))
		b.edited()
	}
	return changed, taken
}

// applied notes how the text of a new filter is read.
func (b *filterBar) applied(text string) { b.advice.read(text) }

// work starts the jobs for the advice on the current filter and, while the user types, for the completions. advised is the selection
// by which the filter is judged, nil for none.
func (b *filterBar) work(ctx context.Context, s *scene, advised *model.Selection) tea.Cmd {
	cmd := b.advice.work(ctx, advised, s.current.expr, s.env, !bool(b.display.redact))
	if b.offers == nil || !b.typing {
		return cmd
	}
	return tea.Batch(cmd, b.offers.work(ctx, s))
}

// lines lists the advice on the current filter.
func (b *filterBar) lines() []termsafe.Safe { return b.advice.lines(b.display) }

// show replaces the text by a valid one.
func (b *filterBar) show(text string) {
	b.editor.set(text)
	b.err = nil
}

// filterState is what the bar shows besides its text.
type filterState struct {
	filter    filterText // the one that is applied
	chips     bool       // its conditions are shown as chips, the switches among them
	matches   int
	undecided int  // rows without a time that the filter does not decide
	working   bool // the rows are still being selected
}

// shortCounts is the width below which the bar counts in few words.
const shortCounts = 80

// draw draws the bar into one line and returns the column of the cursor.
func (b *filterBar) draw(f *paint.Frame, r rect, s filterState) (cursorX int) {
	disp := b.display
	l := disp.line()
	l.Fill(disp.style(plain), 1)
	promptRole := muted
	if b.typing {
		promptRole = accent
	}
	l.AddWidth(disp.style(promptRole), disp.glyphs.prompt, 2, paint.Left)
	if s.filter.failedOnly && !s.chips {
		l.Add(disp.style(failed), termsafe.Const("is:failed"))
		l.Fill(disp.style(plain), 1)
	}
	if s.filter.hideReads && !s.chips {
		l.Add(disp.style(accent), termsafe.Const("-is:read"))
		l.Fill(disp.style(plain), 1)
	}
	right := b.right(s, r.w < shortCounts)
	space := r.w - l.Width() - disp.widther.Width(right) - 3
	if said := b.said(s, space); disp.widther.Width(said) > 0 {
		right = termsafe.Concat(said, termsafe.Const(" "), disp.glyphs.dot, termsafe.Const(" "), right)
		space = r.w - l.Width() - disp.widther.Width(right) - 3
	}
	cursorX = b.text(l, max(space, 0))
	l.Fill(disp.style(plain), r.w-1-disp.widther.Width(right)-l.Width())
	rightRole := muted
	if b.err != nil {
		rightRole = failed
	}
	l.Add(disp.style(rightRole), right)
	f.Put(r.x, r.y, r.w, l)
	return cursorX
}

// drawBelow draws the error of the text and the completions at the cursor in column x over r, the screen below the bar.
func (b *filterBar) drawBelow(f *paint.Frame, r rect, x int) {
	if b.err != nil {
		b.drawError(f, rect{r.x, r.y, r.w, 1})
		r.y, r.h = r.y+1, r.h-1
	}
	if b.typing && b.offers != nil {
		b.offers.draw(f, r, x, r.y-1)
	}
}

// right returns the text at the right edge: the number of matches, or that the filter is invalid.
func (b *filterBar) right(s filterState, short bool) termsafe.Safe {
	filtered := b.typing || b.editor.text != "" || !s.filter.empty()
	switch {
	case b.err != nil:
		return termsafe.Const("not applied")
	case filtered && s.working:
		return b.display.own("selecting …")
	case filtered:
		return matchWords(s.matches, s.undecided, short)
	}
	return termsafe.Safe{}
}

// said returns the advice as it fits beside the text of the filter, which keeps half of the space.
func (b *filterBar) said(s filterState, space int) termsafe.Safe {
	disp := b.display
	if b.err != nil || s.working {
		return termsafe.Safe{}
	}
	words := b.advice.words(disp)
	room := max(space-disp.widther.Width(b.clean(b.editor.text))-4, space/2)
	if width := disp.widther.Width(words); width > room && room > 1 {
		return termsafe.Concat(disp.widther.Slice(words, 0, room-disp.widther.Width(disp.glyphs.more)), disp.glyphs.more)
	}
	return words
}

// text draws the part of the text around the cursor.
func (b *filterBar) text(l *paint.Line, space int) (cursorX int) {
	disp := b.display
	if b.editor.text == "" && !b.typing {
		l.AddWidth(disp.style(muted), termsafe.Const("filter"), space, paint.Left)
		return l.Width()
	}
	start := l.Width()
	text := b.editor.text
	if !b.typing {
		text = disp.masks("", text)
	}
	clean := b.clean(text)
	at := disp.widther.Width(b.clean(b.editor.text[:b.editor.at]))
	from := max(0, at-space+1)
	b.origin = start - from
	l.Add(disp.style(strong), disp.widther.Slice(clean, from, from+space))
	return start + at - from
}

func (b *filterBar) clean(text string) termsafe.Safe {
	return termsafe.Clean(text, termsafe.Options{ASCII: b.display.widther.ASCII, Drawing: true})
}

// drawError draws, below the bar, a caret under the error and its message.
func (b *filterBar) drawError(f *paint.Frame, r rect) {
	disp := b.display
	reason, at := b.clean(b.err.Error()), 0
	var syntax *query.SyntaxError
	if errors.As(b.err, &syntax) {
		reason = b.clean(syntax.Msg)
		at = disp.widther.Width(b.clean(b.editor.text[:max(0, min(syntax.Offset, len(b.editor.text)))]))
	}
	x := max(0, min(b.origin+at, r.w-2))
	l := disp.line()
	width := disp.widther.Width(reason)
	if before := x - width - 1; x+2+width > r.w && before >= 1 {
		l.Fill(disp.style(plain), before)
		l.Add(disp.style(failed), reason)
		l.Fill(disp.style(plain), 1)
		l.Add(disp.style(failed), disp.glyphs.caret)
	} else {
		l.Fill(disp.style(plain), x)
		l.Add(disp.style(failed), disp.glyphs.caret)
		l.Fill(disp.style(plain), 1)
		l.AddWidth(disp.style(failed), reason, max(r.w-x-3, 0), paint.Left)
	}
	f.Put(r.x, r.y, r.w, l)
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
