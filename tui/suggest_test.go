package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/paint"
)

// suggestRig types into the completion of a log.
type suggestRig struct {
	*rig
	s *suggest
}

func newSuggestRig(t testing.TB, disp *display, log stillLog) *suggestRig {
	s := newSuggest(disp)
	r := &suggestRig{newRig(t, disp, nil, log), s}
	r.selectRows("")
	r.settle()
	return r
}

// settle runs jobs until the completion lacks nothing.
func (r *suggestRig) settle() {
	r.t.Helper()
	for range 5 {
		cmd := r.s.work(r.t.Context(), r.scene())
		if cmd == nil {
			return
		}
		msg := cmd()
		c, ok := msg.(suggestCounted)
		if !ok || c.err != nil {
			r.t.Fatalf("counting gives %v", msg)
		}
		if _, ok := finished(c); !ok {
			r.t.Fatal("the answer is stale")
		}
	}
	r.t.Fatal("the completion does not stop asking for work")
}

// screen draws the list over a screen of w by h cells, with the bar on the second line.
func (r *suggestRig) screen(w, h, x int) string {
	r.t.Helper()
	f := paint.NewFrame(r.display.widther, w, h)
	at := r.s.rect(rect{0, 0, w, h}, x, 1)
	if at.x < 0 || at.y < 0 || at.x+at.w > w || at.y+at.h > h {
		r.t.Fatalf("the list %+v is beyond a screen of %d by %d", at, w, h)
	}
	if !at.empty() && at.y <= 1 && at.y+at.h > 1 {
		r.t.Fatalf("the list %+v covers the bar", at)
	}
	r.s.draw(f, rect{0, 0, w, h}, x, 1)
	frame := f.String()
	checkBlock(r.t, r.display, frame, w, h)
	if n := f.Tripped(); n != 0 {
		r.t.Fatalf("the tripwire replaced %d runes", n)
	}
	return frame
}

func (r *suggestRig) write(text string) { r.s.edited(text, len(text)) }

func TestSuggestLooksAsItDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, log := range paneLogs {
			name := "suggest-" + strings.ReplaceAll(log.name, " ", "-")
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				r := newSuggestRig(t, rigLook(ascii, true, colorprofile.TrueColor), log.load(t))
				var all []string
				for _, text := range []string{"ac", "is:failed actor:", "result=", "action:del", "param.", "zzz"} {
					r.write(text)
					r.s.press(cmdDown)
					for _, w := range []int{40, 80, 120} {
						all = append(all, fmt.Sprintf("%q in %d", text, w), written(ansi.Strip(r.screen(w, 11, len(text)))))
					}
				}
				checkGolden(t, name, strings.Join(all, "\n"))
			})
		}
	}
}

