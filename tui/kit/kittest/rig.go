package kittest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// special are the keys with names.
var special = map[string]tea.Key{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"alt+left": {Code: tea.KeyLeft, Mod: tea.ModAlt}, "alt+up": {Code: tea.KeyUp, Mod: tea.ModAlt}, "alt+down": {Code: tea.KeyDown, Mod: tea.ModAlt}, "alt+right": {Code: tea.KeyRight, Mod: tea.ModAlt},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "f2": {Code: tea.KeyF2},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
}

// KeyMsg makes the message of a key: a name such as enter or f2, ctrl+x, or a character. The name must not be empty.
func KeyMsg(name string) tea.KeyPressMsg {
	if k, ok := special[name]; ok {
		return tea.KeyPressMsg(k)
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// ViewShelf keeps views in memory. It implements kit.Views.
type ViewShelf struct {
	mu    sync.Mutex
	Views []kit.SavedView // all that were saved, in order
	Err   error           // what Load and Save return; nil to let them succeed
}

// Load implements kit.Views.
func (s *ViewShelf) Load() ([]kit.SavedView, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Views, s.Err
}

// Save implements kit.Views. It keeps views of one name side by side.
func (s *ViewShelf) Save(_ context.Context, views []kit.SavedView) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Err == nil {
		s.Views = append(s.Views, views...)
	}
	return s.Err
}

// Import implements kit.Views.
func (s *ViewShelf) Import(ctx context.Context, views []kit.SavedView, replace bool) error {
	for _, v := range views {
		if slices.ContainsFunc(s.Views, func(o kit.SavedView) bool { return o.Name == v.Name }) && !replace {
			return fmt.Errorf("there is a view %s already", v.Name)
		}
	}
	return s.Save(ctx, views)
}

// Update is the flag -update, which a package accepts only if its tests import this one.
// Update says that the golden frames are to be written, not compared.
var Update = flag.Bool("update", false, "write the golden frames anew")

// CheckGolden compares a frame with testdata/name.golden beside the test, or writes that file if Update is set.
func CheckGolden(t *testing.T, name, frame string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	frame += "\n"
	if *Update {
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

// RigLook returns a display for the panes of a rig: in UTC, at TestNow, with secrets shown.
func RigLook(ascii, dark bool, profile colorprofile.Profile) *kit.Display {
	disp := &kit.Display{
		Glyphs: &kit.RichGlyphs, Widther: termsafe.Widther{ASCII: ascii},
		Zone: time.UTC, Now: func() time.Time { return TestNow },
	}
	if ascii {
		disp.Glyphs = &kit.ASCIIGlyphs
	}
	disp.Theme = kit.NewTheme(kit.AutoTheme, profile, dark)
	return disp
}

// RigColors are the terminals for which the golden frames hold the sequences too.
var RigColors = []struct {
	Name    string
	Dark    bool
	Profile colorprofile.Profile
}{
	{"dark", true, colorprofile.TrueColor},
	{"light", false, colorprofile.TrueColor},
	{"16", true, colorprofile.ANSI},
	{"no-color", true, colorprofile.ASCII},
}

// RigPane is what the rig drives of a pane: these methods of kit.Pane.
type RigPane interface {
	kit.Taker
	SetSize(w, h int)                                     // see kit.Pane
	Work(ctx context.Context, s *kit.Scene) tea.Cmd       // see kit.Pane
	Command(c kit.Command, s *kit.Scene) (kit.Wish, bool) // see kit.Pane
	Draw(f *paint.Frame, r kit.Rect, focused bool)        // see kit.Pane
}

// Rig shows a log in a pane alone, without an App. Its jobs run where they are asked for, one after the other.
type Rig struct {
	T       testing.TB   // fails on whatever goes wrong
	Display *kit.Display // that of the pane
	pane    RigPane
	Log     StillLog                              // may be replaced; SelectRows then selects from it
	Sel     *model.Selection                      // the rows that the pane shows; nil before SelectRows
	Filter  string                                // that selected Sel
	Sets    func(path string) (*query.Set, error) // reads the files of values that the filter names; may be nil
	matcher model.Matcher
	Cursor  int  // place in Sel; the last row if negative
	window  int  // rows that the list would show, up to the cursor
	Focused bool // draw the pane with the focus
}

// NewRig returns a rig for a pane that shows log in disp. It selects no rows yet; the cursor is on the last one.
func NewRig(t testing.TB, disp *kit.Display, p RigPane, log StillLog) *Rig {
	return &Rig{T: t, Display: disp, pane: p, Log: log, Cursor: -1, window: 20}
}

// SelectRows selects by a filter, or again by the present one, which extends the selection.
func (r *Rig) SelectRows(filter string) {
	r.T.Helper()
	env := r.Env()
	previous := r.Sel
	if filter != r.Filter || r.Sel == nil {
		e, err := query.Parse(filter)
		if err != nil {
			r.T.Fatal(err)
		}
		r.Filter, r.matcher, previous = filter, query.Compile(e, env), nil
	}
	var err error
	if r.Sel, err = model.Select(r.T.Context(), r.Log.Snapshot(), r.matcher, previous); err != nil {
		r.T.Fatal(err)
	}
}

// Env returns what queries depend on in the rig.
func (r *Rig) Env() query.Env { return query.Env{Now: TestNow, Zone: r.Display.Zone, Sets: r.Sets} }

// Scene returns what the App would tell the pane.
func (r *Rig) Scene() *kit.Scene {
	filter, err := kit.FilterText{Text: r.Filter}.Parse()
	if err != nil {
		r.T.Fatal(err)
	}
	all := r.Log.Snapshot()
	s := &kit.Scene{Sel: r.Sel, Log: &all, Newest: r.Sel, Filter: filter, Current: filter, Complete: true, Env: r.Env()}
	if r.Sel == nil || r.Sel.Len() == 0 {
		return s
	}
	at := r.Cursor
	if at < 0 {
		at = r.Sel.Len() - 1
	}
	snap := r.Sel.Snapshot()
	s.Cursor, s.Ok = r.Sel.At(at), true
	s.From, s.To = snap.Nanos(r.Sel.At(max(0, at-r.window))), snap.Nanos(s.Cursor)
	return s
}

// Settle runs jobs until the pane lacks nothing. It fails the test if the pane goes on asking.
func (r *Rig) Settle() {
	r.T.Helper()
	for range 10 {
		cmd := r.pane.Work(r.T.Context(), r.Scene())
		if cmd == nil {
			return
		}
		r.Answer(cmd())
	}
	r.T.Fatal("the pane does not stop asking for work")
}

// Answer gives the pane the message of a command, as the App would; of a batch, the messages of all its commands.
func (r *Rig) Answer(msg tea.Msg) {
	r.T.Helper()
	switch msg := msg.(type) {
	case kit.Crashed:
		r.T.Fatalf("the job panicked: %v\n%s", msg.Fault, msg.Fault.Stack)
	case tea.BatchMsg:
		for _, cmd := range msg {
			r.Answer(cmd())
		}
	case kit.Answer:
		kit.Finished(msg)
	}
}

// Styled settles the pane in w times h cells, draws it and returns the frame with its sequences. It checks the shape, and that the
// tripwire had nothing to replace.
func (r *Rig) Styled(w, h int) string {
	r.T.Helper()
	r.pane.SetSize(w, h)
	r.Settle()
	f := paint.NewFrame(r.Display.Widther, w, h)
	r.pane.Draw(f, kit.Rect{W: w, H: h}, r.Focused)
	frame := f.String()
	CheckBlock(r.T, r.Display, frame, w, h)
	if n := f.Tripped(); n != 0 {
		r.T.Fatalf("the tripwire replaced %d runes", n)
	}
	return frame
}

// Frame is Styled without the sequences.
func (r *Rig) Frame(w, h int) string { return ansi.Strip(r.Styled(w, h)) }

// CheckBlock fails unless a frame has exactly h lines of w cells, in ASCII if that is all there may be.
func CheckBlock(t testing.TB, disp *kit.Display, frame string, w, h int) {
	t.Helper()
	width := ansi.StringWidthWc
	if disp.Widther.Clusters {
		width = ansi.StringWidth
	}
	if i := strings.IndexFunc(frame, func(r rune) bool { return r > 0x7e }); disp.Widther.ASCII && i >= 0 {
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

// BenchDraw measures drawing the settled pane, with the focus, into w times h cells.
func BenchDraw(b *testing.B, r *Rig, w, h int) {
	r.Focused = true
	r.Styled(w, h)
	f := paint.NewFrame(r.Display.Widther, w, h)
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(r.Display.Widther, w, h)
		r.pane.Draw(f, kit.Rect{W: w, H: h}, true)
	}
}

// FuzzCommands are what the fuzz tests ask of panes, by number.
var FuzzCommands = []kit.Command{
	kit.CmdUp, kit.CmdDown, kit.CmdHalfUp, kit.CmdHalfDown, kit.CmdPageUp, kit.CmdPageDown, kit.CmdTop, kit.CmdBottom,
	kit.CmdLeft, kit.CmdRight, kit.CmdEnter, kit.CmdToggle, kit.CmdBack, kit.CmdExtendLeft, kit.CmdExtendRight, kit.CmdCloser, kit.CmdWiderTime,
	kit.CmdFilterFor, kit.CmdFilterOut, kit.CmdComplete, kit.CmdKeep, kit.CmdRestore,
}
