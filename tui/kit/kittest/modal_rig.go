package kittest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// ModalRig shows modals alone, without an App: it gives the topmost one the keys, and fulfils what it wishes.
type ModalRig struct {
	T       testing.TB   // fails on whatever goes wrong
	Display *kit.Display // that of the modals
	Keys    *kit.Keymap
	Modals  kit.Modals       // the open ones
	Log     StillLog         // which the modals are about; none if it is zero
	Sel     *model.Selection // the rows of the list; nil for none
	Filter  kit.Filter       // which selected them
	Wished  kit.Wish         // what was wished last
	Toast   string           // what was said last; empty after a key that says nothing
	Copied  []string         // what was put on the clipboard
}

// NewModalRig returns a rig without modals, in ASCII.
func NewModalRig(t testing.TB) *ModalRig {
	return &ModalRig{T: t, Display: RigLook(false, true, colorprofile.TrueColor), Keys: kit.NewKeymap()}
}

// Press presses keys, separated by spaces.
func (r *ModalRig) Press(keys string) {
	r.T.Helper()
	for _, name := range strings.Fields(keys) {
		r.Key(KeyMsg(name))
	}
}

// Write types a text, letter by letter.
func (r *ModalRig) Write(text string) {
	r.T.Helper()
	for _, letter := range text {
		r.Key(tea.KeyPressMsg{Code: letter, Text: string(letter)})
	}
}

// Key gives a key to the topmost modal.
func (r *ModalRig) Key(k tea.KeyPressMsg) {
	r.T.Helper()
	top := r.Modals.Top()
	if top == nil {
		r.T.Fatalf("no modal takes the key %s", k)
	}
	r.Toast = ""
	r.Obey(r.Modals.Press(r.Keys.Command(top.Scope(), k.String()), k.Text))
	r.Work()
}

// Work runs the jobs that the modals need, until they lack nothing.
func (r *ModalRig) Work() {
	r.T.Helper()
	for range 10 {
		if r.Log.Log == nil {
			return
		}
		snap := r.Log.Snapshot()
		cmd := r.Modals.Work(r.T.Context(), &kit.Scene{Log: &snap, Sel: r.Sel, Newest: r.Sel, Current: r.Filter, Complete: true, Env: query.Env{Now: TestNow, Zone: r.Display.Zone}})
		if cmd == nil {
			return
		}
		r.Run(cmd)
	}
	r.T.Fatal("the modals do not stop asking for work")
}

// Obey fulfils a wish, and those that follow from its jobs.
func (r *ModalRig) Obey(w kit.Wish) {
	r.T.Helper()
	r.Wished = w
	if w.Leave {
		r.Modals.Leave()
	}
	switch {
	case w.Modal == nil:
	case len(r.Modals) > 0 && !w.OrElse.Empty():
		r.Toast = w.OrElse.String()
	default:
		r.Modals.Open(w.Modal)
	}
	if w.Ask != nil {
		r.Modals.Open(kit.NewPrompt(r.Display, *w.Ask))
	}
	if !w.Toast.Empty() {
		r.Toast = w.Toast.String()
	}
	r.Run(w.Cmd)
}

// Run runs a command, and fulfils what follows from it.
func (r *ModalRig) Run(cmd tea.Cmd) {
	r.T.Helper()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			r.Run(c)
		}
	case kit.Crashed:
		r.T.Fatalf("the job panicked: %v\n%s", msg.Fault, msg.Fault.Stack)
	case kit.Answer:
		if wanted, ok := kit.Finished(msg); ok {
			r.Obey(wanted)
		}
	default:
		if reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
			r.Copied = append(r.Copied, fmt.Sprint(msg))
		}
	}
}

// Screen returns what the modals show in w by h cells, the status line included.
func (r *ModalRig) Screen(w, h int) string {
	f := paint.NewFrame(termsafe.Widther{}, w, h)
	r.Modals.Draw(f, kit.Rect{X: 0, Y: 0, W: w, H: h - 1}, kit.Rect{X: 0, Y: h - 1, W: w, H: 1})
	return ansi.Strip(f.String())
}

// MustShow fails unless the modals or the message show all the texts.
func (r *ModalRig) MustShow(texts ...string) {
	r.T.Helper()
	shown := r.Screen(160, 40) + "\n" + r.Toast
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			r.T.Errorf("%q is not shown:\n%s", text, shown)
		}
	}
}
