package list

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
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// listRig drives a list by keys, with what it opens over itself, and fulfils its wishes but for those about the filter.
type listRig struct {
	*kittest.Rig
	list   *List
	keys   *kit.Keymap
	modals []kit.Modal
	toast  termsafe.Safe
	w, h   int
}

// newListRig shows a log in a list that has the space it would have without facets on a screen of the given size.
func newListRig(t testing.TB, log kittest.StillLog, w, h int) *listRig {
	t.Helper()
	disp := kittest.RigLook(false, true, colorprofile.TrueColor)
	d := &listRig{keys: kit.NewKeymap(), w: w, h: h}
	env := func() query.Env {
		_, latest, _ := snapshotOf(log).TimeBounds()
		env, e := d.Env(), d.cursorEvent()
		env.End, env.Day = time.Unix(0, latest), e.Time()
		return env
	}
	l := New(disp, env, func() EmptyState { return EmptyState{Snap: snapshotOf(log)} })
	d.list, d.Rig = &l, kittest.NewRig(t, disp, &l, log)
	d.resize(w, h)
	d.update()
	return d
}

func (d *listRig) resize(w, h int) {
	d.w, d.h = w, h
	d.list.SetSize(w, h-3)
	d.settle()
}

// update shows the rows that the log has now.
func (d *listRig) update() {
	d.T.Helper()
	extends := d.Sel != nil
	d.SelectRows("")
	d.list.Selected(d.Sel, extends)
	d.settle()
}

// filterBy shows the rows that a filter selects.
func (d *listRig) filterBy(filter string) {
	d.T.Helper()
	d.SelectRows(filter)
	d.list.Selected(d.Sel, false)
	d.settle()
}

// add appends events to the log.
func (d *listRig) add(text string) {
	d.T.Helper()
	kittest.AppendText(d.T, d.Log.Log, text)
	d.update()
}

// begin does what a key does, and returns what starts the jobs that follow from it.
func (d *listRig) begin(k tea.KeyPressMsg) tea.Cmd {
	d.toast = termsafe.Safe{}
	if last := len(d.modals) - 1; last >= 0 {
		m := d.modals[last]
		w, done := m.Press(d.keys.Command(m.Scope(), k.String()), k.Text)
		if done {
			d.modals = d.modals[:last]
		}
		d.obey(w)
	} else if c := d.keys.Command(kit.InList, k.String()); c == kit.CmdBack {
		d.list.Stop()
	} else {
		d.command(c)
	}
	return d.list.Work(d.T.Context(), d.Scene())
}

func (d *listRig) command(c kit.Command) {
	w, _ := d.list.Command(c, d.Scene())
	d.obey(w)
}

// obey fulfils a wish of the list.
func (d *listRig) obey(w kit.Wish) {
	if w.Time != nil {
		d.obey(d.list.GoToTime(*w.Time, false))
	}
	if w.Order != nil {
		d.list.SortBy(*w.Order)
	}
	if w.Ask != nil {
		d.modals = append(d.modals, kit.NewPrompt(d.Display, *w.Ask))
	}
	if w.Modal != nil {
		d.modals = append(d.modals, w.Modal)
	}
	if w.Do != kit.NoCommand {
		d.command(w.Do)
	}
	if !w.Toast.Empty() {
		d.toast = w.Toast
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
	case kit.Crashed:
		d.T.Fatalf("the job panicked: %v\n%s", msg.Fault, msg.Fault.Stack)
	case kit.Answer:
		w, _ := kit.Finished(msg)
		d.obey(w)
		d.settle()
	}
}

// settle runs jobs until the list lacks nothing.
func (d *listRig) settle() { d.run(d.list.Work(d.T.Context(), d.Scene())) }

// press presses keys, separated by spaces.
func (d *listRig) press(keys string) {
	for _, name := range strings.Fields(keys) {
		d.run(d.begin(kittest.KeyMsg(name)))
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
	d.T.Helper()
	f := paint.NewFrame(d.Display.Widther, d.w, d.h)
	body, bottom := kit.Rect{X: 0, Y: 2, W: d.w, H: d.h - 3}, kit.Rect{X: 0, Y: d.h - 1, W: d.w, H: 1}
	d.list.Draw(f, body, true)
	s := d.list.Status()
	line := d.Display.Line()
	line.Add(d.Display.Style(kit.Plain), termsafe.Join(termsafe.Const("  "), s.Busy, d.toast, s.Note, s.Hits))
	f.Put(0, d.h-1, d.w, line)
	for _, m := range d.modals {
		m.Draw(f, body, bottom)
	}
	frame := f.String()
	kittest.CheckBlock(d.T, d.Display, frame, d.w, d.h)
	return frame
}

// lines are the lines of the frame, as text.
func (d *listRig) lines() []string { return strings.Split(ansi.Strip(d.frame()), "\n") }

// cursorEvent returns the event under the cursor.
func (d *listRig) cursorEvent() (e model.Event) {
	if row, ok := d.list.Row(); ok {
		e = d.list.Sel.Snapshot().Event(row)
	}
	return e
}

// wantRows fails unless exactly these rows are shown.
func (d *listRig) wantRows(after string, want ...model.Row) {
	d.T.Helper()
	var got []model.Row
	for k := range d.list.Len() {
		got = append(got, d.list.at(k))
	}
	if !slices.Equal(got, want) {
		d.T.Fatalf("after %q the rows are %v, want %v", after, got, want)
	}
}

func snapshotOf(log kittest.StillLog) *model.Snapshot {
	snap := log.Snapshot()
	return &snap
}
