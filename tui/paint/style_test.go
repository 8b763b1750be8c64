package paint

import (
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/termsafe"
)

var everything = Spec{
	Fg: color.RGBA{255, 100, 90, 255}, Bg: color.RGBA{30, 31, 32, 255}, Bold: true, Faint: true, Reverse: true,
}

func TestStyleFollowsTheProfile(t *testing.T) {
	for _, tt := range []struct {
		name       string
		profile    colorprofile.Profile
		spec       Spec
		text, mark string
	}{
		{"24 bits", colorprofile.TrueColor, everything, "\x1b[0;1;2;7;38;2;255;100;90;48;2;30;31;32m", "\x1b[0;1;2;38;2;255;100;90;48;2;30;31;32m"},
		{"256 colours", colorprofile.ANSI256, Spec{Fg: color.RGBA{255, 0, 0, 255}}, "\x1b[0;38;5;196m", "\x1b[0;7;38;5;196m"},
		{"16 colours", colorprofile.ANSI, Spec{Fg: color.RGBA{255, 0, 0, 255}}, "\x1b[0;91m", "\x1b[0;7;91m"},
		{"NO_COLOR", colorprofile.ASCII, everything, "\x1b[0;1;2;7m", "\x1b[0;1;2m"},
		{"NO_COLOR and plain", colorprofile.ASCII, Spec{}, "\x1b[m", "\x1b[0;7m"},
		{"no terminal", colorprofile.NoTTY, everything, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := NewStyle(tt.profile, tt.spec).get()
			if got.text != tt.text || got.mark != tt.mark {
				t.Errorf("NewStyle = %q and %q, want %q and %q", got.text, got.mark, tt.text, tt.mark)
			}
		})
	}
}

func TestMarksDifferFromTheirTextInEveryStyleOfATerminal(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor} {
		for _, spec := range []Spec{{}, {Reverse: true}, {Bold: true}, everything} {
			var forged, marked Line
			style := NewStyle(p, spec)
			forged.Add(style, termsafe.Clean("\u241b", termsafe.Options{}))
			marked.Add(style, termsafe.Clean("\x1b", termsafe.Options{}))
			if forged.Styled() == marked.Styled() || forged.Plain() != marked.Plain() {
				t.Errorf("%v %+v: %q and %q", p, spec, forged.Styled(), marked.Styled())
			}
		}
	}
}

func TestStylePassesTheTripwire(t *testing.T) {
	style := NewStyle(colorprofile.TrueColor, everything).get()
	for _, seq := range []string{style.text, style.mark} {
		if _, n := termsafe.Tripwire(seq); n != 0 || strings.Contains(seq, ";4;") {
			t.Errorf("%q trips %d times, or underlines", seq, n)
		}
	}
}
