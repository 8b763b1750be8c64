package filter

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
)

// barRig types into a filter bar alone.
type barRig struct {
	t    testing.TB
	bar  Bar
	keys *kit.Keymap
	last kit.Wish // the answer to the last key
}

// newBarRig returns a bar in which the user types.
func newBarRig(t testing.TB) *barRig {
	r := &barRig{t: t, bar: NewBar(kittest.RigLook(false, true, colorprofile.TrueColor)), keys: kit.NewKeymap()}
	r.bar.Begin(time.Time{})
	return r
}

// press presses keys by their names.
func (r *barRig) press(keys string) {
	for _, name := range strings.Fields(keys) {
		k := kittest.KeyMsg(name)
		r.obey(r.bar.Press(r.keys.Command(kit.InFilter, k.String()), k.Text))
	}
}

// write types a text, letter by letter.
func (r *barRig) write(text string) {
	for _, letter := range text {
		r.obey(r.bar.Press(r.keys.Command(kit.InFilter, string(letter)), string(letter)))
	}
}

// obey judges the text that was typed, as the App does.
func (r *barRig) obey(w kit.Wish) {
	if r.last = w; w.Typed != nil {
		_, r.bar.Err = kit.FilterText{Text: *w.Typed}.Parse()
	}
}

// frame draws the bar in w cells, with what is below it.
func (r *barRig) frame(w int) string {
	r.t.Helper()
	f := paint.NewFrame(r.bar.display.Widther, w, 12)
	x := r.bar.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: 1}, State{Filter: new(kit.Filter)})
	r.bar.DrawBelow(f, kit.Rect{X: 0, Y: 1, W: w, H: 11}, min(x, w-1))
	frame := f.String()
	kittest.CheckBlock(r.t, r.bar.display, frame, w, 12)
	return frame
}

// line draws the bar alone, as text.
func (r *barRig) line(w int, s State) string {
	f := paint.NewFrame(r.bar.display.Widther, w, 1)
	r.bar.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: 1}, s)
	return ansi.Strip(f.String())
}

func TestEditing(t *testing.T) {
	tests := []struct{ keys, text string }{
		{"a b c", "abc"}, {"a b left c", "acb"}, {"a b home c", "cab"}, {"a b home right c end d", "acbd"},
		{"a b backspace", "a"}, {"a b left backspace", "b"}, {"a b home delete", "b"}, {"backspace delete left right", ""},
		{"é 家 left backspace", "家"}, {"a space b c ctrl+w", "a "}, {"a space space ctrl+w", ""}, {"a b ctrl+u c", "c"},
	}
	for _, tt := range tests {
		t.Run(tt.keys, func(t *testing.T) {
			r := newBarRig(t)
			r.press(tt.keys)
			if got := r.bar.Editor.Text; got != tt.text {
				t.Errorf("the text is %q, want %q", got, tt.text)
			}
			r.frame(100)
		})
	}
}

func TestPastedSpacesOfAnyAlphabetSeparateTerms(t *testing.T) {
	for _, space := range []string{"\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\u0085", "\u200b", "\ufeff", "\u1680", "\t", "\r\n"} {
		for _, typed := range []bool{false, true} {
			r := newBarRig(t)
			if text := "is:failed" + space + "action:get"; typed && !strings.ContainsAny(space, "\t\r") {
				r.write(text)
			} else {
				r.obey(r.bar.Paste(text))
			}
			if got, want := r.bar.Editor.Text, "is:failed action:get"; got != want || r.bar.Err != nil {
				t.Errorf("with %q between them, typed %v, the filter is %q, %v; want %q", space, typed, got, r.bar.Err, want)
			}
		}
	}
}

func TestOnlyAValidFilterIsKept(t *testing.T) {
	r := newBarRig(t)
	r.write("is:failed (a")
	if r.press("enter"); r.last.Typing != kit.NoTyping {
		t.Error("a wrong filter is kept")
	}
	r.write(")")
	if r.press("enter"); r.last.Typing != kit.TypingKept {
		t.Errorf("enter asks for %+v, want that the filter is kept", r.last)
	}
	if r.press("esc"); r.last.Typing != kit.TypingGivenUp {
		t.Errorf("esc asks for %+v, want the filter from before", r.last)
	}
	if r.press("pgdown"); r.last.Move != kit.CmdPageDown || r.last.Typed != nil {
		t.Errorf("pgdown asks for %+v, want a move of the list", r.last)
	}
}

func TestErrorsWaitUntilOneStopsTyping(t *testing.T) {
	for _, tt := range []struct{ name, text, keys string }{{"a pause", "is:failed (a", ""}, {"enter", "is:failed (a", "enter"}, {"a slash and enter", "/", "enter"}} {
		t.Run(tt.name, func(t *testing.T) {
			r := newBarRig(t)
			r.bar.Pause = time.Hour
			r.write(tt.text)
			scene := &kit.Scene{Current: kit.NoFilter()}
			r.bar.Work(t.Context(), scene, nil)
			if frame := ansi.Strip(r.frame(80)); strings.Contains(frame, "▲") || !strings.Contains(frame, "not applied") {
				t.Errorf("while it is typed the bar says\n%s", frame)
			}
			if r.press(tt.keys); tt.keys == "" {
				r.bar.Take(paused{})
			}
			if frame := ansi.Strip(r.frame(80)); !strings.Contains(frame, "▲") || !strings.Contains(frame, "not applied") {
				t.Errorf("then the bar says\n%s", frame)
			}
			r.write("b")
			if frame := ansi.Strip(r.frame(80)); strings.Contains(frame, "▲") {
				t.Errorf("typed on, the bar says\n%s", frame)
			}
		})
	}
}

func TestTheKeyThatOpensTheBarIsNoErrorInIt(t *testing.T) {
	r := newBarRig(t)
	r.bar.Pause = 0
	r.write("/")
	r.bar.Work(t.Context(), &kit.Scene{Current: kit.NoFilter()}, nil)
	if frame := ansi.Strip(r.frame(80)); strings.Contains(frame, "▲") || !strings.Contains(frame, "not applied: a second / ends a regular expression") {
		t.Errorf("the bar says\n%s", frame)
	}
}

func TestWhatAKeyHasHiddenIsSaidWithoutItsMinus(t *testing.T) {
	r := newBarRig(t)
	for text, want := range map[string]string{"-action=A,B": "hidden: action=A,B", "-action=A": "hidden: action A", "-(a b)": "hidden: a b", "action:A,B": "everything with action:A,B"} {
		f, err := kit.FilterText{Text: text}.Parse()
		if err != nil {
			t.Fatal(err)
		}
		r.bar.Narrowed(f.Chips[0].Expr, nil)
		if got := r.bar.Change(State{Filter: &f}).String(); got != want {
			t.Errorf("after %s it says %q, want %q", text, got, want)
		}
	}
	if !r.bar.Hush() || r.bar.Hush() {
		t.Error("what was said once is said again")
	}
}
