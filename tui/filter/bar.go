package filter

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Bar shows the conditions of the filter as chips, or edits its text while the user types. NewBar makes one.
type Bar struct {
	display *kit.Display
	Chips   ChipLine
	Editor  kit.Editor    // the text, which need not be valid
	Typing  bool          // the keys go to the bar
	Day     time.Time     // of the event under the cursor when typing began, zero if there was none
	Err     error         // the error of the text, nil if it is valid
	Pause   time.Duration // how long typing must pause before an error is shown; not negative
	pausing kit.Slot
	told    bool          // the error is shown, because typing has paused
	origin  int           // the column in which the text starts, or would start if it were not scrolled
	offers  kit.Completer // nil if there are no completions
	advice  advice
	change  change
}

// errorPause is how long one stops typing before a text is called wrong: every text is, on the way to the right one.
const errorPause = 600 * time.Millisecond

// NewBar returns an empty bar with completions.
func NewBar(disp *kit.Display) Bar {
	return Bar{display: disp, Chips: newChipLine(disp), offers: newSuggest(disp), Pause: errorPause}
}

// Begin starts typing. day is the time of the event under the cursor, zero if there is none.
func (b *Bar) Begin(day time.Time) {
	b.Typing, b.Day = true, day
	b.Editor.Set(b.Editor.Text + b.Separated("")) // what is typed is a condition of its own
	b.edited()
}

