package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// driver runs an App as Bubble Tea would, but one step at a time.
type driver struct {
	t    testing.TB
	app  *App
	quit bool

	heard func(tea.RawMsg) // called with what is sent to the terminal besides frames; may be nil
}

func newDriver(t testing.TB, o Options, w, h int) *driver {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return kittest.TestNow }
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	d := &driver{t: t, app: New(ctx, o)}
	d.app.screen.interval, d.app.feed.pace, d.app.bar.Pause, d.app.views.session.pace = 0, 0, 0, 0
	d.run(d.app.Init())
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// send gives the App a message, and then the answers of all commands that follow from it.
func (d *driver) send(msg tea.Msg) {
	_, cmd := d.app.Update(msg)
	d.run(cmd)
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case tea.QuitMsg:
		d.quit = true
	case tea.RawMsg:
		if d.heard != nil {
			d.heard(msg)
		}
	default:
		d.send(msg)
	}
}

// press presses keys, separated by spaces.
func (d *driver) press(keys string) {
	d.t.Helper()
	for _, name := range strings.Fields(keys) {
		d.send(kittest.KeyMsg(name))
	}
}

// write types a text, letter by letter.
func (d *driver) write(text string) {
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// typed is the text of the filter bar.
func (d *driver) typed() string { return d.app.bar.Editor.Text }

// frame is the present frame with its sequences.
func (d *driver) frame() string { return d.app.View().Content }

// lines are the lines of the present frame, as text.
func (d *driver) lines() []string { return strings.Split(ansi.Strip(d.frame()), "\n") }

// cursorEvent returns the event under the cursor.
func (d *driver) cursorEvent() model.Event {
	d.t.Helper()
	row, ok := d.app.list.Row()
	if !ok {
		d.t.Fatal("there is no row under the cursor")
	}
	return d.app.list.Sel.Snapshot().Event(row)
}

// screenText is the present frame as one text.
func (d *driver) screenText() string { return strings.Join(d.lines(), "\n") }

// mustShow fails unless the frame shows all the texts.
func (d *driver) mustShow(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.screenText(), text) {
			d.t.Errorf("the screen does not show %q:\n%s", text, d.screenText())
		}
	}
}

// startedJob is one that waits for the log.
func startedJob(d *driver) kit.Job {
	_, j := d.app.feed.waiting.Start(d.app.ctx, d.app)
	return j
}

func sizeMsg(w, h int) tea.WindowSizeMsg { return tea.WindowSizeMsg{Width: w, Height: h} }
