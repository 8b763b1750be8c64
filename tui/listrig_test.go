package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// listRig drives a list by keys, with what it opens over itself, and fulfils its wishes but for those about the filter.
type listRig struct {
	*rig
	list   *list
	keys   *keymap
	modals []modal
	toast  termsafe.Safe
	w, h   int
}

// newListRig shows a log in a list that has the space it would have without facets on a screen of the given size.
func newListRig(t testing.TB, log stillLog, w, h int) *listRig {
	t.Helper()
	disp := rigLook(false, true, colorprofile.TrueColor)
	d := &listRig{keys: newKeymap(), w: w, h: h}
	env := func() query.Env {
		_, latest, _ := snapshotOf(log).TimeBounds()
		env, e := d.env(), d.cursorEvent()
		env.End, env.Day = time.Unix(0, latest), e.Time()
		return env
	}
	l := newList(disp, env, func() emptyState { return emptyState{snap: snapshotOf(log)} })
	d.list, d.rig = &l, newRig(t, disp, &l, log)
	d.resize(w, h)
	d.update()
	return d
}

func (d *listRig) resize(w, h int) {
	d.w, d.h = w, h
	d.list.setSize(w, h-3)
	d.settle()
}

// update shows the rows that the log has now.
func (d *listRig) update() {
	d.t.Helper()
	extends := d.sel != nil
	d.selectRows("")
	d.list.selected(d.sel, extends)
	d.settle()
}

// filterBy shows the rows that a filter selects.
func (d *listRig) filterBy(filter string) {
	d.t.Helper()
	d.selectRows(filter)
	d.list.selected(d.sel, false)
	d.settle()
}

// add appends events to the log.
func (d *listRig) add(text string) {
	d.t.Helper()
	appendText(d.t, d.log.Log, text)
	d.update()
}

// begin does what a key does, and returns what starts the jobs that follow from it.
func (d *listRig) begin(k tea.KeyPressMsg) tea.Cmd {
	d.toast = termsafe.Safe{}
	if last := len(d.modals) - 1; last >= 0 {
		m := d.modals[last]
		w, done := m.press(d.keys.command(m.scope(), k.String()), k.Text)
		if done {
			d.modals = d.modals[:last]
		}
		d.obey(w)
	} else if c := d.keys.command(inList, k.String()); c == cmdBack {
		d.list.stop()
	} else {
		d.command(c)
	}
	return d.list.work(d.t.Context(), d.scene())
}

func (d *listRig) command(c command) {
	w, _ := d.list.command(c, d.scene())
	d.obey(w)
}

// obey fulfils a wish of the list.
func (d *listRig) obey(w wish) {
	if w.time != nil {
		d.obey(d.list.goToTime(*w.time, false))
	}
	if w.order != nil {
		d.list.sortBy(*w.order)
	}
	if w.ask != nil {
		d.modals = append(d.modals, newPrompt(d.display, *w.ask))
	}
	if w.modal != nil {
		d.modals = append(d.modals, w.modal)
	}
	if w.do != noCommand {
		d.command(w.do)
	}
	if !w.toast.Empty() {
		d.toast = w.toast
	}
}

// run runs a command, and what follows from its answer.
func (d *listRig) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case crashed:
		d.t.Fatalf("the job panicked: %v\n%s", msg.fault, msg.fault.Stack)
	case answer:
		w, _ := finished(msg)
		d.obey(w)
		d.settle()
	}
}

// settle runs jobs until the list lacks nothing.
func (d *listRig) settle() { d.run(d.list.work(d.t.Context(), d.scene())) }

// press presses keys, separated by spaces.
func (d *listRig) press(keys string) {
	for _, name := range strings.Fields(keys) {
		d.run(d.begin(keyMsg(name)))
	}
}

// write types a text, letter by letter.
func (d *listRig) write(text string) {
	for _, r := range text {
		d.run(d.begin(tea.KeyPressMsg{Code: r, Text: string(r)}))
	}
}

// frame draws the list below two empty lines. The last line has the open prompt, or else the message and the status.
func (d *listRig) frame() string {
	d.t.Helper()
	f := paint.NewFrame(d.display.widther, d.w, d.h)
	body, bottom := rect{0, 2, d.w, d.h - 3}, rect{0, d.h - 1, d.w, 1}
	d.list.draw(f, body, true)
	s := d.list.status()
	line := d.display.line()
	line.Add(d.display.style(plain), termsafe.Join(termsafe.Const("  "), s.busy, d.toast, s.note, s.hits))
	f.Put(0, d.h-1, d.w, line)
	for _, m := range d.modals {
		m.draw(f, body, bottom)
	}
	frame := f.String()
	checkBlock(d.t, d.display, frame, d.w, d.h)
	return frame
}

// lines are the lines of the frame, as text.
func (d *listRig) lines() []string { return strings.Split(ansi.Strip(d.frame()), "\n") }

// cursorEvent gives the event under the cursor.
func (d *listRig) cursorEvent() (e model.Event) {
	if row, ok := d.list.row(); ok {
		e = d.list.sel.Snapshot().Event(row)
	}
	return e
}

// wantRows fails unless exactly these rows are shown.
func (d *listRig) wantRows(after string, want ...model.Row) {
	d.t.Helper()
	var got []model.Row
	for k := range d.list.len() {
		got = append(got, d.list.at(k))
	}
	if !slices.Equal(got, want) {
		d.t.Fatalf("after %q the rows are %v, want %v", after, got, want)
	}
}

func snapshotOf(log stillLog) *model.Snapshot {
	snap := log.Snapshot()
	return &snap
}
