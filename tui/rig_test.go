package tui

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

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

// viewShelf keeps views in memory.
type viewShelf struct {
	views []SavedView
	err   error
}

func (s *viewShelf) Load() ([]SavedView, error) { return s.views, s.err }

func (s *viewShelf) Save(_ context.Context, views []SavedView) error {
	if s.err == nil {
		s.views = append(s.views, views...)
	}
	return s.err
}

var update = flag.Bool("update", false, "write the golden frames anew")

// checkGolden compares a frame with testdata/name.golden.
func checkGolden(t *testing.T, name, frame string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	frame += "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(frame), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(frame, "\n")); diff != "" {
		t.Errorf("the frame %s changed (-want +got):\n%s", name, diff)
	}
}

// rigLook is the display of the rig's panes.
func rigLook(ascii, dark bool, profile colorprofile.Profile) *display {
	disp := &display{glyphs: &richGlyphs, zone: time.UTC, now: func() time.Time { return testNow }, widther: termsafe.Widther{ASCII: ascii}}
	if ascii {
		disp.glyphs = &asciiGlyphs
	}
	disp.theme = newTheme(profile, dark)
	return disp
}

// rigColors are the terminals whose sequences are looked at.
var rigColors = []struct {
	name    string
	dark    bool
	profile colorprofile.Profile
}{{"dark", true, colorprofile.TrueColor}, {"light", false, colorprofile.TrueColor}, {"16", true, colorprofile.ANSI}, {"no-color", true, colorprofile.ASCII}}

// rigPane is what the rig drives of a pane.
type rigPane interface {
	setSize(w, h int)
	work(ctx context.Context, s *scene) tea.Cmd
	taker
	command(c command, s *scene) (wish, bool)
	draw(f *paint.Frame, r rect, focused bool)
}

// rig shows a log in a pane alone, without an App.
type rig struct {
	t       testing.TB
	display *display
	pane    rigPane
	log     stillLog
	sel     *model.Selection
	filter  string
	sets    func(path string) (*query.Set, error) // reads the files of values that the filter names; may be nil
	matcher model.Matcher
	cursor  int // place in sel; the last row if negative
	window  int // rows that the list would show, up to the cursor
	focused bool
}

func newRig(t testing.TB, disp *display, p rigPane, log stillLog) *rig {
	return &rig{t: t, display: disp, pane: p, log: log, cursor: -1, window: 20}
}

// selectRows selects by a filter, or again by the present one.
func (r *rig) selectRows(filter string) {
	r.t.Helper()
	env := r.env()
	previous := r.sel
	if filter != r.filter || r.sel == nil {
		e, err := query.Parse(filter)
		if err != nil {
			r.t.Fatal(err)
		}
		r.filter, r.matcher, previous = filter, query.Compile(e, env), nil
	}
	var err error
	if r.sel, err = model.Select(r.t.Context(), r.log.Snapshot(), r.matcher, previous); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) env() query.Env { return query.Env{Now: testNow, Zone: r.display.zone, Sets: r.sets} }

func (r *rig) scene() *scene {
	filter, err := filterText{text: r.filter}.parse()
	if err != nil {
		r.t.Fatal(err)
	}
	all := r.log.Snapshot()
	s := &scene{sel: r.sel, log: &all, newest: r.sel, filter: filter, current: filter, complete: true, env: r.env()}
	if r.sel == nil || r.sel.Len() == 0 {
		return s
	}
	at := r.cursor
	if at < 0 {
		at = r.sel.Len() - 1
	}
	snap := r.sel.Snapshot()
	s.cursor, s.ok = r.sel.At(at), true
	s.from, s.to = snap.Nanos(r.sel.At(max(0, at-r.window))), snap.Nanos(s.cursor)
	return s
}

// settle runs jobs until the pane lacks nothing.
func (r *rig) settle() {
	r.t.Helper()
	for range 10 {
		cmd := r.pane.work(r.t.Context(), r.scene())
		if cmd == nil {
			return
		}
		r.answer(cmd())
	}
	r.t.Fatal("the pane does not stop asking for work")
}

func (r *rig) answer(msg tea.Msg) {
	r.t.Helper()
	switch msg := msg.(type) {
	case crashed:
		r.t.Fatalf("the job panicked: %v\n%s", msg.fault, msg.fault.Stack)
	case tea.BatchMsg:
		for _, cmd := range msg {
			r.answer(cmd())
		}
	case answer:
		finished(msg)
	}
}

// styled draws the pane with its sequences, and checks the shape.
func (r *rig) styled(w, h int) string {
	r.t.Helper()
	r.pane.setSize(w, h)
	r.settle()
	f := paint.NewFrame(r.display.widther, w, h)
	r.pane.draw(f, rect{0, 0, w, h}, r.focused)
	frame := f.String()
	checkBlock(r.t, r.display, frame, w, h)
	if n := f.Tripped(); n != 0 {
		r.t.Fatalf("the tripwire replaced %d runes", n)
	}
	return frame
}

func (r *rig) frame(w, h int) string { return ansi.Strip(r.styled(w, h)) }

// checkBlock fails unless a frame has exactly h lines of w cells, in ASCII if that is all there may be.
func checkBlock(t testing.TB, disp *display, frame string, w, h int) {
	t.Helper()
	width := ansi.StringWidthWc
	if disp.widther.Clusters {
		width = ansi.StringWidth
	}
	if i := strings.IndexFunc(frame, func(r rune) bool { return r > 0x7e }); disp.widther.ASCII && i >= 0 {
		t.Fatalf("what should be ASCII holds %q", frame[i:])
	}
	if h == 0 && frame == "" {
		return
	}
	lines := strings.Split(frame, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines, want %d", len(lines), h)
	}
	for y, l := range lines {
		if n := width(ansi.Strip(l)); n != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", y, n, w, l)
		}
	}
}

// benchDraw draws a settled pane again and again.
func benchDraw(b *testing.B, r *rig, w, h int) {
	r.focused = true
	r.styled(w, h)
	f := paint.NewFrame(r.display.widther, w, h)
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(r.display.widther, w, h)
		r.pane.draw(f, rect{0, 0, w, h}, true)
	}
}

// fuzzCommands are what the fuzz test asks of panes, by number.
var fuzzCommands = []command{cmdUp, cmdDown, cmdHalfUp, cmdHalfDown, cmdPageUp, cmdPageDown, cmdTop, cmdBottom, cmdLeft, cmdRight,
	cmdEnter, cmdToggle, cmdBack, cmdExtendLeft, cmdExtendRight, cmdFilterFor, cmdFilterOut, cmdComplete, cmdKeep, cmdRestore}
