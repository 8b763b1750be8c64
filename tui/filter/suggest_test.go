package filter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
)

// suggestRig types into the completion of a log.
type suggestRig struct {
	*kittest.Rig
	s *suggest
}

func newSuggestRig(t testing.TB, disp *kit.Display, log kittest.StillLog) *suggestRig {
	s := newSuggest(disp)
	r := &suggestRig{kittest.NewRig(t, disp, nil, log), s}
	r.SelectRows("")
	r.settle()
	return r
}

// settle runs jobs until the completion lacks nothing.
func (r *suggestRig) settle() {
	r.T.Helper()
	for range 5 {
		cmd := r.s.Work(r.T.Context(), r.Scene())
		if cmd == nil {
			return
		}
		msg := cmd()
		c, ok := msg.(suggestCounted)
		if !ok || c.err != nil {
			r.T.Fatalf("counting gives %v", msg)
		}
		if _, ok := kit.Finished(c); !ok {
			r.T.Fatal("the answer is stale")
		}
	}
	r.T.Fatal("the completion does not stop asking for work")
}

// screen draws the list over a screen of w by h cells, with the bar on the second line.
func (r *suggestRig) screen(w, h, x int) string {
	r.T.Helper()
	f := paint.NewFrame(r.Display.Widther, w, h)
	at := r.s.rect(kit.Rect{X: 0, Y: 0, W: w, H: h}, x, 1)
	if at.X < 0 || at.Y < 0 || at.X+at.W > w || at.Y+at.H > h {
		r.T.Fatalf("the list %+v is beyond a screen of %d by %d", at, w, h)
	}
	if !at.Empty() && at.Y <= 1 && at.Y+at.H > 1 {
		r.T.Fatalf("the list %+v covers the bar", at)
	}
	r.s.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: h}, x, 1)
	frame := f.String()
	kittest.CheckBlock(r.T, r.Display, frame, w, h)
	if n := f.Tripped(); n != 0 {
		r.T.Fatalf("the tripwire replaced %d runes", n)
	}
	return frame
}

func (r *suggestRig) write(text string) { r.s.Edited(text, len(text)) }

func TestSuggestLooksAsItDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, log := range kittest.PaneLogs {
			name := "suggest-" + strings.ReplaceAll(log.Name, " ", "-")
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				r := newSuggestRig(t, kittest.RigLook(ascii, true, colorprofile.TrueColor), log.Load(t))
				var all []string
				for _, text := range []string{"ac", "is:failed actor:", "result=", "action:del", "param.", "zzz"} {
					r.write(text)
					r.s.Press(kit.CmdDown)
					for _, w := range []int{40, 80, 120} {
						all = append(all, fmt.Sprintf("%q in %d", text, w), written(ansi.Strip(r.screen(w, 11, len(text)))))
					}
				}
				kittest.CheckGolden(t, name, strings.Join(all, "\n"))
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
	for _, c := range kittest.RigColors {
		t.Run(c.Name, func(t *testing.T) {
			r := newSuggestRig(t, kittest.RigLook(false, c.Dark, c.Profile), kittest.LoadFile(t, "audit.jsonl"))
			r.write("actor:")
			r.s.Press(kit.CmdDown)
			kittest.CheckGolden(t, "suggest-color-"+c.Name, r.screen(60, 11, 8))
		})
	}
}

func TestSuggestOffersValuesOfTheWholeLogWithTheirCounts(t *testing.T) {
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(100)))
	r.SelectRows("is:failed")
	r.settle()
	r.write("result:")
	if len(r.s.options) < 2 || r.s.options[0].Text != "result:SUCCEEDED" || r.s.options[0].Count != 90 || r.s.options[1].Count != 10 {
		t.Errorf("the options are %+v, want 90 that succeeded and 10 that failed", r.s.options)
	}
}

func TestSuggestKnowsWhatCameSince(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(100))
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), log)
	kittest.AppendText(t, log.Log, strings.ReplaceAll(kittest.Events(50), "LIST_RULES", "GET_POLICY"))
	r.SelectRows("")
	r.settle()
	r.write("action:get")
	if len(r.s.options) != 1 || r.s.options[0].Count != 50 {
		t.Errorf("the options are %+v, want the 50 new events", r.s.options)
	}
}

