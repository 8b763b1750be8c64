package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// bandLook is a look of the terminal, and how the cells of the band differ from others in it.
type bandLook struct {
	name    string
	profile colorprofile.Profile
	options Options
	lit     func(s *uv.Style) bool
}

func bandLooks() []bandLook {
	colored := func(s *uv.Style) bool { return s.Bg != nil && s.Attrs&uv.AttrReverse == 0 }
	reversed := func(s *uv.Style) bool { return s.Attrs&uv.AttrReverse != 0 }
	return []bandLook{
		{"dark", colorprofile.TrueColor, Options{Background: kit.DarkBackground}, colored},
		{"light", colorprofile.TrueColor, Options{Background: kit.LightBackground}, colored},
		{"16", colorprofile.ANSI, Options{Background: kit.DarkBackground}, colored},
		{"no-color", colorprofile.ASCII, Options{Background: kit.DarkBackground}, reversed},
		{"ascii", colorprofile.ASCII, Options{Background: kit.DarkBackground, ASCII: true}, reversed},
	}
}

// cellsOf returns the cells of the screen.
func cellsOf(d *driver) uv.ScreenBuffer {
	cells := uv.NewScreenBuffer(d.app.panes.layout.width, d.app.panes.layout.height)
	uv.NewStyledString(d.frame()).Draw(cells, cells.Bounds())
	return cells
}

// bands returns the lines of a rectangle that are lit from edge to edge; the cell under the column cursor may stand out of them.
func (l *bandLook) bands(d *driver, r kit.Rect) (lines []int) {
	cells := cellsOf(d)
	lit := func(x, y int) bool { return l.lit(&cells.CellAt(x, y).Style) }
	for y := r.Y; y < r.Y+r.H; y++ {
		n := 0
		for x := r.X; x < r.X+r.W; x++ {
			if lit(x, y) {
				n++
			}
		}
		if r.W > 0 && 2*n > r.W && lit(r.X, y) && lit(r.X+r.W-1, y) {
			lines = append(lines, y)
		}
	}
	return lines
}

func TestOnlyThePaneWithTheFocusHasTheBand(t *testing.T) {
	places := []struct {
		open  string
		focus kit.PaneID
		keys  string
	}{
		{"", kit.ListPane, ""}, {"E enter", kit.ListPane, "k"}, {"E enter", kit.DetailPane, ""}, {"E enter", kit.DetailPane, "j j j"},
		{"G enter", kit.DetailPane, "G"}, {"", sideID(0), "j"}, {"E enter", sideID(0), "j j"}, {"", sideID(1), "h h"},
		{"E enter", sideID(1), "h space h"},
	}
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, look := range bandLooks() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
			for _, p := range places {
				t.Run(fmt.Sprint(look.name, size, p.open, p.focus, p.keys), func(t *testing.T) {
					o := look.options
					o.Log = log
					d := newDriver(t, o, size[0], size[1])
					d.send(tea.ColorProfileMsg{Profile: look.profile})
					d.press(p.open)
					d.app.panes.focus(p.focus)
					d.press(p.keys)
					for _, pane := range d.app.panes.all {
						want := 0
						if pane.id == p.focus {
							want = 1
						}
						if got := look.bands(d, d.app.panes.layout.of(pane.id)); len(got) != want {
							t.Errorf("pane %d has a band in the lines %v, want %d of them\n%s", pane.id, got, want, d.screenText())
						}
					}
				})
			}
		}
	}
}

func TestWhatCoversThePanesHasTheBand(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, look := range bandLooks() {
		for _, c := range []struct {
			keys    string
			inPanes int // lines of the list with the band
		}{{":", 0}, {"y", 0}, {"?", 0}, {"/", 0}, {"\\", 1}, {"c", 0}} {
			t.Run(fmt.Sprint(look.name, c.keys), func(t *testing.T) {
				o := look.options
				o.Log = log
				d := newDriver(t, o, 120, 40)
				d.send(tea.ColorProfileMsg{Profile: look.profile})
				d.press(c.keys)
				if got := look.bands(d, d.app.panes.layout.of(kit.ListPane)); len(got) != c.inPanes {
					t.Errorf("the list has a band in the lines %v, want %d of them\n%s", got, c.inPanes, d.screenText())
				}
			})
		}
	}
}

// Screen readers and multiplexers look for the cursor of the terminal.
func TestTheCursorOfTheTerminalIsOnTheSelectedLine(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		for _, keys := range []string{"", "k k", "E enter", "E enter tab j", "b", "b j j", "v", "v h", ":", ": down down", "y down", "V down", "c down", "p", "B"} {
			d := newDriver(t, Options{Log: log, Background: kit.DarkBackground, Views: &kittest.ViewShelf{}}, size[0], size[1])
			d.press(keys)
			c := d.app.View().Cursor
			if c == nil {
				t.Errorf("%v, %q: there is no cursor", size, keys)
				continue
			}
			if c.Blink || c.Shape != tea.CursorBar {
				t.Errorf("%v, %q: the cursor is not a steady bar", size, keys)
			}
			if !bandLooks()[0].lit(&cellsOf(d).CellAt(c.X, c.Y).Style) {
				t.Errorf("%v, %q: the cursor is at %d,%d, where there is no band\n%s", size, keys, c.X, c.Y, d.screenText())
			}
		}
	}
}

func TestTheCursorOfTheTerminalStaysInATextThatIsTyped(t *testing.T) {
	for _, c := range []struct {
		keys, typed string
		line        string // that the cursor is on
	}{{"/", "is:fa", "/ is:fa"}, {":", "exp", " > exp"}, {": down", "exp", " > exp"}, {"ctrl+f", "rate", "rate"}} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
		d.press(c.keys)
		d.write(c.typed)
		cursor := d.app.View().Cursor
		if cursor == nil || !strings.Contains(d.lines()[cursor.Y], c.line) || cursor.Shape != tea.CursorBlock {
			t.Errorf("%s %s: the cursor is %+v, want it in %q", c.keys, c.typed, cursor, c.line)
		}
	}
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("?")
	if c := d.app.View().Cursor; c == nil || c.Y != d.app.panes.layout.body().Y {
		t.Errorf("in the help the cursor is %+v", c)
	}
}