// written is a frame without what is blank in it.
func written(frame string) string {
	var out []string
	for _, l := range strings.Split(frame, "\n") {
		if l = strings.TrimRight(l, " "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func TestSuggestColorsLookAsTheyDid(t *testing.T) {
	for _, c := range rigColors {
		t.Run(c.name, func(t *testing.T) {
			r := newSuggestRig(t, rigLook(false, c.dark, c.profile), loadFile(t, "audit.jsonl"))
			r.write("actor:")
			r.s.press(cmdDown)
			checkGolden(t, "suggest-color-"+c.name, r.screen(60, 11, 8))
		})
	}
}

func TestSuggestOffersValuesOfTheWholeLogWithTheirCounts(t *testing.T) {
	r := newSuggestRig(t, rigLook(false, true, colorprofile.TrueColor), loadText(t, "x", events(100)))
	r.selectRows("is:failed")
	r.settle()
	r.write("result:")
	if len(r.s.options) < 2 || r.s.options[0].Text != "result:SUCCEEDED" || r.s.options[0].Count != 90 || r.s.options[1].Count != 10 {
		t.Errorf("the options are %+v, want 90 that succeeded and 10 that failed", r.s.options)
	}
}

func TestSuggestKnowsWhatCameSince(t *testing.T) {
	log := loadText(t, "x", events(100))
	r := newSuggestRig(t, rigLook(false, true, colorprofile.TrueColor), log)
	appendText(t, log.Log, strings.ReplaceAll(events(50), "LIST_RULES", "GET_POLICY"))
	r.selectRows("")
	r.settle()
	r.write("action:get")
	if len(r.s.options) != 1 || r.s.options[0].Count != 50 {
		t.Errorf("the options are %+v, want the 50 new events", r.s.options)
	}
}

func TestSuggestKeys(t *testing.T) {
	r := newSuggestRig(t, rigLook(false, true, colorprofile.TrueColor), loadText(t, "x", events(100)))
	for _, tt := range []struct {
		name, typed string
		keys        []command
		want        string
		open, used  bool // behind the last key
	}{
		{"tab chooses, tab inserts", "result:", []command{cmdComplete, cmdComplete}, "result:SUCCEEDED ", true, true},
		{"down chooses, enter inserts", "result:", []command{cmdDown, cmdDown, cmdKeep}, "result:FAILED ", true, true},
		{"a single one is inserted at once", "is:part", []command{cmdComplete}, "is:partial ", true, true},
		{"a name is followed by nothing", "actionN", []command{cmdComplete}, "actionName:", true, true},
		{"up from the first one chooses none", "result:", []command{cmdDown, cmdUp, cmdKeep}, "result:", true, false},
		{"enter without a choice is the bar's", "result:", []command{cmdKeep}, "result:", true, false},
		{"esc closes", "result:", []command{cmdRestore}, "result:", false, true},
		{"a second esc is the bar's", "result:", []command{cmdRestore, cmdRestore}, "result:", false, false},
		{"nothing typed is nothing offered", "is:failed ", []command{cmdDown}, "is:failed ", false, false},
		{"tab offers everything there", "is:failed ", []command{cmdComplete}, "is:failed ", true, true},
		{"what is typed in full is not offered", "is:failed", []command{cmdDown}, "is:failed", false, false},
		{"down goes round", "result:", []command{cmdDown, cmdDown, cmdDown, cmdDown, cmdKeep}, "result:SUCCEEDED ", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r.s.close()
			r.write("")
			r.write(tt.typed)
			text, used := tt.typed, false
			for _, c := range tt.keys {
				var changed bool
				var now string
				if now, _, changed, used = r.s.press(c); changed {
					text = now
				}
			}
			if text != tt.want || used != tt.used || r.s.open() != tt.open {
				t.Errorf("the text is %q, used %v, open %v; want %q, %v, %v", text, used, r.s.open(), tt.want, tt.used, tt.open)
			}
		})
	}
}

func TestSuggestInsertsInTheMiddle(t *testing.T) {
	r := newSuggestRig(t, rigLook(false, true, colorprofile.TrueColor), loadText(t, "x", events(10)))
	r.s.edited("(result:f OR x) y", len("(result:f"))
	r.s.press(cmdDown)
	text, at, _, _ := r.s.press(cmdKeep)
	if want := "(result:FAILED OR x) y"; text != want || at != len("(result:FAILED") {
		t.Errorf("the text is %q with the cursor at %d, want %q", text, at, want)
	}
}

func TestChoiceStaysOnItsCompletion(t *testing.T) {
	log := loadText(t, "x", events(100))
	r := newSuggestRig(t, rigLook(false, true, colorprofile.TrueColor), log)
	r.write("result:")
	r.s.press(cmdDown)
	r.s.press(cmdDown)
	appendText(t, log.Log, strings.ReplaceAll(events(500), "SUCCEEDED", "FAILED"))
	r.selectRows("")
	r.settle()
	if got := r.s.options[r.s.chosen].Text; got != "result:FAILED" || r.s.chosen != 0 {
		t.Errorf("after the log grew %q is chosen, at %d, want result:FAILED, now the first", got, r.s.chosen)
	}
}

func TestFilterHistoryWalksFromAnEmptyBar(t *testing.T) {
	var h filterHistory
	for _, text := range []string{"a", "b", "", "a", " c "} {
		h.add(text)
	}
	shown := ""
	for i, step := range []struct {
		c    command
		want string
		ok   bool
	}{{cmdUp, "c", true}, {cmdUp, "a", true}, {cmdUp, "b", true}, {cmdUp, "b", false}, {cmdDown, "a", true}, {cmdDown, "c", true}, {cmdDown, "", true}, {cmdDown, "", false}, {cmdUp, "c", true}} {
		text, ok := h.walk(step.c, shown)
		if ok {
			shown = text
		}
		if ok != step.ok || shown != step.want {
			t.Fatalf("step %d shows %q (%v), want %q (%v)", i, shown, ok, step.want, step.ok)
		}
	}
	if text, ok := h.walk(cmdUp, "c and more"); ok {
		t.Errorf("from a text of one's own the walk goes to %q", text)
	}
	if text, ok := h.walk(cmdUp, ""); !ok || text != "c" {
		t.Errorf("from the empty bar the walk begins with %q (%v), want the latest", text, ok)
	}
	for i := range 3 * maxFilters {
		h.add(fmt.Sprint(i))
	}
	if len(h.texts) != maxFilters {
		t.Errorf("%d filters are remembered, want %d", len(h.texts), maxFilters)
	}
}

// checkSuggest types a text and draws the list on a screen of any size.
func checkSuggest(t *testing.T, disp *display, log stillLog, text string, w, h int, script []byte) {
	r := newSuggestRig(t, disp, log)
	for _, typed := range []string{"actor:", "result=", "par", text, "ua:" + text} {
		r.write(typed)
		for _, b := range script[:min(len(script), 12)] {
			got, at, _, _ := r.s.press(fuzzCommands[int(b)%len(fuzzCommands)])
			if at < 0 || at > len(got) {
				t.Fatalf("the cursor is at %d of %q", at, got)
			}
			r.s.edited(got, at)
			r.screen(w, h, int(b))
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	r := newSuggestRig(b, rigLook(false, true, colorprofile.TrueColor), loadFile(b, "audit.jsonl"))
	b.Run("type", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.write("actor:a")
			r.write("actor:")
		}
	})
	b.Run("draw", func(b *testing.B) {
		r.write("actor:")
		f := paint.NewFrame(r.display.widther, 200, 50)
		b.ReportAllocs()
		for b.Loop() {
			f.Reset(r.display.widther, 200, 50)
			r.s.draw(f, rect{0, 0, 200, 50}, 9, 1)
		}
	})
}
