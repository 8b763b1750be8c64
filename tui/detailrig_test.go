package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// detailRig shows the events of a log in a detail alone, which has the focus.
type detailRig struct {
	*rig
	detail *detail
	keys   *keymap
	w, h   int
}

// newDetailRig shows the last event of a log.
func newDetailRig(t testing.TB, log stillLog, w, h int) *detailRig {
	t.Helper()
	disp := rigLook(false, true, colorprofile.TrueColor)
	d := newDetail(disp)
	r := &detailRig{rig: newRig(t, disp, d, log), detail: d, keys: newKeymap(), w: w, h: h}
	r.focused = true
	d.setSize(w, h)
	r.filterBy("")
	return r
}

// newLineRig shows the only line of a log.
func newLineRig(t testing.TB, line string) *detailRig {
	t.Helper()
	return newDetailRig(t, loadText(t, "dir/audit.jsonl", line+"\n"), 100, 14)
}

// filterBy selects rows.
func (r *detailRig) filterBy(filter string) {
	r.t.Helper()
	r.selectRows(filter)
	r.settle()
}

// goTo shows the row at a place in the list; the last one if negative.
func (r *detailRig) goTo(at int) {
	r.t.Helper()
	r.cursor = at
	r.settle()
}

// press presses keys, separated by spaces.
func (r *detailRig) press(keys string) {
	r.t.Helper()
	for _, name := range strings.Fields(keys) {
		s := r.scene()
		s.key = name
		r.detail.command(r.keys.command(inDetail, name), s)
		r.settle()
	}
}

// find looks for a text as the user does.
func (r *detailRig) find(text string) {
	r.t.Helper()
	r.detail.lookFor(text)
	r.settle()
}

// screen is what the detail shows.
func (r *detailRig) screen() string {
	r.t.Helper()
	return r.frame(r.w, r.h)
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
	r.t.Helper()
	r.press("g")
	for range 2000 {
		for _, l := range r.detail.lines(r.detail.at, 0) {
			if strings.Contains(l.Plain(), text) {
				return
			}
		}
		r.press("j")
	}
	r.t.Fatalf("the detail has no line with %q:\n%s", text, r.text())
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
