package tui

import (
	"context"
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
	matcher model.Matcher
	cursor  int // place in sel; the last row if negative
	window  int // rows that the list would show, up to the cursor
	focused bool
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

func newRig(t testing.TB, disp *display, p rigPane, log stillLog) *rig {
	return &rig{t: t, display: disp, pane: p, log: log, cursor: -1, window: 20}
}

// selectRows selects by a filter, or again by the present one.
func (r *rig) selectRows(filter string) {
	r.t.Helper()
	env := query.Env{Now: testNow, Zone: r.display.zone}
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

func (r *rig) scene() *scene {
	filter, err := filterText{text: r.filter}.parse()
	if err != nil {
		r.t.Fatal(err)
	}
	s := &scene{sel: r.sel, filter: filter, current: filter, complete: true, env: query.Env{Now: testNow, Zone: r.display.zone}}
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
	if c, ok := msg.(crashed); ok {
		r.t.Fatalf("the job panicked: %v\n%s", c.fault, c.fault.Stack)
	}
	if a, ok := msg.(answer); ok {
		finished(a)
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

// rigColors are the terminals whose sequences are looked at.
var rigColors = []struct {
	name    string
	dark    bool
	profile colorprofile.Profile
}{{"dark", true, colorprofile.TrueColor}, {"light", false, colorprofile.TrueColor}, {"16", true, colorprofile.ANSI}, {"no-color", true, colorprofile.ASCII}}

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

// FuzzPanesKeepTheirShape draws all panes of a log full of one text, at any size and after any keys.
func FuzzPanesKeepTheirShape(f *testing.F) {
	f.Add("\x1b[31m", uint16(80), uint8(2), []byte{1, 2, 3})
	f.Add("a\u202eb\u200b\U000e0041 \xff\x9b", uint16(1), uint8(1), []byte{10, 11, 12, 13, 9, 8, 7, 11})
	f.Add("家👩‍👩‍👧‍👦"+strings.Repeat("\u0301", 40), uint16(21), uint8(9), []byte{1, 1, 11, 1, 11, 10, 17, 18})
	f.Add("\x1b]0;t\x07,\"\\ AND (", uint16(0), uint8(0), []byte{12, 14, 16})
	f.Fuzz(func(t *testing.T, text string, w uint16, h uint8, script []byte) {
		disp := rigLook(len(script)%4 == 3, true, colorprofile.TrueColor)
		disp.widther.Clusters = len(script)%2 == 1
		width, height := int(w)%300, int(h)%60
		log := hostileLog(t, text)
		for _, p := range []rigPane{newTimeline(disp), newFacetPane(disp)} {
			r := newRig(t, disp, p, log)
			r.focused = true
			r.selectRows("")
			r.styled(width, height)
			for _, b := range script[:min(len(script), 40)] {
				a, _ := p.command(fuzzCommands[int(b)%len(fuzzCommands)], new(scene))
				if a.with != nil {
					if _, err := query.Parse(a.with.String()); err != nil {
						t.Fatalf("the pane asks for %q: %v", a.with.String(), err)
					}
					r.selectRows(a.with.String())
				}
				r.styled(width, height)
			}
		}
		checkChips(t, disp, text, width)
		checkSuggest(t, disp, log, text, width, height, script)
	})
}

// fuzzCommands are what the fuzz test asks of panes, by number.
var fuzzCommands = []command{cmdUp, cmdDown, cmdHalfUp, cmdHalfDown, cmdPageUp, cmdPageDown, cmdTop, cmdBottom, cmdLeft, cmdRight,
	cmdEnter, cmdToggle, cmdBack, cmdExtendLeft, cmdExtendRight, cmdFilterFor, cmdFilterOut, cmdComplete, cmdKeep, cmdRestore}
