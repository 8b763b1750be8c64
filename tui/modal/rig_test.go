package modal

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// modalRig shows modals alone, without an App: it gives the topmost one the keys, and fulfils what it wishes.
type modalRig struct {
	t       testing.TB
	display *kit.Display
	keys    *kit.Keymap
	modals  Modals
	log     kittest.StillLog // which the modals are about; none if it is zero
	sel     *model.Selection // the rows of the list; nil for none
	wished  kit.Wish         // what was wished last
	toast   string
	copied  []string // what was put on the clipboard
}

func newModalRig(t testing.TB) *modalRig {
	return &modalRig{t: t, display: kittest.RigLook(false, true, colorprofile.TrueColor), keys: kit.NewKeymap()}
}

// press presses keys, separated by spaces.
func (r *modalRig) press(keys string) {
	r.t.Helper()
	for _, name := range strings.Fields(keys) {
		r.key(kittest.KeyMsg(name))
	}
}

// write types a text, letter by letter.
func (r *modalRig) write(text string) {
	r.t.Helper()
	for _, letter := range text {
		r.key(tea.KeyPressMsg{Code: letter, Text: string(letter)})
	}
}

func (r *modalRig) key(k tea.KeyPressMsg) {
	r.t.Helper()
	top := r.modals.Top()
	if top == nil {
		r.t.Fatalf("no modal takes the key %s", k)
	}
	r.toast = ""
	r.obey(r.modals.Press(r.keys.Command(top.Scope(), k.String()), k.Text))
	r.work()
}

// work runs the jobs that the modals need, until they lack nothing.
func (r *modalRig) work() {
	r.t.Helper()
	for range 10 {
		if r.log.Log == nil {
			return
		}
		snap := r.log.Snapshot()
		cmd := r.modals.Work(r.t.Context(), &kit.Scene{Log: &snap, Sel: r.sel, Complete: true})
		if cmd == nil {
			return
		}
		r.run(cmd)
	}
	r.t.Fatal("the modals do not stop asking for work")
}

// obey fulfils a wish, and those that follow from its jobs.
func (r *modalRig) obey(w kit.Wish) {
	r.t.Helper()
	r.wished = w
	switch {
	case w.Modal == nil:
	case len(r.modals) > 0 && !w.OrElse.Empty():
		r.toast = w.OrElse.String()
	default:
		r.modals.Open(w.Modal)
	}
	if w.Ask != nil {
		r.modals.Open(kit.NewPrompt(r.display, *w.Ask))
	}
	if !w.Toast.Empty() {
		r.toast = w.Toast.String()
	}
	r.run(w.Cmd)
}

func (r *modalRig) run(cmd tea.Cmd) {
	r.t.Helper()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	case kit.Crashed:
		r.t.Fatalf("the job panicked: %v\n%s", msg.Fault, msg.Fault.Stack)
	case kit.Answer:
		if wanted, ok := kit.Finished(msg); ok {
			r.obey(wanted)
		}
	default:
		if reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
			r.copied = append(r.copied, fmt.Sprint(msg))
		}
	}
}

// screen returns what the modals show in w by h cells, the status line included.
func (r *modalRig) screen(w, h int) string {
	f := paint.NewFrame(termsafe.Widther{}, w, h)
	r.modals.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: h - 1}, kit.Rect{X: 0, Y: h - 1, W: w, H: 1})
	return ansi.Strip(f.String())
}

// mustShow fails unless the modals or the message show all the texts.
func (r *modalRig) mustShow(texts ...string) {
	r.t.Helper()
	shown := r.screen(160, 40) + "\n" + r.toast
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			r.t.Errorf("%q is not shown:\n%s", text, shown)
		}
	}
}
