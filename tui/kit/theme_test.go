package kit

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// light3 is a colour as linear light: red, green, blue.
type light3 [3]float64

func lightOf(c uint32) (l light3) {
	for i := range l {
		v := float64(c>>(16-8*i)&0xff) / 255
		if l[i] = math.Pow((v+0.055)/1.055, 2.4); v <= 0.04045 {
			l[i] = v / 12.92
		}
	}
	return l
}

// luminance is the relative luminance of a colour (WCAG 2).
func (l light3) luminance() float64 { return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] }

func contrast(a, b uint32) float64 {
	la, lb := lightOf(a).luminance(), lightOf(b).luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// times returns the light after a matrix, within what a screen can show.
func (l light3) times(m [3]light3) (out light3) {
	for i, row := range m {
		out[i] = max(0, min(1, row[0]*l[0]+row[1]*l[1]+row[2]*l[2]))
	}
	return out
}

// perceived returns the colour in OKLab, where a distance of 0.02 can just be seen.
func (l light3) perceived() light3 {
	cone := light3{
		math.Cbrt(0.4122214708*l[0] + 0.5363325363*l[1] + 0.0514459929*l[2]),
		math.Cbrt(0.2119034982*l[0] + 0.6806995451*l[1] + 0.1073969566*l[2]),
		math.Cbrt(0.0883024619*l[0] + 0.2817188376*l[1] + 0.6299787005*l[2]),
	}
	return light3{
		0.2104542553*cone[0] + 0.7936177850*cone[1] - 0.0040720468*cone[2],
		1.9779984951*cone[0] - 2.4285922050*cone[1] + 0.4505937099*cone[2],
		0.0259040371*cone[0] + 0.7827717662*cone[1] - 0.8086757660*cone[2],
	}
}

// sights are ways to see colours: the whole one, and those without red or green cones (Machado, Oliveira and Fernandes 2009, severity 1).
var sights = []struct {
	name string
	lens [3]light3
}{
	{"trichromacy", [3]light3{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3]light3{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3]light3{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
}

// distance returns how different two colours look after a lens.
func distance(lens [3]light3, a, b uint32) float64 {
	p, q := lightOf(a).times(lens).perceived(), lightOf(b).times(lens).perceived()
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// scheme is the shades of a terminal: of its own background and text, and of its 16 colours.
type scheme struct {
	name       string
	back, text uint32
	basic      [16]uint32
}

var (
	vga = [16]uint32{0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff}
	xterm = [16]uint32{0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff}
	tango = [16]uint32{0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
		0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec}
	campbell = [16]uint32{0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
		0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2}
	apple = [16]uint32{0x000000, 0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2, 0xbfbfbf,
		0x666666, 0xe50000, 0x00d900, 0xe5e500, 0x0000ff, 0xe500e5, 0x00e5e5, 0xe5e5e5}
)

// The schemes that themes are tested on. Not all terminals show the bright colours bright enough for text; those that do not have 256.
var (
	consoles = []scheme{{"Linux console", 0x000000, 0xaaaaaa, vga}, {"xterm", 0x000000, 0xe5e5e5, xterm}}
	darks    = []scheme{{"black", 0x000000, 0xaaaaaa, vga}, {"pictures", 0x1e2030, 0xd6dbee, tango}, {"gray", 0x1e1e1e, 0xd4d4d4, xterm}, {"One Dark", 0x282c34, 0xabb2bf, xterm},
		{"Dracula", 0x282a36, 0xf8f8f2, xterm}, {"Solarized", 0x002b36, 0x93a1a1, xterm}, {"Nord", 0x2e3440, 0xd8dee9, xterm}, {"Ubuntu", 0x300a24, 0xffffff, tango},
		{"Windows", 0x0c0c0c, 0xcccccc, campbell}, {"macOS", 0x000000, 0xffffff, apple}}
	lights = []scheme{{"white", 0xffffff, 0x000000, xterm}, {"pictures", 0xfafafa, 0x242935, tango}, {"Solarized", 0xfdf6e3, 0x586e75, xterm}, {"Latte", 0xeff1f5, 0x4c4f69, campbell},
		{"Gruvbox", 0xfbf1c7, 0x3c3836, tango}, {"macOS", 0xffffff, 0x000000, apple}}
)

// shown returns the shade of a colour on a terminal; own is for none.
func (s *scheme) shown(p colorprofile.Profile, c color.Color, own uint32) uint32 {
	if c == nil {
		return own
	}
	c = p.Convert(c)
	if basic, ok := c.(ansi.BasicColor); ok {
		return s.basic[basic]
	}
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}

// look is a theme on one kind of terminals.
type look struct {
	theme   ThemeID
	profile colorprofile.Profile
	dark    bool
	schemes []scheme
}

func (l *look) String() string {
	return fmt.Sprintf("%v, %v, dark %v", l.theme, l.profile, l.dark)
}

// looks returns all themes on all terminals whose backgrounds they are for.
func looks() (all []look) {
	for _, id := range Themes() {
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
			for _, dark := range []bool{true, false} {
				l := look{id, p, dark, lights}
				switch colors := id.palette(dark); {
				case colors == &terminalPalette || p == colorprofile.ANSI && colors.basic == &ownSixteen:
					l.schemes = append(append([]scheme{}, darks...), lights...)
				case p == colorprofile.ANSI:
					l.schemes = consoles
				case lightOf(colors.screen).luminance() < 0.18:
					l.schemes = darks
				}
				all = append(all, l)
			}
		}
	}
	return all
}

// least returns the contrast that a role must have: lines are not text.
func (l *look) least(r Role, s *scheme) float64 {
	switch colors := l.theme.palette(l.dark); {
	case r == Frame:
		return 3
	case colors.turned && l.profile >= colorprofile.ANSI256 && contrast(s.back, colors.screen) < 1.3:
		return 7
	}
	return 4.5
}

func TestContrastIsEnoughOnEveryGround(t *testing.T) {
	for _, l := range looks() {
		for r := range numRoles {
			for g := range numGrounds {
				spec := l.theme.palette(l.dark).spec(l.profile, r, g)
				if spec.Faint {
					t.Errorf("%v: role %d on ground %d is faint: nobody knows its contrast", &l, r, g)
				}
				if spec.Fg == nil && spec.Bg == nil || r == Frame && g == OnCell {
					continue // the terminal's own colours; no cell has a line
				}
				for i := range l.schemes {
					s := &l.schemes[i]
					fg, bg := s.shown(l.profile, spec.Fg, s.text), s.shown(l.profile, spec.Bg, s.back)
					if got, least := contrast(fg, bg), l.least(r, s); got < least {
						t.Errorf("%v: role %d on ground %d of %s: #%06x on #%06x has %.2f, want %.1f", &l, r, g, s.name, fg, bg, got, least)
					}
				}
			}
		}
	}
}

func TestVerdictsStayApartForTheColorBlind(t *testing.T) {
	verdicts := []Role{Failed, Partial, Invalid, Reject}
	for _, l := range looks() {
		least := 0.08
		if strings.HasPrefix(l.theme.String(), "color-blind") && l.profile >= colorprofile.ANSI256 {
			least = 0.125
		}
		for g := range numGrounds {
			for i := range l.schemes {
				s := &l.schemes[i]
				for _, sight := range sights {
					for j, one := range verdicts {
						for _, other := range verdicts[:j] {
							if got := l.apart(sight.lens, s, one, other, g); got < least {
								t.Errorf("%v: roles %d and %d on ground %d of %s are %.3f apart with %s, want %.3f", &l, one, other, g, s.name, got, sight.name, least)
							}
						}
					}
				}
			}
		}
	}
}

// apart returns the distance between two roles by their text or the grounds that they bring along, whichever is larger. Where all text
// under the cursor has one colour, on a ground of 16, only signs and words tell roles apart, and they are as far apart as can be.
func (l *look) apart(lens [3]light3, s *scheme, a, b Role, g Ground) float64 {
	colors := l.theme.palette(l.dark)
	x, y := colors.spec(l.profile, a, g), colors.spec(l.profile, b, g)
	if l.profile == colorprofile.ANSI && g != OnScreen && g != OnRest && colors.basic == &brightSixteen {
		return 1
	}
	text := distance(lens, s.shown(l.profile, x.Fg, s.text), s.shown(l.profile, y.Fg, s.text))
	ground := distance(lens, s.shown(l.profile, x.Bg, s.back), s.shown(l.profile, y.Bg, s.back))
	return max(text, ground)
}

func TestEveryBaseRoleHasAColor(t *testing.T) {
	for _, id := range Themes() {
		for _, dark := range []bool{true, false} {
			p := id.palette(dark)
			for r := range numRoles {
				if own := r == Plain || r == Strong; p == &terminalPalette || baseRole(r) != r || own && !p.turned {
					continue
				}
				if p.hues[r].screen == 0 || p.hues[r].cursor == 0 && r != Strong {
					t.Errorf("%v: role %d has no colour", id, r)
				}
			}
		}
	}
}

func TestTheBandDiffersFromWhatStaysChosen(t *testing.T) {
	for _, l := range looks() {
		colors := l.theme.palette(l.dark)
		cursor, rest, cell := colors.spec(l.profile, Plain, OnCursor), colors.spec(l.profile, Plain, OnRest), colors.spec(l.profile, Plain, OnCell)
		if cursor == rest || cursor == cell || cursor == colors.spec(l.profile, Plain, OnScreen) {
			t.Errorf("%v: the band is %v, what stays chosen %v, the cell %v", &l, cursor, rest, cell)
		}
	}
}

func TestTheTerminalsThemeSendsNoColorOfItsOwn(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		id, _ := FindTheme("terminal")
		for r := range numRoles {
			for g := range numGrounds {
				spec := id.palette(true).spec(p, r, g)
				for _, c := range []color.Color{spec.Fg, spec.Bg} {
					if _, basic := c.(ansi.BasicColor); c != nil && !basic {
						t.Errorf("role %d on ground %d has the colour %v", r, g, c)
					}
				}
				if got := paint.NewStyle(p, spec); got == (paint.Style{}) {
					t.Errorf("role %d on ground %d has no style", r, g)
				}
			}
		}
	}
}

func TestCommandsOnAnUnknownBackgroundPrintInTheTerminalsColors(t *testing.T) {
	own, _ := FindTheme("terminal")
	for _, id := range Themes() {
		for _, c := range []struct {
			back Background
			want *palette
		}{{DarkBackground, id.palette(true)}, {LightBackground, id.palette(false)}, {AskBackground, own.palette(true)}} {
			if c.back == AskBackground && id.palette(true) == id.palette(false) {
				c.want = id.palette(true)
			}
			line := paint.NewLine(termsafe.Widther{})
			line.Add(id.Tones(colorprofile.TrueColor, c.back).Wrong, termsafe.Const("x"))
			want := paint.NewLine(termsafe.Widther{})
			want.Add(paint.NewStyle(colorprofile.TrueColor, c.want.spec(colorprofile.TrueColor, Failed, OnScreen)), termsafe.Const("x"))
			if line.Styled() != want.Styled() {
				t.Errorf("%v on background %d: %q, want %q", id, c.back, line.Styled(), want.Styled())
			}
		}
	}
}

func TestThemesAreFoundByName(t *testing.T) {
	for _, id := range Themes() {
		for _, name := range []string{id.String(), strings.ToUpper(id.String()), " " + id.String(), strings.ReplaceAll(id.String(), "-", "_")} {
			if got, err := FindTheme(name); err != nil || got != id {
				t.Errorf("FindTheme(%q) = %v, %v, want %v", name, got, err, id)
			}
		}
		if id.Does() == "" {
			t.Errorf("%v says nothing about itself", id)
		}
	}
	if got, err := FindTheme("colour-blind"); err != nil || got.String() != "color-blind" {
		t.Errorf("FindTheme(colour-blind) = %v, %v", got, err)
	}
	if got, err := FindTheme(""); err != nil || got != AutoTheme {
		t.Errorf("FindTheme of nothing = %v, %v, want auto", got, err)
	}
	_, err := FindTheme("solar\x1b[2J")
	if err == nil || !strings.Contains(err.Error(), "auto, dark, light") || !strings.HasSuffix(err.Error(), " or terminal") || strings.ContainsRune(err.Error(), '\x1b') {
		t.Errorf("the error of a wrong name is %v", err)
	}
}

func TestWithoutColorsTheVerdictsStillDiffer(t *testing.T) {
	disp := Display{Glyphs: &ASCIIGlyphs, Theme: NewTheme(AutoTheme, colorprofile.ASCII, true)}
	g := disp.Glyphs
	seen := map[string]bool{}
	for _, s := range []string{g.Ok.String() + WordOK.String(), g.Failed.String() + WordFailed.String(), g.Partial.String() + WordPartial.String(),
		g.Invalid.String() + WordInvalid.String(), g.Reject.String() + WordReject.String(), g.Suspicious.String() + WordSuspicious.String()} {
		if seen[s] {
			t.Errorf("two verdicts look like %q", s)
		}
		seen[s] = true
	}
}
