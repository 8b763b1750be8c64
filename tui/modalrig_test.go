package tui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// modalRig shows modals alone, without an App: it gives the topmost one the keys, and fulfils what it wishes.
type modalRig struct {
	t       testing.TB
	display *display
	keys    *keymap
	modals  modals
	log     stillLog // which the modals are about; none if it is zero
	wished  wish     // what was wished last
	toast   string
	copied  []string // what was put on the clipboard
}

func newModalRig(t testing.TB) *modalRig {
	return &modalRig{t: t, display: rigLook(false, true, colorprofile.TrueColor), keys: newKeymap()}
}

// press presses keys, separated by spaces.
func (r *modalRig) press(keys string) {
	r.t.Helper()
	for _, name := range strings.Fields(keys) {
		r.key(keyMsg(name))
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
	top := r.modals.top()
	if top == nil {
		r.t.Fatalf("no modal takes the key %s", k)
	}
	r.toast = ""
	r.obey(r.modals.press(r.keys.command(top.scope(), k.String()), k.Text))
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
		cmd := r.modals.work(r.t.Context(), &scene{log: &snap})
		if cmd == nil {
			return
		}
		r.run(cmd)
	}
	r.t.Fatal("the modals do not stop asking for work")
}

// obey fulfils a wish, and those that follow from its jobs.
func (r *modalRig) obey(w wish) {
	r.t.Helper()
	r.wished = w
	switch {
	case w.modal == nil:
	case len(r.modals) > 0 && !w.orElse.Empty():
		r.toast = w.orElse.String()
	default:
		r.modals.open(w.modal)
	}
	if !w.toast.Empty() {
		r.toast = w.toast.String()
	}
	r.run(w.cmd)
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
	case crashed:
		r.t.Fatalf("the job panicked: %v\n%s", msg.fault, msg.fault.Stack)
	case answer:
		if wanted, ok := finished(msg); ok {
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
	r.modals.draw(f, rect{0, 0, w, h - 1}, rect{0, h - 1, w, 1})
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
