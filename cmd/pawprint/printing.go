package main

import (
	"io"
	"os"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"pawprint/cmd/internal/output"
	"pawprint/tui"
	"pawprint/tui/paint"
)

// printing returns the options of what a command prints to standard output, through out.
func (s *settings) printing(out io.Writer) output.Options {
	return output.Options{Out: out, ASCII: s.drawsASCII(), Shown: isTerminal(s.std.out), Color: s.tones(), Width: s.tableWidth()}
}

// tableWidth returns how many cells of the terminal a table has to fit. It is 0 in a pipe and with --wide, where nothing is cut.
func (s *settings) tableWidth() int {
	if s.wide || !isTerminal(s.std.out) {
		return 0
	}
	cells, _, err := term.GetSize(int(s.std.out.Fd()))
	if err != nil {
		return 0
	}
	return max(cells, 0)
}

// addWide adds the flag of commands that print tables.
func (s *settings) addWide(f *pflag.FlagSet) {
	f.BoolVarP(&s.wide, "wide", "w", false, "on a terminal, print tables as in a pipe: nothing is cut and times have all digits")
}

// tones returns the styles of what a command prints, nil for none. Without a theme they are colours of the terminal's scheme. No command
// asks the terminal for its background: a theme that depends on it is the terminal's own, unless COLORFGBG says what it is.
func (s *settings) tones() *paint.Tones {
	if !s.printsColors() {
		return nil
	}
	id, err := s.themeID(os.Getenv)
	if err != nil || id == tui.AutoTheme {
		return paint.BasicTones()
	}
	p := max(colorprofile.Detect(s.std.out, os.Environ()), colorprofile.ANSI)
	return id.Tones(p, knownBackground(os.Getenv))
}

// printsColors reports whether tables are coloured, as --color says. The default follows the terminal and NO_COLOR; files and pipes get none.
func (s *settings) printsColors() bool {
	if s.color != "auto" {
		return s.color == "always"
	}
	return s.drawable() && !s.screen().mono && colorprofile.Detect(s.std.out, os.Environ()) >= colorprofile.ANSI
}

// checkColor returns an error if --color has a value that it does not know.
func (s *settings) checkColor() error {
	_, err := s.colors()
	return err
}
