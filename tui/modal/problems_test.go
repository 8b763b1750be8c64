package modal

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit/kittest"
)

// problemRig shows the problems of a log alone.
type problemRig struct {
	*kittest.ModalRig
	view *ProblemView
}

func newProblemRig(t testing.TB, log kittest.StillLog) *problemRig {
	t.Helper()
	r := &problemRig{ModalRig: kittest.NewModalRig(t)}
	r.Log, r.view = log, NewProblemView(r.Display)
	r.open()
	return r
}

// open opens the problems as they were.
func (r *problemRig) open() {
	r.T.Helper()
	r.Obey(r.view.Open())
	r.Work()
}

func TestProblemsAreThoseOfTheModel(t *testing.T) {
	log := kittest.LoadFile(t, "damaged.jsonl")
	r := newProblemRig(t, log)
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := new(count.ProblemCounts).Extend(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	groups := counts.Groups(0)
	if len(groups) < 20 {
		t.Fatalf("%d groups", len(groups))
	}
	lines := strings.Split(r.Screen(300, 200), "\n")
	for _, g := range groups {
		want := []string{g.Severity().String(), fmt.Sprint(g.Count), problemField(r.Display, &g).String(), g.Code.String()}
		found := false
		for _, l := range lines {
			at, in := strings.TrimLeft(l, " ▌"), true
			for _, w := range want {
				i := strings.Index(at, w)
				in = in && i >= 0
				at = at[max(0, i):]
			}
			found = found || in
		}
		if !found {
			t.Errorf("no line shows %q:\n%s", want, strings.Join(lines, "\n"))
		}
	}
	b := log.Snapshot()
	r.MustShow(fmt.Sprintf("%d lines = %d events + %d rejects + %d blanks", b.Books().Lines, b.Books().Events, b.Books().Rejects, b.Books().Blanks))
}

func TestEnterListsTheLinesOfAGroupAndGoesToOne(t *testing.T) {
	r := newProblemRig(t, kittest.LoadFile(t, "damaged.jsonl"))
	v := r.view
	r.Press("j enter")
	if v.inside == nil || v.inside.len() != v.groups[1].Rows {
		t.Fatalf("the group of %d lines lists %d", v.groups[1].Rows, v.inside.len())
	}
	want := v.inside.sel.At(2)
	r.Press("j j enter")
	if got := r.Wished.Show; got == nil || *got != want || len(r.Modals) != 0 {
		t.Fatalf("enter goes to row %v and leaves %d modals, want row %d", got, len(r.Modals), want)
	}
	r.open()
	if row, _ := v.inside.row(); row != want {
		t.Errorf("p comes back to row %d, want %d", row, want)
	}
	r.Press("j enter")
	if got := r.Wished.Show; got == nil || *got != v.inside.sel.At(3) {
		t.Errorf("the next line is row %v, want %d", got, v.inside.sel.At(3))
	}
	r.open()
	r.Press("esc")
	if v.inside != nil || len(r.Modals) != 1 || v.At != 1 {
		t.Errorf("esc leaves %d modals with the cursor at %d", len(r.Modals), v.At)
	}
	r.Press("esc")
	if len(r.Modals) != 0 {
		t.Error("esc does not close the problems")
	}
}

func TestProblemsGoOnCountingWhileTheLogGrows(t *testing.T) {
	log := kittest.LoadText(t, "one", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+"not JSON\n")
	r := newProblemRig(t, log)
	r.Press("enter")
	kittest.AppendText(t, log.Log, "not JSON either\nnor this\n")
	r.Work()
	if n := r.view.inside.len(); n != 3 {
		t.Errorf("the open group has %d lines, want 3", n)
	}
	r.Press("esc")
	if g := r.view.groups; len(g) != 1 || g[0].Count != 3 || len(g[0].Sources) != 2 {
		t.Errorf("the groups are %+v", g)
	}
	r.MustShow("3 problems in 3 lines", "1 in one", "2 in more", "4 lines = 1 event + 3 rejects + 0 blanks")
}

func TestALogWithoutProblemsSaysSo(t *testing.T) {
	r := newProblemRig(t, kittest.LoadText(t, "fine", kittest.Event("LIST_RULES", "SUCCEEDED", 1)))
	r.Press("enter j G")
	r.MustShow("No problems: every line is an event that follows the schema")
}

// + on a problem filters for exactly the lines with it, whatever the key in it is.
func TestAProblemFiltersForItsLines(t *testing.T) {
	r := newProblemRig(t, kittest.LoadFile(t, "damaged.jsonl"))
	groups, snap := r.view.groups, r.Log.Snapshot()
	if len(groups) < 20 {
		t.Fatalf("%d groups", len(groups))
	}
	for i, g := range groups {
		r.Press("home" + strings.Repeat(" down", i) + " +")
		if got := kittest.SelectedBy(t, &snap, r.Wished.With).Len(); got != g.Rows || len(r.Modals) != 0 {
			t.Errorf("%s finds %d rows, want %d", r.Wished.With, got, g.Rows)
		}
		r.open()
		r.Press("enter +")
		if got := kittest.SelectedBy(t, &snap, r.Wished.With).Len(); got != g.Rows || len(r.Modals) != 0 {
			t.Errorf("from its lines, %s finds %d rows, want %d", r.Wished.With, got, g.Rows)
		}
		r.open()
		r.Press("esc")
	}
}

// What is longer than the screen says where the cursor is, and on which sides there is more.
func TestATableLongerThanTheScreenSaysWhereOneIs(t *testing.T) {
	r := newProblemRig(t, kittest.LoadFile(t, "damaged.jsonl"))
	n := len(r.view.groups)
	for _, w := range []int{60, 80, 120} {
		r.Press("g")
		if head := strings.Split(r.Screen(w, 20), "\n")[0]; !strings.Contains(head, fmt.Sprintf(" ↓ 1 of %d ", n)) {
			t.Errorf("the first line at %d cells is %q", w, head)
		}
		r.Press("G")
		r.Screen(w, 20)
		if head := strings.Split(r.Screen(w, 20), "\n")[0]; !strings.Contains(head, fmt.Sprintf("↑  %d of %d ", n, n)) {
			t.Errorf("the last line at %d cells: %q", w, head)
		}
	}
}