// Recall takes the filters of earlier runs, the latest last.
func (b *Bar) Recall(old []string) {
	if s, ok := b.offers.(*suggest); ok {
		s.history.recall(old)
	}
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
	case taken:
		return kit.Wish{}
	case c == kit.CmdEarlier && b.Editor.Text == "":
		return kit.Wish{Toast: termsafe.Const("no filter was applied before this one")}
	case c == kit.CmdEarlier:
		return kit.Wish{Toast: termsafe.Const("no earlier filter contains this text")}
	case c == kit.CmdKeep && b.Err != nil:
		b.told = true
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

// Click acts on the chip in a column of the screen, or begins typing if there is none.
func (b *Bar) Click(x int, s *kit.Scene) kit.Wish {
	switch w, ok := b.Chips.click(x, s); {
	case b.Typing:
		return kit.Wish{}
	case ok && !b.written():
		return w
	}
	return kit.Wish{Typing: kit.TypingBegins}
}

// Paste inserts a text at the cursor.
func (b *Bar) Paste(text string) kit.Wish {
	left := kit.LeftOut(b.Editor.Insert(text))
	b.edited()
	w := b.changed()
	w.Toast = left
	return w
}

// Separated returns text so that it is a term of its own behind what is written.
func (b *Bar) Separated(text string) string {
	if b.Editor.Text == "" || strings.HasSuffix(b.Editor.Text, " ") {
		return text
	}
	return " " + text
}

// changed wishes for the rows of the changed text.
func (b *Bar) changed() kit.Wish {
	b.told = false
	b.pausing.Stop()
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
	if b.offers == nil || c != kit.CmdComplete && c != kit.CmdEarlier && c != kit.CmdKeep && c != kit.CmdRestore && !kit.IsMove(c) {
		return false, false
	}
	text, at, changed, taken := b.offers.Press(c)
	if changed {
		b.Editor.Text, b.Editor.At = text, max(0, min(at, len(text)))
		b.edited()
	}
	return changed, taken
}

// Applied notes that a new filter is applied: how its text is read, and the environment with which it was compiled.
func (b *Bar) Applied(text string, env query.Env) {
	b.advice.read(text)
	b.Chips.effects.reset(env)
}

// Work starts the jobs for the advice on the current filter and, while the user types, for the completions. advised is the selection
// by which the filter is judged, nil for none.
func (b *Bar) Work(ctx context.Context, s *kit.Scene, advised *model.Selection) tea.Cmd {
	cmd := b.advice.work(ctx, advised, s.Current.Expr, s.Env, !bool(b.display.Redact))
	if !b.Typing {
		return tea.Batch(cmd, b.Chips.effects.work(ctx, s))
	}
	if b.offers == nil {
		return cmd
	}
	return tea.Batch(cmd, b.offers.Work(ctx, s), b.pause(ctx))
}

// paused says that nothing was typed for a while.
type paused struct{ kit.Job }

// pause waits until one stops typing, to say then what is wrong.
func (b *Bar) pause(ctx context.Context) tea.Cmd {
	switch {
	case b.Err == nil || b.told || b.pausing.Busy() || b.lonelySlash():
		return nil
	case b.Pause == 0:
		b.told = true
		return nil
	}
	ctx, job := b.pausing.Start(ctx, b)
	timer := time.NewTimer(b.Pause)
	return kit.Safely(func() tea.Msg {
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		return paused{job}
	})
}

// Take implements kit.Taker.
func (b *Bar) Take(msg tea.Msg) kit.Wish {
	if _, ok := msg.(paused); ok {
		b.told = true
	}
	return kit.Wish{}
}

// lonelySlash reports whether the text is the slash that begins a regular expression, or a second press of the key that opens the bar.
func (b *Bar) lonelySlash() bool { return strings.TrimSpace(b.Editor.Text) == "/" }

// wrong reports whether the error is shown. Until then, the bar only says that the text is not applied.
func (b *Bar) wrong() bool { return b.Err != nil && (b.told || !b.Typing) }

// Hints implements kit.Hinting.
func (b *Bar) Hints() []kit.Hint {
	if b.offers == nil {
		return kit.HintsOf(nil, kit.InFilter)
	}
	return b.offers.Hints()
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
	Filter    *kit.Filter      // the one that is applied
	Rows      *model.Selection // the rows that it finds, nil before they are selected
	Matches   int              // rows that the applied filter finds
	Undecided int              // rows without a time that the filter does not decide
	Working   bool             // the rows are still being selected
	Partly    bool             // more rows of the same log may match
	Loaded    int              // the rows that are loaded, if a database may have more of the filter; 0 if it has not
}

// shortCounts is the width below which the bar counts in few words.
const shortCounts = 120

// Draw draws the bar into r, which is one line, and returns the column of the cursor on the screen.
func (b *Bar) Draw(f *paint.Frame, r kit.Rect, s State) (cursorX int) {
	disp, written := b.display, b.written()
	l := disp.Line()
	l.Fill(disp.Style(kit.Plain), 1)
	promptRole := kit.Muted
	if b.Typing {
		promptRole = kit.Accent
	}
	l.AddWidth(disp.Style(promptRole), disp.Glyphs.Prompt, 2, paint.Left)
	if written {
		b.switches(l, s.Filter)
	}
	right := b.right(s, r.W < shortCounts)
	space := r.W - l.Width() - disp.Widther.Width(right) - 3
	if said := b.said(s, space); disp.Widther.Width(said) > 0 {
		right = termsafe.Concat(said, termsafe.Const(" "), disp.Glyphs.Dot, termsafe.Const(" "), right)
		space = r.W - l.Width() - disp.Widther.Width(right) - 3
	}
	switch space = max(space, 0); {
	case written:
		cursorX = b.text(l, space)
	case len(s.Filter.Chips) > 0:
		b.Chips.add(l, s.Filter.Chips, b.Chips.highlighted(s.Filter.Chips), space, s.Rows)
	default:
		l.AddWidth(disp.Style(kit.Muted), termsafe.Const("filter"), space, paint.Left)
	}
	l.Fill(disp.Style(kit.Plain), r.W-1-disp.Widther.Width(right)-l.Width())
	rightRole := kit.Muted
	if b.wrong() {
		rightRole = kit.Failed
	}
	l.Add(disp.Style(rightRole), right)
	f.Put(r.X, r.Y, r.W, l)
	return cursorX
}

// written reports whether the bar shows the text: while the user types, and as long as it is not applied.
func (b *Bar) written() bool { return b.Typing || b.Err != nil }

// switches names the conditions that are not part of the text.
func (b *Bar) switches(l *paint.Line, f *kit.Filter) {
	for i := range f.Chips {
		if chip := &f.Chips[i]; chip.Do != kit.NoCommand {
			l.Add(b.display.Style(kit.Muted), termsafe.Concat(b.Chips.names.words(chip, chipMostText), termsafe.Const(" + ")))
		}
	}
}

// DrawBelow draws the error of the text and the completions at the cursor in column x over r, the screen below the bar.
func (b *Bar) DrawBelow(f *paint.Frame, r kit.Rect, x int) {
	if b.wrong() {
		b.drawError(f, r.Line(0))
		r = r.Below(1)
	}
	if b.Typing && b.offers != nil {
		b.offers.Draw(f, r, x, r.Y-1)
	}
}

// right returns the text at the right edge: the number of matches, or that the filter is invalid.
func (b *Bar) right(s State, short bool) termsafe.Safe {
	filtered := b.Typing || !s.Filter.Empty()
	switch {
	case b.Err != nil && b.lonelySlash() && !b.wrong():
		return termsafe.Const("not applied: a second / ends a regular expression")
	case b.Err != nil:
		return termsafe.Const("not applied")
	case filtered && s.Working:
		return b.display.Own("selecting …")
	case filtered:
		return matchWords(s, short)
	}
	return termsafe.Safe{}
}

// said returns the advice as it fits beside the text of the filter, which keeps two thirds of the space.
func (b *Bar) said(s State, space int) termsafe.Safe {
	disp := b.display
	if b.Err != nil || s.Working || s.Partly {
		return termsafe.Safe{}
	}
	words := b.advice.words(disp)
	used := widthOf(b.Chips.texts(s.Filter.Chips, space))
	if b.written() {
		used = disp.Widther.Width(b.clean(b.Editor.Text))
	}
	room := max(space-used-4, space/3)
	if disp.Widther.Width(words) > room && room > 1 { // shown whole where nothing matches, and in messages about the filter
		return disp.Begin(words, room)
	}
	return words
}

// text draws the part of the text around the cursor, or, while nobody types, its beginning.
func (b *Bar) text(l *paint.Line, space int) (cursorX int) {
	disp := b.display
	start := l.Width()
	b.origin = start
	if !b.Typing {
		l.Add(disp.Style(kit.Strong), disp.Widther.Truncate(b.clean(disp.Masks("", b.Editor.Text)), space))
		return l.Width()
	}
	clean := b.clean(b.Editor.Text)
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

// loadedWords stand behind a count of rows that are loaded alone, where there is no room for more words.
var loadedWords = termsafe.Const("loaded")

// matchWords counts the matches and, if there are any, the undecided rows. Where there is little space, in fewer words.
func matchWords(s State, short bool) termsafe.Safe {
	found, undecided := termsafe.Count(int64(s.Matches), "match", "matches"), s.Undecided
	if s.Partly {
		found = termsafe.Concat(found, termsafe.Const(" so far"))
	}
	switch {
	case s.Loaded == 0:
	case short:
		found = termsafe.Concat(found, termsafe.Const(" "), loadedWords)
	default:
		found = termsafe.Concat(found, termsafe.Const(" "), kit.OverLoaded(s.Loaded)[0])
	}
	switch {
	case undecided == 0:
		return found
	case short:
		return termsafe.Concat(found, termsafe.Const(", "), termsafe.Int(int64(undecided)), termsafe.Const(" undecided"))
	}
	return termsafe.Concat(found, termsafe.Const(", "), termsafe.Int(int64(undecided)), termsafe.Const(" without a time undecided"))
}
