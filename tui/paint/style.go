// Package paint builds the frames of the interface. Only this package makes strings for the terminal: from [termsafe.Safe] texts
// and its own style sequences, checked last by the tripwire. No function takes a plain string, and nothing here reads input,
// measures time or talks to a terminal.
package paint

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Spec describes a style. Its zero value is the terminal's own colours.
type Spec struct {
	Fg, Bg  color.Color // nil is the terminal's own
	Bold    bool
	Faint   bool
	Reverse bool
}

// Style is a ready-made style: one short sequence that sets everything, whatever was set before it. Make them once,
// with the theme. The zero value is the terminal's own look. Styles are compared by identity, are immutable, and
// may be shared by goroutines.
type Style struct{ sgr *sgr }

type sgr struct {
	text string // for the text itself
	mark string // for marks in it: the same with reverse video toggled
}

// plainSGR is the zero Style.
var plainSGR = &sgr{text: "\x1b[m", mark: "\x1b[0;7m"}

// silentSGR is every style of a profile without sequences.
var silentSGR = &sgr{}

// NewStyle makes a style for a terminal with the given colours: exact with 24 bits, else the nearest of 256 or 16,
// else none. Bold, faint and reverse stay, and so do marks, as long as there is a terminal at all (NoTTY has no sequences).
// There is no underline: the renderer below would write it rune by rune.
func NewStyle(p colorprofile.Profile, spec Spec) Style {
	if p <= colorprofile.NoTTY {
		return Style{silentSGR}
	}
	return Style{&sgr{text: sequence(p, spec, spec.Reverse), mark: sequence(p, spec, !spec.Reverse)}}
}

// Tones are the styles of what commands print.
type Tones struct {
	Wrong, Partly Style // failures and errors; partial failures and warnings
	Heading       Style
}

// BasicTones returns the tones in colours that every terminal with colours has, in the shades of the user's scheme.
func BasicTones() *Tones {
	return &Tones{
		Wrong:   NewStyle(colorprofile.ANSI, Spec{Fg: ansi.Red, Bold: true}),
		Partly:  NewStyle(colorprofile.ANSI, Spec{Fg: ansi.Yellow}),
		Heading: NewStyle(colorprofile.ANSI, Spec{Bold: true}),
	}
}

// sequence starts with 0, so that no style leaks into the next.
func sequence(p colorprofile.Profile, spec Spec, reverse bool) string {
	style := ansi.NewStyle().Reset()
	if spec.Bold {
		style = style.Bold()
	}
	if spec.Faint {
		style = style.Faint()
	}
	if reverse {
		style = style.Reverse(true)
	}
	if c := convert(p, spec.Fg); c != nil {
		style = style.ForegroundColor(c)
	}
	if c := convert(p, spec.Bg); c != nil {
		style = style.BackgroundColor(c)
	}
	if len(style) == 1 {
		return plainSGR.text
	}
	return style.String()
}

// get returns the sequences of s, never nil.
func (s Style) get() *sgr {
	if s.sgr == nil {
		return plainSGR
	}
	return s.sgr
}

// convert converts c to the profile: nil for the terminal's own colour.
func convert(p colorprofile.Profile, c color.Color) color.Color {
	if c == nil {
		return nil
	}
	return p.Convert(c)
}
