package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/loader"
	"pawprint/model"
)

// stillLog is a log whose Wait does not wait: a test runs every command to its end.
type stillLog struct{ *model.Log }

var errQuiet = errors.New("nothing new")

func (l stillLog) Wait(_ context.Context, after model.Revision) error {
	if snap := l.Snapshot(); snap.Revision() > after {
		return nil
	}
	return errQuiet
}

// driver runs an App as Bubble Tea would, but one step at a time.
type driver struct {
	t    testing.TB
	app  *App
	quit bool
}

// testNow is the present of the tests.
var testNow = time.Date(2026, 11, 22, 20, 30, 0, 0, time.UTC)

func newDriver(t testing.TB, o Options, w, h int) *driver {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return testNow }
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	d := &driver{t: t, app: New(ctx, o)}
	d.app.screen.interval, d.app.feed.pace, d.app.exporter.pace = 0, 0, 0
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
	default:
		d.send(msg)
	}
}

// special are the keys with names.
var special = map[string]tea.Key{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"alt+left": {Code: tea.KeyLeft, Mod: tea.ModAlt}, "alt+right": {Code: tea.KeyRight, Mod: tea.ModAlt},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "f2": {Code: tea.KeyF2},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
}

// keyMsg makes the message of a key: a name, ctrl+x, or a character.
func keyMsg(name string) tea.KeyPressMsg {
	if k, ok := special[name]; ok {
		return tea.KeyPressMsg(k)
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// press presses keys, separated by spaces.
func (d *driver) press(keys string) {
	d.t.Helper()
	for _, name := range strings.Fields(keys) {
		d.send(keyMsg(name))
	}
}

// write types a text, letter by letter.
func (d *driver) write(text string) {
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// frame is the present frame with its sequences.
func (d *driver) frame() string { return d.app.View().Content }

// lines are the lines of the present frame, as text.
func (d *driver) lines() []string { return strings.Split(ansi.Strip(d.frame()), "\n") }

// cursorEvent gives the event under the cursor.
func (d *driver) cursorEvent() model.Event {
	d.t.Helper()
	row, ok := d.app.list.row()
	if !ok {
		d.t.Fatal("there is no row under the cursor")
	}
	return d.app.list.sel.Snapshot().Event(row)
}

// loadFile loads a file of the shared test data.
func loadFile(t testing.TB, name string) stillLog {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: filepath.Join("..", "testdata", name)}); err != nil {
		t.Fatal(err)
	}
	return stillLog{log}
}

// loadText loads lines as a source of the given name.
func loadText(t testing.TB, name, text string) stillLog {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: name, From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	return stillLog{log}
}

// failedEvent is one failed event in full.
const failedEvent = `{"actionName":"DELETE_RULE","actionDescription":"Deletes a rule","actionResult":"FAILED",` +
	`"actionParams":{"dynamic":{"input":{"detections":[{"id":"AWS.Root.Login"}]}},"static":{}},` +
	`"actor":{"id":"c1","type":"TOKEN","name":"ci-token"},"errors":[{"message":"cannot delete: the rule is part of a pack"}],` +
	`"sourceIP":"203.0.113.9","userAgent":"curl/8","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160"}`

// event makes a line with an action, a result and a minute of the day.
func event(action, result string, minute int) string {
	at := testNow.Truncate(24 * time.Hour).Add(time.Duration(minute) * time.Minute).Format(time.RFC3339)
	return `{"actionName":"` + action + `","actionResult":"` + result + `","actor":{"id":"u1","type":"USER","name":"homer"},` +
		`"actionParams":{},"sourceIP":"192.0.2.1","timestamp":"` + at + `","pantherVersion":"1.113.160"}` + "\n"
}

// events makes n lines, of which every tenth failed.
func events(n int) string {
	var b strings.Builder
	for i := range n {
		result := "SUCCEEDED"
		if i%10 == 9 {
			result = "FAILED"
		}
		b.WriteString(event("LIST_RULES", result, i))
	}
	return b.String()
}

// writeFile writes a file of the test's own.
func writeFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// appendText appends lines to a log, as a source of their own.
func appendText(t testing.TB, log *model.Log, text string) {
	t.Helper()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "more", From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
}

// fixedZone is a zone that is not that of the machine.
var fixedZone = time.FixedZone("XST", 3*3600+1800)
