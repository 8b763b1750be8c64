package modal

import (
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// openHelp opens the help of the list.
func openHelp(r *kittest.ModalRig) *Help {
	h := NewHelp(r.Display, r.Keys, kit.InList, kit.HintsOf(nil, kit.InList), "1.0")
	r.Modals.Open(h)
	return h
}

func TestTheHelpCutsNothing(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}, {40, 12}} {
		r := kittest.NewModalRig(t)
		h := openHelp(r)
		for _, g := range h.groups() {
			for _, row := range g.rows {
				h.editor.Set(strings.ToLower(row.text.String()))
				_, screen, _ := strings.Cut(r.Screen(size[0], 200), "\n") // below the words searched for
				shown := strings.Join(strings.Fields(screen), " ")
				for _, word := range strings.Fields(row.text.String()) {
					if !strings.Contains(shown, word) {
						t.Errorf("%v: %q is cut in %q", size, word, row.text.String())
					}
				}
				if strings.Contains(strings.ReplaceAll(shown, "1…9", ""), "…") {
					t.Errorf("%v: the row of %q is cut:\n%s", size, row.text.String(), shown)
				}
			}
		}
	}
}

func TestTheHelpNamesEveryKeyByTask(t *testing.T) {
	r := kittest.NewModalRig(t)
	h, named := openHelp(r), map[string]bool{}
	for _, g := range h.groups()[1:] {
		for _, row := range g.rows {
			named[row.sign.String()] = true
		}
	}
	for _, row := range r.Keys.Rows {
		if help := row.Binding.Help(); help.Key != "" && !named[help.Key] {
			t.Errorf("%q is not in the help", help.Key)
		}
	}
	groups := h.groups()
	if n := len(groups[0].rows); n != hereRows {
		t.Errorf("the help begins with %d keys, want %d", n, hereRows)
	}
	for i, task := range []string{"Look", "Narrow", "Jump", "Understand", "Take away"} {
		if got := groups[1+i]; got.name.String() != task || len(got.rows) == 0 {
			t.Errorf("group %d is %q with %d rows, want %q", i, got.name.String(), len(got.rows), task)
		}
	}
}

func TestTheHelpIsSearched(t *testing.T) {
	r := kittest.NewModalRig(t)
	openHelp(r)
	r.Press("/")
	r.Write("mask secrets")
	r.MustShow("search mask secrets", "Take away", "mask secrets")
	if shown := r.Screen(80, 24); strings.Contains(shown, "Narrow") {
		t.Errorf("the search leaves other groups:\n%s", shown)
	}
	r.Press("enter esc")
	r.MustShow("Narrow")
	r.Press("/")
	r.Write("zzz")
	r.MustShow("The help has nothing about these words")
	r.Press("esc esc")
	if r.Modals.Top() != nil {
		t.Error("esc does not close the help")
	}
}

func TestTheHelpSaysHowMuchThereIs(t *testing.T) {
	r := kittest.NewModalRig(t)
	h := openHelp(r)
	first := r.Screen(80, 24)
	if !strings.Contains(first, "↓ 22 of ") {
		t.Errorf("the help does not say how long it is:\n%s", first)
	}
	r.Press("G")
	if last := r.Screen(80, 24); !strings.Contains(last, "↑  ") || h.top == 0 {
		t.Errorf("the end of the help:\n%s", last)
	}
}
