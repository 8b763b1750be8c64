package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/ptytest"
)

// testTerminal is a screen that keeps all that was written to it.
type testTerminal struct {
	*ptytest.Screen
	mu     sync.Mutex
	all    strings.Builder
	closed atomic.Bool
}

func (e *testTerminal) Write(p []byte) (int, error) {
	e.mu.Lock()
	e.all.Write(p)
	e.mu.Unlock()
	// The program does not write to a tty, and so relies on the line discipline of one.
	_, err := e.Screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// answer hands on what the emulator answers to queries: it is input too. The emulator must not have to wait for a
// program that reads no more, so this goes on until the end of the tests.
func (e *testTerminal) answer(keys io.Writer) {
	replies := make(chan []byte, 1000)
	go func() {
		for r := range replies {
			_, _ = keys.Write(r)
		}
	}()
	defer close(replies)
	e.Answer(func(p []byte) {
		if !e.closed.Load() {
			replies <- bytes.Clone(p)
		}
	})
}

// altScreen reports whether the terminal shows its alternate screen.
func (e *testTerminal) altScreen() (alt bool) {
	e.Use(func(emu *vt.Emulator) { alt = emu.IsAltScreen() })
	return alt
}

// output is everything that was written so far.
func (e *testTerminal) output() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.all.String()
}

// program runs the interface on an emulator, as a user would.
type program struct {
	t    *testing.T
	term *testTerminal
	keys io.Writer
	done chan error
}

func startProgram(t *testing.T, ctx context.Context, o Options) *program {
	t.Helper()
	const w, h = 120, 40
	in, keys := io.Pipe()
	p := &program{t: t, keys: keys, done: make(chan error, 1),
		term: &testTerminal{Screen: ptytest.NewScreen(w, h)}}
	go p.term.answer(keys)
	if o.Now == nil {
		o.Now = func() time.Time { return kittest.TestNow }
	}
	go func() {
		p.done <- Run(ctx, o, in, p.term, tea.WithWindowSize(w, h), tea.WithColorProfile(colorprofile.TrueColor),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}))
		_ = in.Close()
		p.term.closed.Store(true)
	}()
	return p
}

// see waits until the screen shows a text, or no longer shows it.
func (p *program) see(text string, shown bool) {
	p.t.Helper()
	limit := time.After(20 * time.Second)
	for {
		screen := p.term.Text()
		if strings.Contains(screen, text) == shown {
			return
		}
		select {
		case <-p.term.Changed():
		case err := <-p.done:
			p.t.Fatalf("the program ended with %v; waiting for %q", err, text)
		case <-limit:
			p.t.Fatalf("waiting for %q to be shown: %v; the screen is\n%s", text, shown, screen)
		}
	}
}

func (p *program) press(keys string) {
	p.t.Helper()
	if _, err := io.WriteString(p.keys, keys); err != nil {
		p.t.Fatal(err)
	}
}

// end waits for the program to end.
func (p *program) end() error {
	p.t.Helper()
	select {
	case err := <-p.done:
		return err
	case <-time.After(20 * time.Second):
		p.t.Fatal("the program does not end")
	}
	return nil
}

func TestProgramOpensFiltersShowsDetailAndQuits(t *testing.T) {
	p := startProgram(t, t.Context(), Options{Log: kittest.LoadFile(t, "audit.jsonl").Log})
	p.see("2,000 events", true)
	p.see("✗     ", true)
	p.press("f")
	p.see("·     ", false)
	p.see("[failed only · hides 1,873 ×]", true)
	p.press("f")
	p.see("·     ", true)
	p.press("E")
	p.press("\r")
	p.see("soar-playbooks failed to LIST_ALERTS from 192.0.2.150", true)
	p.press("\x1b")
	p.see("soar-playbooks failed to", false)
	p.press("/action:delete_rule\r")
	p.see("LIST_ALERTS", false)
	p.see("/ [action:delete_rule · hides 1,993 ×]", true)
	p.press("q")
	if err := p.end(); err != nil {
		t.Fatal(err)
	}
	if p.term.altScreen() {
		t.Error("the terminal is still in the alternate screen")
	}
	if out := p.term.output(); strings.LastIndex(out, "\x1b[?25h") < strings.LastIndex(out, "\x1b[?25l") {
		t.Error("the cursor is still hidden")
	}
}

func TestCancellingEndsTheProgramAndRestoresTheTerminal(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := startProgram(t, ctx, Options{Log: kittest.LoadFile(t, "audit.jsonl").Log})
	p.see("2,000 events", true)
	cancel()
	if err := p.end(); !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want %v", err, context.Canceled)
	}
	if p.term.altScreen() {
		t.Error("the terminal is still in the alternate screen")
	}
}

// panickyLog panics when it is waited for.
type panickyLog struct{ *model.Log }

func (panickyLog) Wait(context.Context, model.Revision) error { panic("evil \x1b[31m value") }

func TestPanicsInCommandsAreReturnedAsErrors(t *testing.T) {
	p := startProgram(t, t.Context(), Options{Log: panickyLog{kittest.LoadText(t, "x", kittest.FailedEvent).Log}})
	e := fault.In(p.end())
	if e == nil {
		t.Fatal("Run returns no fault")
	}
	if got := e.Error(); strings.Contains(got, "evil") || !strings.Contains(got, "panickyLog") {
		t.Errorf("the error is %q, want the place without the value", got)
	}
	if p.term.altScreen() {
		t.Error("the terminal is still in the alternate screen")
	}
}

func TestAGrowingLogIsShownAsItGrows(t *testing.T) {
	log := kittest.LoadText(t, "live", kittest.Events(5))
	p := startProgram(t, t.Context(), Options{Log: log.Log, Follow: true})
	p.see("5/5", true)
	kittest.AppendText(t, log.Log, kittest.Event("DELETE_RULE", "FAILED", 1200))
	p.see("DELETE_RULE", true)
	p.see("6/6", true)
	p.press("k")
	p.see("paused: moved up (G follows)", true)
	kittest.AppendText(t, log.Log, kittest.Event("LIST_ROLES", "SUCCEEDED", 1201))
	p.see("paused: moved up, 1 new (G follows)", true)
	p.press("G")
	p.see("following", true)
	p.press("\x03")
	if err := p.end(); err != nil {
		t.Fatal(err)
	}
}

// countingLog counts how often it is looked at.
type countingLog struct {
	*model.Log
	mu    sync.Mutex
	looks int
}

func (l *countingLog) Snapshot() model.Snapshot {
	l.mu.Lock()
	l.looks++
	l.mu.Unlock()
	return l.Log.Snapshot()
}

func TestABusyLogIsLookedAtInPaces(t *testing.T) {
	log := &countingLog{Log: kittest.LoadText(t, "busy", "").Log}
	p := startProgram(t, t.Context(), Options{Log: log})
	p.see("No events", true)
	begin := time.Now()
	const n = 2000
	for i := range n {
		kittest.AppendText(t, log.Log, kittest.Event("LIST_RULES", "SUCCEEDED", i%1400))
	}
	p.see("2,000 events", true)
	took := time.Since(begin)
	p.press("q")
	if err := p.end(); err != nil {
		t.Fatal(err)
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if most := int(took/refreshInterval) + 5; log.looks > most {
		t.Errorf("%d looks in %v, want at most %d", log.looks, took, most)
	}
}

// Run makes a program and runs it.
func Run(ctx context.Context, o Options, input io.Reader, output io.Writer, extra ...tea.ProgramOption) error {
	p, err := NewProgram(ctx, o, input, output, extra...)
	if err != nil {
		return err
	}
	return p.Run()
}
