package tui

import (
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model/query"
)

// listRig shows the events of a log in a list alone.
type listRig struct {
	*rig
	list *list
}

func newListRig(t testing.TB, log stillLog, w, h int) *listRig {
	t.Helper()
	disp := rigLook(false, true, colorprofile.TrueColor)
	l := newList(disp, func() query.Env { return query.Env{Now: testNow, Zone: disp.zone} }, func() emptyState { return emptyState{} })
	r := &listRig{newRig(t, disp, &l, log), &l}
	l.setSize(w, h)
	r.filterBy("")
	return r
}

// filterBy shows the rows that a filter selects.
func (r *listRig) filterBy(filter string) {
	r.t.Helper()
	r.selectRows(filter)
	r.list.selected(r.sel, false)
	r.settle()
}