func TestSuggestKeys(t *testing.T) {
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(100)))
	for _, tt := range []struct {
		name, typed string
		keys        []kit.Command
		want        string
		open, used  bool // behind the last key
	}{
		{"tab takes the first", "result:", []kit.Command{kit.CmdComplete}, "result:SUCCEEDED ", true, true},
		{"tab takes the chosen one", "result:", []kit.Command{kit.CmdDown, kit.CmdDown, kit.CmdComplete}, "result:FAILED ", true, true},
		{"down chooses, enter inserts", "result:", []kit.Command{kit.CmdDown, kit.CmdDown, kit.CmdKeep}, "result:FAILED ", true, true},
		{"a single one is inserted at once", "is:part", []kit.Command{kit.CmdComplete}, "is:partial ", true, true},
		{"a name is followed by nothing", "actionN", []kit.Command{kit.CmdComplete}, "actionName:", true, true},
		{"up from the first one chooses none", "result:", []kit.Command{kit.CmdDown, kit.CmdUp, kit.CmdKeep}, "result:", true, false},
		{"enter without a choice is the bar's", "result:", []kit.Command{kit.CmdKeep}, "result:", true, false},
		{"tab opens and enter is the bar's", "is:failed ", []kit.Command{kit.CmdComplete, kit.CmdKeep}, "is:failed ", true, false},
		{"esc closes", "result:", []kit.Command{kit.CmdRestore}, "result:", false, true},
		{"a second esc is the bar's", "result:", []kit.Command{kit.CmdRestore, kit.CmdRestore}, "result:", false, false},
		{"nothing typed is nothing offered", "is:failed ", []kit.Command{kit.CmdDown}, "is:failed ", false, false},
		{"tab offers everything there", "is:failed ", []kit.Command{kit.CmdComplete}, "is:failed ", true, true},
		{"what is typed in full is not offered", "is:failed", []kit.Command{kit.CmdDown}, "is:failed", false, false},
		{"down goes round", "result:", []kit.Command{kit.CmdDown, kit.CmdDown, kit.CmdDown, kit.CmdDown, kit.CmdKeep}, "result:SUCCEEDED ", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r.s.Close()
			r.write("")
			r.write(tt.typed)
			text, used := tt.typed, false
			for _, c := range tt.keys {
				var changed bool
				var now string
				if now, _, changed, used = r.s.Press(c); changed {
					text = now
				}
			}
			if text != tt.want || used != tt.used || r.s.open() != tt.open {
				t.Errorf("the text is %q, used %v, open %v; want %q, %v, %v", text, used, r.s.open(), tt.want, tt.used, tt.open)
			}
		})
	}
}

func TestWhoTypesOnHasLeftTheList(t *testing.T) {
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(100)))
	r.write("res")
	r.s.Press(kit.CmdDown)
	r.write("resu")
	if text, _, _, taken := r.s.Press(kit.CmdKeep); taken {
		t.Errorf("enter makes %q of what is written", text)
	}
}

func TestTheListSaysWhichKeyTakes(t *testing.T) {
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(100)))
	r.write("result:")
	if frame, hint := ansi.Strip(r.screen(80, 11, 7)), r.s.Hints()[0]; !strings.Contains(frame, "tab takes the first") || hint.Does != "take the first" {
		t.Errorf("the list says %q and\n%s", hint.Does, frame)
	}
	r.s.Press(kit.CmdDown)
	if frame, hint := ansi.Strip(r.screen(80, 11, 7)), r.s.Hints()[0]; !strings.Contains(frame, "enter takes it") || hint.Does != "take it" {
		t.Errorf("with a choice the list says %q and\n%s", hint.Does, frame)
	}
	r.s.Close()
	if hint := r.s.Hints()[1]; hint.Does != "apply" {
		t.Errorf("without a list the second key is for %q", hint.Does)
	}
}

func TestSuggestInsertsInTheMiddle(t *testing.T) {
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(10)))
	r.s.Edited("(result:f OR x) y", len("(result:f"))
	r.s.Press(kit.CmdDown)
	text, at, _, _ := r.s.Press(kit.CmdKeep)
	if want := "(result:FAILED OR x) y"; text != want || at != len("(result:FAILED") {
		t.Errorf("the text is %q with the cursor at %d, want %q", text, at, want)
	}
}

func TestChoiceStaysOnItsCompletion(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(100))
	r := newSuggestRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), log)
	r.write("result:")
	r.s.Press(kit.CmdDown)
	r.s.Press(kit.CmdDown)
	kittest.AppendText(t, log.Log, strings.ReplaceAll(kittest.Events(500), "SUCCEEDED", "FAILED"))
	r.SelectRows("")
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
		c    kit.Command
		want string
		ok   bool
	}{
		{kit.CmdUp, "c", true}, {kit.CmdUp, "a", true}, {kit.CmdUp, "b", true}, {kit.CmdUp, "b", false},
		{kit.CmdDown, "a", true}, {kit.CmdDown, "c", true}, {kit.CmdDown, "", true}, {kit.CmdDown, "", false}, {kit.CmdUp, "c", true},
	} {
		text, ok := h.walk(step.c, shown)
		if ok {
			shown = text
		}
		if ok != step.ok || shown != step.want {
			t.Fatalf("step %d shows %q (%v), want %q (%v)", i, shown, ok, step.want, step.ok)
		}
	}
	if text, ok := h.walk(kit.CmdUp, "c and more"); ok {
		t.Errorf("from a text of one's own the walk goes to %q", text)
	}
	if text, ok := h.walk(kit.CmdUp, ""); !ok || text != "c" {
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
func checkSuggest(t *testing.T, disp *kit.Display, log kittest.StillLog, text string, w, h int, script []byte) {
	r := newSuggestRig(t, disp, log)
	for _, typed := range []string{"actor:", "result=", "par", text, "ua:" + text} {
		r.write(typed)
		for _, b := range script[:min(len(script), 12)] {
			got, at, _, _ := r.s.Press(kittest.FuzzCommands[int(b)%len(kittest.FuzzCommands)])
			if at < 0 || at > len(got) {
				t.Fatalf("the cursor is at %d of %q", at, got)
			}
			r.s.Edited(got, at)
			r.screen(w, h, int(b))
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	r := newSuggestRig(b, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(b, "audit.jsonl"))
	b.Run("type", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.write("actor:a")
			r.write("actor:")
		}
	})
	b.Run("draw", func(b *testing.B) {
		r.write("actor:")
		f := paint.NewFrame(r.Display.Widther, 200, 50)
		b.ReportAllocs()
		for b.Loop() {
			f.Reset(r.Display.Widther, 200, 50)
			r.s.Draw(f, kit.Rect{X: 0, Y: 0, W: 200, H: 50}, 9, 1)
		}
	})
}
