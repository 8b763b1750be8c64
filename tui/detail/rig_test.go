package detail

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// detailRig shows the events of a log in a detail alone, which has the focus.
type detailRig struct {
	*kittest.Rig
	detail *Detail
	keys   *kit.Keymap
	w, h   int
}

// newDetailRig shows the last event of a log.
func newDetailRig(t testing.TB, log kittest.StillLog, w, h int) *detailRig {
	t.Helper()
	disp := kittest.RigLook(false, true, colorprofile.TrueColor)
	d := New(disp)
	r := &detailRig{Rig: kittest.NewRig(t, disp, d, log), detail: d, keys: kit.NewKeymap(), w: w, h: h}
	r.Focused = true
	d.SetSize(w, h)
	r.filterBy("")
	return r
}

// newLineRig shows the only line of a log.
func newLineRig(t testing.TB, line string) *detailRig {
	t.Helper()
	return newDetailRig(t, kittest.LoadText(t, "dir/audit.jsonl", line+"\n"), 100, 14)
}

// filterBy selects rows.
func (r *detailRig) filterBy(filter string) {
	r.T.Helper()
	r.SelectRows(filter)
	r.Settle()
}

// goTo shows the row at a place in the list; the last one if negative.
func (r *detailRig) goTo(at int) {
	r.T.Helper()
	r.Cursor = at
	r.Settle()
}

// press presses keys, separated by spaces.
func (r *detailRig) press(keys string) {
	r.T.Helper()
	for _, name := range strings.Fields(keys) {
		s := r.Scene()
		s.Key = name
		r.detail.Command(r.keys.Command(kit.InDetail, name), s)
		r.Settle()
	}
}

// find looks for a text as the user does.
func (r *detailRig) find(text string) {
	r.T.Helper()
	r.detail.lookFor(text)
	r.Settle()
}

// screen is what the detail shows.
func (r *detailRig) screen() string {
	r.T.Helper()
	return r.Frame(r.w, r.h)
}

// text is everything that the detail can show, top to bottom.
func (r *detailRig) text() string {
	var out []string
	for s, ok := (linePosition{}), true; ok; s, ok = r.detail.next(s) {
		out = append(out, strings.TrimRight(r.detail.lines(s.block, s.part)[s.line].Plain(), " "))
	}
	return strings.Join(out, "\n")
}

// seek puts the cursor on the first line that holds a text.
func (r *detailRig) seek(text string) {
	r.T.Helper()
	r.press("g")
	for range 2000 {
		for _, l := range r.detail.lines(r.detail.at, 0) {
			if strings.Contains(l.Plain(), text) {
				return
			}
		}
		r.press("j")
	}
	r.T.Fatalf("the detail has no line with %q:\n%s", text, r.text())
}

// cursorLines is the text of the block under the cursor, as far as it is visible.
func (r *detailRig) cursorLines() string {
	var out []string
	d := r.detail
	for s, ok := d.top, true; ok && len(out) < d.height; s, ok = d.next(s) {
		if s.block == d.at {
			out = append(out, d.lines(s.block, s.part)[s.line].Plain())
		}
	}
	return strings.Join(out, "\n")
}
